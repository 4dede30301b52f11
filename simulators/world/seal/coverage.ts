/** Filling polygons: how much of each pixel is covered, exactly, by the signed areas under their edges. */
import type { Outline } from './outline.ts';

/** One value a pixel, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

export function emptyPlane(width: number, height: number): Plane {
  return { width, height, values: new Float32Array(width * height) };
}

export type Blend = 'add' | 'cut';

/**
 * Adds a shape to a plane of coverage 0…1, or cuts it out. `outline` is in pixels. Contours of one shape wind against
 * their holes, as glyphs and rings do.
 */
export function fillShape(plane: Plane, outline: Outline, blend: Blend): void {
  const box = boundsOf(outline, plane);
  if (box === undefined) return;
  const areas = areasOf(outline, box);
  for (let y = 0; y < box.height; y++) {
    let sum = 0;
    const from = y * (box.width + 2);
    const to = (y + box.top) * plane.width + box.left;
    for (let x = 0; x < box.width; x++) {
      sum += areas[from + x] ?? 0;
      const cover = Math.min(1, Math.abs(sum));
      const old = plane.values[to + x] ?? 0;
      plane.values[to + x] = blend === 'add' ? Math.max(old, cover) : Math.min(old, 1 - cover);
    }
  }
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function boundsOf(outline: Outline, plane: Plane): Box | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const contour of outline) {
    for (let i = 0; i < contour.length; i += 2) {
      const [x, y] = [contour[i] ?? 0, contour[i + 1] ?? 0];
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  left = Math.max(0, Math.floor(left));
  top = Math.max(0, Math.floor(top));
  right = Math.min(plane.width, Math.ceil(right) + 1);
  bottom = Math.min(plane.height, Math.ceil(bottom) + 1);
  return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : undefined;
}

/** For each pixel the change of covered area against its left neighbour; two columns spare on the right. */
function areasOf(outline: Outline, box: Box): Float32Array {
  const areas = new Float32Array((box.width + 2) * box.height);
  for (const contour of outline) {
    const n = contour.length;
    for (let i = 0; i < n; i += 2) {
      const j = (i + 2) % n;
      addEdge(areas, box, [
        (contour[i] ?? 0) - box.left,
        (contour[i + 1] ?? 0) - box.top,
        (contour[j] ?? 0) - box.left,
        (contour[j + 1] ?? 0) - box.top,
      ]);
    }
  }
  return areas;
}

function addEdge(areas: Float32Array, box: Box, [x0, y0, x1, y1]: readonly [number, number, number, number]): void {
  if (y0 === y1) return;
  const sign = y0 < y1 ? 1 : -1;
  const [topX, topY, lowX, lowY] = y0 < y1 ? [x0, y0, x1, y1] : [x1, y1, x0, y0];
  const slope = (lowX - topX) / (lowY - topY);
  const last = Math.min(box.height, Math.ceil(lowY));
  for (let row = Math.max(0, Math.floor(topY)); row < last; row++) {
    const from = Math.max(topY, row);
    const to = Math.min(lowY, row + 1);
    if (to <= from) continue;
    const a = topX + (from - topY) * slope;
    const b = topX + (to - topY) * slope;
    addRowPiece(areas, row * (box.width + 2), { from: clamp(a, box.width), to: clamp(b, box.width), height: sign * (to - from) });
  }
}

function clamp(x: number, width: number): number {
  return Math.min(width, Math.max(0, x));
}

/** Spreads one row's piece of an edge over the pixels that it crosses. */
function addRowPiece(
  areas: Float32Array,
  at: number,
  piece: { readonly from: number; readonly to: number; readonly height: number },
): void {
  const left = Math.min(piece.from, piece.to);
  const right = Math.max(piece.from, piece.to);
  const first = Math.floor(left);
  const last = Math.floor(right);
  if (first === last) {
    const share = piece.height * (1 - ((left + right) / 2 - first));
    areas[at + first] = (areas[at + first] ?? 0) + share;
    areas[at + first + 1] = (areas[at + first + 1] ?? 0) + piece.height - share;
    return;
  }
  const perPixel = piece.height / (right - left);
  for (let x = first; x <= last; x++) {
    const from = Math.max(left, x);
    const to = Math.min(right, x + 1);
    const height = perPixel * (to - from);
    const share = height * (1 - ((from + to) / 2 - x));
    areas[at + x] = (areas[at + x] ?? 0) + share;
    areas[at + x + 1] = (areas[at + x + 1] ?? 0) + height - share;
  }
}
