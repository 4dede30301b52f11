import type { BlockEvidence, Comparison } from './compare.ts';
import { warpFigures } from './warp.ts';

/** What the figures are made of: a comparison without its pictures. */
export type Compared = Pick<Comparison, 'fit' | 'blocks'>;

/** What is asked of one block, in the order the trees know. Lengths in millimetres. */
function blockFigures(block: BlockEvidence, { fit }: Compared, { around, whole }: Surroundings): Float32Array {
  const { shares } = block;
  return Float32Array.of(
    block.off,
    block.offShifted,
    block.off - block.offShifted,
    block.moved,
    Math.hypot(block.shiftX - block.aroundX, block.shiftY - block.aroundY),
    Math.hypot(block.aroundX, block.aroundY),
    block.gain - block.gainAround,
    block.gain - fit.gainMm,
    ...shares.extra,
    ...shares.missing,
    shares.extraSolid,
    shares.missingSolid,
    shares.extraPeak,
    shares.missingPeak,
    Math.min(shares.extraPeak, shares.missingPeak),
    Math.sqrt(shares.extraSolid * shares.missingSolid),
    shares.extraInk,
    shares.missingInk,
    block.off - whole.off,
    block.gain - whole.gain,
    shares.extraSolid - whole.extraSolid,
    shares.missingSolid - whole.missingSolid,
    shares.extraPeak - whole.extraPeak,
    shares.missingPeak - whole.missingPeak,
    shares.printed,
    around.printed,
    around.missingPeak,
    around.extraPeak,
    around.off,
    around.moved,
    shares.likeness,
    block.seen,
    block.edges,
    fit.residualMm,
    fit.gainMm,
  );
}

/** The blocks beside one, and all of them. */
interface Surroundings {
  readonly around: Middle;
  readonly whole: Middle;
}

/** Medians over some blocks. */
interface Middle {
  readonly off: number;
  readonly moved: number;
  readonly gain: number;
  readonly printed: number;
  readonly extraSolid: number;
  readonly missingSolid: number;
  readonly extraPeak: number;
  readonly missingPeak: number;
}

const NEAR_MM = 5;

function middleOf(blocks: readonly BlockEvidence[]): Middle {
  const middle = (of: (each: BlockEvidence) => number): number => {
    const values = blocks.map(of).sort((a, b) => a - b);
    return values[values.length >> 1] as number;
  };
  return {
    off: middle(({ off }) => off),
    moved: middle(({ moved }) => moved),
    gain: middle(({ gain }) => gain),
    printed: middle(({ shares }) => shares.printed),
    extraSolid: middle(({ shares }) => shares.extraSolid),
    missingSolid: middle(({ shares }) => shares.missingSolid),
    extraPeak: middle(({ shares }) => shares.extraPeak),
    missingPeak: middle(({ shares }) => shares.missingPeak),
  };
}

/** The blocks around one, itself left out; itself, when it stands alone. */
function neighbours(blocks: readonly BlockEvidence[], block: BlockEvidence): readonly BlockEvidence[] {
  const near = blocks.filter((other) => other !== block && Math.abs(other.x - block.x) < NEAR_MM && Math.abs(other.y - block.y) < NEAR_MM);
  return near.length === 0 ? [block] : near;
}

/** `blockFigures` of every block. */
export function allBlockFigures(comparison: Compared): readonly Float32Array[] {
  const { blocks } = comparison;
  if (blocks.length === 0) return [];
  const whole = middleOf(blocks);
  return blocks.map((block) => blockFigures(block, comparison, { around: middleOf(neighbours(blocks, block)), whole }));
}

/** Suspicions of blocks, highest first, at these places of the order; then the whole. */
const RANKS = [0, 1, 2, 3, 5, 8, 12, 20, 32] as const;

/** What is asked of the whole impression, given how suspicious each block is: the logarithm of the odds, blocks in order. */
export function sealFigures({ fit, blocks }: Compared, suspicions: readonly number[]): Float32Array {
  const sorted = descending(suspicions);
  const smooth = descending(smoothed(blocks, suspicions));
  const rank = (values: readonly number[], at: number): number => values[Math.min(at, values.length - 1)] ?? 0;
  const { scale, stretch, shear, bendMm } = warpFigures(fit.warp);
  const mean = (of: (block: BlockEvidence) => number): number =>
    blocks.reduce((sum, block) => sum + of(block), 0) / Math.max(1, blocks.length);
  const highest = (of: (block: BlockEvidence) => number, at: number): number => rank(descending(blocks.map(of)), at);
  const many = (level: number): number => suspicions.filter((value) => value > level).length;
  return Float32Array.of(
    ...RANKS.map((at) => rank(sorted, at)),
    ...[0, 2, 5].map((at) => rank(smooth, at)),
    ...[0.5, 0.75, 0.9].map((share) => rank(sorted, Math.floor((1 - share) * sorted.length))),
    ...[-2, 0].map((level) => suspicions.reduce((sum, value) => sum + Math.log1p(Math.exp(value - level)), 0)),
    many(-1),
    many(0),
    many(1) / Math.max(1, blocks.length),
    mean(({ shares }) => shares.printed),
    mean(({ shares }) => shares.likeness),
    mean(({ shares }) => shares.extraSolid),
    mean(({ shares }) => shares.missingSolid),
    mean(({ moved }) => moved),
    highest(({ shares }) => shares.extraPeak, 0),
    highest(({ shares }) => shares.extraPeak, 3),
    highest(({ shares }) => shares.missingPeak, 1),
    highest(({ shares }) => Math.min(shares.extraPeak, shares.missingPeak), 0),
    highest(({ shares }) => Math.min(shares.extraPeak, shares.missingPeak), 2),
    highest(({ moved }) => moved, 1),
    fit.residualMm,
    fit.gainMm,
    fit.visibleShare,
    Math.abs(scale - 1),
    Math.abs(stretch),
    Math.abs(shear),
    bendMm,
    blocks.length,
  );
}

/** Each block's suspicion, averaged with those that overlap it. */
function smoothed(blocks: readonly BlockEvidence[], suspicions: readonly number[]): number[] {
  return blocks.map((block) => {
    let sum = 0;
    let count = 0;
    for (const [i, other] of blocks.entries()) {
      if (Math.abs(other.x - block.x) > 2.4 || Math.abs(other.y - block.y) > 2.4) continue;
      sum += suspicions[i] as number;
      count++;
    }
    return sum / count;
  });
}

function descending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => b - a);
}
