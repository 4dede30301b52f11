/** The daemon with a simulated note counter at each terminal given. Prints where it serves. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDaemon } from '../../daemon/build-daemon.ts';

const terminals = process.argv.slice(2);
const given = process.env['COUNTERD_BENCH_DATA'];
const dataFolder = given ?? mkdtempSync(join(tmpdir(), 'counterd-bench-'));
const devices = terminals.map((path, at) => ({
  id: `cash-${String(at + 1)}`,
  name: `点钞机 ${String(at + 1)}`,
  model: 'cash-counter/zm-aa55',
  address: `serial:${path}`,
  simulated: true,
}));
const config = { branch: { id: 'bench', name: '城东支行' }, port: 0, positions: [{ id: 'desk-1', name: '现金1号' }], devices };
const daemon = await buildDaemon(config, { dataFolder }, { demo: { addressOf: () => undefined } });
process.stdout.write(`${JSON.stringify({ url: daemon.url })}\n`);
process.once('SIGTERM', () => {
  void daemon.stop('signal').then(() => {
    if (given === undefined) rmSync(dataFolder, { recursive: true, force: true });
    process.exit(0);
  });
});
