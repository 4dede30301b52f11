/**
 * Learns the model of the seal comparison from sets of pictures made by `dataset.ts`, and measures it on others:
 *
 *   npm run train:seals -- --train DIR [--train DIR] [--test DIR] [--out FILE]
 *
 * What was seen of a set is kept beside it (`DIR.seen-N.jsonl`), because comparing is slow. The same sets give the same model.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { crossScores, crossSuspicions, learnBlocks, learnSeal } from './learn.ts';
import { report } from './report.ts';
import { figuredCase, scoredBy, scoredCases } from './score-set.ts';
import { seenOf } from './see-set.ts';
import type { SeenCase } from './seen-case.ts';

const { values } = parseArgs({
  options: {
    train: { type: 'string', multiple: true, default: [] },
    test: { type: 'string', multiple: true, default: [] },
    out: { type: 'string', default: fileURLToPath(new URL('../../daemon/seals/engine/model.json', import.meta.url)) },
    seed: { type: 'string', default: 'seals' },
  },
});
if (values.train.length === 0) {
  process.stderr.write('--train DIR is missing; bench/seals/dataset.ts makes one\n');
  process.exit(2);
}
/** A match needs this much more than all but this share of the forgeries in training: some differ only where nobody can see it. */
const PASS_MARGIN = 0.35;
const FORGED_ABOVE_SHARE = 0.001;
/** This share of the genuine impressions of the training may fall below what fails. */
const REFUSED_SHARE = 0.002;

const seen = await seenOf(values.train);
const figures = seen.map(figuredCase);
const odds = crossSuspicions(figures, values.seed);
const scores = crossScores(figures, odds, values.seed);
const { pass, fail } = thresholds(seen, scores);
const blocks = learnBlocks(figures, values.seed);
const seal = learnSeal(figures, odds, values.seed);
writeFileSync(values.out, `${JSON.stringify({ pass, fail, blocks, seal })}\n`);
process.stdout.write(`pass from ${String(pass)}, fail below ${String(fail)}; ${String(seen.length)} impressions\n`);
process.stdout.write(report('training, each identity judged by what was learnt from others', scoredCases(seen, scores), { pass, fail }));
for (const folder of values.test) {
  const others = await seenOf([folder]);
  process.stdout.write(report(folder, scoredBy({ blocks, seal }, others), { pass, fail }));
}

/** As few genuine ones fail as is allowed, and hardly a forgery comes near a match. */
function thresholds(cases: readonly SeenCase[], all: readonly number[]): { readonly pass: number; readonly fail: number } {
  const forged = scoredCases(cases, all).filter(({ seen: { truth }, cautions }) => !truth.genuine && cautions.length === 0);
  const genuine = all.filter((_, i) => cases[i]?.truth.genuine === true).sort((a, b) => a - b);
  const highest = forged.map(({ score }) => score).sort((a, b) => b - a);
  const pass = (highest[Math.floor(highest.length * FORGED_ABOVE_SHARE)] ?? 0) + PASS_MARGIN;
  return { pass: rounded(pass), fail: rounded(genuine[Math.floor(genuine.length * REFUSED_SHARE)] ?? 0) };
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
