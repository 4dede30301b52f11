import type { EdgePoints, Prepared } from './specimen.ts';
import { WORK_MM } from './specimen.ts';
import { solved } from './solve.ts';
import { TERMS, termsAt, type Warp } from './warp.ts';

export interface Fit {
  readonly warp: Warp;
  /** Mean distance between the two edges where both can be seen, in millimetres, clipped: lower fits better. */
  readonly residualMm: number;
  /** How much wider the strokes are printed than the specimen's, on each side, in millimetres. */
  readonly gainMm: number;
  /** Share of the points that can be seen. */
  readonly visibleShare: number;
}

/** What may move in one round: `rigid` turns, shifts and scales evenly; `affine` also stretches and leans; `bent` takes the second degree too. */
export type Freedom = 'rigid' | 'affine' | 'bent';

export interface Round {
  readonly freedom: Freedom;
  readonly steps: number;
  /** Distances are clipped here: far at first, near at last. */
  readonly clipMm: number;
}

/** A point that is farther off than this has little say: ink is missing there, or it is another's. */
const DOUBT_MM = 0.18;
/** A point counts as no farther off than this. */
const MOST_OFF_MM = 0.4;
/** How unwilling a warp is to be anything but a turn: standard deviations expected of stretch and lean, and of the bend in millimetres. */
const STRETCH_EXPECTED = 0.004;
const BEND_EXPECTED_MM = 0.15;

/**
 * Moves the specimen's edges onto those of the questioned impression: Gauss-Newton on the difference of the two signed distances,
 * with points that do not fit losing their say (Cauchy weights).
 */
export function refined({ points, questioned }: Pick<Scene, 'points' | 'questioned'>, start: Warp, rounds: readonly Round[]): Fit {
  const unknowns = 2 * TERMS + 1;
  const value = Float64Array.from([...start.x, ...start.y, 0]);
  const terms = new Float64Array(TERMS);
  for (const round of rounds) {
    for (let step = 0; step < round.steps; step++) {
      const matrix = new Float64Array(unknowns * unknowns);
      const right = new Float64Array(unknowns);
      accumulate({ points, questioned, unitMm: start.unitMm, clipMm: round.clipMm }, value, { matrix, right, terms });
      hold(round.freedom, value, { matrix, right, unitMm: start.unitMm });
      const move = solved(matrix, right, unknowns);
      if (move === undefined) break;
      let most = 0;
      for (let i = 0; i < unknowns; i++) {
        value[i] = (value[i] as number) + (move[i] as number);
        most = Math.max(most, Math.abs(move[i] as number));
      }
      if (most < 1e-4) break;
    }
  }
  const last = accumulate({ points, questioned, unitMm: start.unitMm, clipMm: MOST_OFF_MM }, value, undefined);
  return {
    warp: { x: [...value.subarray(0, TERMS)], y: [...value.subarray(TERMS, 2 * TERMS)], unitMm: start.unitMm },
    residualMm: last.residual,
    gainMm: value[2 * TERMS] as number,
    visibleShare: last.visible / Math.max(1, points.count),
  };
}

interface Measured {
  readonly residual: number;
  readonly visible: number;
}

interface Scene {
  readonly points: EdgePoints;
  readonly questioned: Prepared;
  readonly unitMm: number;
  readonly clipMm: number;
}

interface Normal {
  readonly matrix: Float64Array;
  readonly right: Float64Array;
  readonly terms: Float64Array;
}

