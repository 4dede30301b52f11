/**
 * P7: what a journal's length costs: the first page of the feed, the state, and the first page of the journal, at ten thousand
 * entries and at a million (COUNTERD_BENCH_ROWS; ten million take a quarter of an hour to write). The baseline is itself when short.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert } from '../drivers/kit/assert.ts';
import { Child } from './lib/child.ts';
import { bundled } from './lib/bundle.ts';
import { fillJournal } from './lib/fill-journal.ts';
import { alternate, printRow } from './lib/measure.ts';
import { loginAt } from './lib/login.ts';

const SHORT = 10_000;
const LONG = Number(process.env['COUNTERD_BENCH_ROWS'] ?? 1_000_000);
const REQUESTS = 40;

async function serve(rowCount: number): Promise<{ readonly child: Child; readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'counterd-bench-growth-'));
  await fillJournal(folder, rowCount);
  process.env['COUNTERD_BENCH_DATA'] = folder;
  return { child: await Child.start([await bundled('daemon-process')]), folder };
}

/** Milliseconds of the median answer. */
async function asked(url: string, path: string, headers: Record<string, string>): Promise<number> {
  const times: number[] = [];
  for (let request = 0; request < REQUESTS; request++) {
    const startMs = performance.now();
    const answer = await fetch(`${url}${path}`, { headers });
    assert(answer.ok, `${path} is answered`);
    await answer.arrayBuffer();
    times.push(performance.now() - startMs);
  }
  return times.sort((a, b) => a - b)[REQUESTS / 2] ?? Number.NaN;
}

const [short, long] = [await serve(SHORT), await serve(LONG)];
const shortLogin = await loginAt(short.child.url);
const longLogin = await loginAt(long.child.url);
try {
  for (const [what, path] of [
    ['the state', '/api/v1/state'],
    ['the first page of the journal', '/api/v1/entries?limit=100'],
    ['a device', '/api/v1/devices/cash-1'],
  ] as const) {
    const seen = await alternate(3, {
      subject: () => asked(long.child.url, path, longLogin.headers),
      baseline: () => asked(short.child.url, path, shortLogin.headers),
    });
    printRow({ id: 'P7', what: `${what}, ${String(LONG)} entries against ${String(SHORT)}`, unit: 'ms', toBeat: '<= 1.2', seen });
  }
} finally {
  for (const { child, folder } of [short, long]) {
    await child.end();
    rmSync(folder, { recursive: true, force: true });
  }
}
