import { dilated } from './blur.ts';
import { components, type Component } from './components.ts';
import { inkOf } from './ink.ts';
import { MM_PER_INCH, type Picture, type Plane } from './picture.ts';
import { rulesOf } from './rules.ts';
import { shapeOf, type SealShape } from './shape.ts';

/** Where on a page there may be an impression. Millimetres from the page's upper left corner. */
export interface Place {
  readonly leftMm: number;
  readonly topMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly shape: SealShape;
  /** Ink that can be seen, square millimetres. */
  readonly inkMm2: number;
}

const PAGE_DPI = 75;
const MM = PAGE_DPI / MM_PER_INCH;
/** Strokes of one seal are nearer to each other than this. */
const GAP_MM = 1.6;
const SMALLEST_MM = 7;
/** Two seals that touch are one place; more than this is a red form, not seals. */
const LARGEST_MM = 120;
const LEAST_INK_MM2 = 9;
const SLIVER_MM = 1.3;
/** A printed rule or a line of red text is a thin thing. */
const THINNEST_MM = 5;

/** Everything on the page that may be a seal impression, largest first. Deciding is for the comparison. */
export function locate(picture: Picture): readonly Place[] {
  const { ink: all } = inkOf(picture, PAGE_DPI);
  const rules = rulesOf(all, PAGE_DPI);
  const unruled = { ...all, data: all.data.map((value, i) => ((rules.data[i] as number) === 1 ? 0 : value)) };
  const ink = withoutSlivers(unruled);
  const parts = components(joined(ink), 0.5, 20);
  return parts
    .map((part) => placeOf(part, ink))
    .filter(({ widthMm, heightMm, inkMm2 }) => isSealSized(widthMm, heightMm) && inkMm2 >= LEAST_INK_MM2)
    .sort((a, b) => b.widthMm * b.heightMm - a.widthMm * a.heightMm)
    .filter((place, i, all) => !all.slice(0, i).some((larger) => isWithin(place, larger)));
}

function isSealSized(widthMm: number, heightMm: number): boolean {
  const [small, large] = [Math.min(widthMm, heightMm), Math.max(widthMm, heightMm)];
  return large >= SMALLEST_MM && small >= THINNEST_MM && large <= LARGEST_MM;
}

/** What is left of rules that lie askew: long and thin, with nothing beside them. */
function withoutSlivers(ink: Plane): Plane {
  const data = Float32Array.from(ink.data);
  for (const { left, top, right, bottom, pixels } of components(ink, 0.45, 4)) {
    const [small, large] = [Math.min(right - left, bottom - top) + 1, Math.max(right - left, bottom - top) + 1];
    if (small <= SLIVER_MM * MM && large >= 2.5 * small) for (const i of pixels) data[i] = 0;
  }
  return { ...ink, data };
}

/** Strokes joined to what is near them. */
function joined(ink: Plane): Plane {
  const solid = { ...ink, data: ink.data.map((value) => (value > 0.45 ? 1 : 0)) };
  return dilated(solid, Math.round((GAP_MM / 2) * MM));
}

function placeOf({ left, top, right, bottom, pixels }: Component, ink: Plane): Place {
  const grown = (GAP_MM / 2) * MM;
  const inked = pixels.filter((i) => (ink.data[i] as number) > 0.45);
  return {
    leftMm: (left + grown) / MM,
    topMm: (top + grown) / MM,
    widthMm: (right - left + 1 - 2 * grown) / MM,
    heightMm: (bottom - top + 1 - 2 * grown) / MM,
    shape: shapeOf(inked.map((i) => ({ x: (i % ink.width) / MM, y: Math.floor(i / ink.width) / MM }))),
    inkMm2: inked.length / (MM * MM),
  };
}

/** A star inside a rim is part of the seal, not one of its own. */
function isWithin(inner: Place, outer: Place): boolean {
  return (
    inner.leftMm >= outer.leftMm &&
    inner.topMm >= outer.topMm &&
    inner.leftMm + inner.widthMm <= outer.leftMm + outer.widthMm &&
    inner.topMm + inner.heightMm <= outer.topMm + outer.heightMm
  );
}
