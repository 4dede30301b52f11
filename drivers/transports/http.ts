/**
 * HTTP devices behind a link: each `write` takes one request message (`kit/http-message.ts`), performs it, and its
 * response message arrives among the chunks; several may be under way. Plain HTTP/1.1 to the address and nowhere
 * else: no redirect is followed, no proxy used, no encoding asked for.
 *
 * A refused or broken connection during any exchange ends the link as lost: who answers next may be another
 * device, or the same one after a power cut.
 */
import { Agent, request as startRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { CounterdError, type ErrorCode } from '../kit/errors.ts';
import { NO_BYTES, concatBytes } from '../kit/bytes.ts';
import { HTTP_MESSAGE_MAX_BYTES, httpServerCodec, type HttpRequest, type HttpResponse } from '../kit/http-message.ts';
import type { Link, Transport } from '../kit/transport.ts';
import { ChunkQueue } from './chunk-queue.ts';
import { abandonable, refuseIfAborted, systemCode } from './opening.ts';

export interface HttpParts {
  /** `http://host:port/path`, as the person wrote it. */
  readonly address: string;
  /** How long a connection may take to come about. Default 5,000. */
  readonly connectMs?: number;
  /** How long a device may say nothing while an answer is awaited. Default 180,000: the driver's own patience ends before. */
  readonly silenceMs?: number;
  /** The longest body that is passed on. Default 48 MiB; longer ones arrive as status 0. */
  readonly bodyMaxBytes?: number;
}

/** One link is one keep-alive pool to one address. */
export function httpTransport(parts: HttpParts): Transport {
  return {
    address: parts.address,
    async open(signal) {
      refuseIfAborted(signal);
      const url = URL.canParse(parts.address) ? new URL(parts.address) : undefined;
      if (url?.protocol !== 'http:') throw new CounterdError('CD_CONFIG_ADDRESS', 'the form is http://host:port/path');
      await abandonable(signal, answers(url, parts.connectMs ?? 5_000), () => undefined);
      return new HttpLink(url, parts);
    },
  };
}

const BODY_MAX_BYTES = 48 * 1024 * 1024;
/** A device in trouble gets no flood of connections. */
const CONNECTIONS_MAX = 6;

const CODES: ReadonlyMap<string, ErrorCode> = new Map<string, ErrorCode>([
  ['ECONNREFUSED', 'CD_LINK_REFUSED'],
  ['ECONNRESET', 'CD_LINK_REFUSED'],
  ['ENOTFOUND', 'CD_LINK_NOT_FOUND'],
  ['EAI_AGAIN', 'CD_LINK_NOT_FOUND'],
  ['EHOSTUNREACH', 'CD_LINK_NOT_FOUND'],
  ['ENETUNREACH', 'CD_LINK_NOT_FOUND'],
  ['EACCES', 'CD_LINK_FORBIDDEN'],
  ['EPERM', 'CD_LINK_FORBIDDEN'],
]);

/** Resolves when something accepts connections there. */
function answers(url: URL, connectMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostOf(url), port: portOf(url) });
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new CounterdError('CD_LINK_FAILED', `no connection within ${connectMs} ms`));
    }, connectMs);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.destroy();
      resolve();
    });
    socket.on('error', (cause) => {
      clearTimeout(timer);
      const code = systemCode(cause) ?? '';
      reject(new CounterdError(CODES.get(code) ?? 'CD_LINK_FAILED', code, { cause }));
    });
  });
}

class HttpLink implements Link {
  readonly chunks: ChunkQueue;
  readonly #url: URL;
  readonly #parts: HttpParts;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS_MAX });
  readonly #requests = httpServerCodec.decoder();
  readonly #underWay = new Set<ClientRequest>();
  #isOpen = true;

  constructor(url: URL, parts: HttpParts) {
    this.#url = url;
    this.#parts = parts;
    // Responses are whole before they are queued: there is nothing to hold back.
    this.chunks = new ChunkQueue({ pause: () => undefined, resume: () => undefined });
  }

