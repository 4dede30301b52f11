/**
 * The "ZM" AA55 protocol of bench note counters.
 *
 * Frame:  AA 55 | length u16 LE, of the payload | payload | sum of the payload, modulo 256 | A5 5A
 *         payload = 01 | command | data
 *         00 handshake: data 00; the machine echoes the same frame.
 *         01 report, 39 bytes of data: total count u32, denomination u32, total amount u64 (major units), currency 4
 *            and serial number 11 (ASCII, NUL-padded), 5 reserved, error code, status, 1 reserved; little-endian.
 *         status 0 start (no figures), 1 one note, 2 finished, 3 finished and pocket full, 4 standby.
 * Speaks: the machine, whenever a note passes. The host has the handshake and nothing else.
 * Timing: 115200 8N1, 4.2 ms a report. At 9600 a report takes 50 ms: 1,200 notes a minute at most.
 * Quirks: the sum covers neither head nor length, and A5 5A may occur inside the data: the length frames, the tail
 *         only confirms. The sum is weak: two opposite changes of one size pass it.
 */
import { concatBytes, fromHex, fromLatin1, toHex, toLatin1 } from '../../kit/bytes.ts';
import { assert } from '../../kit/assert.ts';
import { sum8 } from '../../kit/checksums.ts';
import type { Codec } from '../../kit/codec.ts';
import { frameDecoder, type Scan } from '../../kit/framing.ts';

export interface Handshake {
  readonly kind: 'handshake';
}

export interface Report {
  readonly kind: 'report';
  /** Notes of the batch so far; with or without the rejected ones, which is not documented. */
  readonly totalCount: number;
  /** Face value in major units; 0 when it is not one note's report. */
  readonly denomination: number;
  /** Major units, as digits: 64 bits do not fit a number. */
  readonly totalAmount: string;
  readonly currency: string;
  readonly serial: string;
  /** 0: accepted. Otherwise rejected; the meaning of the codes is not public. */
  readonly errorCode: number;
  readonly status: number;
  /** The six reserved bytes as hex, when they are not all zero. */
  readonly reserved?: string;
}

export type Frame = Handshake | Report;

/** Statuses of a report. */
export const STATUS = { start: 0, note: 1, finished: 2, pocketFull: 3, standby: 4 } as const;

const HEAD_BYTES = 4;
const OVERHEAD_BYTES = 7;
/** The longest payload known is a report's 41; unknown commands up to this are recognised as what they are. */
const PAYLOAD_MAX_BYTES = 64;
const REPORT_BYTES = 41;
const NO_RESERVED = '000000000000';

export const codec: Codec<Frame, Frame> = {
  frameMaxBytes: OVERHEAD_BYTES + PAYLOAD_MAX_BYTES,
  decoder: () => frameDecoder<Frame>({ frameMaxBytes: OVERHEAD_BYTES + PAYLOAD_MAX_BYTES, scan }),
  encode(frame) {
    const payload = frame.kind === 'handshake' ? Uint8Array.of(1, 0, 0) : writeReport(frame);
    const head = Uint8Array.of(0xaa, 0x55, payload.length & 0xff, payload.length >> 8);
    return concatBytes([head, payload, Uint8Array.of(sum8(payload), 0xa5, 0x5a)]);
  },
};

function scan(buffer: Uint8Array): Scan<Frame> {
  const [first, second, low, high] = buffer;
  if (first !== 0xaa || (second !== undefined && second !== 0x55)) return { kind: 'junk', length: 1, reason: 'unframed' };
  if (low === undefined || high === undefined) return { kind: 'need' };
  const payloadBytes = low | (high << 8);
  if (payloadBytes < 2 || payloadBytes > PAYLOAD_MAX_BYTES) return { kind: 'junk', length: 1, reason: 'length' };
  const length = payloadBytes + OVERHEAD_BYTES;
  if (buffer.length < length) return { kind: 'need', atLeast: length };
  if (buffer[length - 2] !== 0xa5 || buffer[length - 1] !== 0x5a) return { kind: 'junk', length: 1, reason: 'unframed' };
  const payload = buffer.subarray(HEAD_BYTES, length - 3);
  if (buffer[length - 3] !== sum8(payload)) return { kind: 'junk', length, reason: 'checksum' };
  const frame = readPayload(payload);
  return frame === undefined ? { kind: 'junk', length, reason: 'unknown' } : { kind: 'frame', length, frame };
}

function readPayload(payload: Uint8Array): Frame | undefined {
  if (payload[0] !== 1) return undefined;
  if (payload[1] === 0 && payload.length === 3 && payload[2] === 0) return { kind: 'handshake' };
  return payload[1] === 1 && payload.length === REPORT_BYTES ? readReport(payload.subarray(2)) : undefined;
}

function readReport(fields: Uint8Array): Report {
  const view = new DataView(fields.buffer, fields.byteOffset, fields.byteLength);
  const reserved = toHex(fields.subarray(31, 36)) + toHex(fields.subarray(38, 39));
  return {
    kind: 'report',
    totalCount: view.getUint32(0, true),
    denomination: view.getUint32(4, true),
    totalAmount: view.getBigUint64(8, true).toString(),
    currency: readText(fields.subarray(16, 20)),
    serial: readText(fields.subarray(20, 31)),
    errorCode: view.getUint8(36),
    status: view.getUint8(37),
    ...(reserved === NO_RESERVED ? {} : { reserved }),
  };
}

function writeReport(report: Report): Uint8Array {
  const payload = new Uint8Array(REPORT_BYTES);
  payload.set([1, 1]);
  const fields = payload.subarray(2);
  const view = new DataView(payload.buffer, 2);
  view.setUint32(0, report.totalCount, true);
  view.setUint32(4, report.denomination, true);
  view.setBigUint64(8, BigInt(report.totalAmount), true);
  assert(report.currency.length <= 4 && report.serial.length <= 11, 'currency and serial number fit their fields');
  fields.set(fromLatin1(report.currency), 16);
  fields.set(fromLatin1(report.serial), 20);
  const reserved = fromHex(report.reserved ?? NO_RESERVED);
  assert(reserved?.length === 6, 'six reserved bytes');
  fields.set(reserved.subarray(0, 5), 31);
  fields.set([report.errorCode, report.status, ...reserved.subarray(5)], 36);
  return payload;
}

/** Up to the first NUL; the rest is padding. */
function readText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return toLatin1(end < 0 ? bytes : bytes.subarray(0, end));
}
