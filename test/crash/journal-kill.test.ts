import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'rolldown';
import { seededRandom } from '../../simulators/kit/random.ts';
import { BlobStore } from '../../daemon/journal/blob-store.ts';
import { toSeq, type Entry } from '../../daemon/journal/entry.ts';
import { journalRebuild } from '../../daemon/journal/journal-command.ts';
import { openJournal } from '../../daemon/journal/sqlite-journal.ts';
import { bagBook, journalFolder, noteSum, toyRules } from '../support/journal-folder.ts';
import { Sink } from '../support/sink.ts';

const KILLS = Number(process.env['COUNTERD_KILLS'] ?? 25);
const seed = process.env['COUNTERD_SEED'] ?? String(Date.now());
const replay = `COUNTERD_SEED=${seed} COUNTERD_KILLS=${KILLS} npx vitest run test/crash/journal-kill.test.ts`;

let folder: ReturnType<typeof journalFolder>;
let program: string;

beforeAll(async () => {
  folder = journalFolder();
  // One file starts in a fraction of the time of many, and beside node_modules it finds the database.
  const output = join(import.meta.dirname, '../../node_modules/.cache/counterd-crash');
  mkdirSync(output, { recursive: true });
  program = join(output, 'append-child.mjs');
  await build({
    input: join(import.meta.dirname, 'append-child.ts'),
    platform: 'node',
    external: [/^better-sqlite3/],
    output: { file: program, format: 'esm' },
  });
});

afterAll(() => {
  folder.remove();
});

/**
 * Lets one daemon write until it has acknowledged `acknowledgements` times and kills it; returns all that it acknowledged. It goes on
 * writing until the signal arrives, so the kill strikes at any point of a transaction.
 */
async function liveAndDie(
  round: number,
  acknowledgements: number,
): Promise<{ readonly acknowledged: readonly (readonly [number, string])[]; readonly errors: string }> {
  const child = spawn(process.execPath, [program, folder.path, String(round)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const acknowledged: (readonly [number, string])[] = [];
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const lines = createInterface({ input: child.stdout });
  const hasLived = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      const [seq, hash] = line.split(' ');
      if (hash?.length === 64) acknowledged.push([Number(seq), hash]);
      if (acknowledged.length >= acknowledgements) resolve();
    });
    child.once('exit', () => {
      resolve();
    });
  });
  const ended = Promise.all([once(child, 'exit'), once(lines, 'close')]);
  await hasLived;
  child.kill('SIGKILL');
  await ended;
  return { acknowledged, errors };
}

describe('a journal whose daemon is killed', () => {
  it(
    `keeps its chain whole and everything it acknowledged, over ${KILLS} kills`,
    async () => {
      const random = seededRandom(seed);
      const store = new BlobStore(folder.path);
      let checkedSeq = 0;
      let acknowledgedCount = 0;
      for (let round = 1; round <= KILLS; round++) {
        const { acknowledged, errors } = await liveAndDie(round, random.integer(0, 600));
        expect(errors, replay).toBe('');
        acknowledgedCount += acknowledged.length;
        // Opening checks the tail's chain; everything since the last kill is read and compared here.
        const journal = openJournal({ folder: folder.path, rules: toyRules, projections: [bagBook], folds: [noteSum] });
        const entries = new Map<number, Entry>();
        for (
          let page = journal.read({ afterSeq: toSeq(checkedSeq), limit: 5_000 });
          page.length > 0;
          page = journal.read({ afterSeq: toSeq(checkedSeq), limit: 5_000 })
        ) {
          for (const entry of page) {
            expect(entry.seq, `gap, ${replay}`).toBe(checkedSeq + 1);
            checkedSeq = entry.seq;
            entries.set(entry.seq, entry);
          }
        }
        for (const [seq, hash] of acknowledged) expect(entries.get(seq)?.hash, `acknowledged ${seq} lost, ${replay}`).toBe(hash);
        for (const { attachment } of entries.values()) {
          if (attachment !== undefined)
            expect((await store.read(attachment.sha256))?.length, `picture lost, ${replay}`).toBe(attachment.byteLength);
        }
        journal.close();
      }
      expect(acknowledgedCount, 'the load was a load').toBeGreaterThan(KILLS);
      const out = new Sink();
      const status = await journalRebuild({ folder: folder.path, out, projections: [bagBook], folds: [noteSum] });
      expect(status, `${out.text} ${replay}`).toBe(0);
      process.stderr.write(`${KILLS} kills, ${checkedSeq} entries, ${acknowledgedCount} acknowledgements\n`);
    },
    60_000 + KILLS * 10_000,
  );
});
