/** Softening and sharpening of one channel. */

export interface ChannelPlane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Every bell here has seven taps, so that its sum is written out: a loop over them costs twice the time. */
const REACH = 3;
type Taps = readonly [number, number, number, number, number, number, number];

/** A bell whose middle lies `aside` pixels away; `blurPx` up to 1.5. */
export function bell(blurPx: number, aside: number): Taps {
  const at = (i: number): number => Math.exp(-((i - aside) ** 2) / (2 * blurPx * blurPx));
  const taps: Taps = [at(-3), at(-2), at(-1), at(0), at(1), at(2), at(3)];
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum) as unknown as Taps;
}

/** Edges are continued. */
export function softened(plane: ChannelPlane, across: Taps, down: Taps): ChannelPlane {
  return alongColumns(alongRows(plane, across), down);
}

/** Adds back what a blur takes away, as scanner drivers and cameras do. */
export function sharpened(plane: ChannelPlane, amount: number): ChannelPlane {
  const taps = bell(1, 0);
  const soft = softened(plane, taps, taps);
  for (let i = 0; i < soft.values.length; i++) {
    const value = plane.values[i] ?? 0;
    soft.values[i] = value + amount * (value - (soft.values[i] ?? 0));
  }
  return soft;
}

function alongRows({ width, height, values }: ChannelPlane, [a, b, c, d, e, f, g]: Taps): ChannelPlane {
  const out = new Float32Array(values.length);
  // A row with its ends continued, so that the inner loop asks nothing.
  const row = new Float32Array(width + 2 * REACH);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    row.set(values.subarray(start, start + width), REACH);
    row.fill(values[start] ?? 0, 0, REACH);
    row.fill(values[start + width - 1] ?? 0, width + REACH);
    for (let x = 0; x < width; x++) {
      const left = a * (row[x] ?? 0) + b * (row[x + 1] ?? 0) + c * (row[x + 2] ?? 0);
      out[start + x] = left + d * (row[x + 3] ?? 0) + e * (row[x + 4] ?? 0) + f * (row[x + 5] ?? 0) + g * (row[x + 6] ?? 0);
    }
  }
  return { width, height, values: out };
}

function alongColumns({ width, height, values }: ChannelPlane, [a, b, c, d, e, f, g]: Taps): ChannelPlane {
  const out = new Float32Array(values.length);
  const line = (y: number): Float32Array => {
    const from = Math.min(height - 1, Math.max(0, y)) * width;
    return values.subarray(from, from + width);
  };
  for (let y = 0; y < height; y++) {
    const [p, q, r, s] = [line(y - 3), line(y - 2), line(y - 1), line(y)];
    const [t, u, v] = [line(y + 1), line(y + 2), line(y + 3)];
    for (let x = 0; x < width; x++) {
      const above = a * (p[x] ?? 0) + b * (q[x] ?? 0) + c * (r[x] ?? 0);
      out[y * width + x] = above + d * (s[x] ?? 0) + e * (t[x] ?? 0) + f * (u[x] ?? 0) + g * (v[x] ?? 0);
    }
  }
  return { width, height, values: out };
}
