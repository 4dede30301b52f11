import { MM_PER_INCH, newPlane, type Plane } from './picture.ts';

const FAR = 1e9;
/** Ink from here on, paper below. */
const LEVEL = 0.5;

/**
 * Signed distance to the edge of the ink in millimetres: negative inside, positive outside, no farther than `reachMm`.
 * Exact Euclidean distance transform in two passes of lower envelopes (Felzenszwalb and Huttenlocher 2012).
 */
export function signedDistance(ink: Plane, dpi: number, reachMm: number): Plane {
  const outside = squaredDistance(ink, (value) => value >= LEVEL);
  const inside = squaredDistance(ink, (value) => value < LEVEL);
  const mm = MM_PER_INCH / dpi;
  const result = newPlane(ink.width, ink.height);
  for (let i = 0; i < result.data.length; i++) {
    const value = ink.data[i] as number;
    const isInk = value >= LEVEL;
    const pixels = Math.sqrt((isInk ? inside.data[i] : outside.data[i]) as number);
    // At the edge the grey of the pixel says where in it the edge runs.
    const distance = pixels <= 1.01 ? Math.min(0.5, Math.abs(value - LEVEL)) : pixels - 0.5;
    const signed = (isInk ? -distance : distance) * mm;
    result.data[i] = Math.min(reachMm, Math.max(-reachMm, signed));
  }
  return result;
}

function squaredDistance({ width, height, data }: Plane, isSource: (value: number) => boolean): Plane {
  const result = newPlane(width, height);
  for (let i = 0; i < data.length; i++) result.data[i] = isSource(data[i] as number) ? 0 : FAR;
  const longest = Math.max(width, height);
  const work = { line: new Float64Array(longest), vertex: new Int32Array(longest), bound: new Float64Array(longest + 1) };
  for (let x = 0; x < width; x++) envelope(result.data, { start: x, step: width, count: height }, work);
  for (let y = 0; y < height; y++) envelope(result.data, { start: y * width, step: 1, count: width }, work);
  return result;
}

interface Work {
  readonly line: Float64Array;
  readonly vertex: Int32Array;
  readonly bound: Float64Array;
}

function envelope(
  data: Float32Array,
  at: { readonly start: number; readonly step: number; readonly count: number },
  { line, vertex, bound }: Work,
): void {
  const { start, step, count } = at;
  for (let i = 0; i < count; i++) line[i] = data[start + i * step] as number;
  let top = 0;
  vertex[0] = 0;
  bound[0] = -Infinity;
  bound[1] = Infinity;
  for (let q = 1; q < count; q++) {
    let meet = 0;
    for (;;) {
      const v = vertex[top] as number;
      meet = ((line[q] as number) + q * q - ((line[v] as number) + v * v)) / (2 * q - 2 * v);
      if (meet > (bound[top] as number)) break;
      top--;
    }
    top++;
    vertex[top] = q;
    bound[top] = meet;
    bound[top + 1] = Infinity;
  }
  let k = 0;
  for (let q = 0; q < count; q++) {
    while ((bound[k + 1] as number) < q) k++;
    const v = vertex[k] as number;
    data[start + q * step] = Math.min(FAR, (q - v) * (q - v) + (line[v] as number));
  }
}
