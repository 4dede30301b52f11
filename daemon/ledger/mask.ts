/** How customers' particulars appear outside their own transaction (ui §10): enough to recognise, not to copy. */

/** `6222 **** **** 1234` */
export function maskAccount(accountNumber: string): string {
  if (accountNumber.length < 8) return '*'.repeat(accountNumber.length);
  const stars = '*'.repeat(accountNumber.length - 8);
  return `${accountNumber.slice(0, 4)}${stars}${accountNumber.slice(-4)}`.replace(/(.{4})(?=.)/g, '$1 ');
}

/** `王*明`, `李*` */
export function maskName(name: string): string {
  const letters = Array.from(name);
  const first = letters[0] ?? '';
  if (letters.length < 2) return first;
  if (letters.length === 2) return `${first}*`;
  return `${first}${'*'.repeat(letters.length - 2)}${letters[letters.length - 1] ?? ''}`;
}
