/** P14: how much faster than the world a whole simulated branch runs: all families, people and faults, in virtual time. */
import { liveThroughAlarmDay } from '../test/support/alarm-day.ts';
import { liveThroughCashDay } from '../test/support/cash-day.ts';
import { seededRandom } from '../simulators/kit/random.ts';
import { alternate, printRow } from './lib/measure.ts';

const DAYS = 40;
let seed = 1;

/** Virtual seconds for each real one. */
function alarm(): number {
  const startMs = performance.now();
  let virtualMs = 0;
  for (let day = 0; day < DAYS; day++) {
    const { clock } = liveThroughAlarmDay(seededRandom(seed++), 45);
    virtualMs += clock.nowMs() - Date.UTC(2026, 10, 22, 0, 30);
  }
  return virtualMs / (performance.now() - startMs);
}

function cash(): number {
  const startMs = performance.now();
  let virtualMs = 0;
  for (let day = 0; day < DAYS; day++) {
    const { clock } = liveThroughCashDay(seed++);
    virtualMs += clock.nowMs() - Date.UTC(2026, 10, 22, 0, 30);
  }
  return virtualMs / (performance.now() - startMs);
}

for (const [what, run] of [
  ['alarm panel', alarm],
  ['note counter', cash],
] as const) {
  run();
  const seen = await alternate(3, { subject: run, baseline: () => 20_000 });
  printRow({ id: 'P14', what: `${what}: virtual seconds per second, against the limit`, unit: '×', toBeat: '>= 1', seen });
}
