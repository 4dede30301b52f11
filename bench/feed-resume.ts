/**
 * P6: a browser that missed 100,000 entries (COUNTERD_BENCH_ENTRIES), from connecting until it has caught up, against the least that
 * reads the rows and sends them; and what it does to the daemon's memory, against the same daemon before it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { contractHash } from '../daemon/gateway/contract-hash.ts';
import { journalPath } from '../daemon/journal/journal-database.ts';
import { assert } from '../drivers/kit/assert.ts';
import { bundled } from './lib/bundle.ts';
import { Child } from './lib/child.ts';
import { DAEMON_FLAGS } from './lib/feed-server.ts';
import { fillJournal } from './lib/fill-journal.ts';
import { loginAt } from './lib/login.ts';
import { alternate, perSecond, printRow } from './lib/measure.ts';

const ENTRY_COUNT = Number(process.env['COUNTERD_BENCH_ENTRIES'] ?? 100_000);

/** Entries a second until `live`. */
async function caughtUp(url: string, options: object): Promise<number> {
  const started = process.hrtime.bigint();
  const socket = io(url, { transports: ['websocket'], forceNew: true, ...options });
  let count = 0;
  socket.on('entry', () => count++);
  await new Promise<void>((resolve) => socket.once('live', () => resolve()));
  const rate = perSecond(count, started);
  socket.disconnect();
  assert(count >= ENTRY_COUNT, 'every entry came');
  return rate;
}

const folder = mkdtempSync(join(tmpdir(), 'counterd-bench-resume-'));
await fillJournal(folder, ENTRY_COUNT);
process.env['COUNTERD_BENCH_DATA'] = folder;
const daemon = await Child.start([...DAEMON_FLAGS, await bundled('daemon-process')]);
const bare = await Child.start([await bundled('bare-resume'), journalPath(folder)]);
try {
  const { token, cookie } = await loginAt(daemon.url);
  const asBrowser = { auth: { token, afterSeq: 0, contractHash }, extraHeaders: { cookie } };
  const memory: Record<'subject' | 'baseline', number[]> = { subject: [], baseline: [] };
  const seen = await alternate(5, {
    subject: async () => {
      memory.baseline.push(daemon.residentMb());
      const rate = await caughtUp(daemon.url, asBrowser);
      memory.subject.push(daemon.residentMb());
      return rate;
    },
    baseline: () => caughtUp(bare.url, {}),
  });
  printRow({ id: 'P6', what: `browser catches up, ${String(ENTRY_COUNT)} missed entries`, unit: 'entries/s', toBeat: '>= 0.5', seen });
  printRow({ id: 'P6', what: 'the daemon’s memory after it, against before', unit: 'MB', toBeat: '<= 1.1', seen: memory });
} finally {
  await daemon.end();
  await bare.end();
  rmSync(folder, { recursive: true, force: true });
}
