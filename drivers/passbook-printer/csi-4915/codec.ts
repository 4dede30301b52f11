/**
 * CSI language of the Wincor 4915 family (T5023/T5023+ Programming Guide; Dascom T5040 Programmer's Manual).
 *
 * Frame:   CSI (1B 5B), decimal parameters in ASCII separated by ';', an intermediate byte (20-2F), a final one
 *          (p r t z). Stripe text follows its CSI as 02 text 03. Text of a page is set by ESC/P-like commands.
 *          There is no checksum around anything; the stripe has its own, which the printer keeps to itself.
 * Speaks:  both. CSI n ! t is a mark: the printer sends it back when everything before it has been processed.
 *          CSI n ! z comes unasked when the printer goes ONLINE (0), to STOP (1) or to ERROR (2); ERROR cancels
 *          all unfinished jobs, so a mark that was not echoed proves nothing.
 * Timing:  an echo may take as long as the paper; questions (CSI " z) are taken to be answered at once.
 * Units:   1/180 inch down the page, from 1; 1/60 inch across.
 * Quirks:  a late echo of an earlier mark looks like any other, so mark numbers are never used twice in a row.
 */
import { concatBytes, fromLatin1, toLatin1 } from '../../kit/bytes.ts';
import type { Codec } from '../../kit/codec.ts';
import { frameDecoder, type Scan } from '../../kit/framing.ts';
import { encodeEscpText, type EscpText } from '../escp/text-frames.ts';

/** How the stripe is written: DIN, IBM 1, IBM 2, the one of 105 characters, ISO 7811. */
export const STRIPE_FORMATS = { din: 0, 'ibm-1': 1, 'ibm-2': 2, 'wide-105': 5, iso7811: 6 } as const;
export type CsiStripeFormat = keyof typeof STRIPE_FORMATS;

export type CsiRx =
  /** CSI n ! t: everything up to mark n is processed. */
  | { readonly kind: 'mark'; readonly mark: number }
  /** CSI n ) t: the last mechanical task before mark n has started without error. */
  | { readonly kind: 'started'; readonly mark: number }
  /** CSI " n t: width of the document in 1/180 inch. */
  | { readonly kind: 'width'; readonly units: number }
  /** CSI n ! z, unasked: 0 ONLINE, 1 STOP, 2 ERROR. */
  | { readonly kind: 'status'; readonly state: number }
  /** CSI n;m " z: special messages; 2 is NO PAPER. */
  | { readonly kind: 'messages'; readonly numbers: readonly [number, number] }
  /** CSI n1;n2;n3;n4 " r 02 text 03: error 0 is a good read; text with its sentinels. */
  | {
      readonly kind: 'stripe';
      readonly attempts: number;
      readonly threshold: number;
      readonly block: number;
      readonly error: number;
      readonly text: string;
    }
  /** CSI n1;n2 # r: error 0 written, 1 it does not read back. */
  | { readonly kind: 'stripe-written'; readonly attempts: number; readonly error: number }
  /** XOFF, XON */
  | { readonly kind: 'pause' | 'resume' };

export type CsiTx =
  | EscpText
  /** CSI n ! t, n 0 to 9999. */
  | { readonly kind: 'mark'; readonly mark: number }
  /** CSI n ! p: absolute, 1/180 inch from the top, from 1. */
  | { readonly kind: 'vertical'; readonly units: number }
  /** CSI 1 $ p: takes the document in to its first line. */
  | { readonly kind: 'insert' }
  /** CSI 0 $ p */
  | { readonly kind: 'eject' }
  /** CSI " t */
  | { readonly kind: 'ask-width' }
  /** CSI " z */
  | { readonly kind: 'ask-messages' }
  /** CSI n # z */
  | { readonly kind: 'configuration'; readonly number: number }
  /** CSI n1;n2;n3;n4;n5 ! r: repetitions of writing and reading 0 to 2, format, distance in 1/180 inch, edge 0 top or 1 bottom. */
  | {
      readonly kind: 'stripe-setup';
      readonly writes: number;
      readonly reads: number;
      readonly format: CsiStripeFormat;
      readonly distance: number;
      readonly edge: 'top' | 'bottom';
    }
  /** CSI " r */
  | { readonly kind: 'read-stripe' }
  /** CSI # r 02 text 03: 30-3F, sentinels included. */
  | { readonly kind: 'write-stripe'; readonly text: string };

const ESC = 0x1b;
const STX = 0x02;
const ETX = 0x03;
/** Five parameters of five digits with their separators. */
const PARAMETERS_MAX = 29;
const HEAD_MAX = 2 + PARAMETERS_MAX + 2;
/** 105 characters and their sentinels. */
const STRIPE_TEXT_MAX = 107;

