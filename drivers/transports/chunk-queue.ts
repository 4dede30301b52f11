import { assert } from '../kit/assert.ts';
import type { CounterdError } from '../kit/errors.ts';

/** Stops and restarts the source, so that a slow reader costs no memory. */
export interface SourceTap {
  pause(): void;
  resume(): void;
}

/** Above this many unread bytes the source is paused; below a quarter of it, resumed. */
const FULL_BYTES = 256 * 1024;

/**
 * The reading side of a link: bytes pushed in by events, taken out by one `for await`. Ends quietly with
 * `end`, throws with `fail`; what arrived before a failure is delivered first.
 */
export class ChunkQueue implements AsyncIterable<Uint8Array> {
  readonly #tap: SourceTap;
  #chunks: Uint8Array[] = [];
  #unreadBytes = 0;
  #isPaused = false;
  #isIterated = false;
  #final: 'open' | 'ended' | CounterdError = 'open';
  #wake: (() => void) | undefined;

  constructor(tap: SourceTap) {
    this.#tap = tap;
  }

  push(bytes: Uint8Array): void {
    if (this.#final !== 'open' || bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#unreadBytes += bytes.length;
    if (this.#unreadBytes > FULL_BYTES && !this.#isPaused) {
      this.#isPaused = true;
      this.#tap.pause();
    }
    this.#wake?.();
  }

  /** Our own close: nobody wants what is left. */
  end(): void {
    if (this.#final !== 'open') return;
    this.#final = 'ended';
    this.#chunks = [];
    this.#wake?.();
  }

  /** The far end went. */
  fail(error: CounterdError): void {
    if (this.#final !== 'open') return;
    this.#final = error;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    assert(!this.#isIterated, 'the chunks of a link are read once');
    this.#isIterated = true;
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk !== undefined) {
        this.#taken(chunk.length);
        yield chunk;
      } else if (this.#final === 'ended') return;
      else if (this.#final !== 'open') throw this.#final;
      else await this.#arrival();
    }
  }

  #taken(length: number): void {
    this.#unreadBytes -= length;
    if (this.#isPaused && this.#unreadBytes < FULL_BYTES / 4 && this.#final === 'open') {
      this.#isPaused = false;
      this.#tap.resume();
    }
  }

  #arrival(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        resolve();
      };
    });
  }
}
