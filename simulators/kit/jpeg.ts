/**
 * Baseline JPEG (ITU-T T.81) strip by strip, as a simulated scanner writes it while its lamp moves. Every row of
 * blocks ends with a restart marker, so a strip depends on nothing before it. No subsampling; tables of Annex K.
 */
import { concatBytes } from '../../drivers/kit/bytes.ts';
import type { PngShape } from './png.ts';

export type JpegShape = Pick<PngShape, 'widthPx' | 'heightPx' | 'dpi'> & { readonly kind: 'gray' | 'color' };

/** Rows of pixels in a row of blocks; strips are multiples of it, the last one excepted. */
export const JPEG_BLOCK_ROWS = 8;

/** Everything before the first row. */
export function jpegStart({ widthPx, heightPx, kind, dpi }: JpegShape): Uint8Array {
  const components = kind === 'color' ? [1, 2, 3] : [1];
  const table = (id: number): number => (id === 1 ? 0 : 1);
  return concatBytes([
    Uint8Array.of(0xff, 0xd8),
    segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 1, ...word(dpi), ...word(dpi), 0, 0]),
    segment(0xdb, [0, ...ZIGZAG.map((at) => LUMA_QUANTA[at] ?? 1), 1, ...ZIGZAG.map((at) => CHROMA_QUANTA[at] ?? 1)]),
    segment(0xc0, [8, ...word(heightPx), ...word(widthPx), components.length, ...components.flatMap((id) => [id, 0x11, table(id)])]),
    ...HUFFMAN.map(({ slot, counts, values }) => segment(0xc4, [slot, ...counts, ...values])),
    segment(0xdd, word(Math.ceil(widthPx / 8))),
    segment(0xda, [components.length, ...components.flatMap((id) => [id, table(id) * 0x11]), 0, 63, 0]),
  ]);
}

/** Some rows, beginning at the row of blocks `blockRow`; `isLast` leaves out the final restart marker. */
export function jpegStrip(rows: Uint8Array, shape: JpegShape, place: { readonly blockRow: number; readonly isLast: boolean }): Uint8Array {
  const stride = shape.kind === 'color' ? shape.widthPx * 3 : shape.widthPx;
  const blockRows = Math.ceil(rows.length / stride / JPEG_BLOCK_ROWS);
  const parts: Uint8Array[] = [];
  for (let i = 0; i < blockRows; i++) {
    parts.push(encodeBlockRow(rows.subarray(i * stride * JPEG_BLOCK_ROWS, (i + 1) * stride * JPEG_BLOCK_ROWS), shape, stride));
    if (!place.isLast || i < blockRows - 1) parts.push(Uint8Array.of(0xff, 0xd0 + ((place.blockRow + i) & 7)));
  }
  return concatBytes(parts);
}

/** Everything after the last row. */
export const JPEG_END = Uint8Array.of(0xff, 0xd9);

// prettier-ignore
const ZIGZAG = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];
/** Tables K.1 and K.2 at quality 90: a fifth, at least 1. */
// prettier-ignore
const LUMA_QUANTA = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
  18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
].map(fifth);
// prettier-ignore
const CHROMA_QUANTA = [
  17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
].map(fifth);

interface HuffmanTable {
  /** Class and number as DHT writes them: 0x00 DC, 0x10 AC. */
  readonly slot: number;
  /** How many codes have 1, 2, … 16 bits. */
  readonly counts: readonly number[];
  readonly values: readonly number[];
  /** Code and its length by value. */
  readonly codes: readonly (readonly [code: number, length: number])[];
}

