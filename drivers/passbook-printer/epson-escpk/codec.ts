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
import type { Codec } from '../../kit/codec.ts';
import { frameDecoder } from '../../kit/framing.ts';
import { encodeEscpText, littleEndian, type EscpText } from '../escp/text-frames.ts';

/** Flow control is all a printer says. */
export interface EscpRx {
  readonly kind: 'pause' | 'resume';
}

export type EscpTx =
  | EscpText
  /** ESC ( U: one unit is `per3600`/3600 inch, 1 to 255. */
  | { readonly kind: 'unit'; readonly per3600: number }
  /** ESC ( C, in units. */
  | { readonly kind: 'page-length'; readonly units: number }
  /** ESC ( V: absolute, in units from the top of the page. */
  | { readonly kind: 'vertical'; readonly units: number }
  /** FF: sends a sheet or book out. */
  | { readonly kind: 'form-feed' };

const ESC = 0x1b;

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
    case 'unit':
      return Uint8Array.of(ESC, 0x28, 0x55, 1, 0, frame.per3600);
    case 'page-length':
      return Uint8Array.of(ESC, 0x28, 0x43, 2, 0, ...littleEndian(frame.units));
    case 'vertical':
      return Uint8Array.of(ESC, 0x28, 0x56, 2, 0, ...littleEndian(frame.units));
    case 'form-feed':
      return Uint8Array.of(0x0c);
    default:
      return encodeEscpText(frame);
  }
}
