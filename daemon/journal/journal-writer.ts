import type Database from 'better-sqlite3';
import { chainHash, type ChainHead } from './chain.ts';
import { type Entry, type NewEntry, toSeq } from './entry.ts';
import type { FoldSet } from './fold-set.ts';
import type { ProjectionSet } from './projection.ts';
import { draftOf } from './stored-entry.ts';

interface Mark {
  readonly place: ChainHead;
  readonly entryCount: number;
  readonly states: readonly unknown[];
}

/** Writes entries inside one transaction at a time; keeps the head, in memory, true to what is on disk. */
export class JournalWriter {
  readonly #database: Database.Database;
  readonly #projections: ProjectionSet;
  readonly #folds: FoldSet;
  readonly #insert: Database.Statement<[number, string, string]>;
  readonly #run: Record<'begin' | 'commit' | 'rollback' | 'savepoint' | 'release' | 'undo', Database.Statement<[]>>;
  #place: ChainHead;
  #written: Entry[] = [];
  #at = '';

  constructor(
    database: Database.Database,
    parts: { readonly place: ChainHead; readonly projections: ProjectionSet; readonly folds: FoldSet },
  ) {
    this.#database = database;
    this.#projections = parts.projections;
    this.#folds = parts.folds;
    this.#place = parts.place;
    this.#insert = database.prepare('INSERT INTO entries VALUES (?, ?, ?)');
    this.#run = {
      begin: database.prepare('BEGIN IMMEDIATE'),
      commit: database.prepare('COMMIT'),
      rollback: database.prepare('ROLLBACK'),
      savepoint: database.prepare('SAVEPOINT decision'),
      release: database.prepare('RELEASE decision'),
      undo: database.prepare('ROLLBACK TO decision'),
    };
  }

  /** The last entry written: on disk, or in the transaction that is open. */
  get place(): ChainHead {
    return this.#place;
  }

  /** Runs `work` in one transaction and makes it durable. When anything throws, nothing of it has happened. */
  commit(at: string, work: () => void): readonly Entry[] {
    const mark = this.#mark();
    this.#at = at;
    this.#written = [];
    try {
      this.#run.begin.run();
      work();
      if (this.#written.length > 0) this.#folds.saveWhenDue(this.#place);
      this.#run.commit.run();
      return this.#written;
    } catch (cause) {
      this.#restore(mark);
      // A full disk makes SQLite roll back by itself.
      if (this.#database.inTransaction) this.#run.rollback.run();
      throw cause;
    }
  }

  /** Runs `work` inside the open transaction; when it throws, only what it did is undone. */
  attempt<R>(work: () => R): R {
    const mark = this.#mark();
    this.#run.savepoint.run();
    try {
      const result = work();
      this.#run.release.run();
      return result;
    } catch (cause) {
      if (this.#database.inTransaction) {
        this.#run.undo.run();
        this.#run.release.run();
        this.#restore(mark);
        this.#written.length = mark.entryCount;
      }
      throw cause;
    }
  }

  /** Inside `commit`: gives `entry` its place and steps everything that is a fold of the journal. */
  write(entry: NewEntry): Entry {
    const draft = draftOf(this.#at, entry);
    const text = JSON.stringify(draft);
    const { seq: before, hash: prev } = this.#place;
    const seq = toSeq(before + 1);
    const hash = chainHash(prev, seq, text);
    this.#insert.run(seq, text, hash);
    this.#place = { seq, hash };
    const written: Entry = Object.assign(draft, { seq, prev, hash });
    this.#written.push(written);
    this.#projections.apply(written);
    this.#folds.apply(written);
    return written;
  }

  #mark(): Mark {
    return { place: this.#place, entryCount: this.#written.length, states: this.#folds.mark() };
  }

  #restore({ place, states }: Mark): void {
    this.#place = place;
    this.#folds.restore(states);
  }
}
