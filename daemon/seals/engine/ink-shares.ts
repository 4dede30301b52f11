import { bounded, type Scene } from './block.ts';
import { WORK_MM } from './specimen.ts';

/** Depths beyond which ink is too much or too little, millimetres. */
const DEPTHS_MM = [0.1, 0.18, 0.28] as const;
/** Weight below which the ink of a difference says nothing: a few pixels, a tenth of a millimetre deep. */
const SPECK = 0.5;
/** Side of the window in which a compact difference is looked for, pixels: 1 mm. */
const WINDOW = 8;

/** Too much and too little ink in a block. Shares are of the block's visible area. */
export interface InkShares {
  /** Ink where the specimen has none within 0.10, 0.18 and 0.28 mm of the stroke grown by the gain. */
  readonly extra: readonly [number, number, number];
  /** Bare paper where the specimen is inked at least as deep. */
  readonly missing: readonly [number, number, number];
  /** As `extra` and `missing`, each pixel no more than its own depth within the other's stroke or gap: specks count little, strokes much. Millimetres. */
  readonly extraSolid: number;
  readonly missingSolid: number;
  /** The largest mean of these over a window of 1 mm, millimetres. */
  readonly extraPeak: number;
  readonly missingPeak: number;
  /** How much ink there is, on average, where it is too much and where it is too little, 0…1: full strokes and clean gaps, or a smear and a thin print. */
  readonly extraInk: number;
  readonly missingInk: number;
  /** Share of the specimen's ink that was printed. */
  readonly printed: number;
  /** Normalised correlation of the two clipped distances, -1…1. */
  readonly likeness: number;
}

export interface Adjusted {
  readonly shiftX: number;
  readonly shiftY: number;
  readonly gain: number;
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** Compares a block's ink after the shift and the gain that its surroundings explain. */
export function inkShares({ specimen, questioned, pixels }: Scene, { shiftX, shiftY, gain, left, top, side }: Adjusted): InkShares {
  const { width, height } = specimen.distance;
  const extraMap = new Float32Array(side * side);
  const missingMap = new Float32Array(side * side);
  const extra: [number, number, number] = [0, 0, 0];
  const missing: [number, number, number] = [0, 0, 0];
  const moments = new Float64Array(5);
  const inkOfExtra = new Weighed();
  const inkOfMissing = new Weighed();
  const movedX = shiftX / WORK_MM;
  const movedY = shiftY / WORK_MM;
  let core = 0;
  let printed = 0;
  for (const i of pixels) {
    const px = (i % width) + movedX;
    const py = Math.floor(i / width) + movedY;
    const there = sample(questioned.distance.data, { width, height, px, py });
    const want = specimen.distance.data[i] as number;
    const outside = want - Math.max(0, gain);
    const inside = -want + Math.min(0, gain);
    const at = (Math.floor(i / width) - top) * side + (i % width) - left;
    if (there < 0) {
      addBeyond(extra, outside);
      extraMap[at] = bounded(Math.min(outside - 0.04, 0.1 - there), 0.4);
      inkOfExtra.add(questioned.ink.data[i] as number, outside - DEPTHS_MM[0]);
    } else {
      addBeyond(missing, inside);
      missingMap[at] = bounded(Math.min(inside - 0.04, 0.1 + there), 0.4);
      inkOfMissing.add(questioned.ink.data[i] as number, inside - 0.04);
    }
    if (inside > 0.06) {
      core++;
      if (there < 0) printed++;
    }
    addMoments(moments, bounded(want - gain, 0.3), bounded(there, 0.3));
  }
  const n = pixels.length;
  const shares = (counts: readonly [number, number, number]): [number, number, number] => [counts[0] / n, counts[1] / n, counts[2] / n];
  const [extraSolid, extraPeak] = massOf(extraMap, side);
  const [missingSolid, missingPeak] = massOf(missingMap, side);
  return {
    extra: shares(extra),
    missing: shares(missing),
    extraSolid: extraSolid / n,
    missingSolid: missingSolid / n,
    extraPeak,
    missingPeak,
    extraInk: inkOfExtra.mean(1),
    missingInk: inkOfMissing.mean(0),
    printed: core === 0 ? 1 : printed / core,
    likeness: correlation(moments, n),
  };
}

/** A mean of what has some weight. */
class Weighed {
  private sum = 0;
  private weight = 0;

  add(value: number, weight: number): void {
    if (weight <= 0) return;
    this.sum += value * weight;
    this.weight += weight;
  }

  /** Of less than a speck nothing is known: then it is `unknown`. */
  mean(unknown: number): number {
    return (this.sum + unknown * SPECK) / (this.weight + SPECK);
  }
}

function addBeyond(counts: [number, number, number], depth: number): void {
  for (const [k, least] of DEPTHS_MM.entries()) if (depth > least) counts[k as 0] += 1;
}

interface SamplePoint {
  readonly width: number;
  readonly height: number;
  readonly px: number;
  readonly py: number;
}

function sample(data: Float32Array, { width, height, px, py }: SamplePoint): number {
  const x0 = Math.min(width - 2, Math.max(0, Math.floor(px)));
  const y0 = Math.min(height - 2, Math.max(0, Math.floor(py)));
  const fx = px - x0;
  const fy = py - y0;
  const at = y0 * width + x0;
  const upper = (data[at] as number) * (1 - fx) + (data[at + 1] as number) * fx;
  const lower = (data[at + width] as number) * (1 - fx) + (data[at + width + 1] as number) * fx;
  return upper * (1 - fy) + lower * fy;
}

/** Sum over the block of what is above zero, and the largest mean over a window. */
function massOf(map: Float32Array, side: number): readonly [sum: number, peak: number] {
  const table = new Float64Array((side + 1) * (side + 1));
  for (let y = 0; y < side; y++) {
    let row = 0;
    for (let x = 0; x < side; x++) {
      row += Math.max(0, map[y * side + x] as number);
      table[(y + 1) * (side + 1) + x + 1] = (table[y * (side + 1) + x + 1] as number) + row;
    }
  }
  const corner = (x: number, y: number): number => table[y * (side + 1) + x] as number;
  let peak = 0;
  for (let y = 0; y + WINDOW <= side; y += 2) {
    for (let x = 0; x + WINDOW <= side; x += 2) {
      peak = Math.max(peak, corner(x + WINDOW, y + WINDOW) - corner(x, y + WINDOW) - corner(x + WINDOW, y) + corner(x, y));
    }
  }
  return [corner(side, side), peak / (WINDOW * WINDOW)];
}

function addMoments(moments: Float64Array, x: number, y: number): void {
  moments[0] = (moments[0] as number) + x;
  moments[1] = (moments[1] as number) + y;
  moments[2] = (moments[2] as number) + x * x;
  moments[3] = (moments[3] as number) + y * y;
  moments[4] = (moments[4] as number) + x * y;
}

function correlation(moments: Float64Array, n: number): number {
  const [sx, sy, sxx, syy, sxy] = moments as unknown as [number, number, number, number, number];
  return (sxy - (sx * sy) / n) / Math.sqrt(Math.max(1e-12, (sxx - (sx * sx) / n) * (syy - (sy * sy) / n)));
}
