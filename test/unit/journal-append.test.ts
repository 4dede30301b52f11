import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { VirtualClock } from '../../simulators/kit/virtual-clock.ts';
import { GENESIS, chainHash } from '../../daemon/journal/chain.ts';
import { BEFORE_FIRST, toSeq, type Entry } from '../../daemon/journal/entry.ts';
import { openJournal, type SqliteJournal } from '../../daemon/journal/sqlite-journal.ts';
import { bagBook, drawn, journalFolder, note, noteSum, toyRules } from '../support/journal-folder.ts';

let folder: ReturnType<typeof journalFolder>;
let clock: VirtualClock;
let open: SqliteJournal[];

beforeEach(() => {
  folder = journalFolder();
  clock = new VirtualClock();
  open = [];
});

afterEach(() => {
  for (const journal of open) journal.close();
  folder.remove();
});

function journalIn(path = folder.path): SqliteJournal {
  const journal = openJournal({ folder: path, rules: toyRules, clock, projections: [bagBook], folds: [noteSum] });
  open.push(journal);
  return journal;
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'fulfilled',
    (cause: unknown) => (cause instanceof CounterdError ? cause.code : String(cause)),
  );
}

describe('journal append', () => {
  it('numbers entries 1, 2, 3 … and chains each to the one before', async () => {
    const journal = journalIn();
    const [one, two] = await journal.append([note(1), note(2)]);
    const [three] = await journal.append([note(3)]);
    expect([one?.seq, two?.seq, three?.seq]).toEqual([1, 2, 3]);
    expect(one?.prev).toBe(GENESIS);
    expect(two?.prev).toBe(one?.hash);
    expect(three?.prev).toBe(two?.hash);
  });

  it('returns exactly what reading it back returns', async () => {
    const journal = journalIn();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ number: fc.nat(), text: fc.string({ unit: 'binary', maxLength: 60 }) }), { minLength: 1, maxLength: 5 }),
        async (notes) => {
          const before = journal.head();
          const written: Entry[] = [];
          for (const { number, text } of notes) written.push(...(await journal.append([note(number, text)])));
          expect(journal.read({ afterSeq: before, limit: 100 })).toEqual(written);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('writes everything of one turn of the event loop as one transaction', async () => {
    const journal = journalIn();
    const commits: number[] = [];
    journal.onCommit((entries) => commits.push(entries.length));
    await Promise.all([journal.append([note(1)]), journal.append([note(2), note(3)]), journal.append([note(4)])]);
    expect(commits).toEqual([4]);
  });

  it('tells nobody before the entry can be read from disk by another process', async () => {
    const journal = journalIn();
    const reader = new Database(join(folder.path, 'journal.db'), { readonly: true });
    const seen: unknown[] = [];
    journal.onCommit((entries) => seen.push([entries.at(-1)?.seq, reader.prepare('SELECT max(seq) FROM entries').pluck().get()]));
    await journal.append([note(1)]);
    await journal.append([note(2)]);
    reader.close();
    expect(seen).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it('refuses an entry type nobody defined and data that does not fit, and writes nothing of that append', async () => {
    const journal = journalIn();
    const results = await Promise.all([
      codeOf(journal.append([note(1), { type: 'toy.unheard-of', data: {} }])),
      codeOf(journal.append([note(-1)])),
      codeOf(journal.append([note(2)])),
    ]);
    expect(results).toEqual(['CD_JOURNAL_TYPE', 'CD_JOURNAL_SHAPE', 'fulfilled']);
    expect(journal.read({ afterSeq: BEFORE_FIRST, limit: 10 }).map(({ data }) => data)).toEqual([
      { number: 2, text: 'a note of a hundred' },
    ]);
  });

  it('stamps the audience that the definition gives', async () => {
    const [entry] = await journalIn().append([{ type: 'toy.hold-up-raised', data: {} }]);
    expect(entry?.audience).toBe('security');
  });

  it('goes on after a restart where it stopped, with the same state', async () => {
    const first = journalIn();
    await first.append([note(1), drawn('bag-1', 'p1')]);
    first.close();
    const second = journalIn();
    expect(second.head()).toBe(2);
    expect(second.stateOf(noteSum)).toEqual({ noteCount: 1, lastSeq: 2 });
    const [three] = await second.append([note(2)]);
    expect(three?.seq).toBe(3);
  });

  it('keeps the files to the account it runs under', async () => {
    const journal = journalIn();
    await journal.append([note(1)]);
    for (const name of ['journal.db', 'journal.db-wal', 'journal.lock'])
      expect(statSync(join(folder.path, name)).mode & 0o077, name).toBe(0);
  });

  it('refuses an append after it was closed', async () => {
    const journal = journalIn();
    journal.close();
    expect(await codeOf(journal.append([note(1)]))).toBe('CD_STORAGE_IO');
  });

  it('does not let rows be changed or removed, even by SQL', async () => {
    const journal = journalIn();
    await journal.append([note(1)]);
    const sql = journal.privateTables('toy', []);
    expect(() => sql.exec("UPDATE entries SET body = '{}'")).toThrow(/append-only/);
    expect(() => sql.exec('DELETE FROM entries')).toThrow(/append-only/);
  });
});

describe('journal decisions', () => {
  it('lets only one of two people draw the same bag', async () => {
    const journal = journalIn();
    const holder = journal.privateTables('toy', []).prepare<[string], string>('SELECT by FROM bag_book WHERE bag = ?').pluck();
    const draw = (by: string): Promise<{ result: string }> =>
      journal.transact(() =>
        holder.get('bag-1') === undefined ? { entries: [drawn('bag-1', by)], result: 'drawn' } : { entries: [], result: 'taken' },
      );
    const results = await Promise.all([draw('p1'), draw('p2'), draw('p3')]);
    expect(results.map(({ result }) => result)).toEqual(['drawn', 'taken', 'taken']);
    expect(journal.head()).toBe(1);
  });

  it('shows a decision every entry decided before it in the same turn', async () => {
    const journal = journalIn();
    const seen: number[] = [];
    const decide = journal.transact(({ head, stateOf }) => {
      seen.push(head, stateOf(noteSum).noteCount);
      return { entries: [note(2)], result: undefined };
    });
    // Asked before the decision runs, but after it was asked for: must not be seen.
    await Promise.all([decide, journal.append([note(3)])]);
    await journal.transact(({ stateOf }) => ({ entries: [], result: seen.push(stateOf(noteSum).noteCount) }));
    expect(seen).toEqual([0, 0, 2]);
  });

  it('undoes all of a decision that throws and nothing of its neighbours', async () => {
    const journal = journalIn();
    const secrets = journal.privateTables('toy', ['CREATE TABLE toy_secrets (name TEXT PRIMARY KEY)']);
    const keep = secrets.prepare<[string]>('INSERT INTO toy_secrets VALUES (?)');
    const results = await Promise.all([
      codeOf(journal.append([note(1)])),
      codeOf(
        journal.transact(() => {
          keep.run('lost');
          return { entries: [note(2), note(-5)], result: undefined };
        }),
      ),
      codeOf(
        journal.transact(() => {
          keep.run('kept');
          return { entries: [note(3)], result: undefined };
        }),
      ),
    ]);
    expect(results).toEqual(['fulfilled', 'CD_JOURNAL_SHAPE', 'fulfilled']);
    expect(secrets.prepare('SELECT name FROM toy_secrets').pluck().all()).toEqual(['kept']);
    expect(journal.read({ afterSeq: BEFORE_FIRST, limit: 10 }).map(({ seq, data }) => [seq, (data as { number: number }).number])).toEqual([
      [1, 1],
      [2, 3],
    ]);
    expect(journal.stateOf(noteSum)).toEqual({ noteCount: 2, lastSeq: 2 });
  });

  it('runs each migration of private tables once and refuses tables of a newer program', () => {
    const journal = journalIn();
    journal.privateTables('toy', ['CREATE TABLE toy_a (x)', 'CREATE TABLE toy_b (x)']);
    journal.privateTables('toy', ['CREATE TABLE toy_a (x)', 'CREATE TABLE toy_b (x)', 'CREATE TABLE toy_c (x)']);
    expect(() => journal.privateTables('toy', ['CREATE TABLE toy_a (x)'])).toThrow(/CD_STORAGE_NEWER/);
  });
});

describe('journal followers', () => {
  it('gives what was missed, then what comes, without gap or repetition', async () => {
    const journal = journalIn();
    for (let i = 1; i <= 30; i++) await journal.append([note(i)]);
    const stop = new AbortController();
    const seen: number[] = [];
    const following = (async () => {
      for await (const { seq } of journal.follow(toSeq(12), stop.signal)) {
        seen.push(seq);
        if (seq === 40) stop.abort();
      }
    })();
    for (let i = 31; i <= 60; i++) await journal.append([note(i)]);
    await following;
    expect(seen).toEqual(Array.from({ length: 28 }, (_, i) => 13 + i));
  });

  it('reads from disk what is no longer in memory, also after a restart', async () => {
    const first = journalIn();
    const count = 6_000;
    for (let i = 0; i < count; i += 500) await Promise.all(Array.from({ length: 500 }, (_, k) => first.append([note(i + k)])));
    const gather = async (journal: SqliteJournal, afterSeq: number): Promise<number[]> => {
      const seen: number[] = [];
      for await (const { seq } of journal.follow(toSeq(afterSeq), AbortSignal.timeout(60_000))) {
        seen.push(seq);
        if (seq === count) break;
      }
      return seen;
    };
    const wanted = Array.from({ length: count - 7 }, (_, i) => 8 + i);
    expect(await gather(first, 7)).toEqual(wanted);
    first.close();
    expect(await gather(journalIn(), 7)).toEqual(wanted);
  });

  it('ends when the signal aborts and when the journal closes', async () => {
    const journal = journalIn();
    const stop = new AbortController();
    const drain = async (signal: AbortSignal): Promise<string> => {
      for await (const entry of journal.follow(BEFORE_FIRST, signal)) expect(entry).toBeDefined();
      return 'ended';
    };
    const one = drain(stop.signal);
    const other = drain(new AbortController().signal);
    stop.abort();
    expect(await one).toBe('ended');
    journal.close();
    expect(await other).toBe('ended');
  });
});

describe('journal and the host’s clock', () => {
  it('notes a clock that was set back, and never goes back in number', async () => {
    const journal = journalIn();
    const [before] = await journal.append([note(1)]);
    clock.advance(-3_600_000);
    const [after] = await journal.append([note(2)]);
    const entries = journal.read({ afterSeq: BEFORE_FIRST, limit: 10 });
    expect(entries.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'toy.note-counted'],
      [2, 'journal.clock-set-back'],
      [3, 'toy.note-counted'],
    ]);
    expect(entries[1]?.data).toEqual({ previousAt: before?.at, byMs: 3_600_000 });
    expect(Date.parse(after?.at ?? '')).toBe(Date.parse(before?.at ?? '') - 3_600_000);
  });

  it('notes it also when it happened while the daemon was off, and only once', async () => {
    const first = journalIn();
    await first.append([note(1)]);
    first.close();
    clock.advance(-60_000);
    const second = journalIn();
    await second.append([note(2)]);
    await second.append([note(3)]);
    expect(second.read({ afterSeq: BEFORE_FIRST, limit: 10 }).filter(({ type }) => type === 'journal.clock-set-back')).toHaveLength(1);
  });

  it('holds the time still for a correction of less than a second', async () => {
    const journal = journalIn();
    const [one] = await journal.append([note(1)]);
    clock.advance(-900);
    const [two] = await journal.append([note(2)]);
    clock.advance(950);
    const [three] = await journal.append([note(3)]);
    expect(two?.at).toBe(one?.at);
    expect(Date.parse(three?.at ?? '') - Date.parse(one?.at ?? '')).toBe(50);
    expect(journal.head()).toBe(3);
  });
});

