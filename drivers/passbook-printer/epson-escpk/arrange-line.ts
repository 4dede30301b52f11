/** From a placed line, in millimetres on the page, to the commands that print it, in 1/360 inch of head travel. */
import { PLAIN_TEXT, arrangeText, type ArrangeRefused, type PageGeometry } from '../escp/arrange-text.ts';
import type { PlacedLine } from '../family.ts';
import type { EscpTx } from './codec.ts';

export type Arranged = { readonly kind: 'arranged'; readonly frames: readonly EscpTx[] } | ArrangeRefused;

export const UNITS_PER_INCH = 360;

/**
 * The commands for one line. It sets everything it relies on and leaves the plain state behind, so that it
 * prints right whatever came before it. Refuses text without a two-byte code (CD_PRINT_TEXT) and lines that
 * leave the page or overlap themselves (CD_PRINT_LAYOUT).
 */
export function arrangeLine(line: PlacedLine, page: PageGeometry): Arranged {
  const text = arrangeText(line, page, { xPerInch: UNITS_PER_INCH, yPerInch: UNITS_PER_INCH });
  if (text.kind === 'refused') return text;
  return {
    kind: 'arranged',
    frames: [
      ...PLAIN_TEXT,
      { kind: 'unit', per3600: 3600 / UNITS_PER_INCH },
      { kind: 'vertical', units: text.y },
      ...text.frames,
      { kind: 'carriage-return' },
    ],
  };
}