// prettier-ignore
const AC_VALUES = [
  0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xa1, 0x08,
  0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0, 0x24, 0x33, 0x62, 0x72, 0x82, 0x09, 0x0a, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x25, 0x26, 0x27, 0x28,
  0x29, 0x2a, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59,
  0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89,
  0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6,
  0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe1, 0xe2,
  0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa,
];
/** Tables K.3 and K.5, used for every component. */
const DC = huffman(0x00, [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
const AC = huffman(0x10, [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d], AC_VALUES);
const HUFFMAN = [DC, AC, { ...DC, slot: 0x01 }, { ...AC, slot: 0x11 }];

const COSINES = Float64Array.from({ length: 64 }, (_, i) => {
  const [u, x] = [i >> 3, i & 7];
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

function fifth(quantum: number): number {
  return Math.max(1, Math.round(quantum / 5));
}

function huffman(slot: number, counts: readonly number[], values: readonly number[]): HuffmanTable {
  const codes: (readonly [number, number])[] = Array.from({ length: 256 }, () => [0, 0]);
  let code = 0;
  let at = 0;
  counts.forEach((count, i) => {
    for (let n = 0; n < count; n++) codes[values[at++] ?? 0] = [code++, i + 1];
    code <<= 1;
  });
  return { slot, counts, values, codes };
}

function word(value: number): [number, number] {
  return [(value >> 8) & 0xff, value & 0xff];
}

function segment(marker: number, content: readonly number[]): Uint8Array {
  return Uint8Array.of(0xff, marker, ...word(content.length + 2), ...content);
}

/** Bits, with a zero byte stuffed after every 0xFF. */
class BitSink {
  #bytes = new Uint8Array(4096);
  #length = 0;
  #held = 0;
  #heldBits = 0;

  put(code: number, bits: number): void {
    this.#held = (this.#held << bits) | (code & ((1 << bits) - 1));
    this.#heldBits += bits;
    while (this.#heldBits >= 8) {
      this.#heldBits -= 8;
      this.#byte((this.#held >> this.#heldBits) & 0xff);
    }
    this.#held &= (1 << this.#heldBits) - 1;
  }

  /** Fills the last byte with ones. */
  finish(): Uint8Array {
    if (this.#heldBits > 0) this.put(0x7f, 8 - this.#heldBits);
    return this.#bytes.slice(0, this.#length);
  }

  #byte(value: number): void {
    if (this.#length + 2 > this.#bytes.length) {
      const grown = new Uint8Array(this.#bytes.length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes[this.#length++] = value;
    if (value === 0xff) this.#bytes[this.#length++] = 0;
  }
}

/** Eight rows of pixels; edges are continued with the last pixel there is. */
function encodeBlockRow(rows: Uint8Array, { widthPx, kind }: JpegShape, stride: number): Uint8Array {
  const lastRow = rows.length / stride - 1;
  const components = kind === 'color' ? 3 : 1;
  const sink = new BitSink();
  const before = [0, 0, 0];
  const block = new Float64Array(64);
  for (let left = 0; left < widthPx; left += 8) {
    for (let c = 0; c < components; c++) {
      for (let i = 0; i < 64; i++) {
        const at = Math.min(i >> 3, lastRow) * stride + Math.min(left + (i & 7), widthPx - 1) * components;
        block[i] = (components === 1 ? (rows[at] ?? 0) : component(rows, at, c)) - 128;
      }
      before[c] = encodeBlock(sink, block, { quanta: c === 0 ? LUMA_QUANTA : CHROMA_QUANTA, before: before[c] ?? 0 });
    }
  }
  return sink.finish();
}

/** Y, Cb or Cr of a pixel (JFIF 1.02). */
function component(rows: Uint8Array, at: number, c: number): number {
  const [r, g, b] = [rows[at] ?? 0, rows[at + 1] ?? 0, rows[at + 2] ?? 0];
  if (c === 0) return 0.299 * r + 0.587 * g + 0.114 * b;
  return c === 1 ? 128 - 0.168736 * r - 0.331264 * g + 0.5 * b : 128 + 0.5 * r - 0.418688 * g - 0.081312 * b;
}

/** Writes one block; returns its DC value, which the next one is coded against. */
function encodeBlock(sink: BitSink, block: Float64Array, terms: { readonly quanta: readonly number[]; readonly before: number }): number {
  const levels = transform(block, terms.quanta);
  const dc = levels[0] ?? 0;
  putValue(sink, DC, { run: 0, value: dc - terms.before });
  let run = 0;
  for (let i = 1; i < 64; i++) {
    const value = levels[ZIGZAG[i] ?? 0] ?? 0;
    if (value === 0) {
      run++;
      continue;
    }
    for (; run > 15; run -= 16) putSymbol(sink, AC, 0xf0);
    putValue(sink, AC, { run, value });
    run = 0;
  }
  if (run > 0) putSymbol(sink, AC, 0x00);
  return dc;
}

/** Forward DCT and quantisation. */
function transform(block: Float64Array, quanta: readonly number[]): Int32Array {
  const half = new Float64Array(64);
  const levels = new Int32Array(64);
  for (let y = 0; y < 8; y++) for (let u = 0; u < 8; u++) half[y * 8 + u] = dot(block, y * 8, { step: 1, row: u });
  for (let u = 0; u < 8; u++) {
    for (let v = 0; v < 8; v++) levels[v * 8 + u] = Math.round(dot(half, u, { step: 8, row: v }) / (quanta[v * 8 + u] ?? 1));
  }
  return levels;
}

function dot(values: Float64Array, start: number, { step, row }: { readonly step: number; readonly row: number }): number {
  let sum = 0;
  for (let i = 0; i < 8; i++) sum += (values[start + i * step] ?? 0) * (COSINES[row * 8 + i] ?? 0);
  return sum;
}

function putValue(sink: BitSink, table: HuffmanTable, { run, value }: { readonly run: number; readonly value: number }): void {
  const size = 32 - Math.clz32(Math.abs(value));
  putSymbol(sink, table, run * 16 + size);
  if (size > 0) sink.put(value < 0 ? value - 1 : value, size);
}

function putSymbol(sink: BitSink, table: HuffmanTable, symbol: number): void {
  const [code, length] = table.codes[symbol] ?? [0, 0];
  sink.put(code, length);
}
