/** Rules, words and pen strokes on a page, in millimetres from its top left corner. */
import type { Random } from '../../kit/random.ts';
import type { Face } from './faces.ts';
import { between, gaussian } from './noise.ts';
import { compose, placed, shift, stretch, turn, type Affine, type Outline } from './outline.ts';
import { printShape, type Colour, type Page } from './page.ts';

export const TONER: Colour = { light: [0.1, 0.1, 0.11], hides: 1 };

export interface Words {
  readonly text: string;
  readonly xMm: number;
  /** Top of the characters. */
  readonly yMm: number;
  readonly sizeMm: number;
  readonly colour: Colour;
}

/** Sets a line of words. */
export function printWords(page: Page, face: Face, words: Words): void {
  const { text, sizeMm, colour } = words;
  let x = words.xMm;
  for (const character of text) {
    const outline = face.outline(character);
    if (outline !== undefined) printMm(page, placed(outline, compose(shift(x, words.yMm), stretch(sizeMm, sizeMm))), colour);
    x += sizeMm * face.advance(character);
  }
}

/** Width of words set in a size. */
export function widthOf(face: Face, { text, sizeMm }: { readonly text: string; readonly sizeMm: number }): number {
  return Array.from(text).reduce((sum, character) => sum + face.advance(character) * sizeMm, 0);
}

export interface Rule {
  readonly from: readonly [xMm: number, yMm: number];
  readonly to: readonly [xMm: number, yMm: number];
  readonly widthMm: number;
  readonly colour: Colour;
}

export function printRule(page: Page, { from, to, widthMm, colour }: Rule): void {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (length === 0) return;
  const [nx, ny] = [(-dy / length) * (widthMm / 2), (dx / length) * (widthMm / 2)];
  const corners = [from[0] + nx, from[1] + ny, to[0] + nx, to[1] + ny, to[0] - nx, to[1] - ny, from[0] - nx, from[1] - ny];
  printMm(page, [Float64Array.from(corners)], colour);
}

/** A signature: characters of running script, leaning and run together, with a flourish of the pen. */
export function writeByHand(
  page: Page,
  { random, face }: { readonly random: Random; readonly face: Face },
  pen: { readonly text: string; readonly xMm: number; readonly yMm: number; readonly sizeMm: number; readonly colour: Colour },
): void {
  const lean = turn(between(random, -18, 10));
  let x = pen.xMm;
  for (const character of pen.text) {
    const size = pen.sizeMm * between(random, 0.8, 1.2);
    const slant: Affine = [1, between(random, -0.35, 0), 0, 0, 1, 0];
    const place = compose(compose(shift(x, pen.yMm + gaussian(random) * 0.6), lean), compose(slant, stretch(size, size)));
    const outline = face.outline(character);
    if (outline !== undefined) printMm(page, placed(outline, place), pen.colour);
    x += size * between(random, 0.5, 0.85);
  }
  if (random.chance(0.7)) flourish(page, random, { ...pen, xMm: x });
}

function flourish(
  page: Page,
  random: Random,
  pen: { readonly xMm: number; readonly yMm: number; readonly sizeMm: number; readonly colour: Colour },
): void {
  let [x, y] = [pen.xMm - pen.sizeMm * between(random, 0.5, 1.5), pen.yMm + pen.sizeMm * between(random, 0.4, 1)];
  let heading = between(random, -0.8, 0.8);
  const curl = between(random, -0.35, 0.35);
  const steps = random.integer(8, 26);
  for (let i = 0; i < steps; i++) {
    const next = [x + Math.cos(heading) * 0.8, y + Math.sin(heading) * 0.8] as const;
    printRule(page, { from: [x, y], to: next, widthMm: between(random, 0.3, 0.55), colour: pen.colour });
    [x, y] = next;
    heading += curl + gaussian(random) * 0.15;
  }
}

function printMm(page: Page, outline: Outline, colour: Colour): void {
  printShape(page, placed(outline, stretch(page.pxPerMm, page.pxPerMm)), colour);
}
