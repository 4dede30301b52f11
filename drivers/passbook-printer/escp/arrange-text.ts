/** From a placed line, in millimetres on the page, to the text commands that print it, on the grid of a language. */
import { assert } from '../../kit/assert.ts';
import type { ErrorCode } from '../../kit/errors.ts';
import { byWidth, displayCells, encodeGbk } from '../../kit/gbk.ts';
import type { Pitch, PlacedLine, PlacedRun } from '../family.ts';
import type { EscpText } from './text-frames.ts';

/** Where the head can go on the loaded page. */
export interface PageGeometry {
  /** First line of the head, from the top edge of the page. */
  readonly topOfFormMm: number;
  /** First column of the head, from the left edge of the page. */
  readonly leftEdgeMm: number;
  readonly pageHeightMm: number;
  /** How far right the head can print, from the left edge of the page. */
  readonly rightMaxMm: number;
}

/** How fine a language places things. */
export interface Grid {
  /** Units of ESC $ and of the vertical command, per inch. */
  readonly xPerInch: 360 | 60;
  readonly yPerInch: 360 | 180;
}

export type ArrangeRefused = { readonly kind: 'refused'; readonly code: ErrorCode; readonly detail: string };
export type ArrangedText =
  | {
      readonly kind: 'arranged';
      /** From the top of form, in 1/`yPerInch` inch. */ readonly y: number;
      readonly frames: readonly EscpText[];
    }
  | ArrangeRefused;

/** Every width is a whole number of these: 1/360 inch. */
const UNITS_PER_INCH = 360;
/** 24 dots of 1/180 inch: height of every character, width of a hanzi. */
const GLYPH_UNITS = 48;
/** Width of one cell. 17 is 17.14 characters per inch: 21/360. */
const CELL_UNITS: Readonly<Record<Pitch, number>> = { 10: 36, 12: 30, 15: 24, 17: 21, 20: 18 };
/** 2 cells are 24/180 inch: hanzi stand side by side without extra space. */
const DEFAULT_PITCH: Pitch = 15;

interface ArrangedRun {
  readonly run: PlacedRun;
  readonly pitch: Pitch;
  readonly startUnits: number;
  readonly cellUnits: number;
  readonly endUnits: number;
}

/** Everything a line may have switched on, off: what each begins with and leaves behind. */
export const PLAIN_TEXT: readonly EscpText[] = [
  { kind: 'hanzi-mode', isOn: false },
  { kind: 'double-width', isOn: false },
  { kind: 'bold', isOn: false },
  { kind: 'underline', isOn: false },
];

/**
 * Where one line goes and the commands for its text. Refuses text without a two-byte code (CD_PRINT_TEXT) and
 * lines that leave the page or overlap themselves (CD_PRINT_LAYOUT).
 */
export function arrangeText(line: PlacedLine, page: PageGeometry, grid: Grid): ArrangedText {
  const y = Math.round(((line.yMm - page.topOfFormMm) / 25.4) * grid.yPerInch);
  if (y < 0) return misplaced(`y ${line.yMm} mm is above the first printable line`);
  if (toUnits(line.yMm) + GLYPH_UNITS > toUnits(page.pageHeightMm)) return misplaced(`y ${line.yMm} mm is below the page`);
  const step = UNITS_PER_INCH / grid.xPerInch;
  const runs: ArrangedRun[] = [];
  for (const run of line.runs) {
    const arranged = arrangeRun(run, page, step);
    if (arranged.kind === 'refused') return arranged;
    runs.push(arranged.run);
  }
  runs.sort((a, b) => a.startUnits - b.startUnits);
  for (const [i, run] of runs.entries()) {
    const before = runs[i - 1];
    if (before !== undefined && run.startUnits < before.endUnits)
      return misplaced(`runs at ${before.run.xMm} and ${run.run.xMm} mm overlap`);
  }
  return { kind: 'arranged', y, frames: runs.flatMap((run) => runFrames(run, step)) };
}

