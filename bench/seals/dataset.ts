/**
 * Makes a set of seal pictures with their truth, in the layout of the practice set:
 *
 *   node --import tsx bench/seals/dataset.ts --seed 1 --identities 60 --genuine 1500 --forged 1500 --vouchers 20 --out DIR
 *       [--fonts FOLDER] [--workers N]
 *
 * The same seed gives the same pictures, however many workers make them. Sets of different seeds share no identity.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { MadeIdentity } from './set-maker.ts';
import type { SetOrder } from './set-plan.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    identities: { type: 'string', default: '24' },
    genuine: { type: 'string', default: '72' },
    forged: { type: 'string', default: '56' },
    vouchers: { type: 'string', default: '0' },
    out: { type: 'string' },
    fonts: { type: 'string' },
    workers: { type: 'string', default: '1' },
  },
});
if (values.out === undefined) {
  process.stderr.write('--out DIR is missing\n');
  process.exit(2);
}
const order: SetOrder = {
  seed: values.seed,
  identities: Number(values.identities),
  genuine: Number(values.genuine),
  forged: Number(values.forged),
  vouchers: Number(values.vouchers),
  out: values.out,
  ...(values.fonts === undefined ? {} : { fonts: values.fonts }),
};
for (const folder of ['refs', 'cases', 'cards', 'vouchers']) mkdirSync(join(order.out, folder), { recursive: true });
const startMs = performance.now();
const made = await makeAll(Number(values.workers));
write(made);
const seconds = (performance.now() - startMs) / 1000;
const count = order.genuine + order.forged;
process.stderr.write(`\n${String(count)} cases in ${seconds.toFixed(0)} s, ${(count / seconds).toFixed(1)} a second\n`);

function makeAll(workers: number): Promise<MadeIdentity[]> {
  const results: MadeIdentity[] = [];
  let next = 0;
  return new Promise((resolve, reject) => {
    const feed = (worker: ChildProcess): void => {
      if (next < order.identities) worker.send(next++);
      else worker.disconnect();
    };
    for (let i = 0; i < Math.min(workers, order.identities); i++) {
      // Processes, not threads: they inherit the loader that reads TypeScript.
      const worker = fork(fileURLToPath(new URL('./set-worker.ts', import.meta.url)), [JSON.stringify(order)]);
      worker.on('exit', (code) => {
        if (code !== 0) reject(new Error(`a worker ended with ${String(code)}`));
      });
      worker.on('message', (one: MadeIdentity) => {
        results.push(one);
        process.stderr.write(`\r${String(results.length)} of ${String(order.identities)} identities`);
        if (results.length === order.identities) resolve(results.sort((a, b) => a.id.localeCompare(b.id)));
        feed(worker);
      });
      feed(worker);
    }
  });
}

function write(identities: readonly MadeIdentity[]): void {
  const cases = identities.flatMap((each) => each.cases).sort((a, b) => String(a['case']).localeCompare(String(b['case'])));
  const truth = {
    version: '1.0',
    seed: order.seed,
    identities: Object.fromEntries(identities.map(({ id, design }) => [id, design])),
    refs: Object.fromEntries(identities.map(({ id, ref }) => [id, ref])),
    cases,
    cards: [],
    vouchers: [],
  };
  const told = {
    version: '1.0',
    refs: identities.map(({ id }) => ({ identity: id, file: `refs/${id}.png`, dpi: 300 })),
    cases: cases.map((each) => ({
      case: each['case'],
      identity: each['identity'],
      file: `cases/${String(each['case'])}.jpg`,
      dpi: each['dpi'],
      source: each['source'],
    })),
    cards: [],
    vouchers: [],
  };
  writeFileSync(join(order.out, 'truth.json'), JSON.stringify(truth));
  writeFileSync(join(order.out, 'public.json'), JSON.stringify(told));
}
