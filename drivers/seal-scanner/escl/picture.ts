/**
 * What the first and last bytes of a PNG (ISO/IEC 15948) or JPEG (ITU-T T.81) say about the picture: scanners
 * deliver a few pixels more or less than they were asked for, and a broken connection may cut a picture off.
 */
export interface PictureFacts {
  readonly mediaType: 'image/png' | 'image/jpeg';
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The facts of a picture that is there from its first byte to its last; undefined for anything else. Never throws. */
export function readPicture(bytes: Uint8Array): PictureFacts | undefined {
  const facts = startsWith(bytes, PNG_SIGNATURE) ? readPng(bytes) : startsWith(bytes, [0xff, 0xd8, 0xff]) ? readJpeg(bytes) : undefined;
  return facts === undefined || facts.widthPx === 0 || facts.heightPx === 0 ? undefined : facts;
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const IHDR = 0x49484452;
const IEND = 0x49454e44;

/** Walks the chunks to IEND. */
function readPng(bytes: Uint8Array): PictureFacts | undefined {
  const view = viewOf(bytes);
  if (bytes.length < 33 || view.getUint32(12) !== IHDR) return undefined;
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === IEND) return { mediaType: 'image/png', widthPx: view.getUint32(16), heightPx: view.getUint32(20) };
  }
  return undefined;
}

/** Walks the segments to the frame header; the end-of-image marker must be there, fill bytes may follow it. */
function readJpeg(bytes: Uint8Array): PictureFacts | undefined {
  if (!hasEndOfImage(bytes)) return undefined;
  const view = viewOf(bytes);
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrameHeader(marker)) {
      const heightPx = view.getUint16(at + 5);
      return { mediaType: 'image/jpeg', widthPx: view.getUint16(at + 7), heightPx: heightPx === 0 ? lateHeight(bytes) : heightPx };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC). */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function hasEndOfImage(bytes: Uint8Array): boolean {
  let at = bytes.length - 1;
  while (at > 2 && (bytes[at] === 0x00 || bytes[at] === 0x0a || bytes[at] === 0x0d)) at--;
  return bytes[at - 1] === 0xff && bytes[at] === 0xd9;
}

/** A feeder may not know the length beforehand: then the height follows the first scan (DNL, T.81 B.2.5). */
function lateHeight(bytes: Uint8Array): number {
  for (let at = bytes.length - 6; at > 2; at--) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0xdc && bytes[at + 2] === 0 && bytes[at + 3] === 4) return viewOf(bytes).getUint16(at + 4);
  }
  return 0;
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
