/**
 * `counterd journal verify | tail | export | rebuild` without the command line: plain arguments in, results on
 * the stream given, the exit status back. All but `rebuild` only read, and may run beside the daemon.
 */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import type { Writable } from 'node:stream';
import Database from 'better-sqlite3';
import { BlobStore } from './blob-store.ts';
import { ChainCheck, type ChainHead, type ChainReport, type ChainRow } from './chain.ts';
import { lockFolder } from './data-lock.ts';
import { toSeq, type AttachmentRef, type Entry, type Seq } from './entry.ts';
import {
  lastPlace,
  nativeOptions,
  openForReading,
  openForWriting,
  placeReader,
  rowReader,
  type DatabaseOptions,
} from './journal-database.ts';
import { FoldSet, foldFrom } from './fold-set.ts';
import type { Fold } from './fold.ts';
import { exportText, isWanted, type ExportFilter, type ExportFormat } from './journal-export.ts';
import { compareRebuilt, ProjectionSet, type PageReader, type Projection } from './projection.ts';
import { entryOf } from './stored-entry.ts';

/** 0: done, and the answer is yes. 1: it ran, and the answer is no. What throws could not run. */
export type ExitStatus = 0 | 1;

export interface JournalCommandArgs extends DatabaseOptions {
  readonly folder: string;
  /** Where results go. */
  readonly out: Writable;
}

export interface VerifyArgs extends JournalCommandArgs {
  /** A head written down earlier, outside: finds an end that was cut off and a chain that was made anew. */
  readonly expect?: ChainHead;
  /** Reads every picture an entry names, too. */
  readonly checksImages?: boolean;
}

export interface TailArgs extends JournalCommandArgs {
  /** Entries of the past to begin with. */
  readonly lastCount: number;
  /** Goes on until it aborts; without it, tail ends at the end. */
  readonly signal?: AbortSignal;
}

export interface ExportArgs extends JournalCommandArgs {
  readonly format: ExportFormat;
  readonly afterSeq?: number;
  /** The last entry wanted. */
  readonly untilSeq?: number;
  readonly filter?: ExportFilter;
}

export interface RebuildArgs extends JournalCommandArgs {
  readonly projections: readonly Projection[];
  readonly folds: readonly Fold<unknown>[];
}

const PAGE_SIZE = 2_000;
/** How often another process' new entries are looked for. */
const TAIL_POLL_MS = 200;

/** What a check of a data folder or of a copy of one found. */
export interface JournalFindings {
  readonly chain: ChainReport;
  /** Set when pictures were looked at: how many are named, and which are missing or altered. */
  readonly images?: { readonly imageCount: number; readonly broken: readonly string[] };
}

/** Checks the whole chain; prints `{"isWhole", "entryCount", "head", "broken"?, "images"?}`. 1 when something does not fit. */
export async function journalVerify(args: VerifyArgs): Promise<ExitStatus> {
  const { chain, images } = await examineJournal(args.folder, args, args);
  await print(args.out, JSON.stringify(images === undefined ? chain : { ...chain, images }) + '\n');
  return chain.isWhole && (images?.broken.length ?? 0) === 0 ? 0 : 1;
}

/** Checks the chain of `folder`, and every picture an entry names when `checksImages`. Throws CD_STORAGE_IO when there is no journal. */
export async function examineJournal(
  folder: string,
  { expect, checksImages }: Pick<VerifyArgs, 'expect' | 'checksImages'>,
  options: DatabaseOptions,
): Promise<JournalFindings> {
  const database = openForReading(folder, options);
  try {
    const named = checksImages === true ? new Map<string, AttachmentRef>() : undefined;
    const chain = verifyChain(database, {
      expect,
      seen: named === undefined ? undefined : (rows) => collectImages(rows, named),
    });
    return named === undefined ? { chain } : { chain, images: await verifyImages(folder, named) };
  } finally {
    database.close();
  }
}

/** Checks every row of an open database, page by page. */
export function verifyChain(
  database: Database.Database,
  { expect, seen }: { readonly expect?: ChainHead | undefined; readonly seen?: ((rows: readonly ChainRow[]) => void) | undefined } = {},
): ChainReport {
  const rows = rowReader(database);
  const check = new ChainCheck(undefined, expect);
  let at = 0;
  for (let page = rows(at, PAGE_SIZE); page.length > 0; page = rows(at, PAGE_SIZE)) {
    if (!check.take(page)) break;
    seen?.(page);
    at = page.at(-1)?.[0] ?? at;
  }
  return check.report();
}

/** Prints entries as JSON lines: the last `lastCount`, then new ones as they come while `signal` holds. */
export async function journalTail(args: TailArgs): Promise<ExitStatus> {
  const database = openForReading(args.folder, args);
  try {
    const readPage = entryReader(database);
    let at = toSeq(Math.max(0, lastPlace(database).seq - args.lastCount));
    for (;;) {
      const page = readPage(at);
      for (const entry of page) await print(args.out, `${JSON.stringify(entry)}\n`);
      at = page.at(-1)?.seq ?? at;
      if (page.length > 0) continue;
      if (args.signal === undefined || args.signal.aborted) return 0;
      await pause(args.signal);
    }
  } finally {
    database.close();
  }
}

