/**
 * Pictures as plain pixels, and the few strokes that slips are drawn with. No fonts, no libraries: the same
 * bytes on every machine.
 */
export interface Raster {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Dots per inch, the same across and down. */
  readonly dpi: number;
  /** Three bytes a pixel - red, green, blue - row by row. */
  readonly pixels: Uint8Array;
}

export type Ink = readonly [red: number, green: number, blue: number];

export interface PointMm {
  readonly x: number;
  readonly y: number;
}

export interface SheetSize {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly dpi: number;
}

/** Paper without a stroke. */
export function blankSheet({ widthMm, heightMm, dpi }: SheetSize): Raster {
  const widthPx = toPx(widthMm, dpi);
  const heightPx = toPx(heightMm, dpi);
  const pixels = new Uint8Array(widthPx * heightPx * 3);
  for (let at = 0; at < pixels.length; at++) pixels[at] = PAPER[at % 3] ?? 255;
  return { widthPx, heightPx, dpi, pixels };
}

/**
 * A copy of a sheet to draw on, measured in millimetres from its top left corner. Ink darkens, as on paper:
 * strokes multiply.
 */
export class Canvas {
  readonly raster: Raster;

  constructor(sheet: Raster) {
    this.raster = { ...sheet, pixels: sheet.pixels.slice() };
  }

  rect(corner: PointMm, size: { readonly width: number; readonly height: number }, ink: Ink): void {
    const { dpi } = this.raster;
    const [left, top] = [toPx(corner.x, dpi), toPx(corner.y, dpi)];
    const [right, bottom] = [toPx(corner.x + size.width, dpi), toPx(corner.y + size.height, dpi)];
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) this.#ink(x, y, ink);
  }

  /** A straight stroke with round ends. */
  line(from: PointMm, to: PointMm, stroke: { readonly widthMm: number; readonly ink: Ink }): void {
    const half = stroke.widthMm / 2;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const lengthSquared = dx * dx + dy * dy;
    const box = boxOf([from, to], half);
    this.#fill(box, stroke.ink, (x, y) => {
      const along = lengthSquared === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / lengthSquared;
      const t = Math.min(1, Math.max(0, along));
      const [ex, ey] = [x - from.x - t * dx, y - from.y - t * dy];
      return ex * ex + ey * ey <= half * half;
    });
  }

  ring(centre: PointMm, radiusMm: number, stroke: { readonly widthMm: number; readonly ink: Ink }): void {
    const half = stroke.widthMm / 2;
    const box = boxOf([centre], radiusMm + half);
    this.#fill(box, stroke.ink, (x, y) => Math.abs(Math.hypot(x - centre.x, y - centre.y) - radiusMm) <= half);
  }

  /** Filled, by the even-odd rule. */
  polygon(corners: readonly PointMm[], ink: Ink): void {
    this.#fill(boxOf(corners, 0), ink, (x, y) => {
      let isInside = false;
      for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
        const [a, b] = [corners[i], corners[j]];
        if (a === undefined || b === undefined || a.y > y === b.y > y) continue;
        if (x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) isInside = !isInside;
      }
      return isInside;
    });
  }

  /** Inks every pixel of `box` whose centre `covers` takes. */
  #fill(box: Box, ink: Ink, covers: (xMm: number, yMm: number) => boolean): void {
    const { dpi } = this.raster;
    const mm = 25.4 / dpi;
    for (let y = toPx(box.top, dpi) - 1; y <= toPx(box.bottom, dpi); y++) {
      for (let x = toPx(box.left, dpi) - 1; x <= toPx(box.right, dpi); x++) {
        if (covers((x + 0.5) * mm, (y + 0.5) * mm)) this.#ink(x, y, ink);
      }
    }
  }

  #ink(x: number, y: number, ink: Ink): void {
    const { widthPx, heightPx, pixels } = this.raster;
    if (x < 0 || y < 0 || x >= widthPx || y >= heightPx) return;
    const at = (y * widthPx + x) * 3;
    for (let c = 0; c < 3; c++) pixels[at + c] = Math.round(((pixels[at + c] ?? 0) * (ink[c] ?? 0)) / 255);
  }
}

const PAPER: Ink = [252, 251, 246];

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function boxOf(points: readonly PointMm[], marginMm: number): Box {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return {
    left: Math.min(...xs) - marginMm,
    top: Math.min(...ys) - marginMm,
    right: Math.max(...xs) + marginMm,
    bottom: Math.max(...ys) + marginMm,
  };
}

function toPx(mm: number, dpi: number): number {
  return Math.round((mm * dpi) / 25.4);
}
