/**
 * A simulated device behind a real web server: each HTTP request becomes a request message on the simulated wire,
 * the response message becomes the answer. A pulled cable breaks every connection and refuses new ones; silence
 * and lateness work as on any wire; a message that a fault has damaged breaks its connection, as TCP would.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { concatBytes } from '../../drivers/kit/bytes.ts';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { httpClientCodec, type HttpRequest, type HttpResponse } from '../../drivers/kit/http-message.ts';
import { reportPlugging, type LineEnd, type OpenLineEnd } from './line-end.ts';
import type { ListenPlace } from './tcp.ts';

/** `path` is where the device's own root is: `/eSCL`. */
export function httpEnd(place: ListenPlace, path = '/eSCL'): OpenLineEnd {
  return async (received) => {
    const end = new HttpEnd({ ...place, path }, received);
    await end.start();
    return end;
  };
}

const REQUEST_MAX_BYTES = 1024 * 1024;
const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'DELETE', 'PUT', 'HEAD']);

class HttpEnd implements LineEnd {
  readonly #place: ListenPlace & { readonly path: string };
  readonly #received: (bytes: Uint8Array) => void;
  readonly #responses = httpClientCodec.decoder();
  readonly #waiting = new Map<string, ServerResponse>();
  #port: number;
  #server: Server | undefined;
  #count = 0;
  #queue: Promise<void> = Promise.resolve();

  constructor(place: ListenPlace & { readonly path: string }, received: (bytes: Uint8Array) => void) {
    this.#place = place;
    this.#received = received;
    this.#port = place.port;
  }

  get address(): string {
    const { host, path } = this.#place;
    return `http://${host.includes(':') ? `[${host}]` : host}:${String(this.#port)}${path}`;
  }

  async start(): Promise<void> {
    if (this.#server !== undefined) return;
    const server = createServer((request, response) => void this.#accept(request, response));
    await new Promise<void>((listening, fail) => {
      server.once('error', (cause) => {
        fail(new CounterdError('CD_CONFIG_PORT', this.address, { cause }));
      });
      server.listen(this.#port, this.#place.host, listening);
    });
    const bound = server.address();
    if (bound !== null && typeof bound === 'object') this.#port = bound.port;
    this.#server = server;
  }

  deliver(bytes: Uint8Array): void {
    for (const piece of this.#responses.push(bytes)) {
      if (piece.kind === 'frame') this.#answer(piece.frame);
      else this.#breakConnections();
    }
  }

  plug(isPlugged: boolean): void {
    this.#queue = this.#queue.then(() => (isPlugged ? this.start() : this.#stop())).catch(reportPlugging);
  }

  async close(): Promise<void> {
    this.#queue = this.#queue.then(() => this.#stop());
    await this.#queue;
  }

  async #accept(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const method = request.method ?? '';
    if (body === undefined || !isMethod(method)) {
      response.writeHead(body === undefined ? 413 : 501, { connection: 'close' }).end();
      return;
    }
    this.#count++;
    const id = String(this.#count);
    this.#waiting.set(id, response);
    response.on('close', () => this.#waiting.delete(id));
    this.#received(httpClientCodec.encode({ id, method, path: request.url ?? '/', headers: headersOf(request), body }));
  }

  #answer({ id, status, headers, body }: HttpResponse): void {
    const response = this.#waiting.get(id);
    // Answered before, or the client has gone.
    if (response === undefined) return;
    this.#waiting.delete(id);
    response.writeHead(status, asWritten({ ...headers, 'content-length': String(body.length) })).end(body);
  }

  #breakConnections(): void {
    for (const response of this.#waiting.values()) response.destroy();
    this.#waiting.clear();
    this.#responses.reset();
  }

  #stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#waiting.clear();
    this.#responses.reset();
    if (server === undefined) return Promise.resolve();
    return new Promise((stopped) => {
      server.close(() => {
        stopped();
      });
      server.closeAllConnections();
    });
  }
}

/** `Content-Type`: SANE's escl backend finds its Location in no other spelling. */
function asWritten(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.replace(/\b[a-z]/g, (first) => first.toUpperCase()), value]),
  );
}

function isMethod(method: string): method is HttpRequest['method'] {
  return METHODS.has(method);
}

/** Undefined when it is too long or the client went away while sending it. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of request as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > REQUEST_MAX_BYTES) return undefined;
      parts.push(part);
    }
  } catch {
    // The client broke off; nobody waits for the answer.
    return undefined;
  }
  return concatBytes(parts);
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  return flat;
}
