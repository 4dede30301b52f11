/**
 * P6, the journal's part: a reader that missed 100,000 entries catches up through `follow`, against reading the
 * same rows in one statement and parsing each.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BEFORE_FIRST, type EntryRules } from '../daemon/journal/entry.ts';
import { openForReading } from '../daemon/journal/journal-database.ts';
import { openJournal } from '../daemon/journal/sqlite-journal.ts';
import { assert } from '../drivers/kit/assert.ts';
import { alternate, perSecond, printRow } from './lib/measure.ts';

const ENTRY_COUNT = Number(process.env['COUNTERD_BENCH_ENTRIES'] ?? 100_000);
const PER_TURN = 1_000;

const rules: EntryRules = () => ({ accepts: () => true, misfits: () => [] });

async function fill(folder: string): Promise<void> {
  const journal = openJournal({ folder, rules });
  const data = { currency: 'CNY', denominationMinor: '10000', serial: 'AB12345678', fitness: 'fit', pocket: 1, text: 'x'.repeat(60) };
  for (let from = 0; from < ENTRY_COUNT; from += PER_TURN) {
    await Promise.all(
      Array.from({ length: PER_TURN }, () => journal.append([{ type: 'cash-counter.note-counted', data, device: 'cash-counter-1' }])),
    );
  }
  journal.close();
}

async function subject(folder: string): Promise<number> {
  const journal = openJournal({ folder, rules });
  const stop = new AbortController();
  const started = process.hrtime.bigint();
  let count = 0;
  for await (const entry of journal.follow(BEFORE_FIRST, stop.signal)) {
    count++;
    if (entry.seq === ENTRY_COUNT) break;
  }
  const rate = perSecond(count, started);
  assert(count === ENTRY_COUNT, 'every entry was followed');
  journal.close();
  return rate;
}

function baseline(folder: string): number {
  const database = openForReading(folder, {});
  const rows = database.prepare<[], [number, string]>('SELECT seq, body FROM entries ORDER BY seq').raw();
  const started = process.hrtime.bigint();
  let count = 0;
  for (const [, body] of rows.iterate()) {
    JSON.parse(body);
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
  printRow({ id: 'P6', what: `journal follow, ${ENTRY_COUNT} missed entries`, unit: 'entries/s', toBeat: '>= 0.5', seen });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
