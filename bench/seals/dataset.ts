/**
 * Makes a set of seal pictures with their truth, in the layout of the practice set:
 *
 *   node --import tsx bench/seals/dataset.ts --seed 1 --identities 60 --genuine 1500 --forged 1500 --vouchers 20 --out DIR
 *       [--fonts FOLDER] [--workers N]
 *
 * The same seed gives the same pictures, however many workers make them. Sets of different seeds share no identity.
 */
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { MadeJob } from './set-maker.ts';
import type { SetJob, SetOrder } from './set-plan.ts';
import { accountsOf } from './set-vouchers.ts';

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

function makeAll(workers: number): Promise<MadeJob[]> {
  const jobs = jobsOf(order);
  const results = new Map<SetJob, MadeJob>();
  let next = 0;
  return new Promise((resolve, reject) => {
    for (let i = 0; i < Math.min(workers, jobs.length); i++) {
      // Processes, not threads: they inherit the loader that reads TypeScript.
      const worker = fork(fileURLToPath(new URL('./set-worker.ts', import.meta.url)), [JSON.stringify(order)]);
      let job: SetJob | undefined;
      const feed = (): void => {
        job = jobs[next++];
        if (job === undefined) worker.disconnect();
        else worker.send(job);
      };
      worker.on('exit', (code) => {
        if (code !== 0) reject(new Error(`a worker ended with ${String(code)}`));
      });
      worker.on('message', (done: MadeJob) => {
        if (job !== undefined) results.set(job, done);
        process.stderr.write(`\r${String(results.size)} of ${String(jobs.length)} jobs`);
        if (results.size === jobs.length) resolve(jobs.map((each) => results.get(each) ?? {}));
        feed();
      });
      feed();
    }
  });
}

function jobsOf(wanted: SetOrder): SetJob[] {
  const jobs = (what: SetJob['what'], count: number): SetJob[] => Array.from({ length: count }, (_, index) => ({ what, index }));
  return [...jobs('identity', wanted.identities), ...jobs('card', accountsOf(wanted).length), ...jobs('voucher', wanted.vouchers)];
}

function write(jobs: readonly MadeJob[]): void {
  const identities = jobs.flatMap(({ identity }) => (identity === undefined ? [] : [identity]));
  const cards = jobs.flatMap(({ card }) => (card === undefined ? [] : [card]));
  const vouchers = jobs.flatMap(({ voucher }) => (voucher === undefined ? [] : [voucher]));
  // By name, so that the order tells nothing.
  const cases = identities.flatMap((each) => each.cases).sort((a, b) => String(a['case']).localeCompare(String(b['case'])));
  const designs = Object.fromEntries(identities.map(({ id, design }) => [id, design]));
  const refs = Object.fromEntries(identities.map(({ id, ref }) => [id, ref]));
  writeJson('truth.json', { version: '1.0', seed: order.seed, identities: designs, refs, cases, cards, vouchers });
  writeJson('public.json', {
    version: '1.0',
    refs: identities.map(({ id }) => ({ identity: id, file: `refs/${id}.png`, dpi: 300 })),
    cases: cases.map((each) => told(each, ['case', 'identity', 'dpi', 'source'], `cases/${String(each['case'])}.jpg`)),
    cards: cards.map((each) => ({ ...told(each, ['account'], `cards/${String(each['account'])}.png`), dpi: 300, seals: 2 })),
    vouchers: vouchers.map((each) => told(each, ['voucher', 'account', 'dpi', 'required'], `vouchers/${String(each['voucher'])}.jpg`)),
  });
}

/** What a program under test may know. */
function told(truth: Record<string, unknown>, keys: readonly string[], file: string): Record<string, unknown> {
  return { ...Object.fromEntries(keys.map((key) => [key, truth[key]])), file };
}

function writeJson(name: string, content: unknown): void {
  writeFileSync(join(order.out, name), JSON.stringify(content));
}
