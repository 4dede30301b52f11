import type { PassbookUpdateView } from '../contract/index.ts';
import { linesPerPage } from './book-layout.ts';

type Line = PassbookUpdateView['lines'][number];
export type PlannedLine = Omit<Line, 'state' | 'by' | 'code'>;

/**
 * After lines were spoiled: their entries, and all that were to follow the first of them, on the free places after everything that
 * is or may be on the paper. What waits for a place before them keeps it. The lines of `flow` say `void` already.
 */
export function replan(flow: Pick<PassbookUpdateView, 'layout' | 'lines'>, voided: readonly Line[]): PlannedLine[] {
  const perPage = linesPerPage(flow.layout);
  const [first] = [...voided].sort(byPlace);
  let place = [...flow.lines]
    .filter((line) => !isFree(line))
    .sort(byPlace)
    .at(-1) ?? { page: 1, line: 0 };
  return flow.lines
    .filter((line) => isFree(line) || voided.includes(line))
    .map(({ state: _state, by: _by, code: _code, ...kept }) => {
      if (first === undefined || byPlace(kept, first) < 0) return kept;
      place = place.line < perPage ? { page: place.page, line: place.line + 1 } : { page: place.page + 1, line: 1 };
      return { ...kept, page: place.page, line: place.line };
    });
}

function isFree({ state }: Line): boolean {
  return state === 'waiting' || state === 'not-printed';
}

interface Place {
  readonly page: number;
  readonly line: number;
}

function byPlace(one: Place, other: Place): number {
  return one.page - other.page || one.line - other.line;
}
