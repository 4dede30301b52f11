/**
 * The lamp under the paper: reads a page strip by strip and writes the picture as it goes, so that a served
 * simulator is never busy with one page for long.
 */
import { JPEG_BLOCK_ROWS, JPEG_END, jpegStart, jpegStrip } from '../../kit/jpeg.ts';
import { pngEnd, pngStart, pngStrip, rowBytes } from '../../kit/png.ts';
import { concatBytes } from '../../../drivers/kit/bytes.ts';
import type { Slip } from '../../world/slips.ts';
import type { ScanTicket } from './ticket.ts';

export interface Lamp {
  readonly jobUuid: string;
  readonly ticket: ScanTicket;
  /** What it shines on; nothing but the lid when null. */
  readonly slip: Slip | null;
  readonly widthPx: number;
  readonly heightPx: number;
  /** The next row to be read. */
  readonly row: number;
  readonly parts: readonly Uint8Array[];
  /** Running Adler-32 of a PNG. */
  readonly sum: number;
}

/** A finished picture, and which slip it shows. */
export interface ScannedPage {
  readonly slip: number | null;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly widthPx: number;
  readonly heightPx: number;
}

export function lightLamp(
  jobUuid: string,
  under: { readonly ticket: ScanTicket; readonly slip: Slip | null; readonly offPx: number },
): Lamp {
  const { ticket, slip, offPx } = under;
  const widthPx = Math.max(1, Math.round((ticket.width * ticket.dpi) / 300) + offPx);
  const heightPx = Math.max(1, Math.round((ticket.height * ticket.dpi) / 300) - offPx);
  const shape = { widthPx, heightPx, dpi: ticket.dpi };
  const start = ticket.format === 'png' ? pngStart({ ...shape, kind: ticket.kind }) : jpegStart({ ...shape, kind: jpegKind(ticket) });
  return { jobUuid, ticket, slip, widthPx, heightPx, row: 0, parts: [start], sum: 1 };
}

/** How many strips a page of this height has. */
export function stripCount(heightPx: number): number {
  return Math.ceil(heightPx / STRIP_ROWS);
}

/** Reads the next strip. */
export function readStrip(lamp: Lamp): Lamp {
  const until = Math.min(lamp.row + STRIP_ROWS, lamp.heightPx);
  const rows = readRows(lamp, until);
  const { ticket, widthPx, heightPx } = lamp;
  if (ticket.format === 'png') {
    const strip = pngStrip(rows, rowBytes(widthPx, ticket.kind), lamp.sum);
    return { ...lamp, row: until, parts: [...lamp.parts, strip.bytes], sum: strip.sum };
  }
  const place = { blockRow: lamp.row / JPEG_BLOCK_ROWS, isLast: until === heightPx };
  const strip = jpegStrip(rows, { widthPx, heightPx, dpi: ticket.dpi, kind: jpegKind(ticket) }, place);
  return { ...lamp, row: until, parts: [...lamp.parts, strip] };
}

/** The finished picture of a lamp that has read its last row. */
export function finishPage(lamp: Lamp): ScannedPage {
  const { ticket, slip, widthPx, heightPx, sum } = lamp;
  const bytes = concatBytes([...lamp.parts, ticket.format === 'png' ? pngEnd(sum) : JPEG_END]);
  return { slip: slip?.number ?? null, bytes, mediaType: `image/${ticket.format}`, widthPx, heightPx };
}

/** A multiple of the rows of a JPEG block. */
const STRIP_ROWS = 64;
/** White of the lid and of the feeder's backing. */
const LID = 250;

function jpegKind({ kind }: ScanTicket): 'gray' | 'color' {
  return kind === 'color' ? 'color' : 'gray';
}

/** Rows `lamp.row` to `until`, as the ticket's kind of pixel. */
function readRows(lamp: Lamp, until: number): Uint8Array {
  const { ticket, widthPx } = lamp;
  const stride = rowBytes(widthPx, ticket.kind);
  const rows = new Uint8Array((until - lamp.row) * stride);
  const columns = spans(widthPx, Math.round((ticket.x * ticket.dpi) / 300), lamp);
  const lines = spans(until, Math.round((ticket.y * ticket.dpi) / 300), lamp);
  for (let y = lamp.row; y < until; y++) {
    const line = lines[y];
    for (let x = 0; x < widthPx; x++) {
      const column = columns[x];
      if (line === undefined || column === undefined) continue;
      const color = average(lamp.slip, column, line);
      putPixel(rows, { row: y - lamp.row, x, stride, kind: ticket.kind }, color);
    }
  }
  return rows;
}

interface Span {
  readonly from: number;
  readonly until: number;
}

/** Which pixels of the slip each pixel of the picture covers; the same ones when both have the same resolution. */
function spans(count: number, offset: number, { slip, ticket }: Lamp): Span[] {
  const ratio = (slip?.raster.dpi ?? ticket.dpi) / ticket.dpi;
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i + offset) * ratio);
    return { from, until: Math.max(from + 1, Math.floor((i + offset + 1) * ratio)) };
  });
}

type Color = readonly [number, number, number];
const LID_COLOR: Color = [LID, LID, LID];

function average(slip: Slip | null, columns: Span, lines: Span): Color {
  const raster = slip?.raster;
  if (raster === undefined || columns.from >= raster.widthPx || lines.from >= raster.heightPx) return LID_COLOR;
  let [r, g, b, n] = [0, 0, 0, 0];
  for (let y = lines.from; y < Math.min(lines.until, raster.heightPx); y++) {
    for (let x = columns.from; x < Math.min(columns.until, raster.widthPx); x++) {
      const at = (y * raster.widthPx + x) * 3;
      r += raster.pixels[at] ?? 0;
      g += raster.pixels[at + 1] ?? 0;
      b += raster.pixels[at + 2] ?? 0;
      n++;
    }
  }
  return [Math.round(r / n), Math.round(g / n), Math.round(b / n)];
}

function putPixel(rows: Uint8Array, at: { row: number; x: number; stride: number; kind: ScanTicket['kind'] }, [r, g, b]: Color): void {
  const start = at.row * at.stride;
  if (at.kind === 'color') {
    rows[start + at.x * 3] = r;
    rows[start + at.x * 3 + 1] = g;
    rows[start + at.x * 3 + 2] = b;
    return;
  }
  const gray = Math.round(0.299 * r + 0.587 * g + 0.114 * b);
  if (at.kind === 'gray') rows[start + at.x] = gray;
  else if (gray >= 128) rows[start + (at.x >> 3)] = (rows[start + (at.x >> 3)] ?? 0) | (0x80 >> (at.x & 7));
}
