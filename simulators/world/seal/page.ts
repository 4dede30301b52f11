/** A sheet under the lamp: colours as light that comes back, and a mask of what lies over a seal so that nobody sees through. */
import { emptyPlane, fillShape } from './coverage.ts';
import { placed, shift, type Outline } from './outline.ts';

/** Share of the light that comes back, per channel. */
export type Reflectance = readonly [red: number, green: number, blue: number];

export interface Page {
  readonly width: number;
  readonly height: number;
  readonly pxPerMm: number;
  /** Three values a pixel, 0 to 1. */
  readonly light: Float32Array;
  /** One value a pixel: 0 bare paper, 1 hidden by print or pen. */
  readonly cover: Float32Array;
}

export interface Colour {
  readonly light: Reflectance;
  /** How much of a seal's ink it hides where it lies, 0 to 1. */
  readonly hides: number;
}

/** Prints a shape given in pixels: light multiplies, as with transparent ink on ink. */
export function printShape(page: Page, outline: Outline, { light, hides }: Colour): void {
  const box = boxOf(outline, page);
  if (box === undefined) return;
  const plane = emptyPlane(box.width, box.height);
  fillShape(plane, placed(outline, shift(-box.left, -box.top)), 'add');
  for (let i = 0; i < plane.values.length; i++) {
    const cover = plane.values[i] ?? 0;
    if (cover < 0.004) continue;
    const at = (Math.floor(i / box.width) + box.top) * page.width + (i % box.width) + box.left;
    for (let c = 0; c < 3; c++) page.light[at * 3 + c] = (page.light[at * 3 + c] ?? 0) * (1 - cover * (1 - (light[c] ?? 1)));
    page.cover[at] = Math.max(page.cover[at] ?? 0, cover * hides);
  }
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The pixels that a shape touches; undefined when it lies off the page. */
function boxOf(outline: Outline, page: Page): Box | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const contour of outline) {
    for (let i = 0; i < contour.length; i += 2) {
      left = Math.min(left, contour[i] ?? 0);
      right = Math.max(right, contour[i] ?? 0);
      top = Math.min(top, contour[i + 1] ?? 0);
      bottom = Math.max(bottom, contour[i + 1] ?? 0);
    }
  }
  left = Math.max(0, Math.floor(left));
  top = Math.max(0, Math.floor(top));
  const width = Math.min(page.width, Math.ceil(right) + 1) - left;
  const height = Math.min(page.height, Math.ceil(bottom) + 1) - top;
  return width > 0 && height > 0 ? { left, top, width, height } : undefined;
}
