/** Where every part of a seal lies: outlines in millimetres about the seal's centre, x to the right, y downwards. */
import type { Face } from './faces.ts';
import { isRound, type GlyphShift, type SealDesign } from './design.ts';
import type { Blend } from './coverage.ts';
import { apply, compose, ellipse, placed, roundedBox, shift, star, stretch, turn, type Affine, type Outline } from './outline.ts';

export interface SealPart {
  readonly outline: Outline;
  readonly blend: Blend;
}

export interface SealFaces {
  readonly text: Face;
  /** Digits and capitals. */
  readonly digits: Face;
}

export function layOut(design: SealDesign, faces: SealFaces): SealPart[] {
  const glyphs = placedGlyphs(design).flatMap(({ character, affine }, index) => {
    const moved = design.shifts.find((each) => each.index === index);
    const place = moved === undefined ? affine : displaced(affine, moved);
    return glyphPart(faces.text, { character, affine: place }, design.kind === 'name_yin' ? 'cut' : 'add');
  });
  return [...frame(design), ...glyphs, ...smallPrint(design, faces.digits)];
}

/** Shifted on the seal, turned and grown about the glyph's own middle. */
function displaced(affine: Affine, { dxMm, dyMm, turnDeg, growth }: GlyphShift): Affine {
  const [x, y] = apply(affine, 0, 0);
  const own = compose(turn(turnDeg), compose(stretch(1 + growth, 1 + growth), compose(shift(-x, -y), affine)));
  return compose(shift(x + dxMm, y + dyMm), own);
}

interface PlacedGlyph {
  readonly character: string;
  /** From the unit square about its centre to millimetres. */
  readonly affine: Affine;
}

function glyphPart(face: Face, { character, affine }: PlacedGlyph, blend: Blend): SealPart[] {
  const outline = face.outline(character);
  return outline === undefined ? [] : [{ outline: placed(outline, compose(affine, shift(-0.5, -0.5))), blend }];
}

function frame(design: SealDesign): SealPart[] {
  const { widthMm, heightMm, borderMm, cornerMm, starMm, starTurnDeg } = design;
  if (design.kind === 'name_yin') return [{ outline: [roundedBox(widthMm, heightMm, cornerMm)], blend: 'add' }];
  if (!isRound(design) && design.kind !== 'oval') {
    const border = boxBorder([widthMm, heightMm], borderMm, cornerMm);
    const inset = 2 * borderMm + 0.8;
    return design.hasInnerRing ? [...border, ...boxBorder([widthMm - inset, heightMm - inset], 0.25, 0)] : border;
  }
  const rim = ring(widthMm / 2, heightMm / 2, borderMm);
  const inner = borderMm + 0.45;
  const thin = design.hasInnerRing ? ring(widthMm / 2 - inner, heightMm / 2 - inner, 0.22) : [];
  const starPart: SealPart[] = starMm > 0 ? [{ outline: placed([star(starMm)], turn(starTurnDeg)), blend: 'add' }] : [];
  return [...rim, ...thin, ...starPart];
}

function ring(rx: number, ry: number, width: number): SealPart[] {
  return [{ outline: [ellipse(rx, ry), backwards(ellipse(rx - width, ry - width))], blend: 'add' }];
}

function boxBorder([width, height]: readonly [number, number], border: number, corner: number): SealPart[] {
  const hole = roundedBox(width - 2 * border, height - 2 * border, Math.max(0, corner - border * 0.6));
  return [{ outline: [roundedBox(width, height, corner), backwards(hole)], blend: 'add' }];
}

function backwards(contour: Float64Array): Float64Array {
  const out = new Float64Array(contour.length);
  for (let i = 0; i < contour.length; i += 2) {
    out[i] = contour[contour.length - 2 - i] ?? 0;
    out[i + 1] = contour[contour.length - 1 - i] ?? 0;
  }
  return out;
}

function placedGlyphs(design: SealDesign): PlacedGlyph[] {
  if (isRound(design) || design.kind === 'oval') return [...rimText(design), ...bottomText(design)];
  return design.kind === 'name_rect' ? lineText(design) : gridText(design);
}

