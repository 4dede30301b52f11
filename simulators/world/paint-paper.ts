import sharp from 'sharp';
import { glyphShape, GLYPH_ROWS } from './glyphs.ts';
import { marksOn, TICKS_PER_INCH, type DotsMark, type GlyphMark, type Paper } from './paper.ts';

/** Dots per inch across and down. */
export interface Resolution {
  readonly x: number;
  readonly y: number;
}

export interface Painting {
  readonly widthPx: number;
  readonly heightPx: number;
  /** One byte a pixel, row by row: 0 black ink, 255 bare paper. */
  readonly pixels: Uint8Array;
}

export interface PaintOptions {
  readonly resolution: Resolution;
  /** Each dot of a picture blackens one pixel, whatever its size: for comparing pictures dot for dot. */
  readonly isOnePixelPerDot?: boolean;
}

/**
 * Paints what is on the paper. A dot covers its cell of the grid it was sent on, so that a picture comes out
 * enlarged without loss at every multiple of its own resolution. Ink beyond the edges is not painted.
 */
export async function paintPaper(paper: Paper, options: PaintOptions): Promise<Painting> {
  const { resolution } = options;
  const canvas: Painting = blankPainting(paper, resolution);
  for (const mark of marksOn(paper)) {
    if (mark.kind === 'glyph') await paintGlyph(canvas, resolution, mark);
    else paintDots(canvas, options, mark);
  }
  return canvas;
}

/** A painting as PNG, with its resolution in the file. */
export function encodePng(painting: Painting, resolution: Resolution): Promise<Uint8Array> {
  const { widthPx, heightPx, pixels } = painting;
  return sharp(pixels, { raw: { width: widthPx, height: heightPx, channels: 1 } })
    .toColourspace('b-w')
    .withMetadata({ density: resolution.x })
    .png({ compressionLevel: 6 })
    .toBuffer();
}

function blankPainting(paper: Paper, resolution: Resolution): Painting {
  const widthPx = Math.max(1, Math.round((paper.widthMm / 25.4) * resolution.x));
  const heightPx = Math.max(1, Math.round((paper.heightMm / 25.4) * resolution.y));
  return { widthPx, heightPx, pixels: new Uint8Array(widthPx * heightPx).fill(255) };
}

/** A rectangle in ticks. */
interface Spot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 0 black, 255 nothing. */
  readonly ink: number;
}

function paintDots(canvas: Painting, { resolution, isOnePixelPerDot }: PaintOptions, mark: DotsMark): void {
  const size = isOnePixelPerDot === true ? { width: 0, height: 0 } : { width: mark.width, height: mark.height };
  const ink = inkLevel(mark.density);
  for (let i = 0; i < mark.points.length; i += 2) {
    blacken(canvas, resolution, { x: mark.points[i] ?? 0, y: mark.points[i + 1] ?? 0, ...size, ink });
  }
}

async function paintGlyph(canvas: Painting, resolution: Resolution, mark: GlyphMark): Promise<void> {
  const shape = mark.shape === undefined ? await glyphShape(mark.codePoint) : definedShape(mark.shape);
  const dot = { width: mark.width / shape.columns, height: mark.height / GLYPH_ROWS };
  const ink = inkLevel(mark.density);
  for (const [i, isStruck] of shape.dots.entries()) {
    if (isStruck === 0) continue;
    const row = Math.floor(i / shape.columns);
    const slant = mark.style.isItalic === true ? (GLYPH_ROWS / 2 - row) / 4 : 0;
    const at = { x: mark.x + ((i % shape.columns) + slant) * dot.width, y: mark.y + row * dot.height };
    blacken(canvas, resolution, { ...at, ...dot, ...(mark.style.isBold === true ? { width: 2 * dot.width } : {}), ink });
  }
  if (mark.style.isUnderlined === true) {
    blacken(canvas, resolution, { x: mark.x, y: mark.y + (GLYPH_ROWS - 1) * dot.height, width: mark.width, height: dot.height, ink });
  }
}

/** FS 2 sends columns of three bytes; the painter goes row by row. */
function definedShape(columns: Uint8Array): { readonly columns: 24; readonly dots: Uint8Array } {
  const dots = new Uint8Array(24 * GLYPH_ROWS);
  for (let column = 0; column < 24; column++) {
    for (let row = 0; row < GLYPH_ROWS; row++) {
      const byte = columns[3 * column + (row >> 3)] ?? 0;
      dots[24 * row + column] = (byte >> (7 - (row & 7))) & 1;
    }
  }
  return { columns: 24, dots };
}

/** At least one pixel; exactly the pixels of the spot when it falls on the grid. */
function blacken(canvas: Painting, { x: dpiX, y: dpiY }: Resolution, spot: Spot): void {
  const left = Math.floor((spot.x * dpiX) / TICKS_PER_INCH);
  const top = Math.floor((spot.y * dpiY) / TICKS_PER_INCH);
  const right = Math.max(left + 1, Math.floor(((spot.x + spot.width) * dpiX) / TICKS_PER_INCH));
  const bottom = Math.max(top + 1, Math.floor(((spot.y + spot.height) * dpiY) / TICKS_PER_INCH));
  for (let row = Math.max(0, top); row < Math.min(bottom, canvas.heightPx); row++) {
    for (let column = Math.max(0, left); column < Math.min(right, canvas.widthPx); column++) {
      const at = row * canvas.widthPx + column;
      canvas.pixels[at] = Math.min(canvas.pixels[at] ?? 255, spot.ink);
    }
  }
}

function inkLevel(density = 1): number {
  return Math.round(255 * (1 - density));
}
