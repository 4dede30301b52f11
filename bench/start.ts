/**
 * P8: from the start of the process to the first good answer of /readyz, with a journal of a million entries (COUNTERD_BENCH_ROWS),
 * against the least that serves, bundled alike.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundled } from './lib/bundle.ts';
import { Child } from './lib/child.ts';
import { fillJournal } from './lib/fill-journal.ts';
import { alternate, printRow } from './lib/measure.ts';

const ROW_COUNT = Number(process.env['COUNTERD_BENCH_ROWS'] ?? 1_000_000);

const folder = mkdtempSync(join(tmpdir(), 'counterd-bench-start-'));
process.env['COUNTERD_BENCH_DATA'] = folder;
/** Milliseconds. */
async function readyAfter(program: string, args: readonly string[]): Promise<number> {
  const startMs = performance.now();
  const child = await Child.start([program, ...args]);
  const { status } = await fetch(`${child.url}/readyz`);
  const ms = performance.now() - startMs;
  await child.end();
  if (status !== 200) process.stderr.write(`${program} answered ${String(status)}\n`);
  return ms;
}

await fillJournal(folder, ROW_COUNT);
const [daemon, bare] = [await bundled('daemon-process'), await bundled('bare-server')];
const seen = await alternate(5, {
  subject: () => readyAfter(daemon, []),
  baseline: () => readyAfter(bare, [join(folder, 'bare.db')]),
});
printRow({ id: 'P8', what: `start to /readyz, ${String(ROW_COUNT)} entries`, unit: 'ms', toBeat: '<= 1.5', seen });
rmSync(folder, { recursive: true, force: true });
