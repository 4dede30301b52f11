/** The file `journal.db`: how it is opened, what is in it, and how its layout moves on. */
import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { assert } from '../../drivers/kit/assert.ts';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { GENESIS, type ChainHead, type ChainRow } from './chain.ts';
import { storageError } from './storage-errors.ts';

/** What projections and private tables see of the database: prepare statements once, run them inside the journal's transactions. */
export type Sql = Pick<Database.Database, 'prepare' | 'exec'>;

export interface DatabaseOptions {
  /** Absolute path of `better_sqlite3.node`; needed when the daemon is one bundled file. */
  readonly nativeBinding?: string;
}

/**
 * Layouts, oldest first; `user_version` counts those applied. Append only. The journal's own rows are never
 * changed or removed, and the database itself refuses to.
 */
const LAYOUTS: readonly string[] = [
  `CREATE TABLE entries (seq INTEGER PRIMARY KEY, body TEXT NOT NULL, hash TEXT NOT NULL);
   CREATE TRIGGER entries_keep_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
   CREATE TRIGGER entries_keep_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
   CREATE TABLE projections (name TEXT PRIMARY KEY, version INTEGER NOT NULL, seq INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE snapshots (name TEXT PRIMARY KEY, version INTEGER NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE private_tables (name TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;`,
];

/** Another program that holds the file (an administrator's shell) must not stop the event loop for long. */
const BUSY_MS = 100;

export const journalPath = (folder: string): string => join(folder, 'journal.db');

/** better-sqlite3's own options for ours. */
export function nativeOptions(options: DatabaseOptions): Database.Options {
  return options.nativeBinding === undefined ? {} : { nativeBinding: options.nativeBinding };
}

/** Opens or creates `journal.db` in `folder` for the one process that writes. */
export function openForWriting(folder: string, options: DatabaseOptions): Database.Database {
  try {
    createFile(folder);
    const database = new Database(journalPath(folder), { ...nativeOptions(options), timeout: BUSY_MS });
    // FULL is not the library's default with WAL: NORMAL would lose the last entries in a power cut.
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    // A log that grows costs each commit the file's new size as well; a short one is soon used again from its start.
    database.pragma('wal_autocheckpoint = 100');
    migrate(database);
    return database;
  } catch (cause) {
    throw storageError(cause, folder);
  }
}

/** Opens an existing `journal.db` for reading, also beside a running daemon. */
export function openForReading(folder: string, options: DatabaseOptions): Database.Database {
  if (!existsSync(journalPath(folder)))
    throw new CounterdError('CD_STORAGE_IO', `there is no journal.db in ${folder}; name the data folder with --data`);
  try {
    const database = new Database(journalPath(folder), { ...nativeOptions(options), readonly: true });
    refuseNewer(database);
    return database;
  } catch (cause) {
    throw storageError(cause, folder);
  }
}

/** Reads pages of raw rows. */
export function rowReader(database: Sql): (afterSeq: number, limit: number) => ChainRow[] {
  const page = database.prepare<[number, number], ChainRow>('SELECT seq, body, hash FROM entries WHERE seq > ? ORDER BY seq LIMIT ?').raw();
  return (afterSeq, limit) => page.all(afterSeq, limit);
}

/** The place `seq` in the chain: its number and hash; the genesis for 0; undefined when there is no such row. */
export function placeReader(database: Sql): (seq: number) => ChainHead | undefined {
  const row = database.prepare<[number], string>('SELECT hash FROM entries WHERE seq = ?').pluck();
  return (seq) => {
    if (seq === 0) return { seq, hash: GENESIS };
    const hash = row.get(seq);
    return hash === undefined ? undefined : { seq, hash };
  };
}

/** The last row's place; the genesis when there is none. */
export function lastPlace(database: Sql): ChainHead {
  const row = database.prepare<[], [number, string]>('SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1').raw().get();
  return row === undefined ? { seq: 0, hash: GENESIS } : { seq: row[0], hash: row[1] };
}

/** Runs the migrations of one module's private tables that this database has not seen. */
export function migratePrivate(database: Database.Database, name: string, migrations: readonly string[]): void {
  const seen = database.prepare<[string], number>('SELECT version FROM private_tables WHERE name = ?').pluck().get(name) ?? 0;
  if (seen > migrations.length) throw new CounterdError('CD_STORAGE_NEWER', name);
  if (seen === migrations.length) return;
  database.transaction(() => {
    for (const sql of migrations.slice(seen)) database.exec(sql);
    database.prepare('INSERT OR REPLACE INTO private_tables VALUES (?, ?)').run(name, migrations.length);
  })();
}

function migrate(database: Database.Database): void {
  const seen = refuseNewer(database);
  if (seen === LAYOUTS.length) return;
  database.transaction(() => {
    for (const sql of LAYOUTS.slice(seen)) database.exec(sql);
    database.pragma(`user_version = ${LAYOUTS.length}`);
  })();
}

function refuseNewer(database: Database.Database): number {
  const seen = database.pragma('user_version', { simple: true });
  assert(typeof seen === 'number', 'user_version is a number');
  if (seen > LAYOUTS.length) {
    database.close();
    throw new CounterdError('CD_STORAGE_NEWER', `layout ${seen}, known up to ${LAYOUTS.length}`);
  }
  return seen;
}

/** The database and its WAL (which inherits the mode) hold the bank's records: nobody else reads them. */
function createFile(folder: string): void {
  const path = journalPath(folder);
  if (existsSync(path)) return;
  closeSync(openSync(path, 'a', 0o600));
  const directory = openSync(folder, 'r');
  fsyncSync(directory);
  closeSync(directory);
}
