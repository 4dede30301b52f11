/**
 * Signed distance to the edge of a shape, from its coverage: positive inside, cut off at `REACH_PX`. Each pixel that the
 * edge crosses says by its coverage and slope where in it the edge lies (Gustavson and Strand 2011); every pixel near takes
 * the nearest of those points.
 */
import { emptyPlane, type Plane } from './coverage.ts';

/** Distances beyond this are said to be this. */
export const REACH_PX = 7;

/** Distances in pixels. */
export function signedDistance(coverage: Plane): Plane {
  const { width, height, values } = coverage;
  const squares = emptyPlane(width, height);
  squares.values.fill(REACH_PX * REACH_PX);
  for (let y = 1; y + 1 < height; y++) {
    for (let x = 1; x + 1 < width; x++) {
      const at = y * width + x;
      const cover = values[at] ?? 0;
      if (isSplit(values, at, width)) spread(squares, edgeIn(coverage, { x, y, cover }));
    }
  }
  for (let i = 0; i < values.length; i++) {
    const distance = Math.sqrt(squares.values[i] ?? 0);
    squares.values[i] = (values[i] ?? 0) > 0.5 ? distance : -distance;
  }
  return squares;
}

/** Whether the edge runs through a pixel, or between it and the next. */
function isSplit(values: Float32Array, at: number, width: number): boolean {
  const cover = values[at] ?? 0;
  if (cover > 0.002 && cover < 0.998) return true;
  return cover >= 0.998 && Math.min(values[at - 1] ?? 0, values[at + 1] ?? 0, values[at - width] ?? 0, values[at + width] ?? 0) <= 0.002;
}

interface EdgePixel {
  readonly x: number;
  readonly y: number;
  readonly cover: number;
}

/** The point of the edge nearest to a pixel's middle. */
function edgeIn({ width, values }: Plane, { x, y, cover }: EdgePixel): readonly [x: number, y: number] {
  const at = y * width + x;
  const slope = (step: number, side: number): number =>
    2 * ((values[at + step] ?? 0) - (values[at - step] ?? 0)) +
    (values[at + step + side] ?? 0) +
    (values[at + step - side] ?? 0) -
    (values[at - step + side] ?? 0) -
    (values[at - step - side] ?? 0);
  const [gx, gy] = [slope(1, width), slope(width, 1)];
  const length = Math.hypot(gx, gy);
  if (length < 1e-6) return [x, y];
  const out = outward(cover, Math.abs(gx) / length, Math.abs(gy) / length);
  return [x + (gx / length) * out, y + (gy / length) * out];
}

/** How far up the slope the edge lies from the middle of a pixel that it leaves covered by `cover`; (p, q) is its unit normal. */
function outward(cover: number, p: number, q: number): number {
  const [wide, narrow] = p > q ? [p, q] : [q, p];
  const corner = (0.5 * narrow) / wide;
  if (cover < corner) return 0.5 * (wide + narrow) - Math.sqrt(2 * wide * narrow * cover);
  if (cover <= 1 - corner) return (0.5 - cover) * wide;
  return Math.sqrt(2 * wide * narrow * (1 - cover)) - 0.5 * (wide + narrow);
}

function spread({ width, height, values }: Plane, [x, y]: readonly [number, number]): void {
  const top = Math.max(0, Math.ceil(y - REACH_PX));
  const bottom = Math.min(height - 1, Math.floor(y + REACH_PX));
  const left = Math.max(0, Math.ceil(x - REACH_PX));
  const right = Math.min(width - 1, Math.floor(x + REACH_PX));
  for (let row = top; row <= bottom; row++) {
    const down = (row - y) * (row - y);
    for (let column = left, at = row * width + left; column <= right; column++, at++) {
      const square = down + (column - x) * (column - x);
      if (square < (values[at] ?? 0)) values[at] = square;
    }
  }
}
