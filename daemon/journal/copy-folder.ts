/** `counterd backup` and `restore`: a data folder as a second folder of the same shape. What is half made bears another name. */
import { randomUUID } from 'node:crypto';
import { constants, existsSync, readdirSync, statSync } from 'node:fs';
import { chmod, copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { examineJournal, type JournalFindings } from './journal-command.ts';
import { journalPath, nativeOptions, openForReading, type DatabaseOptions } from './journal-database.ts';
import { storageError } from './storage-errors.ts';

/** What a copy takes along besides the journal. */
const PARTS = ['images', 'keys'] as const;

/**
 * Copies the journal, pictures and keys of `from` into `to`, beside a running daemon too. The journal is copied
 * first and the pictures after it, so every picture that an entry names is there: it was on disk before the entry.
 * `to` must be missing or empty; it appears only when the copy is whole. Says what was found in the copy; a journal that was
 * broken is copied as it is. Throws CD_STORAGE_EXISTS, _FULL or _IO.
 */
export async function backupFolder(from: string, to: string, options: DatabaseOptions = {}): Promise<JournalFindings> {
  return fill(to, async (unfinished) => {
    const source = openForReading(from, options);
    try {
      await source.backup(journalPath(unfinished));
    } finally {
      source.close();
    }
    makeOneFile(unfinished, options);
    await chmod(journalPath(unfinished), 0o600);
    for (const part of PARTS) await copyTree(join(from, part), join(unfinished, part));
    return examineJournal(unfinished, { checksImages: true }, options);
  });
}

/**
 * Makes the data folder `to` from the copy `from`, after the chain and every picture of the copy were checked.
 * Throws CD_STORAGE_CHAIN when something does not fit and CD_STORAGE_EXISTS when `to` holds anything: nothing is changed then.
 */
export async function restoreFolder(from: string, to: string, options: DatabaseOptions = {}): Promise<JournalFindings> {
  refuseOccupied(to);
  const found = await examineJournal(from, { checksImages: true }, options);
  if (!isSound(found)) throw new CounterdError('CD_STORAGE_CHAIN', `${from}: ${whyUnsound(found)}; nothing was restored`);
  return fill(to, async (unfinished) => {
    await copyFile(journalPath(from), journalPath(unfinished), constants.COPYFILE_EXCL);
    await chmod(journalPath(unfinished), 0o600);
    for (const part of PARTS) await copyTree(join(from, part), join(unfinished, part));
    return found;
  });
}

export function isSound({ chain, images }: JournalFindings): boolean {
  return chain.isWhole && (images?.broken.length ?? 0) === 0;
}

function whyUnsound({ chain, images }: JournalFindings): string {
  return chain.broken === undefined
    ? `${String(images?.broken.length ?? 0)} pictures are missing or altered`
    : `entry ${String(chain.broken.seq)} does not fit (${chain.broken.reason})`;
}

/** Lets `work` fill a new folder beside `to` and gives it that name at the end; on failure nothing is left. */
async function fill<R>(to: string, work: (unfinished: string) => Promise<R>): Promise<R> {
  refuseOccupied(to);
  const unfinished = join(dirname(to), `.${basename(to)}.unfinished-${randomUUID()}`);
  try {
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    const result = await work(unfinished);
    await syncTree(unfinished);
    await rename(unfinished, to);
    await sync(dirname(to));
    return result;
  } catch (cause) {
    await rm(unfinished, { recursive: true, force: true });
    throw storageError(cause, dirname(to));
  }
}

function refuseOccupied(to: string): void {
  if (!existsSync(to)) return;
  if (!statSync(to).isDirectory()) throw new CounterdError('CD_STORAGE_EXISTS', `${to} is a file`);
  if (readdirSync(to).length > 0) throw new CounterdError('CD_STORAGE_EXISTS', to);
}

/** Without write-ahead log: the copy is one file and can be read from a medium that cannot be written. */
function makeOneFile(folder: string, options: DatabaseOptions): void {
  const copy = new Database(journalPath(folder), nativeOptions(options));
  copy.pragma('journal_mode = DELETE');
  copy.close();
}

async function copyTree(from: string, to: string): Promise<void> {
  if (!existsSync(from)) return;
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    // Names that begin with a dot are being written by the daemon at this moment.
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) await copyTree(join(from, entry.name), join(to, entry.name));
    else if (entry.isFile()) {
      await copyFile(join(from, entry.name), join(to, entry.name), constants.COPYFILE_EXCL);
      await chmod(join(to, entry.name), 0o600);
    }
  }
}

async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await syncTree(join(folder, entry.name));
    else await sync(join(folder, entry.name));
  }
  await sync(folder);
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
