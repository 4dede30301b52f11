/** Interprets a printer's byte stream and shows the pages it makes, without a printer. */
import { CounterdError } from '../drivers/kit/errors.ts';
import { interpret, finish } from './passbook-printer/escp/interpret.ts';
import type { PrinterAction } from './passbook-printer/escp/printer-action.ts';
import { initialPrinter, type Pins } from './passbook-printer/escp/printer-state.ts';
import { encodePng, paintPaper, type Resolution } from './world/paint-paper.ts';
import {
  TICKS_PER_MM,
  blankPaper,
  glyphsOn,
  marksOn,
  toMm,
  withInk,
  type InkStyle,
  type Mark,
  type Paper,
  type Size,
} from './world/paper.ts';

export const RENDER_LANGUAGES = ['escp', 'escp24', 'escp9'] as const;
export type RenderLanguage = (typeof RENDER_LANGUAGES)[number];

export interface RenderOptions {
  /** One number for a picture that looks like the print; `240x216` for exactly one pixel a dot on that grid. */
  readonly dpi?: number | Resolution;
  /** `auto` (default: as large as the ink needs), `a4`, `a5`, `letter`, `passbook`, or `WxH` with mm, in or pt. */
  readonly paper?: string;
}

export interface RenderedGlyph {
  readonly codePoint: number;
  readonly character: string;
  /** Left edge of the character and top of its 24 dots, from the top left corner of the page. */
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly style: InkStyle;
}

export interface RenderedPage extends Size {
  readonly png: Uint8Array;
  readonly glyphs: readonly RenderedGlyph[];
}

/** The sheets that `bytes` print on; at least one. Throws CD_USE_ARGUMENTS for an unknown language, paper or resolution. */
export async function render(language: string, bytes: Uint8Array, options: RenderOptions = {}): Promise<readonly RenderedPage[]> {
  const sheets = printSheets(language, bytes, options.paper ?? 'auto');
  const dpi = options.dpi ?? 180;
  const resolution = typeof dpi === 'number' ? { x: dpi, y: dpi } : dpi;
  const isSound = [resolution.x, resolution.y].every((n) => Number.isFinite(n) && n >= 20 && n <= 2880);
  if (!isSound) throw new CounterdError('CD_USE_ARGUMENTS', 'dpi must be 20 to 2880');
  const pages: RenderedPage[] = [];
  for (const sheet of sheets) {
    const painting = await paintPaper(sheet, { resolution, isOnePixelPerDot: typeof dpi !== 'number' });
    pages.push({
      widthMm: sheet.widthMm,
      heightMm: sheet.heightMm,
      png: await encodePng(painting, resolution),
      glyphs: renderedGlyphs(sheet),
    });
  }
  return pages;
}

/** The same, before anything is painted. */
export function printSheets(language: string, bytes: Uint8Array, paper: string): readonly Paper[] {
  const size = paperSize(paper);
  if (!(RENDER_LANGUAGES as readonly string[]).includes(language)) {
    throw new CounterdError('CD_USE_ARGUMENTS', `language must be one of ${RENDER_LANGUAGES.join(', ')}`);
  }
  const sheets = strike(bytes, language === 'escp9' ? 9 : 24, size);
  const isForNinePins = language === 'escp' && looksNinePin(sheets.flat());
  const struck = isForNinePins ? strike(bytes, 9, size) : sheets;
  return struck.map((marks) => marks.reduce(withInk, blankPaper(size ?? sizeFor(marks))));
}

/**
 * A 9-pin stream cannot be told from a 24-pin one by any single byte. It is taken for one when all its pictures
 * are eight pins high and some are denser than 60 dots an inch, which no 24-pin host sends.
 */
function looksNinePin(marks: readonly Mark[]): boolean {
  const dots = marks.filter((mark) => mark.kind === 'dots');
  const hasHanzi = marks.some((mark) => mark.kind === 'glyph' && mark.codePoint >= 0x2e80);
  return !hasHanzi && dots.length > 0 && dots.every(({ height }) => height === 180) && dots.some(({ width }) => width < 180);
}

function strike(bytes: Uint8Array, pins: Pins, size: Size | undefined): readonly (readonly Mark[])[] {
  const options = { pins, ...(size === undefined ? {} : { sheetTicks: Math.round(size.heightMm * TICKS_PER_MM) }) };
  const read = interpret(initialPrinter(options), bytes);
  const rest = finish(read.state);
  const sheets = collectSheets([...read.actions, ...rest.actions]);
  return sheets.length > 1 && sheets.at(-1)?.length === 0 ? sheets.slice(0, -1) : sheets;
}

function collectSheets(actions: readonly PrinterAction[]): readonly (readonly Mark[])[] {
  const sheets: Mark[][] = [[]];
  for (const action of actions) {
    if (action.kind === 'eject') sheets.push([]);
    if (action.kind === 'strike') sheets.at(-1)?.push(...action.marks);
  }
  return sheets;
}

const PAPERS: Readonly<Record<string, Size>> = {
  a4: { widthMm: 210, heightMm: 297 },
  a5: { widthMm: 148, heightMm: 210 },
  letter: { widthMm: 215.9, heightMm: 279.4 },
  passbook: { widthMm: 145, heightMm: 160 },
};
const MM_PER: Readonly<Record<string, number>> = { mm: 1, in: 25.4, pt: 25.4 / 72 };

function paperSize(paper: string): Size | undefined {
  if (paper === 'auto') return undefined;
  const named = PAPERS[paper];
  if (named !== undefined) return named;
  const sides = /^(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(mm|in|pt)?$/.exec(paper);
  const scale = MM_PER[sides?.[3] ?? 'mm'];
  const size = { widthMm: Number(sides?.[1]) * (scale ?? 1), heightMm: Number(sides?.[2]) * (scale ?? 1) };
  if (sides !== null && size.widthMm > 0 && size.heightMm > 0 && size.widthMm <= 1000 && size.heightMm <= 2000) return size;
  throw new CounterdError('CD_USE_ARGUMENTS', `paper must be auto, ${Object.keys(PAPERS).join(', ')} or WxH with mm, in or pt`);
}

/** Letter, or more where the ink goes further. */
function sizeFor(marks: readonly Mark[]): Size {
  let { widthMm, heightMm } = { widthMm: 215.9, heightMm: 279.4 };
  for (const mark of marks) {
    const points = mark.kind === 'glyph' ? [mark.x, mark.y] : mark.points;
    for (let i = 0; i < points.length; i += 2) {
      widthMm = Math.max(widthMm, ((points[i] ?? 0) + mark.width) / TICKS_PER_MM);
      heightMm = Math.max(heightMm, ((points[i + 1] ?? 0) + mark.height) / TICKS_PER_MM);
    }
  }
  return { widthMm, heightMm };
}

function renderedGlyphs(sheet: Paper): readonly RenderedGlyph[] {
  return glyphsOn(sheet).map(({ codePoint, x, y, width, height, style }) => ({
    codePoint,
    character: String.fromCodePoint(codePoint),
    xMm: toMm(x),
    yMm: toMm(y),
    widthMm: toMm(width),
    heightMm: toMm(height),
    style,
  }));
}

/** True when the sheet carries any ink. */
export function isInked(sheet: Paper): boolean {
  return marksOn(sheet).length > 0;
}