/** Prints the entries after `afterSeq` up to `untilSeq` that pass the filter, in the given format. Says how many. */
export async function journalExport(args: ExportArgs): Promise<number> {
  const database = openForReading(args.folder, args);
  try {
    const text = exportText(args.format);
    const until = args.untilSeq ?? lastPlace(database).seq;
    let count = 0;
    await print(args.out, text.head);
    for (const entry of entriesOf(entryReader(database), toSeq(args.afterSeq ?? 0))) {
      if (entry.seq > until) break;
      if (!isWanted(entry, args.filter ?? {})) continue;
      count++;
      await print(args.out, text.entry(entry));
    }
    await print(args.out, text.tail);
    return count;
  } finally {
    database.close();
  }
}

/**
 * Makes every projection and fold again from the journal and compares it with the live tables and snapshots;
 * prints `{"projections": [{"name", "rowCount", "isEqual", "differsIn"?}], "folds": [{"name", "isEqual"}]}`. What
 * differs is then made again in place. 1 when anything differed. Needs the folder for itself: CD_STORAGE_LOCKED while the daemon runs.
 */
export async function journalRebuild(args: RebuildArgs): Promise<ExitStatus> {
  const unlock = lockFolder(args.folder, nativeOptions(args));
  const scratchPath = join(args.folder, 'rebuild.unfinished.db');
  try {
    rmSync(scratchPath, { force: true });
    const database = openForWriting(args.folder, args);
    const scratch = new Database(scratchPath, nativeOptions(args));
    scratch.pragma('journal_mode = OFF');
    const readPage = entryReader(database);
    const projections = compareRebuilt(database, scratch, { list: args.projections, readPage });
    scratch.close();
    const folds = compareFolds(database, args.folds, readPage);
    const isEqual = [...projections, ...folds].every((part) => part.isEqual);
    if (!isEqual) {
      database.exec('DELETE FROM projections; DELETE FROM snapshots');
      new ProjectionSet(database, args.projections, readPage);
    }
    database.close();
    await print(args.out, `${JSON.stringify({ projections, folds })}\n`);
    return isEqual ? 0 : 1;
  } finally {
    rmSync(scratchPath, { force: true });
    unlock();
  }
}

function compareFolds(
  database: Database.Database,
  list: readonly Fold<unknown>[],
  readPage: PageReader,
): { name: string; isEqual: boolean }[] {
  const live = new FoldSet(database, list, { readPage, placeOf: placeReader(database) });
  return list.map((fold) => {
    const rebuilt = foldFrom(fold, fold.initial(), { from: toSeq(0), readPage });
    return { name: fold.name, isEqual: isDeepStrictEqual(asStored(live.stateOf(fold)), asStored(rebuilt)) };
  });
}

/** A state as a snapshot would bring it back. */
function asStored(state: unknown): unknown {
  return JSON.parse(JSON.stringify(state));
}

function entryReader(database: Database.Database): PageReader {
  const rows = rowReader(database);
  const placeOf = placeReader(database);
  return (afterSeq) => {
    let prev = placeOf(afterSeq)?.hash ?? '';
    return rows(afterSeq, PAGE_SIZE).map((row) => {
      const entry = entryOf(row, prev);
      prev = entry.hash;
      return entry;
    });
  };
}

function* entriesOf(readPage: PageReader, afterSeq: Seq): Generator<Entry> {
  let at = afterSeq;
  for (let page = readPage(at); page.length > 0; page = readPage(at)) {
    yield* page;
    at = page.at(-1)?.seq ?? at;
  }
}

function collectImages(rows: readonly ChainRow[], named: Map<string, AttachmentRef>): void {
  for (const row of rows) {
    if (!row[1].includes('"attachment":')) continue;
    const { attachment } = entryOf(row, '');
    if (attachment !== undefined) named.set(attachment.sha256, attachment);
  }
}

async function verifyImages(folder: string, named: ReadonlyMap<string, AttachmentRef>): Promise<{ imageCount: number; broken: string[] }> {
  const store = new BlobStore(folder);
  const broken: string[] = [];
  for (const { sha256, byteLength } of named.values()) {
    if ((await bytesOf(store, sha256))?.length !== byteLength) broken.push(sha256);
  }
  return { imageCount: named.size, broken };
}

async function bytesOf(store: BlobStore, sha256: string): Promise<Uint8Array | undefined> {
  try {
    return await store.read(sha256);
  } catch {
    // Altered or unreadable: for this question the same as missing.
    return undefined;
  }
}

async function print(out: Writable, text: string): Promise<void> {
  if (text !== '' && !out.write(text)) await once(out, 'drain');
}

async function pause(signal: AbortSignal): Promise<void> {
  try {
    await wait(TAIL_POLL_MS, undefined, { signal });
  } catch {
    // Aborted: the caller looks once more and ends.
  }
}
