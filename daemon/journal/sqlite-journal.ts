/**
 * The journal in SQLite (WAL, synchronous=FULL) with group commit: all that is asked in one turn of the event
 * loop is one transaction, started by `setImmediate` - which runs right after the callbacks of the same turn's
 * input - and is published once it is on disk. One fsync carries them all.
 */
import type Database from 'better-sqlite3';
import { hostClock, type CancelTimer, type Clock } from '../../drivers/kit/clock.ts';
import { CounterdError, type ErrorCode } from '../../drivers/kit/errors.ts';
import { AppendGroup, DecideGroup, type CommitGroup } from './commit-group.ts';
import { ChainCheck, GENESIS } from './chain.ts';
import { lockFolder } from './data-lock.ts';
import { toSeq, type Entry, type EntryRules, type NewEntry, type Seq } from './entry.ts';
import { FoldSet } from './fold-set.ts';
import type { Fold } from './fold.ts';
import {
  lastPlace,
  migratePrivate,
  nativeOptions,
  openForWriting,
  placeReader,
  rowReader,
  type DatabaseOptions,
  type Sql,
} from './journal-database.ts';
import { JournalWriter } from './journal-writer.ts';
import type { Decided, Deciding, Journal, JournalHealth, NewEntries } from './journal.ts';
import { ProjectionSet, type PageReader, type Projection } from './projection.ts';
import { Publisher } from './publisher.ts';
import { hasRoom, isStorageError, storageError } from './storage-errors.ts';
import { entryOf } from './stored-entry.ts';

export interface JournalOptions extends DatabaseOptions {
  /** The data folder; created when missing. */
  readonly folder: string;
  readonly rules: EntryRules;
  readonly projections?: readonly Projection[];
  readonly folds?: readonly Fold<unknown>[];
  readonly clock?: Clock;
}

/** Rows whose chain is checked at every start: more than one transaction's worth, and a matter of milliseconds. */
const TAIL_CHECKED = 1_000;
const PAGE_SIZE = 500;
/** A clock that is set back less than this (a correction by network time) holds `at` still instead of being noted. */
const CLOCK_TOLERANCE_MS = 1_000;
/** While the disk refuses, writing is tried this often even when nobody asks. */
const RECOVERY_TRY_MS = 1_000;

/** Opens or creates the journal of a data folder. Throws CD_STORAGE_LOCKED, _NEWER, _CHAIN, _FULL or _IO. */
export function openJournal(options: JournalOptions): SqliteJournal {
  const unlock = lockFolder(options.folder, nativeOptions(options));
  try {
    return new SqliteJournal(options, unlock);
  } catch (cause) {
    unlock();
    throw storageError(cause, options.folder);
  }
}

export class SqliteJournal implements Journal {
  readonly #folder: string;
  readonly #rules: EntryRules;
  readonly #clock: Clock;
  readonly #unlock: () => void;
  readonly #database: Database.Database;
  readonly #folds: FoldSet;
  readonly #writer: JournalWriter;
  readonly #publisher: Publisher;
  readonly #rows: ReturnType<typeof rowReader>;
  readonly #placeOf: ReturnType<typeof placeReader>;
  #queue: CommitGroup[] = [];
  #isScheduled = false;
  #isClosed = false;
  #lastAtMs: number;
  /** Set while the disk refuses. */
  #trouble: { readonly code: 'CD_STORAGE_FULL' | 'CD_STORAGE_IO'; refusedCount: number; cancelTry: CancelTimer } | undefined;

