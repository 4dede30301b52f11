/**
 * Slips: the papers that a seal scanner sees. Each is an object of its own with a number that is drawn on it as
 * bars, so that a picture proves which sheet it shows.
 */
import { Canvas, blankSheet, type Ink, type PointMm, type Raster } from './raster.ts';

export const slipKinds = ['reply-slip', 'voucher', 'blank'] as const;
export type SlipKind = (typeof slipKinds)[number] | 'picture';

export interface Slip {
  readonly kind: SlipKind;
  /** 1 to 65535; no two slips of one world share it. */
  readonly number: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly raster: Raster;
}

/** Draws a slip. The same arguments give the same pixels. */
export function drawSlip(kind: (typeof slipKinds)[number], number: number, dpi: number): Slip {
  const { widthMm, heightMm } = SIZES[kind];
  const canvas = new Canvas(blankForm(kind, dpi));
  drawNumber(canvas, number);
  return { kind, number, widthMm, heightMm, raster: canvas.raster };
}

/** A slip that somebody brought as a picture; its number is not drawn on it. */
export function pictureSlip(number: number, raster: Raster): Slip {
  const { widthPx, heightPx, dpi } = raster;
  return { kind: 'picture', number, widthMm: (widthPx * 25.4) / dpi, heightMm: (heightPx * 25.4) / dpi, raster };
}

/** Reads the number off a picture of a slip that lay at the top left corner; undefined when it is not there. */
export function readSlipNumber(raster: Raster): number | undefined {
  const dark = (cell: number): boolean => {
    const x = Math.floor(((BARS.x + (cell + 0.5) * BARS.pitch) * raster.dpi) / 25.4);
    const y = Math.floor(((BARS.y + BARS.height / 2) * raster.dpi) / 25.4);
    return (raster.pixels[(y * raster.widthPx + x) * 3] ?? 255) < 128;
  };
  if (!dark(0) || dark(1) || !dark(BARS.bits + 2)) return undefined;
  let number = 0;
  for (let bit = 0; bit < BARS.bits; bit++) number = number * 2 + (dark(bit + 2) ? 1 : 0);
  return number;
}

/** A5 across, A5 upright, A6 across. */
const SIZES = {
  'reply-slip': { widthMm: 210, heightMm: 148 },
  voucher: { widthMm: 148, heightMm: 210 },
  blank: { widthMm: 148, heightMm: 105 },
} as const;

/** Forms without their number, drawn once: a stack of slips is the same form many times. */
const forms = new Map<string, Raster>();

function blankForm(kind: (typeof slipKinds)[number], dpi: number): Raster {
  const key = `${kind}/${String(dpi)}`;
  const known = forms.get(key);
  if (known !== undefined) return known;
  const canvas = new Canvas(blankSheet({ ...SIZES[kind], dpi }));
  if (kind === 'reply-slip') drawReplySlip(canvas);
  if (kind === 'voucher') drawVoucher(canvas);
  forms.set(key, canvas.raster);
  return canvas.raster;
}

const BLACK: Ink = [30, 30, 34];
const RED: Ink = [205, 42, 48];
const GREY: Ink = [190, 192, 196];
/** A start bar, a gap, sixteen bars from the highest bit, an end bar. */
const BARS = { x: 3, y: 3, pitch: 1, height: 4, bits: 16 } as const;

function drawNumber(canvas: Canvas, number: number): void {
  const bits = number.toString(2).padStart(BARS.bits, '0');
  const cells = `10${bits}1`;
  for (let cell = 0; cell < cells.length; cell++) {
    if (cells[cell] === '1') canvas.rect({ x: BARS.x + cell * BARS.pitch, y: BARS.y }, { width: BARS.pitch, height: BARS.height }, BLACK);
  }
}

/** 回执: heading, lines to be filled in, "agreed" box, the customer's seal over the signature line. */
function drawReplySlip(canvas: Canvas): void {
  drawHeading(canvas, ['回', '执'], { x: 92, y: 10 });
  for (let row = 0; row < 6; row++) drawTextBar(canvas, { x: 15, y: 34 + row * 11 }, 40 + ((row * 37) % 60));
  for (let row = 0; row < 6; row++) canvas.line({ x: 120, y: 38 + row * 11 }, { x: 195, y: 38 + row * 11 }, { widthMm: 0.25, ink: GREY });
  drawFrame(canvas, { x: 15, y: 104, width: 6, height: 6 });
  canvas.line({ x: 16, y: 107 }, { x: 18, y: 109 }, { widthMm: 0.5, ink: BLACK });
  canvas.line({ x: 18, y: 109 }, { x: 21, y: 102 }, { widthMm: 0.5, ink: BLACK });
  drawTextBar(canvas, { x: 24, y: 105 }, 24);
  canvas.line({ x: 110, y: 138 }, { x: 200, y: 138 }, { widthMm: 0.3, ink: BLACK });
  drawSeal(canvas, { x: 160, y: 118 }, 20);
}

