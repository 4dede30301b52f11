/**
 * A daemon's journal under load, to be killed: devices, decisions and pictures all at once, every turn of the
 * event loop. After each append is acknowledged it says so on stdout: `seq hash`.
 */
import { writeSync } from 'node:fs';
import { BlobStore } from '../../daemon/journal/blob-store.ts';
import type { Entry } from '../../daemon/journal/entry.ts';
import { openJournal } from '../../daemon/journal/sqlite-journal.ts';
import { bagBook, drawn, note, noteSum, toyRules } from '../support/journal-folder.ts';

const [folder = '', round = '0'] = process.argv.slice(2);
const journal = openJournal({ folder, rules: toyRules, projections: [bagBook], folds: [noteSum] });
const store = new BlobStore(folder);
store.removeUnfinished();
writeSync(1, 'ready\n');

/** Synchronous, so that nothing acknowledged is lost in a buffer of this process. */
function acknowledge(entries: readonly Entry[]): void {
  const last = entries.at(-1);
  if (last !== undefined) writeSync(1, `${last.seq} ${last.hash}\n`);
}

async function device(name: number): Promise<never> {
  for (let number = 0; ; number++)
    acknowledge(await journal.append([note(number, `device ${name}`), note(number, 'x'.repeat(number % 700))]));
}

async function decisions(): Promise<never> {
  for (let number = 0; ; number++) {
    const bag = `bag-${round}-${number}`;
    const taken = await Promise.all(
      ['p1', 'p2'].map((by) =>
        journal.transact(({ stateOf }) => ({ entries: [drawn(`${bag}-${by}`, by), note(stateOf(noteSum).noteCount)], result: by })),
      ),
    );
    for (const { entries } of taken) acknowledge(entries);
  }
}

async function pictures(): Promise<never> {
  for (let number = 0; ; number++) {
    const attachment = await store.put(Buffer.from(`picture ${round} ${number} `.repeat(500)), 'image/png');
    acknowledge(await journal.append([{ ...note(number, 'a picture'), attachment }]));
  }
}

await Promise.all([device(1), device(2), device(3), decisions(), pictures()]);
