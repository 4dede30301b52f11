import { sealFigures } from '../../daemon/seals/engine/figures.ts';
import { cautionsOf, type SealModel } from '../../daemon/seals/engine/judge.ts';
import { forestScore } from '../../daemon/seals/engine/trees.ts';
import { figured, suspicionsBy, type Figured } from './learn.ts';
import type { Scored } from './report.ts';
import type { SeenCase } from './seen-case.ts';

export function figuredCase({ truth, fit, blocks, cells }: SeenCase): Figured {
  const { identity, genuine, forgery } = truth;
  return figured({ identity, isGenuine: genuine, isWrongSize: forgery === 'size', comparison: { fit, blocks }, cells });
}

/** What the model says of each case. */
export function scoredBy(model: Pick<SealModel, 'blocks' | 'seal'>, cases: readonly SeenCase[]): Scored[] {
  const scores = cases.map((each) => {
    const one = figuredCase(each);
    return each.blocks.length === 0 ? -9 : forestScore(model.seal, sealFigures(one.from.comparison, suspicionsBy(model.blocks, one)));
  });
  return scoredCases(cases, scores);
}

export function scoredCases(cases: readonly SeenCase[], scores: readonly number[]): Scored[] {
  return cases.map((seen, i) => ({ seen, score: scores[i] as number, cautions: cautionsOf(seen) }));
}
