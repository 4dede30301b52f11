import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyFileSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { checker } from '../../drivers/kit/schema.ts';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { VirtualClock } from '../../simulators/kit/virtual-clock.ts';
import { seededRandom } from '../../simulators/kit/random.ts';
import { journalEvents } from '../../daemon/contract/events/journal.ts';
import { BlobStore } from '../../daemon/journal/blob-store.ts';
import { BEFORE_FIRST, type NewEntry } from '../../daemon/journal/entry.ts';
import { verifyChain } from '../../daemon/journal/journal-command.ts';
import { openForReading } from '../../daemon/journal/journal-database.ts';
import type { Projection } from '../../daemon/journal/projection.ts';
import type { NewEntries } from '../../daemon/journal/journal.ts';
import { openJournal, type SqliteJournal } from '../../daemon/journal/sqlite-journal.ts';
import { bagBook, drawn, journalFolder, note, noteSum, toyRules } from '../support/journal-folder.ts';

let folder: ReturnType<typeof journalFolder>;
let clock: VirtualClock;

beforeEach(() => {
  folder = journalFolder();
  clock = new VirtualClock();
});

afterEach(() => {
  folder.remove();
});

function openIn(path: string, projections: readonly Projection[] = [bagBook]): SqliteJournal {
  return openJournal({ folder: path, rules: toyRules, clock, projections, folds: [noteSum] });
}

/** Makes the disk full for this journal: the database may not grow beyond `more` pages. Returns how to make room. */
function fillDisk(journal: SqliteJournal, more: number): () => void {
  const sql = journal.privateTables('toy', []);
  const pages = sql.prepare<[], number>('PRAGMA page_count').pluck().get() ?? 0;
  sql.prepare(`PRAGMA max_page_count = ${pages + more}`).get();
  return () => void sql.prepare('PRAGMA max_page_count = 1000000').get();
}

/** Appends what `make` gives until the disk refuses. */
async function appendUntilRefused(
  journal: SqliteJournal,
  make: (number: number) => NewEntries = (number) => [note(number, 'x'.repeat(2_000)), note(number, 'y'.repeat(2_000))],
): Promise<{ readonly writtenCount: number; readonly cause: unknown }> {
  for (let number = 1; ; number++) {
    const writtenCount = journal.head();
    try {
      await journal.append(make(number));
    } catch (cause) {
      return { writtenCount, cause };
    }
  }
}

describe('journal on a full disk', () => {
  it('refuses with CD_STORAGE_FULL, says it is not writable, and has written whole appends only', async () => {
    const journal = openIn(folder.path);
    fillDisk(journal, 10);
    const { writtenCount, cause } = await appendUntilRefused(journal);
    expect(cause).toBeInstanceOf(CounterdError);
    expect((cause as CounterdError).code).toBe('CD_STORAGE_FULL');
    expect(journal.health()).toEqual({ isWritable: false, because: 'CD_STORAGE_FULL' });
    expect(journal.read({ afterSeq: BEFORE_FIRST, limit: 1_000 })).toHaveLength(writtenCount);
    expect(journal.stateOf(noteSum)).toEqual({ noteCount: writtenCount, lastSeq: writtenCount });
    journal.close();
  });

  it('refuses every append of the transaction that did not fit, and a decision with it', async () => {
    const journal = openIn(folder.path);
    fillDisk(journal, 1);
    const big = (number: number): NewEntry => note(number, 'z'.repeat(4_000));
    const results = await Promise.allSettled([
      ...Array.from({ length: 20 }, (_, i) => journal.append([big(i)])),
      journal.transact(() => ({ entries: [drawn('bag', 'p')], result: 1 })),
    ]);
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect(journal.head()).toBe(0);
    expect(journal.stateOf(noteSum).noteCount).toBe(0);
    journal.close();
  });

  it('recovers by itself once there is room, notes how much was refused, and goes on without a gap', async () => {
    const journal = openIn(folder.path);
    const makeRoom = fillDisk(journal, 4);
    // Smaller than the note of the recovery, so that this cannot fit either.
    const { writtenCount } = await appendUntilRefused(journal, (number) => [note(number, '')]);
    clock.advance(3_000);
    expect(journal.health().isWritable).toBe(false);
    makeRoom();
    clock.advance(1_000);
    expect(journal.health()).toEqual({ isWritable: true });
    const [next] = await journal.append([note(1)]);
    expect(next?.seq).toBe(writtenCount + 2);
    const recovered = journal.read({ afterSeq: BEFORE_FIRST, limit: 1_000 }).find(({ type }) => type === 'journal.storage-recovered');
    expect(recovered?.data).toEqual({ refusedCount: 1, code: 'CD_STORAGE_FULL' });
    expect(checker(journalEvents['journal.storage-recovered'].data).misfits(recovered?.data)).toEqual([]);
    journal.close();
    const reader = openForReading(folder.path, {});
    expect(verifyChain(reader)).toMatchObject({ isWhole: true, entryCount: writtenCount + 2 });
    reader.close();
  });

  it('keeps no followers waiting for entries that were refused', async () => {
    const journal = openIn(folder.path);
    const told: number[] = [];
    journal.onCommit((entries) => told.push(...entries.map(({ seq }) => seq)));
    const makeRoom = fillDisk(journal, 2);
    await appendUntilRefused(journal);
    makeRoom();
    await journal.append([note(1)]);
    expect(told).toEqual(Array.from({ length: journal.head() }, (_, i) => i + 1));
    journal.close();
  });
});

