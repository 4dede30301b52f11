/**
 * Shapes of printed characters on the 24-dot grid of a hanzi head: 24 rows of 24 columns, or of 12 for the
 * single-byte ones. Drawn from an open font (Noto Sans SC, OFL-1.1), whose package comes in subsets by code
 * point; only the subsets that a page needs are read.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as OpenType from 'opentype.js';
import sharp from 'sharp';
import { unwrapWoff } from './woff.ts';

export const GLYPH_ROWS = 24;

/** Dots of one character, row by row, 1 where the pin strikes. */
export interface GlyphShape {
  readonly columns: 12 | 24;
  readonly dots: Uint8Array;
}

const PACKAGE = '@fontsource/noto-sans-sc';
const locate = createRequire(import.meta.url);
// Its main file is CommonJS whose names Node cannot see, its ES module has no default: only `require` works everywhere.
const { parse } = locate('opentype.js') as typeof OpenType;
const fonts = new Map<string, OpenType.Font>();
const shapes = new Map<number, Promise<GlyphShape>>();

/** The shape of `codePoint`; a box where the font has none. Made once per process. */
export function glyphShape(codePoint: number): Promise<GlyphShape> {
  const known = shapes.get(codePoint);
  if (known !== undefined) return known;
  const made = drawShape(codePoint);
  shapes.set(codePoint, made);
  return made;
}

async function drawShape(codePoint: number): Promise<GlyphShape> {
  const columns = codePoint < 0x80 ? 12 : 24;
  const outline = outlineOf(codePoint, columns);
  if (outline === undefined) return { columns, dots: box(columns) };
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${columns}" height="${GLYPH_ROWS}"><rect width="100%" height="100%" fill="#fff"/><path d="${outline}"/></svg>`;
  const grey = await sharp(Buffer.from(svg)).greyscale().raw().toBuffer();
  return { columns, dots: Uint8Array.from(grey, (level) => (level < 150 ? 1 : 0)) };
}

/** A hanzi fills its square; a single-byte character stands in the middle of its half, narrowed to fit. */
function outlineOf(codePoint: number, columns: 12 | 24): string | undefined {
  const font = fontWith(codePoint);
  const glyph = font?.charToGlyph(String.fromCodePoint(codePoint));
  if (font === undefined || glyph === undefined || glyph.index === 0) return undefined;
  if (columns === 24) return svgPath(glyph.getPath(0.5, 20.5, 23).commands);
  const size = 20;
  const advance = ((glyph.advanceWidth ?? font.unitsPerEm) / font.unitsPerEm) * size;
  const narrow = Math.min(1, 11.5 / advance);
  const path = glyph.getPath((columns - advance * narrow) / 2, 18.5, size, {
    xScale: (size / font.unitsPerEm) * narrow,
    yScale: size / font.unitsPerEm,
  });
  return svgPath(path.commands);
}

/** Written here because the library's own writer turns coordinates a hair off a whole number into NaN. */
function svgPath(commands: readonly OpenType.PathCommand[]): string {
  const point = (x: number, y: number): string => `${x.toFixed(3)} ${y.toFixed(3)}`;
  return commands
    .map((command) => {
      switch (command.type) {
        case 'M':
        case 'L':
          return `${command.type}${point(command.x, command.y)}`;
        case 'Q':
          return `Q${point(command.x1, command.y1)} ${point(command.x, command.y)}`;
        case 'C':
          return `C${point(command.x1, command.y1)} ${point(command.x2, command.y2)} ${point(command.x, command.y)}`;
        case 'Z':
          return 'Z';
      }
    })
    .join('');
}

function fontWith(codePoint: number): OpenType.Font | undefined {
  const subset = subsets().find(({ ranges }) => ranges.some(([from, to]) => codePoint >= from && codePoint <= to));
  if (subset === undefined) return undefined;
  const known = fonts.get(subset.name);
  if (known !== undefined) return known;
  const file = readFileSync(locate.resolve(`${PACKAGE}/files/noto-sans-sc-${subset.name}-400-normal.woff`));
  const font = parse(unwrapWoff(file));
  fonts.set(subset.name, font);
  return font;
}

interface Subset {
  readonly name: string;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

let subsetList: readonly Subset[] | undefined;

/** `unicode.json` of the package: `"[4]": "U+1f1e9-1f1f5,U+1f21a"`. */
function subsets(): readonly Subset[] {
  if (subsetList !== undefined) return subsetList;
  const table = JSON.parse(readFileSync(locate.resolve(`${PACKAGE}/unicode.json`), 'utf8')) as Record<string, string>;
  subsetList = Object.entries(table).map(([name, ranges]) => ({
    name: name.replace(/[[\]]/g, ''),
    ranges: ranges.split(',').map(readRange),
  }));
  return subsetList;
}

function readRange(text: string): readonly [number, number] {
  const [from, to] = text.replace(/^U\+/i, '').split('-');
  const first = Number.parseInt(from ?? '', 16);
  return [first, to === undefined ? first : Number.parseInt(to, 16)];
}

function box(columns: 12 | 24): Uint8Array {
  return Uint8Array.from({ length: columns * GLYPH_ROWS }, (_, i) => {
    const row = Math.floor(i / columns);
    const column = i % columns;
    return row === 2 || row === 21 || column === 1 || column === columns - 2 ? 1 : 0;
  });
}
