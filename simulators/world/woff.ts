import { inflateSync } from 'node:zlib';

const WOFF_HEAD = 44;
const WOFF_ENTRY = 20;
const SFNT_HEAD = 12;
const SFNT_ENTRY = 16;

/**
 * Unwraps a WOFF 1.0 font (W3C recommendation, sections 3 to 5) to the plain font inside. The font library
 * can do it too, but its own inflater fails on some valid files.
 */
export function unwrapWoff(woff: Uint8Array): ArrayBuffer {
  const source = new DataView(woff.buffer, woff.byteOffset, woff.byteLength);
  const tables = Array.from({ length: source.getUint16(12) }, (_, i) => readTable(woff, source, WOFF_HEAD + i * WOFF_ENTRY));
  const headLength = SFNT_HEAD + tables.length * SFNT_ENTRY;
  const total = tables.reduce((length, { bytes }) => length + padded(bytes.length), headLength);
  const sfnt = new Uint8Array(total);
  const target = new DataView(sfnt.buffer);
  target.setUint32(0, source.getUint32(4));
  target.setUint16(4, tables.length);
  let at = headLength;
  for (const [i, { tag, checksum, bytes }] of tables.entries()) {
    const entry = SFNT_HEAD + i * SFNT_ENTRY;
    target.setUint32(entry, tag);
    target.setUint32(entry + 4, checksum);
    target.setUint32(entry + 8, at);
    target.setUint32(entry + 12, bytes.length);
    sfnt.set(bytes, at);
    at += padded(bytes.length);
  }
  return sfnt.buffer;
}

interface FontTable {
  readonly tag: number;
  readonly checksum: number;
  readonly bytes: Uint8Array;
}

function readTable(woff: Uint8Array, source: DataView, entry: number): FontTable {
  const offset = source.getUint32(entry + 4);
  const packedLength = source.getUint32(entry + 8);
  const length = source.getUint32(entry + 12);
  const packed = woff.subarray(offset, offset + packedLength);
  return {
    tag: source.getUint32(entry),
    checksum: source.getUint32(entry + 16),
    bytes: packedLength < length ? inflateSync(packed) : packed,
  };
}

function padded(length: number): number {
  return (length + 3) & ~3;
}
