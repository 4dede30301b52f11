/**
 * A simulated serial line behind a TCP port, as a serial device server offers it: raw bytes, one client at a
 * time, a second one is turned away. A pulled cable closes the connection and refuses new ones.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { reportPlugging, type LineEnd, type OpenLineEnd } from './line-end.ts';

export interface ListenPlace {
  readonly host: string;
  /** 0 picks a free one, and keeps it across plugging. */
  readonly port: number;
}

/** A second client is turned away after this. */
const graceMs = 100;

/** `127.0.0.1:7001`, `[::1]:7001` -> host and port. Throws CD_USE_ARGUMENTS. */
export function parseListenPlace(text: string): ListenPlace {
  const parts = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:/[\]]+)):(\d{1,5})$/.exec(text);
  const host = parts?.[1] ?? parts?.[2];
  const port = Number(parts?.[3]);
  if (host === undefined || port > 65_535) throw new CounterdError('CD_USE_ARGUMENTS', `"${text}": the form is HOST:PORT, port 0 to 65535`);
  return { host, port };
}

export function tcpEnd(place: ListenPlace): OpenLineEnd {
  return async (received, connected) => {
    const end = new TcpEnd(place, received, connected);
    await end.start();
    return end;
  };
}

class TcpEnd implements LineEnd {
  readonly #host: string;
  readonly #received: (bytes: Uint8Array) => void;
  readonly #connected: () => void;
  #port: number;
  #server: Server | undefined;
  #client: Socket | undefined;
  #queue: Promise<void> = Promise.resolve();

  constructor(place: ListenPlace, received: (bytes: Uint8Array) => void, connected: () => void) {
    this.#host = place.host;
    this.#port = place.port;
    this.#received = received;
    this.#connected = connected;
  }

  get address(): string {
    return `tcp://${this.#host.includes(':') ? `[${this.#host}]` : this.#host}:${String(this.#port)}`;
  }

  async start(): Promise<void> {
    if (this.#server !== undefined) return;
    const server = createServer({ noDelay: true }, (client) => {
      this.#accept(client);
    });
    await new Promise<void>((listening, fail) => {
      server.once('error', (cause) => {
        fail(new CounterdError('CD_CONFIG_PORT', this.address, { cause }));
      });
      server.listen(this.#port, this.#host, listening);
    });
    const bound = server.address();
    if (bound !== null && typeof bound === 'object') this.#port = bound.port;
    this.#server = server;
  }

  deliver(bytes: Uint8Array): void {
    // A client that does not read for long is cut off: memory stays bounded.
    if (this.#client !== undefined && this.#client.writableLength > 16 * 1024 * 1024) this.#client.destroy();
    else this.#client?.write(bytes);
  }

  plug(isPlugged: boolean): void {
    this.#queue = this.#queue.then(() => (isPlugged ? this.start() : this.#stop())).catch(reportPlugging);
  }

  async close(): Promise<void> {
    this.#queue = this.#queue.then(() => this.#stop());
    await this.#queue;
  }

  #accept(client: Socket): void {
    client.on('error', () => undefined); // `close` follows and says all that matters
    if (this.#client === undefined) {
      this.#adopt(client);
      return;
    }
    // The other one may have hung up a moment ago, unnoticed yet; what the new one says waits in its socket.
    setTimeout(() => {
      if (this.#client === undefined) this.#adopt(client);
      else client.destroy();
    }, graceMs);
  }

  #adopt(client: Socket): void {
    if (this.#server === undefined) {
      client.destroy();
      return;
    }
    this.#client = client;
    client.on('data', (bytes) => {
      this.#received(new Uint8Array(bytes));
    });
    client.on('close', () => {
      if (this.#client === client) this.#client = undefined;
    });
    this.#connected();
  }

  #stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#client?.destroy();
    if (server === undefined) return Promise.resolve();
    return new Promise((stopped) => {
      server.close(() => {
        stopped();
      });
    });
  }
}
