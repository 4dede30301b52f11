import type { PassbookUpdateView } from '../contract/index.ts';
import { linesPerPage } from './book-layout.ts';

type Line = PassbookUpdateView['lines'][number];
type PlannedLine = Omit<Line, 'state' | 'by' | 'code'>;

/** After `voided` is spoiled: its entry and all that were to follow, on the next free lines. */
export function replan(flow: PassbookUpdateView, voided: Line): PlannedLine[] {
  const perPage = linesPerPage(flow.layout);
  const open = flow.lines.filter((line) => line === voided || line.state === 'waiting' || line.state === 'not-printed');
  let place = { page: voided.page, line: voided.line };
  return open.map(({ state: _state, by: _by, code: _code, ...kept }) => {
    place = place.line < perPage ? { page: place.page, line: place.line + 1 } : { page: place.page + 1, line: 1 };
    return { ...kept, ...place };
  });
}
