import { MM_PER_INCH, newPlane, type Plane } from './picture.ts';

/** A rule of a form is at least this long, and at most this thick. */
const LENGTH_MM = 9;
const THICKNESS_MM = 0.7;
const LEVEL = 0.45;

/** Red rules of a printed form: long thin lines along the page, 1 where there is one. A page lies nearly straight: a line may drift by a pixel at a time. */
export function rulesOf(ink: Plane, dpi: number): Plane {
  const rules = rulesAlong(ink, dpi, false);
  for (const [i, value] of rulesAlong(ink, dpi, true).data.entries()) if (value === 1) rules.data[i] = 1;
  return rules;
}

/** Those that run across the page, or those that run down it. */
export function rulesAlong(ink: Plane, dpi: number, isUpright: boolean): Plane {
  const mm = dpi / MM_PER_INCH;
  const rules = newPlane(ink.width, ink.height);
  mark(ink, rules, { isUpright, length: LENGTH_MM * mm, thickness: THICKNESS_MM * mm });
  return rules;
}

function mark(ink: Plane, rules: Plane, line: { readonly isUpright: boolean; readonly length: number; readonly thickness: number }): void {
  const { width, height, data } = ink;
  const [lines, count, along, across] = line.isUpright ? [width, height, width, 1] : [height, width, 1, width];
  const thin = new Uint8Array(width * height);
  for (let i = 0; i < count; i++) {
    for (const [from, end] of runs(lines, (at) => (data[i * along + at * across] as number) > LEVEL)) {
      if (end - from > line.thickness) continue;
      for (let k = from; k < end; k++) thin[i * along + k * across] = 1;
    }
  }
  const isThin = (l: number, i: number): boolean => l >= 0 && l < lines && thin[i * along + l * across] === 1;
  for (let l = 0; l < lines; l++) {
    const near = [l - 1, l, l + 1];
    for (const [from, end] of runs(count, (i) => near.some((each) => isThin(each, i)))) {
      if (end - from < line.length) continue;
      for (let k = from; k < end; k++)
        near.filter((each) => isThin(each, k)).forEach((each) => (rules.data[k * along + each * across] = 1));
    }
  }
}

/** The stretches, from the first to behind the last, where it holds. */
function runs(count: number, holds: (at: number) => boolean): (readonly [from: number, end: number])[] {
  const found: (readonly [number, number])[] = [];
  let from = -1;
  for (let at = 0; at <= count; at++) {
    const isIn = at < count && holds(at);
    if (isIn && from < 0) from = at;
    if (isIn || from < 0) continue;
    found.push([from, at]);
    from = -1;
  }
  return found;
}
