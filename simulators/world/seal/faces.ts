/**
 * Typefaces that seals are cut in and forms are printed in. A face gives the outline of a character in a unit square,
 * y downwards. What faces there are is the caller's choice: packages of woff subsets, or font files.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as OpenType from 'opentype.js';
import { unwrapWoff } from '../woff.ts';
import { flattened, type Outline } from './outline.ts';

/** Song has thick and thin strokes, hei is even, kai is written with a brush, hand is running script. */
export type FaceStyle = 'song' | 'hei' | 'kai' | 'hand';

export interface Face {
  readonly name: string;
  readonly style: FaceStyle;
  /** In the unit square of the character; undefined where the face lacks it. */
  outline(character: string): Outline | undefined;
  /** Width of the character as a share of its height. */
  advance(character: string): number;
}

const locate = createRequire(import.meta.url);
const { parse } = locate('opentype.js') as typeof OpenType;

/** Where the ideographic square begins above the baseline, in ems; the same for every face here. */
const ASCENT = 0.88;

interface Drawn {
  readonly outline: Outline;
  readonly advance: number;
}

/** A face of an @fontsource package, whose subsets are parsed as they are needed. `resolve` finds a file of the package. */
export function packagedFace(
  name: string,
  style: FaceStyle,
  from: { readonly package: string; readonly weight: number; readonly resolve?: (path: string) => string },
): Face {
  const resolve = from.resolve ?? locate.resolve;
  const stem = from.package.slice(from.package.lastIndexOf('/') + 1);
  const fonts = new Map<string, OpenType.Font>();
  const fontWith = (codePoint: number): OpenType.Font | undefined => {
    const subset = subsetsOf(resolve(`${from.package}/unicode.json`)).find(({ ranges }) =>
      ranges.some(([first, last]) => codePoint >= first && codePoint <= last),
    );
    if (subset === undefined) return undefined;
    const known = fonts.get(subset.name);
    if (known !== undefined) return known;
    const file = resolve(`${from.package}/files/${stem}-${subset.name}-${from.weight}-normal.woff`);
    const font = parse(unwrapWoff(readFileSync(file)));
    fonts.set(subset.name, font);
    return font;
  };
  return rememberingFace(name, style, fontWith);
}

/** A face of a TrueType or OpenType file, or of the first font in a collection. */
export function fileFace(name: string, style: FaceStyle, path: string): Face {
  let font: OpenType.Font | undefined;
  return rememberingFace(name, style, () => {
    font ??= parse(firstOfCollection(readFileSync(path)));
    return font;
  });
}

function rememberingFace(name: string, style: FaceStyle, fontWith: (codePoint: number) => OpenType.Font | undefined): Face {
  const drawn = new Map<string, Drawn | undefined>();
  const draw = (character: string): Drawn | undefined => {
    if (drawn.has(character)) return drawn.get(character);
    const made = drawGlyph(fontWith(character.codePointAt(0) ?? 0), character);
    drawn.set(character, made);
    return made;
  };
  return { name, style, outline: (character) => draw(character)?.outline, advance: (character) => draw(character)?.advance ?? 0.5 };
}

function drawGlyph(font: OpenType.Font | undefined, character: string): Drawn | undefined {
  const glyph = font?.charToGlyph(character);
  if (font === undefined || glyph === undefined || glyph.index === 0) return undefined;
  const outline = flattened(glyph.getPath(0, ASCENT, 1).commands);
  return { outline, advance: (glyph.advanceWidth ?? font.unitsPerEm) / font.unitsPerEm };
}

interface Subset {
  readonly name: string;
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

const subsetLists = new Map<string, readonly Subset[]>();

/** `unicode.json` of a package: `"[4]": "U+1f1e9-1f1f5,U+1f21a"`. */
function subsetsOf(path: string): readonly Subset[] {
  const known = subsetLists.get(path);
  if (known !== undefined) return known;
  const table = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  const list = Object.entries(table).map(([name, ranges]) => ({
    name: name.replace(/[[\]]/g, ''),
    ranges: ranges.split(',').map(readRange),
  }));
  subsetLists.set(path, list);
  return list;
}

function readRange(text: string): readonly [number, number] {
  const [first = 0, last = first] = text
    .replace(/^U\+/i, '')
    .split('-')
    .map((part) => Number.parseInt(part, 16));
  return [first, last];
}

const COLLECTION = 0x74746366;

/** Takes the first font out of a collection (OpenType 1.9, `ttcf`): its tables stay, its directory comes first. */
function firstOfCollection(file: Uint8Array): ArrayBuffer {
  const source = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (source.getUint32(0) !== COLLECTION) return file.slice().buffer;
  const directory = source.getUint32(12);
  const headBytes = 12 + source.getUint16(directory + 4) * 16;
  const whole = new Uint8Array(headBytes + file.length);
  whole.set(file.subarray(directory, directory + headBytes));
  whole.set(file, headBytes);
  const target = new DataView(whole.buffer);
  // Offsets count from the start of the file, which has moved back by the new directory.
  for (let at = 12; at < headBytes; at += 16) target.setUint32(at + 8, target.getUint32(at + 8) + headBytes);
  return whole.buffer;
}
