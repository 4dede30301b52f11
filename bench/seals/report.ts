import { verdictOf, type Caution, type SealModel, type Verdict } from '../../daemon/seals/engine/judge.ts';
import type { SeenCase } from './seen-case.ts';

export interface Scored {
  readonly seen: SeenCase;
  readonly score: number;
  readonly cautions: readonly Caution[];
}

type Thresholds = Pick<SealModel, 'pass' | 'fail'>;

const GROUPS: readonly (readonly [name: string, holds: (one: SeenCase) => boolean])[] = [
  ['all', () => true],
  ['good', ({ truth }) => truth.level === 'good'],
  ['normal', ({ truth }) => truth.level === 'normal'],
  ['harsh', ({ truth }) => truth.level === 'harsh'],
  ['good+normal', ({ truth }) => truth.level !== 'harsh'],
  ['another seal bites in', ({ truth }) => truth.overlapping_seal],
];

/** The figures of a set as lines of text: verdicts and equal error by quality, verdicts by forgery, pose and time. */
export function report(name: string, all: readonly Scored[], at: Thresholds): string {
  const lines = GROUPS.map(([group, holds]) =>
    groupLine(
      group,
      all.filter(({ seen }) => holds(seen)),
      at,
    ),
  );
  const kinds = [...new Set(all.flatMap(({ seen: { truth } }) => (truth.forgery === null ? [] : [truth.forgery])))].sort();
  const forged = kinds.map((kind) => {
    const those = all.filter(({ seen }) => seen.truth.forgery === kind);
    return `  ${kind.padEnd(16)} ${String(those.length).padStart(4)}: pass ${String(countOf(those, 'pass', at))}, refer ${String(countOf(those, 'refer', at))}, fail ${String(countOf(those, 'fail', at))}`;
  });
  const genuine = all.filter(({ seen }) => seen.truth.genuine);
  const wrong = genuine.filter(({ seen }) => seen.angleOff > 2).length;
  const ms = all.map(({ seen }) => seen.cpuMs).sort((a, b) => a - b);
  const time = (share: number): string => (ms[Math.floor(share * (ms.length - 1))] ?? 0).toFixed(0);
  const tail = `  pose off by more than 2°: ${String(wrong)} of ${String(genuine.length)} genuine; processor ms median ${time(0.5)}, p95 ${time(0.95)}`;
  return `${[name, ...lines, ...forged, tail].join('\n')}\n`;
}

function groupLine(group: string, those: readonly Scored[], at: Thresholds): string {
  const genuine = those.filter(({ seen }) => seen.truth.genuine);
  const forged = those.filter(({ seen }) => !seen.truth.genuine);
  const share = (part: readonly Scored[], verdict: Verdict): string => percent(countOf(part, verdict, at), part.length);
  return (
    `  ${group.padEnd(22)} EER ${percent(equalError(genuine, forged), 1)} | ${String(genuine.length)} genuine: pass ${share(genuine, 'pass')}, fail ${share(genuine, 'fail')}` +
    ` | ${String(forged.length)} forged: pass ${String(countOf(forged, 'pass', at))}, fail ${share(forged, 'fail')}`
  );
}

function countOf(those: readonly Scored[], verdict: Verdict, at: Thresholds): number {
  return those.filter((one) => verdictOf(one, at) === verdict).length;
}

/** Where as many forged are taken as genuine are refused. */
export function equalError(genuine: readonly Scored[], forged: readonly Scored[]): number {
  let best = 1;
  for (const { score } of [...genuine, ...forged]) {
    const taken = forged.filter((one) => one.score >= score).length / forged.length;
    const refused = genuine.filter((one) => one.score < score).length / genuine.length;
    best = Math.min(best, Math.max(taken, refused));
  }
  return best;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}
