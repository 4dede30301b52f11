/** PNG (ISO/IEC 15948) piece by piece: a simulated scanner writes a page strip by strip, as its lamp moves. */
import { constants, crc32, deflateRawSync, inflateSync } from 'node:zlib';
import { adler32 } from '../../drivers/kit/checksums.ts';
import { concatBytes, fromLatin1, sameBytes, toLatin1 } from '../../drivers/kit/bytes.ts';

/** `bw` has one bit a pixel, `gray` one byte, `color` three; rows start on a byte. */
export type PixelKind = 'bw' | 'gray' | 'color';

export interface PngShape {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly kind: PixelKind;
  readonly dpi: number;
}

/** Bytes of one row. */
export function rowBytes(widthPx: number, kind: PixelKind): number {
  if (kind === 'bw') return Math.ceil(widthPx / 8);
  return kind === 'gray' ? widthPx : widthPx * 3;
}

/** Everything before the first row. */
export function pngStart({ widthPx, heightPx, kind, dpi }: PngShape): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, widthPx);
  view.setUint32(4, heightPx);
  header.set([kind === 'bw' ? 1 : 8, kind === 'color' ? 2 : 0, 0, 0, 0], 8);
  const density = new Uint8Array(9);
  const perMetre = Math.round(dpi / 0.0254);
  new DataView(density.buffer).setUint32(0, perMetre);
  new DataView(density.buffer).setUint32(4, perMetre);
  density[8] = 1;
  // 78 01 opens the zlib stream that the strips continue.
  return concatBytes([SIGNATURE, chunk('IHDR', header), chunk('pHYs', density), chunk('IDAT', Uint8Array.of(0x78, 0x01))]);
}

/** Some whole rows. `sum` is what the strips before gave, 1 for the first; the last one's goes into `pngEnd`. */
export function pngStrip(rows: Uint8Array, stride: number, sum: number): { readonly bytes: Uint8Array; readonly sum: number } {
  const count = rows.length / stride;
  const filtered = new Uint8Array(rows.length + count);
  for (let row = 0; row < count; row++) filtered.set(rows.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1);
  // A sync flush ends the strip on a byte without ending the stream.
  const packed = deflateRawSync(filtered, { level: 3, finishFlush: constants.Z_SYNC_FLUSH });
  return { bytes: chunk('IDAT', new Uint8Array(packed)), sum: adler32(filtered, sum) };
}

/** Everything after the last row. */
export function pngEnd(sum: number): Uint8Array {
  const tail = new Uint8Array(6);
  tail.set([0x03, 0x00]);
  new DataView(tail.buffer).setUint32(2, sum);
  return concatBytes([chunk('IDAT', tail), chunk('IEND', new Uint8Array(0))]);
}

/** A whole picture at once. */
export function encodePng(shape: PngShape, rows: Uint8Array): Uint8Array {
  const strip = pngStrip(rows, rowBytes(shape.widthPx, shape.kind), 1);
  return concatBytes([pngStart(shape), strip.bytes, pngEnd(strip.sum)]);
}

export interface DecodedPng {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Three bytes a pixel, whatever the file had; transparency is laid on white. */
  readonly pixels: Uint8Array;
}

/** Bigger pictures are refused: what somebody brings is not trusted to fit into memory. */
const PIXELS_MAX = 40_000_000;

/** Reads a PNG of 1 or 8 bits a sample, not interlaced, without palette; undefined for any other. Never throws. */
export function decodePng(bytes: Uint8Array): DecodedPng | undefined {
  if (bytes.length < 33 || !sameBytes(bytes.subarray(0, 8), SIGNATURE)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [widthPx, heightPx, depth, colorType] = [view.getUint32(16), view.getUint32(20), bytes[24] ?? 0, bytes[25] ?? 0];
  const samples = SAMPLES.get(colorType);
  const isUsual = samples !== undefined && (depth === 8 || (depth === 1 && samples === 1)) && bytes[28] === 0;
  if (!isUsual || widthPx * heightPx === 0 || widthPx * heightPx > PIXELS_MAX) return undefined;
  const stride = Math.ceil((widthPx * samples * depth) / 8);
  const packed: Uint8Array[] = [];
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (toLatin1(bytes.subarray(at + 4, at + 8)) === 'IDAT') packed.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  const rows = unpack(concatBytes(packed), { stride, heightPx, step: Math.max(1, (samples * depth) >> 3) });
  return rows === undefined ? undefined : { widthPx, heightPx, pixels: toRgb(rows, { widthPx, heightPx, samples, depth }) };
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Samples a pixel by colour type: grey, RGB, grey with alpha, RGB with alpha. */
const SAMPLES: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [4, 2],
  [6, 4],
]);

function chunk(type: string, content: Uint8Array): Uint8Array {
  const named = concatBytes([fromLatin1(type), content]);
  const whole = new Uint8Array(named.length + 8);
  const view = new DataView(whole.buffer);
  view.setUint32(0, content.length);
  whole.set(named, 4);
  view.setUint32(whole.length - 4, crc32(named));
  return whole;
}

/** Inflates and undoes the row filters. */
function unpack(packed: Uint8Array, shape: { stride: number; heightPx: number; step: number }): Uint8Array | undefined {
  const { stride, heightPx, step } = shape;
  let raw: Uint8Array;
  try {
    raw = inflateSync(packed, { maxOutputLength: (stride + 1) * heightPx });
  } catch {
    // Not a zlib stream, or longer than its header says: not a picture.
    return undefined;
  }
  if (raw.length !== (stride + 1) * heightPx) return undefined;
  const rows = new Uint8Array(stride * heightPx);
  for (let y = 0; y < heightPx; y++) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x >= step ? (rows[at - step] ?? 0) : 0;
      const up = y > 0 ? (rows[at - stride] ?? 0) : 0;
      const corner = x >= step && y > 0 ? (rows[at - stride - step] ?? 0) : 0;
      rows[at] = (raw[y * (stride + 1) + 1 + x] ?? 0) + predict(filter, { left, up, corner });
    }
  }
  return rows;
}

function predict(filter: number, { left, up, corner }: { left: number; up: number; corner: number }): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const estimate = left + up - corner;
  const [dl, du, dc] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  if (dl <= du && dl <= dc) return left;
  return du <= dc ? up : corner;
}

function toRgb(rows: Uint8Array, shape: { widthPx: number; heightPx: number; samples: number; depth: number }): Uint8Array {
  const { widthPx, heightPx, samples, depth } = shape;
  const stride = Math.ceil((widthPx * samples * depth) / 8);
  const pixels = new Uint8Array(widthPx * heightPx * 3);
  const sample = (x: number, y: number, c: number): number => {
    if (depth === 1) return (((rows[y * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) * 255;
    return rows[y * stride + x * samples + c] ?? 0;
  };
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const opacity = samples === 2 || samples === 4 ? sample(x, y, samples - 1) / 255 : 1;
      for (let c = 0; c < 3; c++) {
        const value = sample(x, y, samples >= 3 ? c : 0);
        pixels[(y * widthPx + x) * 3 + c] = Math.round(value * opacity + 255 * (1 - opacity));
      }
    }
  }
  return pixels;
}
