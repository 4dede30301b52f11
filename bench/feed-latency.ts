/**
 * P1: a note's bytes into a pseudo-terminal until its entry is in the browser - on disk before - against the bare pipeline, which
 * keeps nothing. P3: what that costs with 16 devices at 500 events a second. P5: fan-out to 50 browsers. Each run is a server of its
 * own, alternately, three rounds; a note that came twice, late behind another or never is a fault and said aloud.
 */
import { printRow } from './lib/measure.ts';
import { feedRun, type FeedFigures, type FeedLoad } from './lib/feed-run.ts';

const ROUNDS = 3;
const runs = { subject: 'daemon', baseline: 'bare' } as const;

async function compare(load: FeedLoad): Promise<Record<keyof typeof runs, FeedFigures[]>> {
  const seen: Record<keyof typeof runs, FeedFigures[]> = { subject: [], baseline: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['subject', 'baseline'] as const) {
      const figures = await feedRun(runs[name], load);
      if (figures.faults > 0) process.stderr.write(`${name}: ${String(figures.faults)} faults at ${JSON.stringify(load)}\n`);
      seen[name].push(figures);
    }
  }
  return seen;
}

type Figure = Exclude<keyof FeedFigures, 'faults'>;

function row(
  id: string,
  seen: Awaited<ReturnType<typeof compare>>,
  of: { what: string; figure: Figure; unit: string; toBeat: string },
): void {
  const values = (name: keyof typeof runs): number[] => seen[name].map((figures) => Number(figures[of.figure].toPrecision(4)));
  printRow({ id, what: of.what, unit: of.unit, toBeat: of.toBeat, seen: { subject: values('subject'), baseline: values('baseline') } });
}

for (const perSecond of [50, 500, 5_000]) {
  const seen = await compare({ deviceCount: 1, browserCount: 1, perSecond, seconds: perSecond === 50 ? 6 : 4 });
  row('P1', seen, { what: `device to browser at ${String(perSecond)}/s, p50`, figure: 'p50Ms', unit: 'ms', toBeat: '<= 1.5' });
  row('P1', seen, { what: `device to browser at ${String(perSecond)}/s, p99`, figure: 'p99Ms', unit: 'ms', toBeat: '<= 2' });
}
const many = await compare({ deviceCount: 16, browserCount: 1, perSecond: 500, seconds: 6 });
row('P3', many, { what: '16 devices, 500/s: processor', figure: 'cpuShare', unit: 'cores', toBeat: '<= 1.5' });
row('P3', many, { what: '16 devices, 500/s: memory (limit 110 MB)', figure: 'residentMb', unit: 'MB', toBeat: '<= 1.5' });
const wide = await compare({ deviceCount: 1, browserCount: 50, perSecond: 200, seconds: 4 });
row('P5', wide, { what: 'fan-out to 50 browsers, processor a delivery', figure: 'cpuMsPerDelivery', unit: 'ms', toBeat: '<= 1.25' });