/** Along the upper rim, from left to right, feet towards the centre. */
function rimText(design: SealDesign): PlacedGlyph[] {
  const { text, spanDeg, spread, glyphMm, squeeze } = design;
  const inset = design.borderMm + design.gapMm + glyphMm / 2 + (design.hasInnerRing ? 0.5 : 0);
  const [rx, ry] = [design.widthMm / 2 - inset, design.heightMm / 2 - inset];
  const step = (spanDeg * spread) / text.length;
  return Array.from(text).map((character, i) => {
    const t = ((-90 + (i - (text.length - 1) / 2) * step) * Math.PI) / 180;
    const [x, y] = [rx * Math.cos(t), ry * Math.sin(t)];
    // The foot points against the normal of the ellipse.
    const lean = (Math.atan2(rx * Math.sin(t), ry * Math.cos(t)) * 180) / Math.PI + 90;
    return { character, affine: compose(shift(x, y), compose(turn(lean), stretch(glyphMm * squeeze, glyphMm))) };
  });
}

function bottomText({ bottom, heightMm, widthMm, spread, kind }: SealDesign): PlacedGlyph[] {
  const size = kind === 'oval' ? 3 : widthMm * 0.088;
  const y = heightMm * (kind === 'oval' ? 0.2 : 0.285);
  return Array.from(bottom).map((character, i) => ({
    character,
    affine: compose(shift((i - (bottom.length - 1) / 2) * size * 1.08 * spread, y), stretch(size, size)),
  }));
}

function lineText({ text, widthMm, heightMm, borderMm, gapMm, spread }: SealDesign): PlacedGlyph[] {
  const inset = 2 * (borderMm + gapMm);
  const [width, height] = [(widthMm - inset - 0.4) / text.length, heightMm - inset];
  return Array.from(text).map((character, i) => ({
    character,
    affine: compose(shift((i - (text.length - 1) / 2) * width * spread, 0), stretch(Math.min(width, height * 1.3) * 0.98, height)),
  }));
}

/** Columns from right to left, each filled downwards, or lines from left to right; the last may stay short. */
function gridText(design: SealDesign): PlacedGlyph[] {
  const { text, widthMm, borderMm, gapMm, spread, readsAcross } = design;
  const field = widthMm - 2 * (borderMm + gapMm) - (design.hasInnerRing ? 1.1 : 0);
  if (text.length === 3) return threeCharacters(text, field, spread);
  const rows = Math.ceil(Math.sqrt(text.length));
  const columns = Math.ceil(text.length / rows);
  const [width, height] = readsAcross ? [field / rows, field / columns] : [field / columns, field / rows];
  return Array.from(text).map((character, i) => {
    const [major, minor] = [Math.floor(i / rows) - (columns - 1) / 2, (i % rows) - (rows - 1) / 2];
    const [x, y] = readsAcross ? [minor * width, major * height] : [-major * width, minor * height];
    return { character, affine: compose(shift(x * spread, y * spread), stretch(width * 0.97, height * 0.97)) };
  });
}

/** The family name as tall as the field, the given name beside it. */
function threeCharacters(text: string, field: number, spread: number): PlacedGlyph[] {
  const [x, y] = [(field / 4) * spread, (field / 4) * spread];
  const places = [
    [x, 0],
    [-x, -y],
    [-x, y],
  ] as const;
  return Array.from(text).map((character, i) => {
    const [left, top] = places[i] ?? [0, 0];
    return { character, affine: compose(shift(left, top), stretch(field * 0.485, field * (i === 0 ? 0.97 : 0.485))) };
  });
}

/** The registration digits along the lower rim, heads towards the centre, and the number across an oval. */
function smallPrint(design: SealDesign, face: Face): SealPart[] {
  const size = 1.9;
  const radius = design.widthMm / 2 - design.borderMm - design.gapMm + 0.3 - size / 2 - (design.hasInnerRing ? 0.6 : 0);
  const code = Array.from(design.code).map((character, i) => {
    const degrees = -(i - (design.code.length - 1) / 2) * 4.4 * (38 / design.widthMm);
    const t = ((90 + degrees) * Math.PI) / 180;
    const narrow = size * 0.8;
    return {
      character,
      affine: compose(shift(radius * Math.cos(t), radius * Math.sin(t)), compose(turn(degrees), stretch(narrow, size))),
    };
  });
  const middleMm = 2.6;
  const middle = Array.from(design.middle).map((character, i) => ({
    character,
    affine: compose(shift((i - (design.middle.length - 1) / 2) * 1.5, 0.2), stretch(middleMm * 0.86, middleMm)),
  }));
  // Narrow characters stand at the left of their square; half their width brings them to its middle.
  return [...code, ...middle].flatMap(({ character, affine }) =>
    glyphPart(face, { character, affine: compose(affine, shift((1 - face.advance(character)) / 2, 0)) }, 'add'),
  );
}