function arrangeRun(
  run: PlacedRun,
  page: PageGeometry,
  step: number,
): { readonly kind: 'placed'; readonly run: ArrangedRun } | ArrangeRefused {
  const encoded = encodeGbk(run.text);
  if (encoded.kind === 'refused') {
    return {
      kind: 'refused',
      code: 'CD_PRINT_TEXT',
      detail: `U+${encoded.codePoint.toString(16).toUpperCase().padStart(4, '0')} at ${run.xMm} mm`,
    };
  }
  const pitch = run.style?.pitch ?? DEFAULT_PITCH;
  const isWide = run.style?.isDoubleWidth === true;
  const cellUnits = CELL_UNITS[pitch] * (isWide ? 2 : 1);
  const hasHanzi = byWidth(run.text).some((stretch) => stretch.isHanzi);
  if (hasHanzi && 2 * CELL_UNITS[pitch] < GLYPH_UNITS) return misplaced(`hanzi do not fit ${pitch} characters per inch`);
  const startUnits = step * Math.round(toUnits(run.xMm - page.leftEdgeMm) / step);
  const endUnits = startUnits + displayCells(run.text) * cellUnits;
  if (startUnits < 0) return misplaced(`x ${run.xMm} mm is left of the first printable column`);
  if (endUnits > toUnits(page.rightMaxMm - page.leftEdgeMm)) return misplaced(`text at ${run.xMm} mm runs over the right edge`);
  return { kind: 'placed', run: { run, pitch, startUnits, cellUnits, endUnits } };
}

function runFrames({ run, pitch, startUnits, cellUnits }: ArrangedRun, step: number): EscpText[] {
  const style = { bold: run.style?.isBold === true, underline: run.style?.isUnderlined === true, wide: run.style?.isDoubleWidth === true };
  const frames: EscpText[] = [{ kind: 'pitch', cpi: pitch }];
  if (style.bold) frames.push({ kind: 'bold', isOn: true });
  if (style.underline) frames.push({ kind: 'underline', isOn: true });
  if (style.wide) frames.push({ kind: 'double-width', isOn: true });
  let at = startUnits;
  for (const stretch of byWidth(run.text)) {
    if (stretch.isHanzi) frames.push(...hanziFrames(stretch.text, { at, cellUnits, isWide: style.wide, step }));
    else frames.push(to(at, step), { kind: 'text', text: stretch.text });
    at += displayCells(stretch.text) * cellUnits;
  }
  if (style.bold) frames.push({ kind: 'bold', isOn: false });
  if (style.underline) frames.push({ kind: 'underline', isOn: false });
  if (style.wide) frames.push({ kind: 'double-width', isOn: false });
  return frames;
}

/**
 * One stretch of hanzi. Their spacing comes in 1/180 inch; where two cells are not a whole number of those,
 * or the characters are doubled, each one is placed by itself and no rounding adds up.
 */
function hanziFrames(text: string, place: { at: number; cellUnits: number; isWide: boolean; step: number }): EscpText[] {
  const gapUnits = 2 * place.cellUnits - GLYPH_UNITS;
  const isEven = !place.isWide && gapUnits % 2 === 0;
  const frames: EscpText[] = [
    { kind: 'hanzi-mode', isOn: true },
    { kind: 'hanzi-spacing', left: 0, right: isEven ? gapUnits / 2 : 0 },
  ];
  if (isEven) frames.push(to(place.at, place.step), { kind: 'text', text });
  else {
    for (const [i, character] of Array.from(text).entries()) {
      frames.push(to(place.at + 2 * i * place.cellUnits, place.step), { kind: 'text', text: character });
    }
  }
  frames.push({ kind: 'hanzi-mode', isOn: false });
  return frames;
}

/** ESC $ in the language's own units. Hanzi stand on whole ones at every pitch that has room for them. */
function to(units: number, step: number): EscpText {
  assert(units % step === 0, 'a stretch begins on the grid');
  return { kind: 'horizontal', units: units / step };
}

function toUnits(mm: number): number {
  return Math.round((mm / 25.4) * UNITS_PER_INCH);
}

function misplaced(detail: string): ArrangeRefused {
  return { kind: 'refused', code: 'CD_PRINT_LAYOUT', detail };
}
