import type { Aligned } from './aligned.ts';
import { solved } from './solve.ts';
import { WORK_MM, type Prepared } from './specimen.ts';

/** Side of a block, and from one to the next, in pixels of the working resolution: 4.6 and 2.3 mm. */
export const BLOCK = 36;
export const BLOCK_STEP = 18;
const CLIP_MM = 0.5;
/** Fewer edge pixels than this that can be seen say nothing. */
const FEWEST_EDGES = 50;
/** Spread expected of a block's own shift, millimetres. */
const SHIFT_EXPECTED_MM = 0.3;

/** Where a block's edges lie in the questioned impression, before its neighbours are asked. */
export interface Placed {
  readonly left: number;
  readonly top: number;
  /** Centre, millimetres from the centre of the specimen's picture. */
  readonly x: number;
  readonly y: number;
  /** As it lies, and after the block's own shift. */
  readonly still: BlockFit;
  readonly shifted: BlockFit;
  /** Share of its pixels that can be seen. */
  readonly seen: number;
  readonly edges: number;
  readonly pixels: Int32Array;
}

/** The block whose upper left corner is at (`left`, `top`), or undefined when too little of an edge can be seen there. */
export function placedBlock({ specimen, questioned }: Omit<Scene, 'pixels'>, left: number, top: number): Placed | undefined {
  const { width, height, data: here } = specimen.distance;
  const pixels = new Int32Array(BLOCK * BLOCK);
  let count = 0;
  let edges = 0;
  let area = 0;
  for (let y = Math.max(1, top); y < Math.min(height - 1, top + BLOCK); y++) {
    for (let x = Math.max(1, left); x < Math.min(width - 1, left + BLOCK); x++) {
      const i = y * width + x;
      area++;
      if ((questioned.seen.data[i] as number) < 0.5) continue;
      pixels[count++] = i;
      if (Math.abs(here[i] as number) < 0.25) edges++;
    }
  }
  if (edges < FEWEST_EDGES || count < area * 0.3) return undefined;
  const scene = { specimen, questioned, pixels: pixels.slice(0, count) };
  return {
    left,
    top,
    x: (left + BLOCK / 2 - width / 2) * WORK_MM,
    y: (top + BLOCK / 2 - height / 2) * WORK_MM,
    still: fitBlock(scene, false),
    shifted: fitBlock(scene, true),
    seen: count / area,
    edges,
    pixels: scene.pixels,
  };
}

export interface Scene {
  readonly specimen: Prepared;
  readonly questioned: Aligned;
  readonly pixels: Int32Array;
}

export interface BlockFit {
  readonly off: number;
  readonly gain: number;
  readonly shiftX: number;
  readonly shiftY: number;
  readonly moved: number;
}

/** Least squares for the block's gain, and its shift when it may have one. */
function fitBlock({ specimen, questioned, pixels }: Scene, mayShift: boolean): BlockFit {
  const { width, data: here } = specimen.distance;
  const there = questioned.distance;
  let [shiftX, shiftY, gain] = [0, 0, 0];
  let [off, moved] = [0, 0];
  for (let step = 0; step < (mayShift ? 5 : 3); step++) {
    const matrix = new Float64Array(9);
    const right = new Float64Array(3);
    let [sum, count, motion] = [0, 0, 0];
    for (const i of pixels) {
      const want = here[i] as number;
      if (Math.abs(want) > 0.6) continue;
      const px = (i % width) + shiftX / WORK_MM;
      const py = Math.floor(i / width) + shiftY / WORK_MM;
      const x0 = Math.floor(px);
      const y0 = Math.floor(py);
      if (x0 < 0 || y0 < 0 || x0 >= width - 1 || y0 >= there.height - 1) continue;
      const at = y0 * width + x0;
      const fx = px - x0;
      const fy = py - y0;
      const a = there.data[at] as number;
      const b = there.data[at + 1] as number;
      const c = there.data[at + width] as number;
      const d = there.data[at + width + 1] as number;
      const value = a * (1 - fx) * (1 - fy) + b * fx * (1 - fy) + c * (1 - fx) * fy + d * fx * fy;
      const gx = ((b - a) * (1 - fy) + (d - c) * fy) / WORK_MM;
      const gy = ((c - a) * (1 - fx) + (d - b) * fx) / WORK_MM;
      const difference = clip(value) - clip(want - gain);
      sum += Math.abs(difference);
      count++;
      motion += (gx * shiftX + gy * shiftY) ** 2;
      if (Math.abs(value) >= CLIP_MM) continue;
      const say = 1 / (1 + (difference / 0.2) ** 2);
      const slope = [gx, gy, 1] as const;
      addSay(matrix, right, { slope, say, difference });
    }
    off = count === 0 ? 0 : sum / count;
    moved = count === 0 ? 0 : Math.sqrt(motion / count);
    const held = mayShift ? 0.01 / SHIFT_EXPECTED_MM ** 2 : 1e9;
    matrix[0] = (matrix[0] as number) + held * 20;
    matrix[4] = (matrix[4] as number) + held * 20;
    matrix[8] = (matrix[8] as number) + 5;
    right[0] = (right[0] as number) - held * 20 * shiftX;
    right[1] = (right[1] as number) - held * 20 * shiftY;
    right[2] = (right[2] as number) - 5 * gain;
    const move = solved(matrix, right, 3);
    if (move === undefined) break;
    shiftX = bounded(shiftX + (move[0] as number), 0.9);
    shiftY = bounded(shiftY + (move[1] as number), 0.9);
    gain = bounded(gain + (move[2] as number), 0.3);
  }
  return { off, gain, shiftX, shiftY, moved };
}

interface Say {
  readonly slope: readonly [number, number, number];
  readonly say: number;
  readonly difference: number;
}

function addSay(matrix: Float64Array, right: Float64Array, { slope, say, difference }: Say): void {
  for (let r = 0; r < 3; r++) {
    right[r] = (right[r] as number) - say * (slope[r] as number) * difference;
    for (let k = 0; k < 3; k++) matrix[r * 3 + k] = (matrix[r * 3 + k] as number) + say * (slope[r] as number) * (slope[k] as number);
  }
}

const clip = (value: number): number => bounded(value, CLIP_MM);
export const bounded = (value: number, most: number): number => Math.min(most, Math.max(-most, value));
