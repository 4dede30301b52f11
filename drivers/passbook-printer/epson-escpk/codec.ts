/**
 * ESC/P2 and ESC/P-K, the text subset.
 *
 * Frame:   control code | ESC (1B) letter parameters | ESC ( letter nL nH parameters | FS (1C) letter parameters | text.
 *          Numbers are binary, low byte first. There is no checksum and no length around a command.
 * Speaks:  only the host. The printer has no answer; a serial one may send XOFF (13) when its buffer is
 *          nearly full and XON (11) when there is room again (SQ-850 manual: at 256 and 512 bytes free).
 * Timing:  none. What left the host may still wait in the printer, for seconds or until paper is put in.
 * Units:   ESC ( U 10 makes one unit 1/360 inch for ESC $ and ESC ( V. Hanzi are 24 dots of 1/180 inch.
 * Quirks:  ESC @ and ESC ( C may take the current position as the top of the page: the first is never sent, the
 *          second only for sheets longer than the 11 inches a printer starts with. Text waits in the printer's
 *          line buffer until CR, so every line ends with one. Hanzi mode (FS &) changes how far ASCII advances:
 *          ASCII is therefore always sent outside it.
 */
import { concatBytes, fromLatin1 } from '../../kit/bytes.ts';
import type { Codec } from '../../kit/codec.ts';
import { assert, unreachable } from '../../kit/assert.ts';
import { frameDecoder } from '../../kit/framing.ts';
import { encodeGbk } from '../../kit/gbk.ts';
import type { Pitch } from '../family.ts';

/** Flow control is all a printer says. */
export interface EscpRx {
  readonly kind: 'pause' | 'resume';
}

export type EscpTx =
  /** NUL: fills up a command that was cut short, and means nothing otherwise. */
  | { readonly kind: 'padding'; readonly count: number }
  /** CAN: forgets the text waiting in the line buffer. */
  | { readonly kind: 'cancel-line' }
  /**
   * What another program may have left behind, put back one by one: left margin, extra space, quality, double
   * strike, double height, quadruple and vertical hanzi. Not by ESC @, which may move the top of the page.
   */
  | { readonly kind: 'neutral' }
  /** ESC ( U: one unit is `per3600`/3600 inch, 1 to 255. */
  | { readonly kind: 'unit'; readonly per3600: number }
  /** ESC ( C, in units. */
  | { readonly kind: 'page-length'; readonly units: number }
  /** ESC ( V: absolute, in units from the top of the page. */
  | { readonly kind: 'vertical'; readonly units: number }
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
  | { readonly kind: 'carriage-return' }
  /** FF: sends a sheet or book out. */
  | { readonly kind: 'form-feed' };

const ESC = 0x1b;
const FS = 0x1c;

// prettier-ignore
const NEUTRAL = Uint8Array.of(ESC, 0x6c, 0, ESC, 0x20, 0, ESC, 0x78, 1, ESC, 0x48, ESC, 0x77, 0x30, FS, 0x57, 0x30, FS, 0x4b);

export const codec: Codec<EscpRx, EscpTx> = {
  frameMaxBytes: 1,
  decoder: () =>
    frameDecoder<EscpRx>({
      frameMaxBytes: 1,
      scan(buffer) {
        const byte = buffer[0];
        if (byte === 0x13) return { kind: 'frame', length: 1, frame: { kind: 'pause' } };
        if (byte === 0x11) return { kind: 'frame', length: 1, frame: { kind: 'resume' } };
        return { kind: 'junk', length: 1, reason: 'unknown' };
      },
    }),
  encode: encodeFrame,
};

function encodeFrame(frame: EscpTx): Uint8Array {
  switch (frame.kind) {
    case 'padding':
      return new Uint8Array(frame.count);
    case 'cancel-line':
      return Uint8Array.of(0x18);
    case 'neutral':
      return NEUTRAL;
    case 'unit':
      return Uint8Array.of(ESC, 0x28, 0x55, 1, 0, frame.per3600);
    case 'page-length':
      return Uint8Array.of(ESC, 0x28, 0x43, 2, 0, ...littleEndian(frame.units));
    case 'vertical':
      return Uint8Array.of(ESC, 0x28, 0x56, 2, 0, ...littleEndian(frame.units));
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
    case 'form-feed':
      return Uint8Array.of(0x0c);
    default:
      return unreachable(frame);
  }
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

function littleEndian(value: number): readonly [number, number] {
  assert(Number.isInteger(value) && value >= 0 && value <= 0xffff, 'a position fits 16 bits');
  return [value & 0xff, value >> 8];
}
