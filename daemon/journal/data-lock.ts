import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { storageError } from './storage-errors.ts';

/**
 * Holds `folder` (created when missing) for this process: a second daemon on the same data folder gets CD_STORAGE_LOCKED. The lock is
 * SQLite's lock on an empty file of its own: the kernel drops it with the process, however that ends, and
 * readers of the journal - `counterd journal verify` beside a running daemon - are not shut out.
 * Returns how to let go.
 */
export function lockFolder(folder: string, options: Database.Options = {}): () => void {
  const path = join(folder, 'journal.lock');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
    const lock = new Database(path, { ...options, timeout: 0 });
    takeLock(lock, folder);
    return () => lock.close();
  } catch (cause) {
    throw storageError(cause, folder);
  }
}

function takeLock(lock: Database.Database, folder: string): void {
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    const seen = storageError(cause, folder);
    throw seen instanceof CounterdError && seen.code === 'CD_STORAGE_LOCKED'
      ? new CounterdError('CD_STORAGE_LOCKED', undefined, { cause })
      : seen;
  }
}
