import type { LedgerEntry, PrintedLine } from './ledger.ts';

export interface LinePlace {
  readonly page: number;
  readonly line: number;
}

export interface PlannedLine extends LinePlace {
  readonly entry: LedgerEntry;
}

/** The first free place after everything that is, or may be, on the paper. */
export function nextPlace(printed: readonly PrintedLine[], linesPerPage: number): LinePlace {
  const last = lastPlace(printed);
  if (last === undefined) return { page: 1, line: 1 };
  return last.line < linesPerPage ? { page: last.page, line: last.line + 1 } : { page: last.page + 1, line: 1 };
}

/** The last place that is, or may be, inked; undefined for an empty book. */
export function lastPlace(printed: readonly PrintedLine[]): LinePlace | undefined {
  let last: PrintedLine | undefined;
  for (const place of printed) {
    if (last === undefined || place.page > last.page || (place.page === last.page && place.line > last.line)) last = place;
  }
  return last === undefined ? undefined : { page: last.page, line: last.line };
}

/** Entries that no line of the paper shows or may show, in order, on the next free places (B-1). */
export function planLines(entries: readonly LedgerEntry[], printed: readonly PrintedLine[], linesPerPage: number): readonly PlannedLine[] {
  const standing = new Set(printed.filter(({ state }) => state !== 'void').map(({ entryId }) => entryId));
  let place = nextPlace(printed, linesPerPage);
  return entries
    .filter(({ entryId }) => !standing.has(entryId))
    .map((entry) => {
      const planned = { entry, ...place };
      place = place.line < linesPerPage ? { page: place.page, line: place.line + 1 } : { page: place.page + 1, line: 1 };
      return planned;
    });
}
