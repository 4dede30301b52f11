/** What every cash counter needs and no protocol decides: serial numbers, minor units, sums. */
import type { CurrencyTotal, NoteSums, Tally } from './words.ts';

/** More kinds of note than this in one batch are not cash but damage on the line. */
export const TALLY_MAX = 32;

/** Sums over notes; the parts of `NoteSums` that are added up. */
export interface Sums {
  readonly tallies: readonly Tally[];
  readonly noteCount: number;
  readonly rejectCount: number;
}

export const noSums: Sums = { tallies: [], noteCount: 0, rejectCount: 0 };

/** Currencies of ISO 4217 that have no minor unit, and those with three digits; all others have two. */
const NO_MINOR_UNIT: ReadonlySet<string> = new Set(['CLP', 'ISK', 'JPY', 'KRW', 'PYG', 'UGX', 'VND', 'XAF', 'XOF', 'XPF', 'XXX']);
const THREE_DIGITS: ReadonlySet<string> = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']);

/** A face value in major units (yuan) as minor units (fen). */
export function toMinor(major: bigint, currency: string): string {
  const factor = NO_MINOR_UNIT.has(currency) ? 1n : THREE_DIGITS.has(currency) ? 1000n : 100n;
  return (major * factor).toString();
}

/** ISO 4217, as far as the runtime knows it. */
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** A currency as the machine spells it, or XXX ("no currency", ISO 4217) when there is none of that name. */
export function readCurrency(text: string): string {
  return CURRENCIES.has(text) ? text : 'XXX';
}

/**
 * Serial numbers of renminbi (冠字号): ten characters, two of them letters, the first a letter, V unused.
 * The places of the letters differ by issue: AA12345678, A1A2345678, A123A45678.
 */
const CNY_SERIAL = /^(?=(?:[0-9]*[A-Z]){2}[0-9]*$)[A-UW-Z][0-9A-UW-Z]{9}$/;

/** Reads a serial number: unread positions (`_` or `*`, by maker) become `_`, as does whatever no serial holds. */
export function readSerial(text: string, currency: string): { readonly serial: string; readonly isComplete: boolean } {
  const serial = text.slice(0, 16).replace(/[^0-9A-Z]/g, '_');
  const isComplete = currency === 'CNY' ? CNY_SERIAL.test(serial) : serial !== '' && !serial.includes('_');
  return { serial, isComplete };
}

/** Whether a note of this kind still fits the tallies. */
export function hasRoom(sums: Sums, currency: string, denominationMinor: string): boolean {
  return (
    sums.tallies.length < TALLY_MAX || sums.tallies.some((one) => one.currency === currency && one.denominationMinor === denominationMinor)
  );
}

export function addSums(one: Sums, other: Sums): Sums {
  return {
    tallies: other.tallies.reduce(addTally, one.tallies),
    noteCount: one.noteCount + other.noteCount,
    rejectCount: one.rejectCount + other.rejectCount,
  };
}

/** Sums as events and status carry them. */
export function describeSums(sums: Sums, isComplete: boolean): NoteSums {
  const { noteCount, rejectCount } = sums;
  return { tallies: [...sums.tallies], totals: totalsOf(sums.tallies), noteCount, rejectCount, isComplete };
}

/** The currency of most notes; XXX when there are none. */
export function mainCurrency(sums: Sums): string {
  const counts = new Map<string, number>();
  for (const { currency, noteCount } of sums.tallies) counts.set(currency, (counts.get(currency) ?? 0) + noteCount);
  let most = 'XXX';
  for (const [currency, count] of counts) if (count > (counts.get(most) ?? 0)) most = currency;
  return most;
}

export function totalsOf(tallies: readonly Tally[]): CurrencyTotal[] {
  const totals = new Map<string, bigint>();
  for (const { currency, denominationMinor, noteCount } of tallies) {
    totals.set(currency, (totals.get(currency) ?? 0n) + BigInt(denominationMinor) * BigInt(noteCount));
  }
  return [...totals].map(([currency, total]) => ({ currency, totalMinor: total.toString() }));
}

/** Highest denomination first within a currency, currencies in the order they appeared. */
function addTally(tallies: readonly Tally[], added: Tally): readonly Tally[] {
  const isSameKind = (one: Tally): boolean => one.currency === added.currency && one.denominationMinor === added.denominationMinor;
  if (tallies.some(isSameKind)) {
    return tallies.map((one) => (isSameKind(one) ? { ...one, noteCount: one.noteCount + added.noteCount } : one));
  }
  const lower = tallies.findIndex(
    (one) => one.currency === added.currency && BigInt(one.denominationMinor) < BigInt(added.denominationMinor),
  );
  if (lower >= 0) return [...tallies.slice(0, lower), added, ...tallies.slice(lower)];
  const last = tallies.findLastIndex((one) => one.currency === added.currency);
  return last < 0 ? [...tallies, added] : [...tallies.slice(0, last + 1), added, ...tallies.slice(last + 1)];
}
