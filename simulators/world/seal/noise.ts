/** Smooth chance: fields whose value at a place is drawn from a seed, with a chosen grain. */
import { seededRandom, type Random } from '../../kit/random.ts';

const SIDE = 256;
/** Pixels of the tile over which its values hang together. */
const GRAIN = 6;

let sharedTile: Float32Array | undefined;

/** One endless pattern, made once: every field is a window on it, turned and shifted. */
function tile(): Float32Array {
  sharedTile ??= smoothTile();
  return sharedTile;
}

function smoothTile(): Float32Array {
  const random = seededRandom('seal noise');
  let values: Float32Array = Float32Array.from({ length: SIDE * SIDE }, () => random.next() - 0.5);
  // Three passes of a box come close to a bell.
  for (let pass = 0; pass < 3; pass++) values = boxed(boxed(values, 1), SIDE);
  const spread = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  return values.map((value) => value / spread);
}

/** The mean over GRAIN neighbours along one axis, around the edge. */
function boxed(values: Float32Array, step: number): Float32Array {
  const out = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const line = step === 1 ? i - (i % SIDE) : i % SIDE;
    const place = step === 1 ? i % SIDE : Math.floor(i / SIDE);
    let sum = 0;
    for (let k = 0; k < GRAIN; k++) sum += values[line + ((place + k) % SIDE) * step] ?? 0;
    out[i] = sum / GRAIN;
  }
  return out;
}

/** A field of mean 0 and spread 1; values further than three spreads are rare. */
export class SmoothField {
  readonly #values = tile();
  readonly #cos: number;
  readonly #sin: number;
  readonly #left: number;
  readonly #top: number;

  /** `grainMm`: distance over which the field changes. */
  constructor(random: Random, grainMm: number) {
    const angle = random.next() * 2 * Math.PI;
    const scale = GRAIN / grainMm;
    this.#cos = Math.cos(angle) * scale;
    this.#sin = Math.sin(angle) * scale;
    this.#left = random.next() * SIDE + SIDE * 64;
    this.#top = random.next() * SIDE + SIDE * 64;
  }

  at(xMm: number, yMm: number): number {
    const u = xMm * this.#cos - yMm * this.#sin + this.#left;
    const v = xMm * this.#sin + yMm * this.#cos + this.#top;
    const i = Math.floor(u);
    const j = Math.floor(v);
    const p = u - i;
    const q = v - j;
    const left = i & (SIDE - 1);
    const right = (i + 1) & (SIDE - 1);
    const above = (j & (SIDE - 1)) * SIDE;
    const below = ((j + 1) & (SIDE - 1)) * SIDE;
    const upper = (this.#values[above + left] ?? 0) * (1 - p) + (this.#values[above + right] ?? 0) * p;
    const lower = (this.#values[below + left] ?? 0) * (1 - p) + (this.#values[below + right] ?? 0) * p;
    return upper * (1 - q) + lower * q;
  }
}

/** A draw from the bell of mean 0 and spread 1 (Box and Muller 1958). */
export function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Between `from` and `to`, evenly. */
export function between(random: Random, from: number, to: number): number {
  return from + random.next() * (to - from);
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function smoothstep(value: number, from: number, to: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}
