import { components, type Component } from './components.ts';
import { MM_PER_INCH, newPlane, type Plane } from './picture.ts';
import { rulesAlong } from './rules.ts';
import type { Ink } from './ink.ts';

/** A rule seen less far than this says too little of where it goes on. */
const LENGTH_MM = 9;
/** A page lies nearly straight: steeper than this is no rule. */
const STEEPEST = 0.12;
/** Beside a rule its colour bleeds, pixels. */
const BLEEDS = 1.5;

/**
 * The printed rules of a form, whatever their colour, drawn through the whole picture: 1 where one runs. Under a seal a brown or
 * black rule takes on the seal's colour, so that only where it comes out on the other side shows that it is none of the seal's strokes.
 */
export function ruleLines({ ink, hidden, dpi }: Ink): Plane {
  const dark = newPlane(ink.width, ink.height);
  for (let i = 0; i < dark.data.length; i++) dark.data[i] = Math.max(ink.data[i] as number, hidden.data[i] as number);
  const lines = newPlane(ink.width, ink.height);
  const least = (LENGTH_MM * dpi) / MM_PER_INCH;
  for (const isUpright of [false, true]) {
    for (const part of components(rulesAlong(dark, dpi, isUpright), 0.5, least)) {
      const line = lineThrough(part, isUpright, ink.width);
      if (line.length >= least && Math.abs(line.slope) < STEEPEST) draw(line, isUpright, lines);
    }
  }
  return lines;
}

interface Line {
  /** Across the line where it begins, and by how much that rises with each pixel along it. */
  readonly start: number;
  readonly slope: number;
  readonly length: number;
  readonly thickness: number;
}

/** Least squares. */
function lineThrough({ pixels, left, right, top, bottom }: Component, isUpright: boolean, width: number): Line {
  let [su, sv, suu, suv] = [0, 0, 0, 0];
  for (const i of pixels) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const [u, v] = isUpright ? [y, x] : [x, y];
    su += u;
    sv += v;
    suu += u * u;
    suv += u * v;
  }
  const n = pixels.length;
  const slope = (n * suv - su * sv) / Math.max(1e-9, n * suu - su * su);
  const length = (isUpright ? bottom - top : right - left) + 1;
  return { start: (sv - slope * su) / n, slope, length, thickness: n / length };
}

function draw({ start, slope, thickness }: Line, isUpright: boolean, { width, height, data }: Plane): void {
  const [along, across] = isUpright ? [height, width] : [width, height];
  for (let u = 0; u < along; u++) {
    const v = start + slope * u;
    const [from, to] = [Math.ceil(v - thickness / 2 - BLEEDS), Math.floor(v + thickness / 2 + BLEEDS)];
    for (let k = Math.max(0, from); k <= Math.min(across - 1, to); k++) data[isUpright ? u * width + k : k * width + u] = 1;
  }
}
