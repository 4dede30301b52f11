/**
 * The module's side of the line, written from the developer's guide alone and sharing nothing with the driver's
 * codec but the buffering: three digits, data, two hex digits of the sum of the characters before them, CR LF.
 */
import type { Codec } from '../../../drivers/kit/codec.ts';
import { frameDecoder, type Scan } from '../../../drivers/kit/framing.ts';

/** A line from the application whose checksum is right. */
export interface ApplicationLine {
  readonly command: string;
  readonly data: string;
}

/** What the module puts on the line: a line, or the noise of a port that opens. */
export type ModuleLine =
  | { readonly kind: 'line'; readonly code: string; readonly data: string; readonly stamp?: string }
  | { readonly kind: 'noise'; readonly bytes: readonly number[] }
  | { readonly kind: 'foreign'; readonly text: string };

const LONGEST = 32;

export const lineCodec: Codec<ApplicationLine, ModuleLine> = {
  frameMaxBytes: LONGEST,
  decoder: () => frameDecoder<ApplicationLine>({ frameMaxBytes: LONGEST, scan: scanLine }),
  encode(out) {
    if (out.kind === 'noise') return Uint8Array.from(out.bytes);
    if (out.kind === 'foreign') return bytesOf(out.text);
    const stamp = out.stamp === undefined ? '' : `${out.stamp} `;
    return bytesOf(`${stamp}${out.code}${out.data}${hexSum(out.code + out.data)}\r\n`);
  },
};

function scanLine(buffer: Uint8Array): Scan<ApplicationLine> {
  const newline = buffer.subarray(0, LONGEST).indexOf(10);
  if (newline < 0) return { kind: 'need' };
  const length = newline + 1;
  const text = String.fromCharCode(...buffer.subarray(0, newline));
  if (!text.endsWith('\r') || text.length < 6) return { kind: 'junk', length, reason: 'unframed' };
  const body = text.slice(0, -3);
  if (hexSum(body) !== text.slice(-3, -1)) return { kind: 'junk', length, reason: 'checksum' };
  return { kind: 'frame', length, frame: { command: body.slice(0, 3), data: body.slice(3) } };
}

function hexSum(body: string): string {
  const sum = bytesOf(body).reduce((total, byte) => total + byte, 0);
  return (sum % 256).toString(16).toUpperCase().padStart(2, '0');
}

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at) % 256;
  return bytes;
}
