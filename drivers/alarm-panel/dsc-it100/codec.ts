/**
 * DSC PowerSeries IT-100 line protocol (developer's guide 29007363R002, section 4).
 *
 * Frame:  `CCC` three digits, data of printable ASCII, `KK` checksum, CR LF.
 *         KK = sum of the ASCII codes of code and data, modulo 256, as two upper-case hex digits.
 *         With option 055 a stamp of digits (and colons) and one space stand in front; the sum leaves them out.
 * Speaks: the panel whenever something happens; the application may start at any time, one command in flight.
 * Timing: 9600 8N1, no flow control, no buffering: what nobody listens to is lost.
 * Quirks: the stamp is described as 8 digits and shown as 10, and network variants write hh:mm:ss, so all
 *         three are read. The first bytes after opening are often noise.
 */
import { fromLatin1, toLatin1 } from '../../kit/bytes.ts';
import { assert } from '../../kit/assert.ts';
import { sum8 } from '../../kit/checksums.ts';
import type { Codec } from '../../kit/codec.ts';
import { frameDecoder, type Scan } from '../../kit/framing.ts';
import { hasDocumentedLength, type Frame } from './frames.ts';

/** The longest line of the guide is a stamped 901: 10 + 1 + 3 + 37 + 2 + 2 bytes. */
const FRAME_MAX_BYTES = 64;
const CR = 0x0d;
const LF = 0x0a;
const STAMP = /^((?:\d{8}|\d{10}|\d\d:\d\d:\d\d)) (.*)$/;
const BODY = /^(\d{3})([ -~]*)([0-9A-F]{2})$/;

export const codec: Codec<Frame, Frame> = {
  frameMaxBytes: FRAME_MAX_BYTES,
  decoder: () => frameDecoder<Frame>({ frameMaxBytes: FRAME_MAX_BYTES, scan }),
  encode(frame) {
    assert(/^\d{3}$/.test(frame.code) && /^[ -~]*$/.test(frame.data), 'a frame is a three-digit code and printable data');
    const body = frame.code + frame.data;
    const line = `${body}${checksumOf(body)}\r\n`;
    return fromLatin1(frame.stamp === undefined ? line : `${frame.stamp} ${line}`);
  },
};

function checksumOf(body: string): string {
  return sum8(fromLatin1(body)).toString(16).toUpperCase().padStart(2, '0');
}

function scan(buffer: Uint8Array): Scan<Frame> {
  const end = buffer.subarray(0, FRAME_MAX_BYTES).findIndex((byte) => byte < 0x20 || byte > 0x7e);
  if (end === -1 || end + 2 > FRAME_MAX_BYTES) return { kind: 'need' };
  if (buffer[end] !== CR) return { kind: 'junk', length: end + 1, reason: 'unframed' };
  const next = buffer[end + 1];
  if (next === undefined) return { kind: 'need' };
  if (next !== LF) return { kind: 'junk', length: end + 1, reason: 'unframed' };
  const seen = readLine(toLatin1(buffer.subarray(0, end)));
  return typeof seen === 'string' ? { kind: 'junk', length: end + 2, reason: seen } : { kind: 'frame', length: end + 2, frame: seen };
}

/**
 * A stamped reading is tried first: an unstamped one of the same bytes would pass the checksum once in 256.
 */
function readLine(line: string): Frame | 'unframed' | 'checksum' | 'length' {
  const stamped = STAMP.exec(line);
  if (stamped?.[1] !== undefined && stamped[2] !== undefined) {
    const frame = readBody(stamped[2]);
    if (typeof frame !== 'string') return { ...frame, stamp: stamped[1] };
  }
  return readBody(line);
}

function readBody(line: string): Frame | 'unframed' | 'checksum' | 'length' {
  const parts = BODY.exec(line);
  const [, code, data, checksum] = parts ?? [];
  if (code === undefined || data === undefined) return 'unframed';
  if (checksumOf(code + data) !== checksum) return 'checksum';
  return hasDocumentedLength(code, data) ? { code, data } : 'length';
}