function drawVoucher(canvas: Canvas): void {
  drawHeading(canvas, ['凭', '证'], { x: 62, y: 10 });
  drawFrame(canvas, { x: 10, y: 34, width: 128, height: 110 });
  for (let row = 1; row < 6; row++) canvas.line({ x: 10, y: 34 + row * 18 }, { x: 138, y: 34 + row * 18 }, { widthMm: 0.3, ink: BLACK });
  canvas.line({ x: 52, y: 34 }, { x: 52, y: 144 }, { widthMm: 0.3, ink: BLACK });
  for (let row = 0; row < 6; row++) drawTextBar(canvas, { x: 14, y: 41 + row * 18 }, 24 + ((row * 13) % 10));
  for (let row = 0; row < 6; row++) drawTextBar(canvas, { x: 57, y: 41 + row * 18 }, 30 + ((row * 29) % 44));
  drawSeal(canvas, { x: 104, y: 172 }, 19);
  drawFrame(canvas, { x: 40, y: 164, width: 18, height: 18 }, RED);
  drawGlyph(canvas, '中', { x: 42.5, y: 166.5, size: 13, ink: RED });
}

/** A round company seal: rim, strokes standing for the name along it, a five-pointed star. */
function drawSeal(canvas: Canvas, centre: PointMm, radiusMm: number): void {
  canvas.ring(centre, radiusMm - 0.6, { widthMm: 1.2, ink: RED });
  for (let i = 0; i < 11; i++) drawRimStrokes(canvas, { centre, radiusMm }, (150 + i * 24) * (Math.PI / 180));
  canvas.polygon(star(centre, radiusMm * 0.36), RED);
  canvas.rect({ x: centre.x - radiusMm * 0.4, y: centre.y + radiusMm * 0.5 }, { width: radiusMm * 0.8, height: 0.9 }, RED);
}

function drawRimStrokes(canvas: Canvas, seal: { readonly centre: PointMm; readonly radiusMm: number }, angle: number): void {
  const { centre, radiusMm } = seal;
  const at = (radius: number, turn: number): PointMm => ({
    x: centre.x + radius * Math.cos(angle + turn),
    y: centre.y + radius * Math.sin(angle + turn),
  });
  const stroke = { widthMm: 0.55, ink: RED };
  canvas.line(at(radiusMm * 0.66, 0), at(radiusMm * 0.88, 0), stroke);
  canvas.line(at(radiusMm * 0.84, -0.1), at(radiusMm * 0.84, 0.1), stroke);
  canvas.line(at(radiusMm * 0.74, -0.08), at(radiusMm * 0.74, 0.08), stroke);
}

function star(centre: PointMm, radiusMm: number): PointMm[] {
  return Array.from({ length: 10 }, (_, i) => {
    const radius = i % 2 === 0 ? radiusMm : radiusMm * 0.382;
    const angle = (i * 36 - 90) * (Math.PI / 180);
    return { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) };
  });
}

function drawHeading(canvas: Canvas, glyphs: readonly Glyph[], place: PointMm): void {
  glyphs.forEach((glyph, i) => drawGlyph(canvas, glyph, { x: place.x + i * 14, y: place.y, size: 11, ink: BLACK }));
}

/** A word as a grey bar: what it says does not matter here. */
function drawTextBar(canvas: Canvas, place: PointMm, widthMm: number): void {
  canvas.rect(place, { width: widthMm, height: 2.4 }, GREY);
}

function drawFrame(canvas: Canvas, frame: PointMm & { readonly width: number; readonly height: number }, ink: Ink = BLACK): void {
  const { x, y } = frame;
  const [right, bottom] = [x + frame.width, y + frame.height];
  const corners = [frame, { x: right, y }, { x: right, y: bottom }, { x, y: bottom }, frame];
  corners.slice(1).forEach((corner, i) => canvas.line(corners[i] ?? frame, corner, { widthMm: 0.4, ink }));
}

/** Strokes on a 12 by 12 grid, each a chain of points; drawn by hand so that no font is needed. */
const GLYPHS = {
  回: ['1,1 11,1 11,11 1,11 1,1', '4,4 8,4 8,8 4,8 4,4'],
  执: ['0,3 5,3', '3,0 3,11 1,10', '0,8 5,6', '5,4 10,4 10,10 12,10 12,8', '8,0 7,6 5,11', '6,6 9,8'],
  凭: ['2,0 0,4', '1,3 1,6', '9,0 4,2', '6,1 6,6', '3,3 11,3', '4,6 9,6', '3,7 9,7', '3,7 3,10 1,12', '9,7 9,11 12,11 12,9'],
  证: ['1,0 3,2', '0,4 3,4 3,10 5,8', '5,2 12,2', '8,2 8,11', '8,6 11,6', '6,5 6,11', '4,11 12,11'],
  中: ['1,3 11,3 11,8 1,8 1,3', '6,0 6,12'],
} as const;
type Glyph = keyof typeof GLYPHS;

function drawGlyph(canvas: Canvas, glyph: Glyph, place: PointMm & { readonly size: number; readonly ink: Ink }): void {
  const unit = place.size / 12;
  for (const chain of GLYPHS[glyph]) {
    const points = chain.split(' ').map((pair) => {
      const [x = 0, y = 0] = pair.split(',').map(Number);
      return { x: place.x + x * unit, y: place.y + y * unit };
    });
    points.slice(1).forEach((point, i) => canvas.line(points[i] ?? point, point, { widthMm: place.size / 11, ink: place.ink }));
  }
}
