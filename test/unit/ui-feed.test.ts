import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../daemon/contract/entry.ts';
import { idsOn } from '../../ui/api/intent-id.ts';
import { newOnes } from '../../ui/feed/store.ts';
import { parseCount } from '../../ui/widgets/count-text.ts';
import { accepts, filterOf, filterQuery } from '../../ui/screens/journal/journal-filter.ts';

const entry = (seq: number, more: Partial<Entry> = {}): Entry =>
  ({ seq, at: '2026-11-22T08:00:00.000Z', prev: '', hash: '', type: 'passbook-update.printing-asked', data: {}, ...more }) as Entry;

describe('the feed', () => {
  it('takes every entry once and in order, however the wire repeats and shuffles a batch', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 80 }), fc.integer({ min: 0, max: 40 }), (seqs, after) => {
        const taken = newOnes(
          seqs.map((seq) => entry(seq)),
          after,
        ).map(({ seq }) => seq);
        expect(taken).toEqual([...new Set(seqs)].filter((seq) => seq > after).sort((a, b) => a - b));
      }),
    );
  });
});

describe('the id of an intention', () => {
  it('stays the same until it is settled, also for a page that was reloaded', () => {
    const kept = new Map<string, string>();
    let count = 0;
    const shelf = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    const load = () =>
      idsOn(
        () => shelf,
        () => `id-${String((count += 1))}`,
      );
    const first = load().take('finish');
    expect(load().take('finish')).toBe(first);
    expect(load().take('other')).not.toBe(first);
    load().settle('finish');
    expect(load().take('finish')).not.toBe(first);
  });
});

describe('the filter of the journal', () => {
  it('reads from the address what it writes to the daemon', () => {
    const filter = filterOf(new URLSearchParams('type=device.&device=printer-1&text=x'));
    expect(filterQuery(filter)).toBe('type=device.&device=printer-1');
  });

  it('takes an area by its dot and a type by its whole name', () => {
    const of = (query: string) => filterOf(new URLSearchParams(query));
    expect(accepts(of('type=passbook-update.'), entry(1))).toBe(true);
    expect(accepts(of('type=passbook-update'), entry(1))).toBe(false);
    expect(accepts(of('actor=0172'), entry(1))).toBe(false);
    expect(accepts(of('actor=0172'), entry(1, { actor: '0172' }))).toBe(true);
  });
});

describe('counts as typed', () => {
  it.each([
    ['120', 120],
    ['１２０', 120],
    ['', 0],
    ['-1', undefined],
    ['1.5', undefined],
    ['1000000', undefined],
  ])('%s', (typed, count) => {
    expect(parseCount(typed, 100_000)).toBe(count);
  });
});
