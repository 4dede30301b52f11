/**
 * Raw TCP: serial device servers, ser2net, Envisalink, simulators. No framing, no escapes.
 * A peer that dies without a word is noticed by the operating system's keep-alive (after minutes) or by the
 * driver's own polling (after seconds); the link cannot know earlier.
 */
import { connect, type Socket } from 'node:net';
import { CounterdError, type ErrorCode } from '../kit/errors.ts';
import type { Transport } from '../kit/transport.ts';
import { abandonable, refuseIfAborted, systemCode } from './opening.ts';
import { StreamLink, type StreamPort } from './stream-link.ts';

export interface TcpParts {
  /** The address as the person wrote it. */
  readonly address: string;
  readonly host: string;
  readonly port: number;
  /** How long a connection may take to come about. Default 5,000. */
  readonly connectMs?: number;
  /** A peer that takes nothing for this long is stuck. Default 10,000. */
  readonly stallMs?: number;
}

/** A TCP connection per link. */
export function tcpTransport(parts: TcpParts): Transport {
  return {
    address: parts.address,
    async open(signal) {
      refuseIfAborted(signal);
      const socket = connect({ host: parts.host, port: parts.port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 15_000 });
      const link = new StreamLink(streamPort(socket, parts.stallMs ?? 10_000));
      // Bytes may follow the connection in the same turn of the event loop: listen before it is there.
      socket.on('data', (bytes) => link.received(new Uint8Array(bytes)));
      socket.on('end', () => link.gone('the far end closed the connection'));
      socket.on('close', () => link.gone('the connection broke'));
      try {
        await abandonable(signal, connected(socket, parts), () => socket.destroy());
      } catch (cause) {
        socket.destroy();
        throw cause;
      }
      return link;
    },
  };
}

/** How long the last bytes of a closed link may take to leave. */
const LINGER_MS = 500;

const CODES: Readonly<Record<string, ErrorCode>> = {
  ECONNREFUSED: 'CD_LINK_REFUSED',
  ECONNRESET: 'CD_LINK_REFUSED',
  ENOTFOUND: 'CD_LINK_NOT_FOUND',
  EAI_AGAIN: 'CD_LINK_NOT_FOUND',
  EHOSTUNREACH: 'CD_LINK_NOT_FOUND',
  ENETUNREACH: 'CD_LINK_NOT_FOUND',
  EACCES: 'CD_LINK_FORBIDDEN',
  EPERM: 'CD_LINK_FORBIDDEN',
};

function connected(socket: Socket, { connectMs = 5_000 }: TcpParts): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new CounterdError('CD_LINK_FAILED', `no connection within ${connectMs} ms`));
    }, connectMs);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve();
    });
    // Stays for the life of the socket: an error is always followed by 'close', which says the rest.
    socket.on('error', (cause) => {
      clearTimeout(timer);
      const code = systemCode(cause) ?? '';
      reject(new CounterdError(CODES[code] ?? 'CD_LINK_FAILED', code, { cause }));
    });
    socket.once('close', () => {
      clearTimeout(timer);
    });
  });
}

function streamPort(socket: Socket, idleMs: number): StreamPort {
  return {
    write(bytes, left) {
      socket.write(bytes, left);
    },
    close() {
      if (socket.destroyed) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(() => socket.destroy(), LINGER_MS);
        socket.once('close', () => {
          clearTimeout(timer);
          resolve();
        });
        socket.resume();
        socket.destroySoon();
      });
    },
    stallMs: () => idleMs,
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  };
}