export const codec: Codec<CsiRx, CsiTx> = {
  frameMaxBytes: HEAD_MAX + STRIPE_TEXT_MAX + 2,
  decoder: () => frameDecoder<CsiRx>({ frameMaxBytes: HEAD_MAX + STRIPE_TEXT_MAX + 2, scan }),
  encode: encodeFrame,
};

function scan(buffer: Uint8Array): Scan<CsiRx> {
  const first = buffer[0];
  if (first === 0x13) return { kind: 'frame', length: 1, frame: { kind: 'pause' } };
  if (first === 0x11) return { kind: 'frame', length: 1, frame: { kind: 'resume' } };
  if (first !== ESC) return { kind: 'junk', length: 1, reason: 'unframed' };
  if (buffer.length === 1) return { kind: 'need' };
  if (buffer[1] !== 0x5b) return { kind: 'junk', length: 1, reason: 'unframed' };
  let at = 2;
  while (at < buffer.length && isParameter(buffer[at] ?? 0)) at++;
  if (at - 2 > PARAMETERS_MAX) return { kind: 'junk', length: 2, reason: 'length' };
  if (at + 1 >= buffer.length) return { kind: 'need' };
  const head = { parameters: numbersIn(buffer.subarray(2, at)), length: at + 2 };
  const name = toLatin1(buffer.subarray(at, at + 2));
  if (name === '"r') return scanStripe(buffer, head);
  const frame = frameOf(name, head.parameters);
  return frame === undefined ? { kind: 'junk', length: 2, reason: 'unknown' } : { kind: 'frame', length: head.length, frame };
}

interface Head {
  readonly parameters: readonly number[];
  readonly length: number;
}

function frameOf(name: string, parameters: readonly number[]): CsiRx | undefined {
  const [n, m] = parameters;
  if (n === undefined) return undefined;
  if (parameters.length === 1) return frameOfOne(name, n);
  if (m === undefined || parameters.length > 2) return undefined;
  if (name === '"z') return { kind: 'messages', numbers: [n, m] };
  return name === '#r' ? { kind: 'stripe-written', attempts: n, error: m } : undefined;
}

function frameOfOne(name: string, n: number): CsiRx | undefined {
  switch (name) {
    case '!t':
      return { kind: 'mark', mark: n };
    case ')t':
      return { kind: 'started', mark: n };
    case '"t':
      return { kind: 'width', units: n };
    case '!z':
      return { kind: 'status', state: n };
    default:
      return undefined;
  }
}

/** STX text ETX after the head of a read. */
function scanStripe(buffer: Uint8Array, { parameters, length }: Head): Scan<CsiRx> {
  const [attempts, threshold, block, error] = parameters;
  if (parameters.length !== 4 || attempts === undefined || threshold === undefined || block === undefined || error === undefined)
    return { kind: 'junk', length: 2, reason: 'unknown' };
  if (buffer.length === length) return { kind: 'need' };
  if (buffer[length] !== STX) return { kind: 'junk', length: 2, reason: 'unknown' };
  let end = length + 1;
  while (end < buffer.length && isStripeText(buffer[end] ?? 0)) end++;
  if (end - length - 1 > STRIPE_TEXT_MAX) return { kind: 'junk', length: 2, reason: 'length' };
  if (end === buffer.length) return { kind: 'need' };
  if (buffer[end] !== ETX) return { kind: 'junk', length: 2, reason: 'unknown' };
  const text = toLatin1(buffer.subarray(length + 1, end));
  return { kind: 'frame', length: end + 1, frame: { kind: 'stripe', attempts, threshold, block, error, text } };
}

function isParameter(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x3b;
}

function isStripeText(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x3f;
}

/** A number that was left out is 0. */
function numbersIn(bytes: Uint8Array): readonly number[] {
  if (bytes.length === 0) return [];
  return toLatin1(bytes).split(';').map(Number);
}

function encodeFrame(frame: CsiTx): Uint8Array {
  switch (frame.kind) {
    case 'mark':
      return csi(`${frame.mark}!t`);
    case 'vertical':
      return csi(`${frame.units}!p`);
    case 'insert':
      return csi('1$p');
    case 'eject':
      return csi('0$p');
    case 'ask-width':
      return csi('"t');
    case 'ask-messages':
      return csi('"z');
    case 'configuration':
      return csi(`${frame.number}#z`);
    case 'stripe-setup': {
      const { writes, reads, format, distance, edge } = frame;
      return csi(`${writes};${reads};${STRIPE_FORMATS[format]};${distance};${edge === 'top' ? 0 : 1}!r`);
    }
    case 'read-stripe':
      return csi('"r');
    case 'write-stripe':
      return concatBytes([csi('#r'), Uint8Array.of(STX), fromLatin1(frame.text), Uint8Array.of(ETX)]);
    default:
      return encodeEscpText(frame);
  }
}

function csi(rest: string): Uint8Array {
  return concatBytes([Uint8Array.of(ESC, 0x5b), fromLatin1(rest)]);
}