  constructor(options: JournalOptions, unlock: () => void) {
    this.#folder = options.folder;
    this.#rules = options.rules;
    this.#clock = options.clock ?? hostClock;
    this.#unlock = unlock;
    this.#database = openForWriting(options.folder, options);
    this.#rows = rowReader(this.#database);
    this.#placeOf = placeReader(this.#database);
    const place = lastPlace(this.#database);
    this.#verifyTail(place.seq);
    const readPage: PageReader = (afterSeq) => this.read({ afterSeq, limit: PAGE_SIZE });
    const projections = new ProjectionSet(this.#database, options.projections ?? [], readPage);
    this.#folds = new FoldSet(this.#database, options.folds ?? [], { readPage, placeOf: this.#placeOf });
    this.#writer = new JournalWriter(this.#database, { place, projections, folds: this.#folds });
    this.#publisher = new Publisher(readPage);
    const last = this.read({ afterSeq: toSeq(Math.max(0, place.seq - 1)), limit: 1 })[0];
    this.#lastAtMs = last === undefined ? 0 : Date.parse(last.at);
  }

  append(entries: NewEntries): Promise<readonly Entry[]> {
    return new Promise((resolve, reject) => {
      this.#enqueue(new AppendGroup(entries.map(this.#admit), { resolve, reject }, this.#write));
    });
  }

  transact<R>(decide: (deciding: Deciding) => Decided<R>): Promise<{ readonly result: R; readonly entries: readonly Entry[] }> {
    return new Promise((resolve, reject) => {
      this.#enqueue(new DecideGroup({ resolve, reject }, () => this.#decide(decide)));
    });
  }

  read({ afterSeq, limit }: { readonly afterSeq: Seq; readonly limit: number }): readonly Entry[] {
    let prev = this.#placeOf(afterSeq)?.hash ?? GENESIS;
    return this.#rows(afterSeq, limit).map((row) => {
      const entry = entryOf(row, prev);
      prev = entry.hash;
      return entry;
    });
  }

  follow(afterSeq: Seq, signal: AbortSignal): AsyncIterable<Entry> {
    return this.#publisher.follow(afterSeq, signal);
  }

  onCommit(listener: (entries: readonly Entry[]) => void): () => void {
    return this.#publisher.onCommit(listener);
  }

