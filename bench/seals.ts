/**
 * P12: how well seal impressions are told apart: equal error, verdicts by quality and by forgery, pose, processor time. The sets are those
 * named in COUNTERD_SEAL_SETS (folders, separated by ':'), or one made here of seals that the training has not seen.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { assert } from '../drivers/kit/assert.ts';
import { sealModel } from '../daemon/seals/model.ts';
import { verdictOf } from '../daemon/seals/engine/judge.ts';
import { equalError, report } from './seals/report.ts';
import { scoredBy } from './seals/score-set.ts';
import { seenOf } from './seals/see-set.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const named = process.env['COUNTERD_SEAL_SETS']?.split(':').filter((folder) => folder !== '') ?? [];
for (const folder of named.length > 0 ? named : [madeSet()]) {
  const all = scoredBy(sealModel, await seenOf([folder]));
  process.stderr.write(report(folder, all, sealModel));
  const genuine = all.filter(({ seen }) => seen.truth.genuine);
  const forged = all.filter(({ seen }) => !seen.truth.genuine);
  const shareOf = (part: typeof all, verdict: string): number =>
    part.filter((one) => verdictOf(one, sealModel) === verdict).length / part.length;
  const ms = all.map(({ seen }) => seen.cpuMs).sort((a, b) => a - b);
  row({ what: 'equal error', subject: 100 * equalError(genuine, forged), unit: '%', toBeat: '<= 8' });
  row({ what: 'forgeries that pass', subject: 100 * shareOf(forged, 'pass'), unit: '%', toBeat: '0' });
  row({ what: 'genuine that pass', subject: 100 * shareOf(genuine, 'pass'), unit: '%', toBeat: '>= 55' });
  row({ what: 'genuine refused', subject: 100 * shareOf(genuine, 'fail'), unit: '%', toBeat: '<= 1' });
  row({ what: 'processor time of a comparison, median', subject: ms[ms.length >> 1] ?? 0, unit: 'ms', toBeat: '<= 800' });
}

function row(said: { readonly what: string; readonly subject: number; readonly unit: string; readonly toBeat: string }): void {
  process.stdout.write(`${JSON.stringify({ id: 'P12', ...said })}\n`);
}

function madeSet(): string {
  const folder = `${root}dist/bench/seals-other`;
  if (existsSync(`${folder}/truth.json`)) return folder;
  const order = ['--seed', 'bench', '--identities', '24', '--genuine', '120', '--forged', '120', '--workers', '2', '--out', folder];
  const made = spawnSync(process.execPath, ['--import', 'tsx', `${root}bench/seals/dataset.ts`, ...order], { stdio: ['ignore', 2, 2] });
  assert(made.status === 0, 'the set of pictures was made');
  return folder;
}
