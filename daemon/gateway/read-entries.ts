import type { Static } from '../../drivers/kit/schema.ts';
import type { EntriesPage, EntriesQuery, Entry } from '../contract/index.ts';
import { toSeq } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import { isForSecurity } from './audience.ts';

type Query = Static<typeof EntriesQuery>;

const LIMIT_DEFAULT = 200;
const CHUNK = 500;
/** Rows one request looks at; a filter that finds little says from where to go on. */
const LOOKED_AT_MAX = 20_000;

/** One page of the journal for somebody, oldest first. */
export function readEntries(journal: Pick<Journal, 'read' | 'head'>, query: Query, eyes: { readonly seesSecurity: boolean }): EntriesPage {
  const limit = query.limit ?? LIMIT_DEFAULT;
  const fits = (entry: Entry): boolean => (eyes.seesSecurity || !isForSecurity(entry)) && matches(entry, query);
  return query.afterSeq === undefined
    ? newest(journal, query.beforeSeq ?? journal.head() + 1, { limit, fits })
    : oldest(journal, query.afterSeq, { limit, fits });
}

interface Wanted {
  readonly limit: number;
  readonly fits: (entry: Entry) => boolean;
}

function oldest(journal: Pick<Journal, 'read'>, afterSeq: number, { limit, fits }: Wanted): EntriesPage {
  const entries: Entry[] = [];
  let seq = afterSeq;
  while (seq - afterSeq < LOOKED_AT_MAX) {
    const page = pageAfter(journal, seq, CHUNK);
    for (const entry of page) {
      seq = entry.seq;
      if (fits(entry)) entries.push(entry);
      if (entries.length >= limit) return { entries, nextAfterSeq: seq };
    }
    if (page.length < CHUNK) return { entries };
  }
  return { entries, nextAfterSeq: seq };
}

function newest(journal: Pick<Journal, 'read'>, beforeSeq: number, { limit, fits }: Wanted): EntriesPage {
  const found: Entry[] = [];
  let before = beforeSeq;
  while (before > 1 && beforeSeq - before < LOOKED_AT_MAX) {
    const from = Math.max(0, before - 1 - CHUNK);
    const page = pageAfter(journal, from, before - 1 - from);
    for (const entry of [...page].reverse()) {
      before = entry.seq;
      if (fits(entry)) found.push(entry);
      if (found.length >= limit) return { entries: found.reverse(), ...(before > 1 ? { nextBeforeSeq: before } : {}) };
    }
    before = Math.min(before, from + 1);
  }
  return { entries: found.reverse(), ...(before > 1 ? { nextBeforeSeq: before } : {}) };
}

function pageAfter(journal: Pick<Journal, 'read'>, seq: number, limit: number): readonly Entry[] {
  return journal.read({ afterSeq: toSeq(seq), limit }) as unknown as readonly Entry[];
}

function matches(entry: Entry, { type, device, actor, flow }: Query): boolean {
  const isOfType = type === undefined || (type.endsWith('.') ? entry.type.startsWith(type) : entry.type === type);
  return (
    isOfType &&
    (device === undefined || entry.device === device) &&
    (actor === undefined || entry.actor === actor) &&
    (flow === undefined || entry.flow === flow)
  );
}
