import type { Entry, NewEntry, Seq } from './entry.ts';
import type { Fold } from './fold.ts';
import type { ErrorCode } from '../../drivers/kit/errors.ts';

/** At least one. */
export type NewEntries = readonly [NewEntry, ...NewEntry[]];

/** What a decision wants written, and what it answers. No entries: nothing changes, the answer stands. */
export interface Decided<R> {
  readonly entries: readonly NewEntry[];
  readonly result: R;
}

/** What a decision may look at: everything decided before it, on disk or in the same transaction. */
export interface Deciding {
  /** The last entry before this decision. */
  readonly head: Seq;
  /** State of a registered fold, with every earlier entry in it. */
  readonly stateOf: <S>(fold: Fold<S>) => S;
}

export interface JournalHealth {
  readonly isWritable: boolean;
  /** Why not. */
  readonly because?: ErrorCode;
}

/**
 * The truth: one append-only, gapless, hash-chained sequence of entries. An entry is on disk before anybody
 * hears of it. All that is asked in one turn of the event loop is one transaction (group commit).
 */
export interface Journal {
  /**
   * Writes all of `entries`, in order and next to each other, or none. Resolves when they are on disk.
   * Rejects with CD_STORAGE_FULL or CD_STORAGE_IO when the disk refuses (nothing is half done, trying again is
   * safe), and with CD_JOURNAL_TYPE or CD_JOURNAL_SHAPE when an entry is not what its definition says.
   */
  append(entries: NewEntries): Promise<readonly Entry[]>;
  /**
   * Takes a decision and writes its entries inside the transaction they become durable in, so that two
   * decisions about the same thing cannot both succeed. `decide` is synchronous, may read registered folds,
   * projections and private tables and may write the latter; when it throws, all of that is undone and the
   * promise rejects with what it threw.
   */
  transact<R>(decide: (deciding: Deciding) => Decided<R>): Promise<{ readonly result: R; readonly entries: readonly Entry[] }>;
  /** The entries after `afterSeq`, oldest first, at most `limit`. */
  read(from: { readonly afterSeq: Seq; readonly limit: number }): readonly Entry[];
  /** Every entry after `afterSeq`, then each new one, until `signal` aborts or the journal closes. Pages from disk: a slow reader costs no memory. */
  follow(afterSeq: Seq, signal: AbortSignal): AsyncIterable<Entry>;
  /** Calls `listener` with the entries of each transaction, synchronously after it is on disk. Returns how to stop. */
  onCommit(listener: (entries: readonly Entry[]) => void): () => void;
  /** The last entry on disk; 0 when there is none. */
  head(): Seq;
  /** State of a registered fold as of `head()`; inside a decision, as of that decision. */
  readonly stateOf: <S>(fold: Fold<S>) => S;
  /** Whether the last attempt to write succeeded. While it did not, the journal tries by itself every second. */
  health(): JournalHealth;
}
