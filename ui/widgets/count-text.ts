import { toHalfWidth } from './money.ts';

/** A whole number from 0 to `max` as typed; nothing typed is 0, and anything else is nothing. */
export function parseCount(typed: string, max: number): number | undefined {
  const plain = toHalfWidth(typed).trim();
  if (plain === '') return 0;
  if (!/^\d{1,7}$/.test(plain)) return undefined;
  const count = Number(plain);
  return count <= max ? count : undefined;
}
