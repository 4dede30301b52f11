/**
 * P8: from the start of the process to the first good answer of /readyz, with a journal of a million entries (COUNTERD_BENCH_ROWS),
 * against the least that serves, bundled alike.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDaemon } from '../daemon/build-daemon.ts';
import type { NewEntry } from '../daemon/journal/entry.ts';
import { bundled } from './lib/bundle.ts';
import { Child } from './lib/child.ts';
import { alternate, printRow } from './lib/measure.ts';

const ROW_COUNT = Number(process.env['COUNTERD_BENCH_ROWS'] ?? 1_000_000);
const PER_TURN = 500;

const folder = mkdtempSync(join(tmpdir(), 'counterd-bench-start-'));
process.env['COUNTERD_BENCH_DATA'] = folder;
const device = { id: 'cash-1', name: '点钞机', model: 'cash-counter/zm-aa55', address: 'tcp://127.0.0.1:1', simulated: true };
const config = { branch: { id: 'bench', name: '城东支行' }, port: 0, positions: [{ id: 'desk-1', name: '现金1号' }], devices: [device] };

async function fill(): Promise<void> {
  const daemon = await buildDaemon(config, { dataFolder: folder }, { demo: { addressOf: () => undefined } });
  const note = (sequence: number): NewEntry => ({
    type: 'cash-counter.note-counted',
    data: { batch: 1, sequence, currency: 'CNY', denominationMinor: '10000', serial: 'AB12345678', isSerialComplete: true },
    device: 'cash-1',
  });
  for (let written = 0; written < ROW_COUNT; written += PER_TURN) {
    await Promise.all(Array.from({ length: PER_TURN }, (_, at) => daemon.journal.append([note(written + at + 1)])));
  }
  await daemon.stop();
}

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

await fill();
const [daemon, bare] = [await bundled('daemon-process'), await bundled('bare-server')];
const seen = await alternate(5, {
  subject: () => readyAfter(daemon, []),
  baseline: () => readyAfter(bare, [join(folder, 'bare.db')]),
});
printRow({ id: 'P8', what: `start to /readyz, ${String(ROW_COUNT)} entries`, unit: 'ms', toBeat: '<= 1.5', seen });
rmSync(folder, { recursive: true, force: true });
