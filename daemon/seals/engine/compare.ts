import { aligned, type Aligned } from './aligned.ts';
import { BLOCK, BLOCK_STEP, bounded, placedBlock, type Placed } from './block.ts';
import { withoutForeign } from './foreign.ts';
import { inkShares, type InkShares } from './ink-shares.ts';
import type { Fit } from './refine.ts';
import { registered } from './register.ts';
import type { Prepared } from './specimen.ts';

/** What one block of the specimen shows of the questioned impression. Lengths in millimetres, shares of 1. */
export interface BlockEvidence {
  /** Centre, millimetres from the centre of the specimen's picture. */
  readonly x: number;
  readonly y: number;
  /** Mean distance between the edges as they lie, and after the block's own shift. */
  readonly off: number;
  readonly offShifted: number;
  /** The block's own shift against the whole, and the shift of its surroundings. */
  readonly shiftX: number;
  readonly shiftY: number;
  readonly aroundX: number;
  readonly aroundY: number;
  /** How far the block's shift moves the edges across themselves: what an aperture lets one know of it. */
  readonly moved: number;
  /** How much wider the strokes are here than the specimen's, each side, and so around it. */
  readonly gain: number;
  readonly gainAround: number;
  readonly shares: InkShares;
  readonly seen: number;
  readonly edges: number;
}

/** Everything that is known of how a questioned impression differs from the specimen. */
export interface Comparison {
  readonly specimen: Prepared;
  readonly fit: Fit;
  readonly aligned: Aligned;
  /** Red from outside within the seal's outline, mm². */
  readonly foreignMm2: number;
  readonly blocks: readonly BlockEvidence[];
}

/** Blocks nearer than this shape the smooth field that rubber, paper and camera are allowed. */
const AROUND_MM = 7.5;
/** What that field may move at most. */
const SMOOTH_MOST_MM = 0.25;

export function compared(specimen: Prepared, questioned: Prepared): Comparison {
  const fit = registered(specimen, questioned);
  const { aligned: seenThere, foreignMm2 } = withoutForeign(specimen, aligned(specimen, questioned, fit.warp));
  const placed: Placed[] = [];
  for (let top = 0; top + BLOCK / 2 < specimen.ink.height; top += BLOCK_STEP) {
    for (let left = 0; left + BLOCK / 2 < specimen.ink.width; left += BLOCK_STEP) {
      const block = placedBlock({ specimen, questioned: seenThere }, left, top);
      if (block !== undefined) placed.push(block);
    }
  }
  const blocks = placed.map((block) => evidence({ specimen, questioned: seenThere, pixels: block.pixels }, block, placed));
  return { specimen, fit, aligned: seenThere, foreignMm2, blocks };
}

function evidence(scene: Parameters<typeof inkShares>[0], block: Placed, all: readonly Placed[]): BlockEvidence {
  const near = all.filter((other) => Math.abs(other.x - block.x) < AROUND_MM && Math.abs(other.y - block.y) < AROUND_MM);
  const aroundX = bounded(medianOf(near.map(({ shifted }) => shifted.shiftX)), SMOOTH_MOST_MM);
  const aroundY = bounded(medianOf(near.map(({ shifted }) => shifted.shiftY)), SMOOTH_MOST_MM);
  const gainAround = medianOf(near.map(({ still }) => still.gain));
  const { shifted, still, left, top, x, y, seen, edges } = block;
  const gain = still.gain;
  const shares = inkShares(scene, { shiftX: aroundX, shiftY: aroundY, gain: (gain + gainAround) / 2, left, top, side: BLOCK });
  const { shiftX, shiftY, moved } = shifted;
  return { x, y, off: still.off, offShifted: shifted.off, shiftX, shiftY, aroundX, aroundY, moved, gain, gainAround, shares, seen, edges };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
