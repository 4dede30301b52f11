/**
 * Minor units in decimal digits to an amount with two decimals and thousands separators: `"-123456"` becomes
 * `-1,234.56`. Text in, text out: no binary number touches money (M-1). Undefined when it is not an integer.
 */
export function formatAmount(minor: string): string | undefined {
  const parts = /^(-?)0*(\d+)$/.exec(minor);
  const sign = parts?.[1];
  const digits = parts?.[2];
  if (sign === undefined || digits === undefined) return undefined;
  const padded = digits.padStart(3, '0');
  const whole = padded.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${/^0+$/.test(digits) ? '' : sign}${whole}.${padded.slice(-2)}`;
}
