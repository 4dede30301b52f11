import { useState } from 'react';
import type { Entry } from '../../../daemon/contract/entry.ts';
import { get } from '../../api/client.ts';
import { toRefusal, type RequestRefused } from '../../api/problem.ts';
import { filterQuery, type JournalFilter } from './journal-filter.ts';

const PAGE = 200;

interface Older {
  /** Oldest first. */
  readonly entries: readonly Entry[];
  readonly isBusy: boolean;
  readonly isComplete: boolean;
  readonly refusal: RequestRefused | undefined;
  readonly more: () => Promise<void>;
}

interface Held {
  readonly query: string;
  readonly entries: readonly Entry[];
  readonly isComplete: boolean;
}

const nothing: readonly Entry[] = [];

/** What lies before the entries this page holds, fetched page by page under the same filter. */
export function useOlderEntries(filter: JournalFilter, firstLiveSeq: number | undefined): Older {
  const query = filterQuery(filter);
  const [held, setHeld] = useState<Held>({ query, entries: nothing, isComplete: false });
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<RequestRefused>();
  const current = held.query === query ? held : { query, entries: nothing, isComplete: false };
  const more = async (): Promise<void> => {
    const beforeSeq = current.entries[0]?.seq ?? firstLiveSeq;
    if (beforeSeq === undefined || beforeSeq <= 1 || isBusy) return;
    setBusy(true);
    setRefusal(undefined);
    try {
      const { entries } = await get<{ readonly entries: readonly Entry[] }>(
        `/entries?beforeSeq=${String(beforeSeq)}&limit=${String(PAGE)}&${query}`,
      );
      const page = [...entries].sort((a, b) => a.seq - b.seq);
      setHeld({ query, entries: [...page, ...current.entries], isComplete: page.length < PAGE });
    } catch (error) {
      setRefusal(toRefusal(error));
    } finally {
      setBusy(false);
    }
  };
  return { entries: current.entries, isBusy, isComplete: current.isComplete || (firstLiveSeq ?? 0) <= 1, refusal, more };
}