describe('journal after a torn write', () => {
  it('opens to a whole chain, a beginning of what was written, wherever the write-ahead log is cut', async () => {
    const seed = process.env['COUNTERD_SEED'] ?? String(Date.now());
    const random = seededRandom(seed);
    const journal = openIn(folder.path);
    for (let number = 1; number <= 60; number++)
      await journal.append([note(number, 'n'.repeat(random.integer(1, 900))), drawn(`bag-${number}`, 'p')]);
    const wal = readFileSync(join(folder.path, 'journal.db-wal'));
    const database = readFileSync(join(folder.path, 'journal.db'));
    const whole = journal.read({ afterSeq: BEFORE_FIRST, limit: 1_000 });
    for (let cut = 0; cut < 25; cut++) {
      const copy = join(folder.path, `cut-${cut}`);
      mkdirSync(copy);
      const length = random.integer(0, wal.length);
      writeFileSync(join(copy, 'journal.db'), database);
      writeFileSync(join(copy, 'journal.db-wal'), random.chance(0.5) ? wal.subarray(0, length) : smudge(wal, length));
      if (database.length === 0 && length < 100) continue;
      const reopened = openIn(copy);
      const entries = reopened.read({ afterSeq: BEFORE_FIRST, limit: 1_000 });
      expect(entries, `COUNTERD_SEED=${seed}`).toEqual(whole.slice(0, entries.length));
      expect(reopened.stateOf(noteSum).lastSeq, `COUNTERD_SEED=${seed}`).toBe(entries.length);
      const [next] = await reopened.append([note(1)]);
      expect(next?.seq).toBe(entries.length + 1);
      reopened.close();
    }
    journal.close();
  });
});

/** `bytes` with garbage from `from` on, as a disk may leave a sector that was being written. */
function smudge(bytes: Uint8Array, from: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let at = from; at < Math.min(bytes.length, from + 600); at++) copy[at] = (copy[at] ?? 0) ^ 0x5a;
  return copy;
}

