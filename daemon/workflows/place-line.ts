import { CounterdError } from '../../drivers/kit/errors.ts';
import { layOutLine } from '../../drivers/passbook-printer/layout/lay-out-line.ts';
import type { PlacedLine } from '../../drivers/passbook-printer/family.ts';
import { bookProfile } from './book-layout.ts';

/** What one line of a book says. Amounts in minor units; a negative one is money out. */
export interface BookText {
  readonly line: number;
  readonly date: string;
  readonly summary: string;
  readonly amountMinor: string;
  readonly balanceMinor: string;
  readonly teller: string;
}

/**
 * Where each glyph of a book line goes: the one source of print and preview (B-5). Throws CD_PRINT_TEXT or
 * CD_PRINT_LAYOUT, so ask before anything is journalled.
 */
export function placeLine(layout: string, text: BookText): PlacedLine {
  const isOut = text.amountMinor.startsWith('-');
  const laidOut = layOutLine(bookProfile(layout), text.line, {
    values: {
      line: String(text.line),
      date: text.date,
      summary: text.summary,
      currency: 'CNY',
      ...(isOut ? { withdrawal: text.amountMinor.slice(1) } : { deposit: text.amountMinor }),
      balance: text.balanceMinor,
      teller: text.teller,
    },
  });
  if (laidOut.kind === 'refused') throw new CounterdError(laidOut.code, laidOut.detail);
  return laidOut.line;
}
