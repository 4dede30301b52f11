/**
 * The commands by which printers of the ESC/P kind set text: shared by every language that takes its text so.
 * One letter after ESC (1B) for ASCII, after FS (1C) for hanzi; numbers are binary, low byte first. Hanzi mode
 * (FS &) changes how far ASCII advances, so ASCII is always sent outside it.
 */
import { assert, unreachable } from '../../kit/assert.ts';
import { concatBytes, fromLatin1 } from '../../kit/bytes.ts';
import { encodeGbk } from '../../kit/gbk.ts';
import type { Pitch } from '../family.ts';

export type EscpText =
  /** NUL: fills up a command that was cut short, and means nothing otherwise. */
  | { readonly kind: 'padding'; readonly count: number }
  /** CAN: forgets the text waiting in the line buffer. */
  | { readonly kind: 'cancel-line' }
  /**
   * What another program may have left behind, put back one by one: left margin, extra space, quality, double
   * strike, double height, quadruple and vertical hanzi. Not by ESC @, which may move the top of the page.
   */
  | { readonly kind: 'neutral' }
  /** ESC $: absolute, in units from the left margin. */
  | { readonly kind: 'horizontal'; readonly units: number }
  /** DC2 or SI with ESC P, M or g. */
  | { readonly kind: 'pitch'; readonly cpi: Pitch }
  /** ESC E, ESC F */
  | { readonly kind: 'bold'; readonly isOn: boolean }
  /** ESC - for ASCII and FS - for hanzi. */
  | { readonly kind: 'underline'; readonly isOn: boolean }
  /** ESC W for ASCII; FS SO or FS DC4 for hanzi. */
  | { readonly kind: 'double-width'; readonly isOn: boolean }
  /** FS &, FS . */
  | { readonly kind: 'hanzi-mode'; readonly isOn: boolean }
  /** FS S: space left and right of each hanzi, in 1/180 inch. */
  | { readonly kind: 'hanzi-spacing'; readonly left: number; readonly right: number }
  /** ASCII, or two-byte characters while hanzi mode is on. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'carriage-return' };

const ESC = 0x1b;
const FS = 0x1c;

// prettier-ignore
const NEUTRAL = Uint8Array.of(ESC, 0x6c, 0, ESC, 0x20, 0, ESC, 0x78, 1, ESC, 0x48, ESC, 0x77, 0x30, FS, 0x57, 0x30, FS, 0x4b);

export function encodeEscpText(frame: EscpText): Uint8Array {
  switch (frame.kind) {
    case 'padding':
      return new Uint8Array(frame.count);
    case 'cancel-line':
      return Uint8Array.of(0x18);
    case 'neutral':
      return NEUTRAL;
    case 'horizontal':
      return Uint8Array.of(ESC, 0x24, ...littleEndian(frame.units));
    case 'pitch':
      return pitchBytes(frame.cpi);
    case 'bold':
      return Uint8Array.of(ESC, frame.isOn ? 0x45 : 0x46);
    case 'underline':
      return Uint8Array.of(ESC, 0x2d, onOff(frame.isOn), FS, 0x2d, onOff(frame.isOn));
    case 'double-width':
      return Uint8Array.of(ESC, 0x57, onOff(frame.isOn), FS, frame.isOn ? 0x0e : 0x14);
    case 'hanzi-mode':
      return Uint8Array.of(FS, frame.isOn ? 0x26 : 0x2e);
    case 'hanzi-spacing':
      return Uint8Array.of(FS, 0x53, frame.left, frame.right);
    case 'text':
      return textBytes(frame.text);
    case 'carriage-return':
      return Uint8Array.of(0x0d);
    default:
      return unreachable(frame);
  }
}

/** What a text frame says, for the frame inspector. */
export function describeEscpText(frame: EscpText): string {
  switch (frame.kind) {
    case 'text':
      return `text of ${frame.text.length} characters`;
    case 'horizontal':
      return `x = ${frame.units} units`;
    case 'pitch':
      return `${frame.cpi} characters per inch`;
    case 'bold':
    case 'underline':
    case 'double-width':
    case 'hanzi-mode':
      return `${frame.kind} ${frame.isOn ? 'on' : 'off'}`;
    default:
      return frame.kind;
  }
}

/** A position as two bytes, low one first; 0 to 65535. */
export function littleEndian(value: number): readonly [number, number] {
  assert(Number.isInteger(value) && value >= 0 && value <= 0xffff, 'a position fits 16 bits');
  return [value & 0xff, value >> 8];
}

/** Condensed (SI) makes 17.14 of 10 and 20 of 12 characters per inch; DC2 ends it. */
function pitchBytes(cpi: Pitch): Uint8Array {
  const pitchOf = { 10: [0x12, 0x50], 12: [0x12, 0x4d], 15: [0x12, 0x67], 17: [0x0f, 0x50], 20: [0x0f, 0x4d] } as const;
  const [condensed, letter] = pitchOf[cpi];
  return concatBytes([Uint8Array.of(condensed), Uint8Array.of(ESC, letter)]);
}

function textBytes(text: string): Uint8Array {
  if (/^[\x20-\x7e]*$/.test(text)) return fromLatin1(text);
  const encoded = encodeGbk(text);
  assert(encoded.kind === 'encoded', 'the driver refuses text without a code before it makes frames');
  return encoded.bytes;
}

function onOff(isOn: boolean): number {
  return isOn ? 0x31 : 0x30;
}