/** Adds each point's say to the normal equations, when there are any; measures the fit. */
function accumulate({ points, questioned, unitMm, clipMm }: Scene, value: Float64Array, normal: Normal | undefined): Measured {
  const { distance, hidden } = questioned;
  const { width, height, data } = distance;
  const terms = normal?.terms ?? new Float64Array(TERMS);
  const gain = value[2 * TERMS] as number;
  const unknowns = 2 * TERMS + 1;
  const slope = new Float64Array(unknowns);
  let sum = 0;
  let visible = 0;
  let outside = 0;
  for (let k = 0; k < points.count; k++) {
    termsAt((points.x[k] as number) / unitMm, (points.y[k] as number) / unitMm, terms);
    let [qx, qy] = [0, 0];
    for (let t = 0; t < TERMS; t++) {
      qx += (value[t] as number) * (terms[t] as number);
      qy += (value[TERMS + t] as number) * (terms[t] as number);
    }
    const px = qx / WORK_MM - 0.5;
    const py = qy / WORK_MM - 0.5;
    const x0 = Math.floor(px);
    const y0 = Math.floor(py);
    if (x0 < 0 || y0 < 0 || x0 >= width - 1 || y0 >= height - 1) {
      // Off the paper is no hiding place.
      sum += MOST_OFF_MM;
      outside++;
      continue;
    }
    const at = y0 * width + x0;
    const seen = 1 - (hidden.data[at] as number);
    if (seen < 0.5) continue;
    const fx = px - x0;
    const fy = py - y0;
    const a = data[at] as number;
    const b = data[at + 1] as number;
    const c = data[at + width] as number;
    const d = data[at + width + 1] as number;
    const there = a * (1 - fx) * (1 - fy) + b * fx * (1 - fy) + c * (1 - fx) * fy + d * fx * fy;
    visible++;
    const here = points.distance[k] as number;
    const off = clip(there, clipMm) - clip(here - gain, clipMm);
    sum += Math.min(Math.abs(off), MOST_OFF_MM);
    if (normal === undefined || Math.abs(there) >= clipMm) continue;
    const gx = ((b - a) * (1 - fy) + (d - c) * fy) / WORK_MM;
    const gy = ((c - a) * (1 - fx) + (d - b) * fx) / WORK_MM;
    const doubt = Math.max(DOUBT_MM, clipMm / 3);
    const say = seen / (1 + (off * off) / (doubt * doubt));
    addPoint(normal, slope, { gx, gy, say, off });
  }
  if (normal !== undefined) {
    for (let i = 0; i < unknowns; i++)
      for (let j = 0; j < i; j++) normal.matrix[j * unknowns + i] = normal.matrix[i * unknowns + j] as number;
  }
  return { residual: visible === 0 ? MOST_OFF_MM : sum / (visible + outside), visible };
}

interface Pull {
  readonly gx: number;
  readonly gy: number;
  readonly say: number;
  readonly off: number;
}

/** Adds one point to the lower half of the normal equations; `slope` is room to work in. */
function addPoint({ matrix, right, terms }: Normal, slope: Float64Array, { gx, gy, say, off }: Pull): void {
  const unknowns = slope.length;
  for (let t = 0; t < TERMS; t++) {
    slope[t] = gx * (terms[t] as number);
    slope[TERMS + t] = gy * (terms[t] as number);
  }
  slope[2 * TERMS] = 1;
  for (let i = 0; i < unknowns; i++) {
    const weighted = say * (slope[i] as number);
    right[i] = (right[i] as number) - weighted * off;
    for (let j = 0; j <= i; j++) matrix[i * unknowns + j] = (matrix[i * unknowns + j] as number) + weighted * (slope[j] as number);
  }
}

function clip(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value));
}

/** What a freedom forbids is held fast; what it allows is held lightly to what presses and scanners do. */
function hold(
  freedom: Freedom,
  value: Float64Array,
  normal: { readonly matrix: Float64Array; readonly right: Float64Array; readonly unitMm: number },
): void {
  const { unitMm } = normal;
  const scatter = 0.1 * 0.1 * 400;
  // x[1] = y[2] and x[2] = -y[1] make an even turn.
  const stretch = freedom === 'rigid' ? 1e-6 : STRETCH_EXPECTED;
  const bend = freedom === 'bent' ? BEND_EXPECTED_MM : 1e-6;
  const tie = (terms: readonly (readonly [index: number, factor: number])[], deviation: number): void => {
    const strength = scatter / (deviation * deviation);
    const now = terms.reduce((sum, [index, factor]) => sum + factor * (value[index] as number), 0);
    const unknowns = 2 * TERMS + 1;
    for (const [i, fi] of terms) {
      normal.right[i] = (normal.right[i] as number) - strength * fi * now;
      for (const [j, fj] of terms) normal.matrix[i * unknowns + j] = (normal.matrix[i * unknowns + j] as number) + strength * fi * fj;
    }
  };
  tie(
    [
      [1, 1],
      [TERMS + 2, -1],
    ],
    stretch * unitMm,
  );
  tie(
    [
      [2, 1],
      [TERMS + 1, 1],
    ],
    stretch * unitMm,
  );
  for (const t of [3, 4, 5]) for (const offset of [0, TERMS]) tie([[t + offset, 1]], bend);
  // Ink spreads by little: held to nothing, lightly.
  tie([[2 * TERMS, 1]], 0.3);
}
