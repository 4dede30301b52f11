/**
 * P9: checking the chain of a journal of 1,000,000 entries, against reading the same rows and hashing them in one
 * loop (`SELECT … ORDER BY seq`, SHA-256 of each with the hash before), which is the least any check must do.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash } from 'node:crypto';
import type { EntryRules, NewEntry } from '../daemon/journal/entry.ts';
import { verifyChain } from '../daemon/journal/journal-command.ts';
import { openForReading } from '../daemon/journal/journal-database.ts';
import { openJournal } from '../daemon/journal/sqlite-journal.ts';
import { assert } from '../drivers/kit/assert.ts';
import { alternate, perSecond, printRow } from './lib/measure.ts';

const ENTRY_COUNT = Number(process.env['COUNTERD_BENCH_ENTRIES'] ?? 1_000_000);
const PER_TURN = 2_000;

const rules: EntryRules = () => ({ accepts: () => true, misfits: () => [] });

function entry(number: number): NewEntry {
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

async function fill(folder: string): Promise<void> {
  const journal = openJournal({ folder, rules });
  for (let from = 0; from < ENTRY_COUNT; from += PER_TURN) {
    await Promise.all(Array.from({ length: PER_TURN }, (_, i) => journal.append([entry(from + i)])));
  }
  journal.close();
}

function subject(folder: string): number {
  const database = openForReading(folder, {});
  const started = process.hrtime.bigint();
  const { isWhole, entryCount } = verifyChain(database);
  const rate = perSecond(entryCount, started);
  assert(isWhole && entryCount === ENTRY_COUNT, 'the chain under test is whole');
  database.close();
  return rate;
}

function baseline(folder: string): number {
  const database = openForReading(folder, {});
  const rows = database.prepare<[], [number, string, string]>('SELECT seq, body, hash FROM entries ORDER BY seq').raw();
  const started = process.hrtime.bigint();
  let prev = '';
  let count = 0;
  for (const [, body] of rows.iterate()) {
    prev = hash('sha256', prev + body, 'hex');
    count++;
  }
  const rate = perSecond(count, started);
  database.close();
  return rate;
}

const folder = mkdtempSync(join(tmpdir(), 'counterd-bench-'));
try {
  await fill(folder);
  const seen = await alternate(5, { subject: () => subject(folder), baseline: () => baseline(folder) });
  printRow({ id: 'P9', what: `journal verify, ${ENTRY_COUNT} entries`, unit: 'entries/s', toBeat: '>= 0.6', seen });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
