/**
 * Money as people type it and as it is sent. Amounts are whole minor units in a string; nothing here is ever a
 * float, rounded or re-scaled. Pure, so that the customer display can use it too.
 */
export type MoneyRefusal = 'empty' | 'not-a-number' | 'too-precise' | 'negative' | 'too-long';
export type ParsedMoney =
  { readonly ok: true; readonly value: string; readonly minor: string } | { readonly ok: false; readonly reason: MoneyRefusal };

export interface MoneyRule {
  readonly decimals?: number;
  readonly allowNegative?: boolean;
}

const MINUS = '\u2212';

/** Full-width digits and marks to plain ones; the ideographic full stop is a decimal point too. */
export function toHalfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3002', '.')
    .replaceAll('\u3000', ' ')
    .replaceAll(MINUS, '-');
}

/** `1,234.5` -> value `1234.50`, minor `123450`; refuses in words what it cannot send as it stands. */
export function parseMoney(text: string, rule: MoneyRule = {}): ParsedMoney {
  const decimals = rule.decimals ?? 2;
  const plain = toHalfWidth(text).trim();
  if (plain === '') return { ok: false, reason: 'empty' };
  const match = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?$/.exec(plain);
  if (match === null) return { ok: false, reason: 'not-a-number' };
  const [, sign = '', whole = '', fraction = ''] = match;
  if (sign === '-' && rule.allowNegative !== true) return { ok: false, reason: 'negative' };
  if (fraction.length > decimals) return { ok: false, reason: 'too-precise' };
  const digits = whole.replaceAll(',', '').replace(/^0+(?=\d)/, '');
  if (digits.length > 15) return { ok: false, reason: 'too-long' };
  const cents = fraction.padEnd(decimals, '0');
  const minor = `${digits}${cents}`.replace(/^0+(?=\d)/, '');
  const isZero = /^0+$/.test(minor);
  const shown = decimals === 0 ? digits : `${digits}.${cents}`;
  return { ok: true, value: `${isZero ? '' : sign}${shown}`, minor: `${isZero ? '' : sign}${minor}` };
}

/** Minor units as a table shows them: `-50000` -> `−500.00`. */
export function formatMinor(minor: string, decimals = 2): string {
  const isNegative = minor.startsWith('-');
  const digits = (isNegative ? minor.slice(1) : minor).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = decimals === 0 ? '' : `.${digits.slice(-decimals)}`;
  return `${isNegative ? MINUS : ''}${group(whole)}${fraction}`;
}

/** Minor units with the currency, as headings show them: `¥12,345.60`, `CNY 12,345.60`. */
export function formatHeading(minor: string, currency: string, language: 'zh-CN' | 'en'): string {
  const amount = formatMinor(minor);
  return language === 'zh-CN' && currency === 'CNY' ? `¥${amount}` : `${currency} ${amount}`;
}

/** A note's denomination: `10000` -> `100`, `50` -> `0.5`. */
export function formatDenomination(minor: string): string {
  const text = formatMinor(minor).replaceAll(',', '');
  return text.replace(/\.00$/, '').replace(/(\.\d)0$/, '$1');
}

/** Sum, difference and product of minor units, exactly. */
export const addMinor = (...amounts: readonly string[]): string => amounts.reduce((sum, amount) => sum + BigInt(amount), 0n).toString();
export const subtractMinor = (a: string, b: string): string => (BigInt(a) - BigInt(b)).toString();
export const timesMinor = (amount: string, count: number): string => (BigInt(amount) * BigInt(count)).toString();

/** Thousands separators for a whole number. */
export function group(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ',');
}
