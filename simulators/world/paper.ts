/**
 * Paper that keeps its ink. A mark, once made, is never removed or moved: marks are an immutable list that only
 * grows, so a page can be taken out, put in again and printed over, and everything ever printed is still there.
 *
 * Positions are whole ticks of 1/10800 inch, a common multiple of every grid that printers place things on
 * (1/60, 1/72, 1/180, 1/216, 1/240, 1/360, 1/3600 inch), so nothing is rounded before it is shown.
 */
export const TICKS_PER_INCH = 10_800;
export const TICKS_PER_MM = TICKS_PER_INCH / 25.4;

export interface InkStyle {
  readonly isBold?: boolean;
  readonly isUnderlined?: boolean;
  readonly isDoubleWidth?: boolean;
  readonly isDoubleHeight?: boolean;
  readonly isItalic?: boolean;
}

/** One character, struck with its top left corner at (x, y). */
export interface GlyphMark {
  readonly kind: 'glyph';
  readonly codePoint: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly style: InkStyle;
  /** Shape of a character that the host defined: 24 columns of 3 bytes, top bit first. */
  readonly shape?: Uint8Array;
  /** 1 for a fresh ribbon, less for a worn one. */
  readonly density?: number;
}

/** Dots of a picture: x0, y0, x1, y1 … of their top left corners, all of one size. */
export interface DotsMark {
  readonly kind: 'dots';
  readonly points: Int32Array;
  readonly width: number;
  readonly height: number;
  readonly density?: number;
}

export type Mark = GlyphMark | DotsMark;

/** Newest first. */
export interface InkList {
  readonly mark: Mark;
  readonly before: InkList | undefined;
}

export interface Paper {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly ink: InkList | undefined;
}

export interface Size {
  readonly widthMm: number;
  readonly heightMm: number;
}

/** A magnetic stripe: the characters on it with their sentinels; nobody reads a damaged one. */
export interface Stripe {
  readonly text: string;
  readonly isDamaged: boolean;
}

/** A bound book: its pages, each a side that can face the head, and the stripe on its cover. */
export interface Book {
  readonly id: string;
  readonly owner: string;
  readonly account: string;
  readonly pages: readonly Paper[];
  readonly stripe: Stripe;
}

export function blankPaper(size: Size): Paper {
  return { widthMm: size.widthMm, heightMm: size.heightMm, ink: undefined };
}

/** The paper with one more mark; the paper given stays as it was. */
export function withInk(paper: Paper, mark: Mark): Paper {
  return { ...paper, ink: { mark, before: paper.ink } };
}

/** All marks, in the order they were made. */
export function marksOn(paper: Paper): readonly Mark[] {
  const marks: Mark[] = [];
  for (let ink = paper.ink; ink !== undefined; ink = ink.before) marks.push(ink.mark);
  return marks.reverse();
}

export function glyphsOn(paper: Paper): readonly GlyphMark[] {
  return marksOn(paper).filter((mark) => mark.kind === 'glyph');
}

/** A row of text as a person reads it. Characters printed twice in one place are there twice. */
export interface InkedLine {
  readonly yMm: number;
  readonly xMm: number;
  readonly text: string;
}

/** Reads the characters on the paper, top to bottom, left to right; gaps of half a cell or more become spaces. */
export function readLines(paper: Paper): readonly InkedLine[] {
  const rows = new Map<number, GlyphMark[]>();
  for (const glyph of glyphsOn(paper)) {
    const row = rows.get(glyph.y);
    if (row === undefined) rows.set(glyph.y, [glyph]);
    else row.push(glyph);
  }
  return [...rows].sort(([a], [b]) => a - b).map(([y, row]) => ({ yMm: toMm(y), ...readRow(row) }));
}

/** Millimetres, to the micrometre. */
export function toMm(ticks: number): number {
  return Math.round((ticks / TICKS_PER_MM) * 1000) / 1000;
}

function readRow(row: readonly GlyphMark[]): { readonly xMm: number; readonly text: string } {
  const glyphs = [...row].sort((a, b) => a.x - b.x);
  let text = '';
  let endsAt: number | undefined;
  for (const glyph of glyphs) {
    const cell = glyph.codePoint < 0x80 ? glyph.width : glyph.width / 2;
    const gapCells = endsAt === undefined ? 0 : Math.min(40, Math.round((glyph.x - endsAt) / cell - 0.25));
    text += ' '.repeat(Math.max(0, gapCells)) + String.fromCodePoint(glyph.codePoint);
    endsAt = glyph.x + glyph.width;
  }
  return { xMm: toMm(glyphs[0]?.x ?? 0), text };
}
