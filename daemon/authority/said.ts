import type { EntryBody } from '../contract/index.ts';
import type { NewEntry } from '../journal/entry.ts';

/** An entry of the contract, checked by the compiler, in the journal’s own shape. */
export function said(body: EntryBody, stamp: Omit<NewEntry, 'type' | 'data'> = {}): NewEntry {
  return { type: body.type, data: body.data, ...stamp };
}

/** `record[key]` for keys that people type: `constructor` and `__proto__` are nobody’s number. */
export function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
