import type { Entry, NewEntry } from './entry.ts';

/** One `append` or `transact` that waits for its transaction. */
export interface CommitGroup {
  /** As far as known before a decision is taken. */
  readonly entryCount: number;
  /** Inside the transaction. */
  write(): void;
  /** The transaction is on disk. */
  settle(): void;
  /** Nothing of the transaction has happened. */
  fail(cause: unknown): void;
}

/** The two ends of a promise. */
export interface Promised<V> {
  resolve(value: V): void;
  reject(cause: unknown): void;
}

/** Entries that were checked when they were given. A class, not closures: it is made for every event of every device. */
export class AppendGroup implements CommitGroup {
  readonly #entries: readonly NewEntry[];
  readonly #promised: Promised<readonly Entry[]>;
  readonly #writeEntry: (entry: NewEntry) => Entry;
  #written: readonly Entry[] = [];

  constructor(entries: readonly NewEntry[], promised: Promised<readonly Entry[]>, writeEntry: (entry: NewEntry) => Entry) {
    this.#entries = entries;
    this.#promised = promised;
    this.#writeEntry = writeEntry;
  }

  get entryCount(): number {
    return this.#entries.length;
  }

  write(): void {
    this.#written = this.#entries.map(this.#writeEntry);
  }

  settle(): void {
    this.#promised.resolve(this.#written);
  }

  fail(cause: unknown): void {
    this.#promised.reject(cause);
  }
}

/** A decision: it runs inside the transaction and may fail by itself, without the others. */
export class DecideGroup<V> implements CommitGroup {
  readonly entryCount = 1;
  readonly #promised: Promised<V>;
  readonly #decide: () => { readonly value: V } | { readonly cause: unknown };
  #outcome: { readonly value: V } | { readonly cause: unknown } | undefined;

  /** `decide` returns what it came to, and throws only what must undo the whole transaction. */
  constructor(promised: Promised<V>, decide: () => { readonly value: V } | { readonly cause: unknown }) {
    this.#promised = promised;
    this.#decide = decide;
  }

  write(): void {
    this.#outcome = this.#decide();
  }

  settle(): void {
    if (this.#outcome === undefined) return;
    if ('value' in this.#outcome) this.#promised.resolve(this.#outcome.value);
    else this.#promised.reject(this.#outcome.cause);
  }

  fail(cause: unknown): void {
    this.#promised.reject(cause);
  }
}
