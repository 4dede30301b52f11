import { type Entry, type NewEntry, toSeq } from './entry.ts';
import type { ChainRow } from './chain.ts';

/** What an entry's body holds: the entry without its place in the chain. */
type StoredBody = Omit<Entry, 'seq' | 'prev' | 'hash'>;

/** An entry being written: its place is set after its body was made into text. */
export type Draft = { -readonly [K in keyof StoredBody]: StoredBody[K] } & { seq?: Entry['seq']; prev?: string; hash?: string };

/** The members of a body in their stored order; absent ones stay absent. One object a time: it becomes the entry. */
export function draftOf(at: string, entry: NewEntry): Draft {
  const body: Draft = { at, type: entry.type, data: entry.data };
  if (entry.device !== undefined) body.device = entry.device;
  if (entry.position !== undefined) body.position = entry.position;
  if (entry.actor !== undefined) body.actor = entry.actor;
  if (entry.cause !== undefined) body.cause = entry.cause;
  if (entry.flow !== undefined) body.flow = entry.flow;
  if (entry.attachment !== undefined) body.attachment = entry.attachment;
  if (entry.audience !== undefined) body.audience = entry.audience;
  return body;
}

/** The entry that a row holds. */
export function entryOf([seq, text, hash]: ChainRow, prev: string): Entry {
  const body = JSON.parse(text) as StoredBody;
  return { seq: toSeq(seq), ...body, prev, hash };
}
