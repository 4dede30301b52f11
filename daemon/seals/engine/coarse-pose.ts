import { blurred } from './blur.ts';
import { SquareFft } from './fft.ts';
import { sampleClamped } from './ink.ts';
import { MM_PER_INCH, newPlane, type Plane } from './picture.ts';

/** Where the specimen's centre may lie in the questioned picture, and how it is turned there. */
export interface Pose {
  /** Millimetres from the left and top edges of the questioned picture. */
  readonly xMm: number;
  readonly yMm: number;
  /** Clockwise on the page, in radians. */
  readonly angle: number;
  /** Higher fits better; comparable within one picture only. */
  readonly score: number;
}

const SIDE = 64;
const ANGLES = 120;
/** Poses nearer to each other than this are one. */
const APART_RADIANS = (8 * Math.PI) / 180;
const APART_MM = 3;
/** Strokes are about this wide: what is correlated are they, not the paper or the pressure. */
const STROKE_MM = 0.45;

interface Placed {
  readonly plane: Plane;
  readonly dpi: number;
}

interface Spectrum {
  readonly re: Float32Array;
  readonly im: Float32Array;
}

/** The best `count` poses of the specimen in the questioned picture, best first, at any angle. Both planes are ink, 0…1. */
export function coarsePoses(specimen: Placed, questioned: Placed, count: number): readonly Pose[] {
  const sideMm = (Math.max(questioned.plane.width, questioned.plane.height) * MM_PER_INCH) / questioned.dpi;
  const mm = Math.min(2.6, SIDE / (sideMm + 2)); // pixels a millimetre
  const grid = onGrid(specimen, mm, true);
  const fft = new SquareFft(SIDE);
  const test = { re: Float32Array.from(onGrid(questioned, mm, false).data), im: new Float32Array(SIDE * SIDE) };
  fft.forward(test.re, test.im);
  const re = new Float32Array(SIDE * SIDE);
  const im = new Float32Array(SIDE * SIDE);
  const found: Pose[] = [];
  for (let at = 0; at < ANGLES; at += 2) {
    // Two angles in one transform: the test is real, so its correlation with `a + ib` is that with `a`, plus `i` times that with `b`.
    const pair = [at, at + 1].map((step) => (2 * Math.PI * step) / ANGLES) as [number, number];
    const lengths = [turn(grid, pair[0], re), turn(grid, pair[1], im)];
    fft.forward(re, im);
    correlate({ re, im, mirrored: fft.mirrored }, test);
    fft.backward(re, im);
    for (const [which, values] of [re, im].entries()) {
      const { x, y, value } = peakOf(values);
      // The specimen's centre lay at the grid's.
      const xMm = ((x + SIDE / 2) % SIDE) / mm;
      const yMm = ((y + SIDE / 2) % SIDE) / mm;
      found.push({ xMm, yMm, angle: pair[which] as number, score: value / (lengths[which] as number) });
    }
  }
  return distinct(found, count);
}

/**
 * `(re, im)` becomes the test's spectrum times the conjugate of each of the two spectra packed in it. With `z = a + ib` for real `a`
 * and `b`, `conj(A) = (conj(z(k)) + z(-k)) / 2` and `conj(B) = i (conj(z(k)) - z(-k)) / 2`, so `conj(A) + i conj(B) = z(-k)`.
 */
function correlate({ re, im, mirrored }: Spectrum & Pick<SquareFft, 'mirrored'>, test: Spectrum): void {
  for (let y = 0; y < SIDE; y++) {
    const otherRow = (mirrored[y] as number) * SIDE;
    for (let x = 0; x < SIDE; x++) {
      const i = y * SIDE + x;
      const j = otherRow + (mirrored[x] as number);
      if (j < i) continue;
      const ri = re[i] as number;
      const mi = im[i] as number;
      const rj = re[j] as number;
      const mj = im[j] as number;
      const tr = test.re[i] as number;
      const ti = test.im[i] as number;
      // The test is real: its spectrum at j is the conjugate of that at i.
      re[i] = tr * rj - ti * mj;
      im[i] = tr * mj + ti * rj;
      re[j] = tr * ri + ti * mi;
      im[j] = tr * mi - ti * ri;
    }
  }
}

/** The plane at `mm` pixels a millimetre, band-passed, its upper left corner - or its centre - at that of a square grid. */
function onGrid({ plane, dpi }: Placed, mm: number, isCentred: boolean): Plane {
  const result = newPlane(SIDE, SIDE);
  const scale = dpi / MM_PER_INCH / mm;
  // Sampling thins out lines: the mean over a pixel's paper is taken first.
  const soft = scale > 1.5 ? blurred(plane, scale / 2.4) : plane;
  const [left, top] = isCentred ? [SIDE / 2 - plane.width / scale / 2, SIDE / 2 - plane.height / scale / 2] : [0, 0];
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const px = (x + 0.5 - left) * scale - 0.5;
      const py = (y + 0.5 - top) * scale - 0.5;
      if (px < 0 || py < 0 || px > plane.width - 1 || py > plane.height - 1) continue;
      result.data[y * SIDE + x] = sampleClamped(soft, px, py);
    }
  }
  return bandPassed(result, mm);
}

/** Writes the grid turned by `angle` about its centre into `into`; answers its length as a vector. */
function turn({ data }: Plane, angle: number, into: Float32Array): number {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const centre = SIDE / 2 - 0.5;
  let energy = 0;
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const dx = x - centre;
      const dy = y - centre;
      const px = centre + dx * cos + dy * sin;
      const py = centre - dx * sin + dy * cos;
      const x0 = Math.floor(px);
      const y0 = Math.floor(py);
      let value = 0;
      if (x0 >= 0 && y0 >= 0 && x0 < SIDE - 1 && y0 < SIDE - 1) {
        const fx = px - x0;
        const fy = py - y0;
        const at = y0 * SIDE + x0;
        const upper = (data[at] as number) * (1 - fx) + (data[at + 1] as number) * fx;
        const lower = (data[at + SIDE] as number) * (1 - fx) + (data[at + SIDE + 1] as number) * fx;
        value = upper * (1 - fy) + lower * fy;
      }
      into[y * SIDE + x] = value;
      energy += value * value;
    }
  }
  return Math.sqrt(energy) + 1e-9;
}

function bandPassed(plane: Plane, mm: number): Plane {
  const wide = blurred(plane, Math.max(1.2, 4 * STROKE_MM * mm));
  const result = newPlane(plane.width, plane.height);
  for (let i = 0; i < result.data.length; i++) result.data[i] = (plane.data[i] as number) - (wide.data[i] as number);
  return result;
}

function peakOf(values: Float32Array): { readonly x: number; readonly y: number; readonly value: number } {
  let at = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[at] as number)) at = i;
  return { x: at % SIDE, y: Math.floor(at / SIDE), value: values[at] as number };
}

function distinct(found: readonly Pose[], count: number): readonly Pose[] {
  const kept: Pose[] = [];
  for (const pose of [...found].sort((a, b) => b.score - a.score)) {
    if (kept.length === count) break;
    if (kept.every((other) => !isSame(pose, other))) kept.push(pose);
  }
  return kept;
}

function isSame(one: Pose, other: Pose): boolean {
  const turn = Math.abs(Math.atan2(Math.sin(one.angle - other.angle), Math.cos(one.angle - other.angle)));
  return turn < APART_RADIANS && Math.hypot(one.xMm - other.xMm, one.yMm - other.yMm) < APART_MM;
}
