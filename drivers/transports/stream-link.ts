import { assert } from '../kit/assert.ts';
import { CounterdError } from '../kit/errors.ts';
import type { Link } from '../kit/transport.ts';
import { ChunkQueue, type SourceTap } from './chunk-queue.ts';

/** What a stream-like port (serial, socket) has to offer to become a link. */
export interface StreamPort extends SourceTap {
  /** Calls `left` once the bytes have left the host, or with why not. May never call it when the port goes away. */
  write(bytes: Uint8Array, left: (error?: Error | null) => void): void;
  /** Resolves when the port is free again; never rejects. Must not take longer than a few seconds. */
  close(isWriting: boolean): Promise<void>;
  /** How long `byteCount` bytes may take before the line counts as stuck, in milliseconds. */
  stallMs(byteCount: number): number;
}

/** Bytes are written in slices so that a stuck line shows within one slice's time, however long the document. */
const SLICE_BYTES = 4096;

/** The law of `Link` for ports that report by events; serial and TCP differ only in their `StreamPort`. */
export class StreamLink implements Link {
  readonly chunks: ChunkQueue;
  readonly #port: StreamPort;
  #state: 'open' | 'closing' | 'gone' = 'open';
  #closing: Promise<void> | undefined;
  /** Rejects the write under way; a port that went away may never call back by itself. */
  #failWrite: ((error: CounterdError) => void) | undefined;

  constructor(port: StreamPort) {
    this.#port = port;
    this.chunks = new ChunkQueue(port);
  }

  /** The port has bytes. */
  received(bytes: Uint8Array): void {
    if (this.#state === 'open') this.chunks.push(bytes);
  }

  /** The far end went away. Without effect after our own close. */
  gone(why: string): void {
    if (this.#state !== 'open') return;
    this.#state = 'gone';
    const error = new CounterdError('CD_LINK_LOST', why);
    this.chunks.fail(error);
    this.#failWrite?.(error);
  }

  async write(bytes: Uint8Array): Promise<void> {
    assert(this.#failWrite === undefined, 'writes to one link never overlap');
    for (let at = 0; at < bytes.length; at += SLICE_BYTES) await this.#writeSlice(bytes.subarray(at, at + SLICE_BYTES));
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeOnce();
    return this.#closing;
  }

  async #closeOnce(): Promise<void> {
    if (this.#state === 'open') this.#state = 'closing';
    const isWriting = this.#failWrite !== undefined;
    this.chunks.end();
    this.#failWrite?.(new CounterdError('CD_LINK_LOST', 'closed while writing'));
    await this.#port.close(isWriting);
  }

  #writeSlice(slice: Uint8Array): Promise<void> {
    if (this.#state !== 'open') return Promise.reject(new CounterdError('CD_LINK_LOST', 'written after the end'));
    const stallMs = this.#port.stallMs(slice.length);
    return new Promise((resolve, reject) => {
      const settle = (error?: CounterdError): void => {
        clearTimeout(timer);
        this.#failWrite = undefined;
        if (error === undefined) resolve();
        else reject(error);
      };
      const timer = setTimeout(() => {
        settle(new CounterdError('CD_LINK_LOST', `the line took nothing for ${stallMs} ms`));
      }, stallMs);
      this.#failWrite = settle;
      this.#port.write(slice, (error) => {
        // A late call-back of a write that was given up belongs to nobody.
        if (this.#failWrite !== settle) return;
        if (error === undefined || error === null) settle();
        else settle(new CounterdError('CD_LINK_LOST', 'the write failed', { cause: error }));
      });
    });
  }
}
