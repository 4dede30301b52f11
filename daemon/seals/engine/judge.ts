import { compared, type BlockEvidence, type Comparison } from './compare.ts';
import { allBlockFigures, sealFigures } from './figures.ts';
import type { Prepared } from './specimen.ts';
import { forestScore, probability, type Forest } from './trees.ts';
import { warpFigures } from './warp.ts';

/** `refer`: a person has to look. Nothing here says that a seal is authentic: pictures match, or they do not. */
export type Verdict = 'pass' | 'refer' | 'fail';

/** What was learnt from pictures, and where the verdicts are parted. Made by `npm run train:seals`. */
export interface SealModel {
  readonly blocks: Forest;
  readonly seal: Forest;
  /** At this score and above the picture matches; below `fail` it does not. */
  readonly pass: number;
  readonly fail: number;
}

/** A part of the impression worth a look, worst first. Millimetres from the centre of the specimen’s picture, as it stands upright. */
export interface Region {
  readonly xMm: number;
  readonly yMm: number;
  readonly sideMm: number;
  /** 0 as the specimen … 1 certainly different. */
  readonly suspicion: number;
  readonly kind: 'moved' | 'extra-ink' | 'missing-ink' | 'differs';
  /** How far the strokes lie off, across themselves. */
  readonly displacementMm: number;
}

/** Why a match by figures alone is not enough. */
export type Caution = 'much-hidden' | 'little-to-compare' | 'other-size' | 'extra-stroke' | 'foreign-red';

export interface Judgement {
  readonly verdict: Verdict;
  /** 0…1, rising with likeness; the verdict is parted on it. */
  readonly similarity: number;
  readonly cautions: readonly Caution[];
  readonly transform: {
    /** Where the specimen’s centre lies in the questioned picture. */
    readonly xMm: number;
    readonly yMm: number;
    /** Clockwise, 0…360. */
    readonly rotationDeg: number;
    readonly scale: number;
    readonly bendMm: number;
  };
  readonly hiddenShare: number;
  readonly regions: readonly Region[];
  readonly comparison: Comparison;
  /** Per block of the comparison. */
  readonly suspicions: readonly number[];
}

/** Scores are logarithms of odds; a third of them spreads the similarity over its range. */
const SPREAD = 3;
const REGIONS_MAX = 8;
const REGION_SIDE_MM = 4.6;
const HIDDEN_MAX = 0.5;
const BLOCKS_MIN = 12;
/** Ink of its own, as a mean depth over a square millimetre: a stroke that makes another character, or a blot that a person tells from one. */
const EXTRA_MM = 0.2;
/** As large as a stroke. */
const FOREIGN_MM2 = 2;
/** A seal is cut to 0.1 mm and printed by a scanner true to 1 %: beyond this it is another size, or the resolution is not what was said. */
const SCALE_TOLERANCE = 0.0125;

export function judge(specimen: Prepared, questioned: Prepared, model: SealModel): Judgement {
  const comparison = compared(specimen, questioned);
  const { fit, blocks } = comparison;
  const odds = allBlockFigures(comparison).map((figures) => forestScore(model.blocks, figures));
  const suspicions = odds.map(probability);
  const score = blocks.length === 0 ? -9 : forestScore(model.seal, sealFigures(comparison, odds));
  const { angle, scale, bendMm } = warpFigures(fit.warp);
  const hiddenShare = 1 - fit.visibleShare;
  const cautions = cautionsOf(comparison);
  const degrees = (angle * 180) / Math.PI;
  return {
    verdict: verdictOf({ score, cautions }, model),
    similarity: rounded(probability(score / SPREAD), 6),
    cautions,
    transform: {
      xMm: rounded(fit.warp.x[0] as number, 3),
      yMm: rounded(fit.warp.y[0] as number, 3),
      rotationDeg: rounded((degrees + 360) % 360, 3),
      scale: rounded(scale, 5),
      bendMm: rounded(bendMm, 3),
    },
    hiddenShare: rounded(hiddenShare, 4),
    regions: regionsOf(blocks, suspicions),
    comparison,
    suspicions,
  };
}

/** Why a person has to look, whatever the score. */
export function cautionsOf({ fit, blocks, foreignMm2 }: Pick<Comparison, 'fit' | 'blocks' | 'foreignMm2'>): readonly Caution[] {
  const { scale } = warpFigures(fit.warp);
  return [
    ...(1 - fit.visibleShare > HIDDEN_MAX ? (['much-hidden'] as const) : []),
    ...(blocks.length < BLOCKS_MIN ? (['little-to-compare'] as const) : []),
    ...(Math.abs(scale - 1) > SCALE_TOLERANCE ? (['other-size'] as const) : []),
    ...(blocks.some(({ shares }) => shares.extraPeak > EXTRA_MM) ? (['extra-stroke'] as const) : []),
    ...(foreignMm2 > FOREIGN_MM2 ? (['foreign-red'] as const) : []),
  ];
}

/** What a score means, given why a person may have to look all the same. */
export function verdictOf(
  { score, cautions }: { readonly score: number; readonly cautions: readonly Caution[] },
  { pass, fail }: Pick<SealModel, 'pass' | 'fail'>,
): Verdict {
  if (score < fail) return 'fail';
  return score >= pass && cautions.length === 0 ? 'pass' : 'refer';
}

/** The most suspicious blocks, none of them overlapping another. */
function regionsOf(blocks: readonly BlockEvidence[], suspicions: readonly number[]): readonly Region[] {
  const order = blocks.map((_, i) => i).sort((a, b) => (suspicions[b] as number) - (suspicions[a] as number) || a - b);
  const kept: Region[] = [];
  for (const i of order) {
    if (kept.length === REGIONS_MAX) break;
    const block = blocks[i] as BlockEvidence;
    const isNear = kept.some(({ xMm, yMm }) => Math.abs(xMm - block.x) < REGION_SIDE_MM && Math.abs(yMm - block.y) < REGION_SIDE_MM);
    if (isNear) continue;
    kept.push({
      xMm: rounded(block.x, 2),
      yMm: rounded(block.y, 2),
      sideMm: REGION_SIDE_MM,
      suspicion: rounded(suspicions[i] as number, 3),
      kind: kindOf(block),
      displacementMm: rounded(block.moved, 3),
    });
  }
  return kept;
}

/** What a person will see there first. */
function kindOf({ off, offShifted, shares: { extra, missing } }: BlockEvidence): Region['kind'] {
  if (off - offShifted > 0.04) return 'moved';
  if (extra[1] > 0.04 && extra[1] >= missing[1]) return 'extra-ink';
  return missing[1] > 0.04 ? 'missing-ink' : 'differs';
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
