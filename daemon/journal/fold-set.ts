import type Database from 'better-sqlite3';
import { assert } from '../../drivers/kit/assert.ts';
import type { ChainHead } from './chain.ts';
import { type Entry, type Seq, toSeq } from './entry.ts';
import type { Fold } from './fold.ts';
import type { PageReader } from './projection.ts';

/** After this many entries a snapshot is written, so that a start after a crash folds no more than these. */
const SNAPSHOT_EVERY = 5_000;

interface SnapshotRow {
  readonly seq: number;
  readonly hash: string;
  readonly state: string;
}

/** The states of all registered folds, stepped entry by entry and put back when a transaction fails. */
export class FoldSet {
  readonly #folds: readonly Fold<unknown>[];
  readonly #saveRow: Database.Statement<[string, number, number, string, string]>;
  #states: readonly unknown[] = [];
  #snapshotSeq = 0;

  /** Loads snapshots that fit this journal and folds what came after them. */
  constructor(
    database: Database.Database,
    folds: readonly Fold<unknown>[],
    parts: { readonly readPage: PageReader; readonly placeOf: (seq: number) => ChainHead | undefined },
  ) {
    this.#folds = folds;
    this.#saveRow = database.prepare('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?, ?)');
    const load = database.prepare<[string, number], SnapshotRow>('SELECT seq, hash, state FROM snapshots WHERE name = ? AND version = ?');
    let oldest = Number.MAX_SAFE_INTEGER;
    this.#states = folds.map((fold) => {
      const row = load.get(fold.name, fold.version);
      const isOurs = row !== undefined && parts.placeOf(row.seq)?.hash === row.hash;
      const from = isOurs ? row.seq : 0;
      oldest = Math.min(oldest, from);
      const start: unknown = isOurs ? JSON.parse(row.state) : fold.initial();
      return foldFrom(fold, start, { from: toSeq(from), readPage: parts.readPage });
    });
    this.#snapshotSeq = folds.length === 0 ? 0 : oldest;
  }

  stateOf<S>(fold: Fold<S>): S {
    const at = this.#folds.indexOf(fold);
    assert(at >= 0, `fold ${fold.name} is registered when the journal is opened`);
    return this.#states[at] as S;
  }

  apply(entry: Entry): void {
    if (this.#folds.length > 0) this.#states = this.#folds.map((fold, i) => fold.evolve(this.#states[i], entry));
  }

  /** The states now; states are values, so keeping them is enough to come back to them. */
  mark(): readonly unknown[] {
    return this.#states;
  }

  restore(mark: readonly unknown[]): void {
    this.#states = mark;
  }

  /** Inside a transaction: writes snapshots when enough entries came since the last ones. */
  saveWhenDue(place: ChainHead): void {
    if (place.seq - this.#snapshotSeq >= SNAPSHOT_EVERY) this.save(place);
  }

  save({ seq, hash }: ChainHead): void {
    this.#snapshotSeq = seq;
    for (const [i, { name, version }] of this.#folds.entries()) {
      this.#saveRow.run(name, version, seq, hash, JSON.stringify(this.#states[i]));
    }
  }
}

/** Folds the entries after `from.from` into `state`. */
export function foldFrom<S>(fold: Fold<S>, initial: S, from: { readonly from: Seq; readonly readPage: PageReader }): S {
  let state = initial;
  let seq = from.from;
  for (let page = from.readPage(seq); page.length > 0; page = from.readPage(seq)) {
    for (const entry of page) {
      state = fold.evolve(state, entry);
      seq = entry.seq;
    }
  }
  return state;
}
