/**
 * P4: sustained durable append, hash-chained and schema-checked, against raw better-sqlite3 inserting the same
 * text, 100 rows per transaction, WAL, synchronous=FULL. Both write the same number of rows, alternately, each
 * to a file of its own. `floor` is the barest table there is (key and text); `baseline` adds the one index that
 * the reference figures were measured with.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { EntryRules, NewEntry } from '../daemon/journal/entry.ts';
import { openJournal } from '../daemon/journal/sqlite-journal.ts';
import { Type, checker, record } from '../drivers/kit/schema.ts';
import { alternate, perSecond, printRow } from './lib/measure.ts';

const ROW_COUNT = Number(process.env['COUNTERD_BENCH_ROWS'] ?? 100_000);
const PER_TRANSACTION = 100;

const NoteCounted = record({
  number: Type.Integer({ minimum: 1 }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  denominationMinor: Type.String({ pattern: '^[0-9]+$' }),
  serial: Type.String({ maxLength: 16 }),
  fitness: Type.String({ maxLength: 16 }),
  pocket: Type.Integer({ minimum: 0, maximum: 8 }),
  text: Type.String({ maxLength: 200 }),
});
const rule = checker(NoteCounted);
const rules: EntryRules = (type) => (type === 'cash-counter.note-counted' ? rule : undefined);

function noteCounted(number: number): NewEntry {
  const data = {
    number,
    currency: 'CNY',
    denominationMinor: '10000',
    serial: 'AB12345678',
    fitness: 'fit',
    pocket: 1,
    text: 'x'.repeat(60),
  };
  return { type: 'cash-counter.note-counted', data, device: 'cash-counter-1', position: '3', flow: 'f-0123456789' };
}

async function subject(folder: string): Promise<number> {
  const journal = openJournal({ folder, rules });
  const started = process.hrtime.bigint();
  for (let sent = 0; sent < ROW_COUNT; sent += PER_TRANSACTION) {
    // As devices do: each entry is an append of its own; one turn of the loop makes them one transaction.
    const turn = Array.from({ length: PER_TRANSACTION }, (_, i) => journal.append([noteCounted(sent + i + 1)]));
    await Promise.all(turn);
  }
  const rate = perSecond(ROW_COUNT, started);
  journal.close();
  return rate;
}

function raw(folder: string, index: boolean): number {
  const database = new Database(join(folder, 'raw.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE entries (seq INTEGER PRIMARY KEY, type TEXT, body TEXT)');
  if (index) database.exec('CREATE INDEX entries_type ON entries (type)');
  const insert = database.prepare('INSERT INTO entries VALUES (?, ?, ?)');
  const body = JSON.stringify({ at: new Date().toISOString(), ...noteCounted(1) });
  const insertTurn = database.transaction((from: number) => {
    for (let i = 0; i < PER_TRANSACTION; i++) insert.run(from + i, 'cash-counter.note-counted', body);
  });
  const started = process.hrtime.bigint();
  for (let sent = 0; sent < ROW_COUNT; sent += PER_TRANSACTION) insertTurn(sent + 1);
  const rate = perSecond(ROW_COUNT, started);
  database.close();
  return rate;
}

async function inFolder(run: (folder: string) => number | Promise<number>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'counterd-bench-'));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const seen = await alternate(5, {
  subject: () => inFolder(subject),
  baseline: () => inFolder((folder) => raw(folder, true)),
  floor: () => inFolder((folder) => raw(folder, false)),
});
printRow({ id: 'P4', what: 'durable append, hash-chained, schema-checked', unit: 'entries/s', toBeat: '>= 0.5', seen });