  /** Resolves when the request has been handed to the system. */
  async write(bytes: Uint8Array): Promise<void> {
    if (!this.#isOpen) throw new CounterdError('CD_LINK_LOST', 'written after the end');
    for (const piece of this.#requests.push(bytes)) if (piece.kind === 'frame') await this.#perform(piece.frame);
  }

  close(): Promise<void> {
    this.chunks.end();
    this.#stop();
    return Promise.resolve();
  }

  #stop(): void {
    this.#isOpen = false;
    for (const request of this.#underWay) request.destroy();
    this.#underWay.clear();
    this.#agent.destroy();
  }

  #lose(cause: unknown): CounterdError {
    const error = new CounterdError('CD_LINK_LOST', systemCode(cause) ?? 'the exchange broke off', { cause });
    this.chunks.fail(error);
    this.#stop();
    return error;
  }

  #perform(message: HttpRequest): Promise<void> {
    return new Promise((sent, reject) => {
      let request: ClientRequest;
      try {
        request = startRequest(this.#options(message));
      } catch {
        // A path or header that HTTP cannot carry, made of what a device sent: its answer is "none".
        this.#deliver({ id: message.id, status: 0, headers: {}, body: NO_BYTES });
        sent();
        return;
      }
      this.#underWay.add(request);
      request.setTimeout(this.#parts.silenceMs ?? 180_000, () => request.destroy(new CounterdError('CD_LINK_LOST', 'silence')));
      request.on('finish', sent);
      request.on('response', (response) => void this.#receive(message, request, response));
      request.on('error', (cause) => {
        this.#underWay.delete(request);
        if (!this.#isOpen) reject(new CounterdError('CD_LINK_LOST', 'closed while asking'));
        // A kept connection that the device had closed in the same moment: nothing was heard, so ask once more.
        else if (request.reusedSocket && systemCode(cause) === 'ECONNRESET' && message.once !== true) {
          this.#perform({ ...message, once: true }).then(sent, reject);
        } else reject(this.#lose(cause));
      });
      request.end(message.body);
    });
  }

  #options({ method, path, headers, body, once }: HttpRequest) {
    const root = this.#url.pathname.replace(/\/+$/, '');
    return {
      host: hostOf(this.#url),
      port: portOf(this.#url),
      method,
      path: path.startsWith('/') ? path : `${root}/${path}`,
      headers: { host: this.#url.host, 'user-agent': 'counterd', 'accept-encoding': 'identity', 'content-length': body.length, ...headers },
      agent: once === true ? false : this.#agent,
    } as const;
  }

  async #receive({ id }: HttpRequest, request: ClientRequest, response: IncomingMessage): Promise<void> {
    const bodyMaxBytes = Math.min(this.#parts.bodyMaxBytes ?? BODY_MAX_BYTES, HTTP_MESSAGE_MAX_BYTES / 2);
    const parts: Uint8Array[] = [];
    let length = 0;
    try {
      for await (const part of response as AsyncIterable<Uint8Array>) {
        length += part.length;
        if (length <= bodyMaxBytes) parts.push(part);
        else break;
      }
    } catch (cause) {
      if (this.#isOpen) this.#lose(cause);
      return;
    }
    this.#underWay.delete(request);
    const isWhole = length <= bodyMaxBytes;
    this.#deliver({
      id,
      status: isWhole ? (response.statusCode ?? 0) : 0,
      headers: headersOf(response),
      body: isWhole ? concatBytes(parts) : NO_BYTES,
    });
  }

  #deliver(response: HttpResponse): void {
    if (this.#isOpen) this.chunks.push(httpServerCodec.encode(response));
  }
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

function portOf(url: URL): number {
  return url.port === '' ? 80 : Number(url.port);
}

/** Node gives names in lower case; repeated headers become one, as HTTP allows. */
function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  return flat;
}
