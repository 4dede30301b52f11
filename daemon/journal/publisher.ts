import type { Entry, Seq } from './entry.ts';
import { toSeq } from './entry.ts';
import type { PageReader } from './projection.ts';

/** At least this many entries (and at most twice as many) are kept in memory so that those who follow closely need not read them back from disk. */
const RECENT_MAX = 2_048;

/** Tells of entries that are on disk: at once to listeners, page by page to followers. */
export class Publisher {
  readonly #readPage: PageReader;
  readonly #listeners = new Set<(entries: readonly Entry[]) => void>();
  #waiting: (() => void)[] = [];
  #recent: Entry[] = [];
  #isClosed = false;

  constructor(readPage: PageReader) {
    this.#readPage = readPage;
  }

  onCommit(listener: (entries: readonly Entry[]) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  publish(entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    for (const entry of entries) this.#recent.push(entry);
    if (this.#recent.length > 2 * RECENT_MAX) this.#recent = this.#recent.slice(-RECENT_MAX);
    this.#wake();
    for (const listener of this.#listeners) listener(entries);
  }

  async *follow(afterSeq: Seq, signal: AbortSignal): AsyncGenerator<Entry, void> {
    let seq = afterSeq;
    while (!signal.aborted && !this.#isClosed) {
      const page = this.#pageAfter(seq);
      if (page.length === 0) await this.#nextCommit(signal);
      for (const entry of page) {
        // `aborted` turns true while this generator is suspended in `yield`.
        if (isAborted(signal)) return;
        yield entry;
        seq = entry.seq;
      }
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#listeners.clear();
    this.#wake();
  }

  #pageAfter(seq: Seq): readonly Entry[] {
    const first = this.#recent[0]?.seq;
    return first !== undefined && seq >= first - 1 ? this.#recent.slice(seq - first + 1) : this.#readPage(toSeq(seq));
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  #nextCommit(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.push(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}

function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