describe('projections and folds', () => {
  it('are caught up when they are new, and made again when their version changes', async () => {
    const without = openIn(folder.path, []);
    await without.append([drawn('bag-1', 'p1'), note(1), drawn('bag-2', 'p2')]);
    without.close();
    const holders = (journal: SqliteJournal): unknown =>
      journal.privateTables('toy', []).prepare('SELECT bag, by FROM bag_book ORDER BY bag').raw().all();
    const withBook = openIn(folder.path);
    expect(holders(withBook)).toEqual([
      ['bag-1', 'p1'],
      ['bag-2', 'p2'],
    ]);
    withBook.privateTables('toy', []).exec("UPDATE bag_book SET by = 'wrong'");
    withBook.close();
    const newer = openIn(folder.path, [{ ...bagBook, version: 2 }]);
    expect(holders(newer)).toEqual([
      ['bag-1', 'p1'],
      ['bag-2', 'p2'],
    ]);
    newer.close();
  });

  it('are made again when entries were written without them', async () => {
    const withBook = openIn(folder.path);
    await withBook.append([drawn('bag-1', 'p1')]);
    withBook.close();
    const without = openIn(folder.path, []);
    await without.append([drawn('bag-2', 'p2')]);
    without.close();
    const again = openIn(folder.path);
    expect(again.privateTables('toy', []).prepare('SELECT bag FROM bag_book ORDER BY bag').pluck().all()).toEqual(['bag-1', 'bag-2']);
    again.close();
  });

  it('put a fold back together from its snapshot and what came after, also without a clean close', async () => {
    const journal = openIn(folder.path);
    for (let i = 0; i < 11; i++) await Promise.all(Array.from({ length: 1_000 }, (_, k) => journal.append([note(i * 1_000 + k)])));
    const copy = join(folder.path, 'as-killed');
    mkdirSync(copy);
    for (const name of ['journal.db', 'journal.db-wal']) copyFileSync(join(folder.path, name), join(copy, name));
    journal.close();
    const reopened = openIn(copy);
    expect(reopened.stateOf(noteSum)).toEqual({ noteCount: 11_000, lastSeq: 11_000 });
    reopened.close();
  });

  it('ignore a snapshot of another journal', async () => {
    const journal = openIn(folder.path);
    await journal.append([note(1), note(2)]);
    journal.close();
    const database = new Database(join(folder.path, 'journal.db'));
    database.exec(`UPDATE snapshots SET hash = '${'f'.repeat(64)}', state = '{"noteCount":99,"lastSeq":2}'`);
    database.close();
    const reopened = openIn(folder.path);
    expect(reopened.stateOf(noteSum)).toEqual({ noteCount: 2, lastSeq: 2 });
    reopened.close();
  });
});

describe('pictures', () => {
  it('are kept once, whole, under their hash, for this account only', async () => {
    const store = new BlobStore(folder.path);
    const bytes = Uint8Array.from({ length: 10_000 }, (_, i) => i & 0xff);
    const [one, two] = await Promise.all([store.put(bytes, 'image/png'), store.put(bytes, 'image/png')]);
    expect(one).toEqual(two);
    expect(await store.read(one.sha256)).toEqual(Buffer.from(bytes));
    const path = join(folder.path, 'images', one.sha256.slice(0, 2), one.sha256);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('answer undefined for what is not there, whatever the name', async () => {
    const store = new BlobStore(folder.path);
    for (const name of ['0'.repeat(64), '../../etc/passwd', '', 'A'.repeat(64)]) expect(await store.read(name)).toBeUndefined();
  });

  it('are not handed out when they are not what their name says', async () => {
    const store = new BlobStore(folder.path);
    const { sha256 } = await store.put(Uint8Array.of(1, 2, 3), 'image/png');
    truncateSync(join(folder.path, 'images', sha256.slice(0, 2), sha256), 2);
    await expect(store.read(sha256)).rejects.toThrow(/CD_STORAGE_CHAIN/);
    // Put again, the same bytes are whole again.
    await store.put(Uint8Array.of(1, 2, 3), 'image/png');
    expect(await store.read(sha256)).toEqual(Buffer.of(1, 2, 3));
  });

  it('lose what a crash left half written', async () => {
    const store = new BlobStore(folder.path);
    const { sha256 } = await store.put(Uint8Array.of(9), 'image/png');
    const unfinished = join(folder.path, 'images', '.unfinished-1');
    writeFileSync(unfinished, 'half');
    store.removeUnfinished();
    expect(() => statSync(unfinished)).toThrow();
    expect(await store.read(sha256)).toEqual(Buffer.of(9));
  });
});
