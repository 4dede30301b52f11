/** Softening and sharpening of one channel. */

export interface ChannelPlane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** A bell of five to nine taps whose middle lies `aside` pixels away. */
export function bell(blurPx: number, aside: number): Float32Array {
  const reach = Math.max(2, Math.min(4, Math.ceil(2.2 * blurPx + Math.abs(aside))));
  const taps = Float32Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach - aside) ** 2) / (2 * blurPx * blurPx)));
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
}

/** Edges are continued. */
export function softened(plane: ChannelPlane, across: Float32Array, down: Float32Array): ChannelPlane {
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

function alongRows({ width, height, values }: ChannelPlane, taps: Float32Array): ChannelPlane {
  const out = new Float32Array(values.length);
  const reach = (taps.length - 1) / 2;
  // A row with its ends continued, so that the inner loop asks nothing.
  const row = new Float32Array(width + 2 * reach);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    row.set(values.subarray(start, start + width), reach);
    row.fill(values[start] ?? 0, 0, reach);
    row.fill(values[start + width - 1] ?? 0, width + reach);
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < taps.length; k++) sum += (row[x + k] ?? 0) * (taps[k] ?? 0);
      out[start + x] = sum;
    }
  }
  return { width, height, values: out };
}

function alongColumns({ width, height, values }: ChannelPlane, taps: Float32Array): ChannelPlane {
  const out = new Float32Array(values.length);
  const reach = (taps.length - 1) / 2;
  for (let y = 0; y < height; y++) {
    const to = y * width;
    for (let k = 0; k < taps.length; k++) {
      const from = Math.min(height - 1, Math.max(0, y + k - reach)) * width;
      const tap = taps[k] ?? 0;
      for (let x = 0; x < width; x++) out[to + x] = (out[to + x] ?? 0) + tap * (values[from + x] ?? 0);
    }
  }
  return { width, height, values: out };
}