describe('journal on disk', () => {
  it('is refused to a second daemon, and free again after the first', () => {
    const first = journalIn();
    expect(() => journalIn()).toThrow(/CD_STORAGE_LOCKED/);
    first.close();
    expect(journalIn().head()).toBe(0);
  });

  it('refuses a data folder of a newer program', () => {
    journalIn().close();
    const database = new Database(join(folder.path, 'journal.db'));
    database.pragma('user_version = 99');
    database.close();
    expect(() => journalIn()).toThrow(/CD_STORAGE_NEWER/);
  });

  it('refuses to start on a chain whose end was altered', async () => {
    const journal = journalIn();
    await journal.append([note(1), note(2), note(3)]);
    journal.close();
    const database = new Database(join(folder.path, 'journal.db'));
    database.exec("DROP TRIGGER entries_keep_update; UPDATE entries SET body = replace(body, 'hundred', 'thousand') WHERE seq = 2");
    database.close();
    expect(() => journalIn()).toThrow(/CD_STORAGE_CHAIN/);
  });

  it('hashes prev, seq and body as the chain’s definition says', async () => {
    const [entry] = await journalIn().append([note(7)]);
    const body = { at: entry?.at, type: 'toy.note-counted', data: { number: 7, text: 'a note of a hundred' }, device: 'toy-1' };
    expect(entry?.hash).toBe(chainHash(GENESIS, 1, JSON.stringify(body)));
  });
});
