/** Pictures as plain pixels, and their way to and from the pages that are printed and sealed. */
import type { Page } from './seal/page.ts';

export interface Raster {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Dots per inch, the same across and down. */
  readonly dpi: number;
  /** Three bytes a pixel - red, green, blue - row by row. */
  readonly pixels: Uint8Array;
}

export interface SheetSize {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly dpi: number;
}

const PAPER = [252, 251, 246] as const;

/** Paper without a stroke. */
export function blankSheet({ widthMm, heightMm, dpi }: SheetSize): Raster {
  const widthPx = toPx(widthMm, dpi);
  const heightPx = toPx(heightMm, dpi);
  const pixels = new Uint8Array(widthPx * heightPx * 3);
  for (let at = 0; at < pixels.length; at++) pixels[at] = PAPER[at % 3] ?? 255;
  return { widthPx, heightPx, dpi, pixels };
}

/** Blackens a rectangle, in millimetres from the top left corner; its edges fall on whole pixels. */
export function inkRect(
  { widthPx, heightPx, dpi, pixels }: Raster,
  rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void {
  const [left, top] = [toPx(rect.x, dpi), toPx(rect.y, dpi)];
  const [right, bottom] = [Math.min(widthPx, toPx(rect.x + rect.width, dpi)), Math.min(heightPx, toPx(rect.y + rect.height, dpi))];
  for (let y = top; y < bottom; y++) pixels.fill(BLACK, (y * widthPx + left) * 3, (y * widthPx + right) * 3);
}

const BLACK = 30;

interface Corner {
  readonly left: number;
  readonly top: number;
}

/** A piece of a picture as a page to print and press on; what is there already hides nothing. */
export function pageOf(raster: Raster, { left, top, right, bottom }: Corner & { readonly right: number; readonly bottom: number }): Page {
  const [width, height] = [right - left, bottom - top];
  const light = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((y + top) * raster.widthPx + left) * 3;
    for (let i = 0; i < width * 3; i++) light[y * width * 3 + i] = (raster.pixels[from + i] ?? 0) / 255;
  }
  return { width, height, pxPerMm: raster.dpi / 25.4, light, cover: new Float32Array(width * height) };
}

/** Puts a page back into the picture that it was taken from. */
export function rasterOf({ width, height, light }: Page, raster: Raster, { left, top }: Corner): void {
  for (let y = 0; y < height; y++) {
    const to = ((y + top) * raster.widthPx + left) * 3;
    for (let i = 0; i < width * 3; i++) raster.pixels[to + i] = Math.round((light[y * width * 3 + i] ?? 0) * 255);
  }
}

function toPx(mm: number, dpi: number): number {
  return Math.round((mm * dpi) / 25.4);
}