  head(): Seq {
    return toSeq(this.#writer.place.seq);
  }

  stateOf<S>(fold: Fold<S>): S {
    return this.#folds.stateOf(fold);
  }

  health(): JournalHealth {
    return this.#trouble === undefined ? { isWritable: !this.#isClosed } : { isWritable: false, because: this.#trouble.code };
  }

  /**
   * Tables of another module in the same database: credentials, logins - what must never be in the journal.
   * `migrations` are SQL texts, each run once and in order; append only. Statements prepared here may be run
   * by themselves (a transaction each) or inside a decision given to `transact`, where they take part in its
   * transaction. Table names begin with `name`.
   */
  privateTables(name: string, migrations: readonly string[]): Sql {
    migratePrivate(this.#database, name, migrations);
    return this.#database;
  }

  /** A consistent copy of the database while running; resolves when it is complete. */
  async backupTo(path: string): Promise<void> {
    try {
      await this.#database.backup(path);
    } catch (cause) {
      throw storageError(cause, this.#folder);
    }
  }

  /** Writes what is waiting, ends every follower and gives the folder free. */
  close(): void {
    if (this.#isClosed) return;
    this.#flush();
    this.#isClosed = true;
    this.#trouble?.cancelTry();
    this.#publisher.close();
    try {
      this.#folds.save(this.#writer.place);
      this.#database.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      // Only an optimisation of the next start; everything acknowledged is in the WAL already.
    }
    this.#database.close();
    this.#unlock();
  }

  #verifyTail(headSeq: number): void {
    const afterSeq = Math.max(0, headSeq - TAIL_CHECKED);
    const after = this.#placeOf(afterSeq);
    if (after === undefined) throw new CounterdError('CD_STORAGE_CHAIN', `entry ${afterSeq}`);
    const check = new ChainCheck(after);
    check.take(this.#rows(afterSeq, TAIL_CHECKED));
    const { broken } = check.report();
    if (broken !== undefined) throw new CounterdError('CD_STORAGE_CHAIN', `entry ${broken.seq}`);
  }

  #enqueue(group: CommitGroup): void {
    if (this.#isClosed) {
      group.fail(new CounterdError('CD_STORAGE_IO', 'the journal is closed'));
      return;
    }
    this.#queue.push(group);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#flush();
    });
  }

  /** One transaction for everything that waits. */
  #flush(): void {
    this.#isScheduled = false;
    if (this.#isClosed) return;
    const groups = this.#queue;
    this.#queue = [];
    const nowMs = this.#clock.nowMs();
    let written: readonly Entry[];
    try {
      written = this.#writer.commit(this.#atOf(nowMs), () => {
        this.#writeNotes(nowMs);
        for (const group of groups) group.write();
      });
    } catch (cause) {
      this.#refuse(groups, storageError(cause, this.#folder));
      return;
    }
    if (written.length > 0) this.#noteSuccess(nowMs);
    for (const group of groups) group.settle();
    this.#publisher.publish(written);
  }

  #atOf(nowMs: number): string {
    const isHeld = nowMs < this.#lastAtMs && !this.#isSetBack(nowMs);
    return new Date(isHeld ? this.#lastAtMs : nowMs).toISOString();
  }

  #isSetBack(nowMs: number): boolean {
    return this.#lastAtMs - nowMs > CLOCK_TOLERANCE_MS;
  }

  /** What the journal says about itself, before anything else of the transaction. */
  #writeNotes(nowMs: number): void {
    if (this.#isSetBack(nowMs)) {
      const data = { previousAt: new Date(this.#lastAtMs).toISOString(), byMs: this.#lastAtMs - nowMs };
      this.#writer.write({ type: 'journal.clock-set-back', data });
    }
    if (this.#trouble !== undefined) {
      const { code, refusedCount } = this.#trouble;
      this.#writer.write({ type: 'journal.storage-recovered', data: { refusedCount: Math.max(1, refusedCount), code } });
    }
  }

  #noteSuccess(nowMs: number): void {
    this.#lastAtMs = this.#isSetBack(nowMs) ? nowMs : Math.max(nowMs, this.#lastAtMs);
    this.#trouble?.cancelTry();
    this.#trouble = undefined;
  }

  /** Nothing of the transaction happened: everybody who waits hears why, and the disk is tried again later. */
  #refuse(groups: readonly CommitGroup[], cause: unknown): void {
    if (isStorageError(cause))
      this.#noteTrouble(
        cause.code,
        groups.reduce((sum, group) => sum + group.entryCount, 0),
      );
    for (const group of groups) group.fail(cause);
  }

  #noteTrouble(code: ErrorCode, refusedCount: number): void {
    this.#trouble?.cancelTry();
    const cancelTry = this.#clock.after(RECOVERY_TRY_MS, () => {
      this.#tryAgain(code);
    });
    this.#trouble = {
      code: code === 'CD_STORAGE_FULL' ? code : 'CD_STORAGE_IO',
      refusedCount: (this.#trouble?.refusedCount ?? 0) + refusedCount,
      cancelTry,
    };
  }

  /** Nobody asked: on a disk that still has next to no room the note alone might fit and would tell of a recovery that is none. */
  #tryAgain(code: ErrorCode): void {
    if (code !== 'CD_STORAGE_FULL' || hasRoom(this.#folder)) this.#flush();
    else this.#noteTrouble(code, 0);
  }

  /** Runs one decision in the open transaction. A disk that refuses undoes everything; a decision that throws undoes itself. */
  #decide<R>(
    decide: (deciding: Deciding) => Decided<R>,
  ): { readonly value: { result: R; entries: readonly Entry[] } } | { readonly cause: unknown } {
    try {
      const value = this.#writer.attempt(() => {
        const { entries, result } = decide({ head: this.head(), stateOf: (fold) => this.#folds.stateOf(fold) });
        return { result, entries: entries.map((entry) => this.#write(this.#admit(entry))) };
      });
      return { value };
    } catch (cause) {
      const seen = storageError(cause, this.#folder);
      if (isStorageError(seen)) throw seen;
      return { cause };
    }
  }

  readonly #write = (entry: NewEntry): Entry => this.#writer.write(entry);

  /** `entry` as its definition wants it. Throws when it has none or does not fit: a mistake of ours. */
  readonly #admit = (entry: NewEntry): NewEntry => {
    const rule = this.#rules(entry.type);
    if (rule === undefined) throw new CounterdError('CD_JOURNAL_TYPE', entry.type);
    if (!rule.accepts(entry.data)) {
      const misfits = rule.misfits(entry.data).map(({ path, message }) => `${path} ${message}`);
      throw new CounterdError('CD_JOURNAL_SHAPE', `${entry.type}: ${misfits.slice(0, 3).join('; ')}`);
    }
    return entry.audience === undefined && rule.audience !== undefined ? { ...entry, audience: rule.audience } : entry;
  };
}
