import { CounterdError } from '../../drivers/kit/errors.ts';
import { displayCells } from '../../drivers/kit/gbk.ts';
import { CELL_MM, GLYPH_HEIGHT_MM, lineYMm, type PageProfile } from '../../drivers/passbook-printer/layout/page-profile.ts';
import type { PagePreview, PassbookView } from '../contract/index.ts';
import type { Ledger, LedgerEntry, Passbook } from '../ledger/ledger.ts';
import { maskAccount, maskName } from '../ledger/mask.ts';
import { lastPlace, nextPlace, planLines } from '../ledger/plan-lines.ts';
import { bookProfile } from './book-layout.ts';
import { placeLine } from './place-line.ts';

/** A book as the teller finds it: masked, with where printing stopped. */
export function passbookView(ledger: Ledger, { passbookId, accountNumber, holder, layout }: Passbook): PassbookView {
  const printed = ledger.printed(passbookId);
  const entries = ledger.entries(passbookId);
  const perPage = bookProfile(layout).lineCount;
  const next = nextPlace(printed, perPage);
  const last = lastPlace(printed) ?? { page: 1, line: 0 };
  return {
    passbookId,
    layout,
    accountMasked: maskAccount(accountNumber),
    holderMasked: maskName(holder),
    nextPage: next.page,
    nextLine: next.line,
    lastPrintedPage: last.page,
    lastPrintedLine: last.line,
    unprintedCount: planLines(entries, printed, perPage).length,
    balanceMinor: entries[entries.length - 1]?.balanceMinor ?? '0',
  };
}

/** One page: what is on it, and what will be, glyph for glyph as it will print. Throws CD_LEDGER_ACCOUNT. */
export function pagePreview(ledger: Ledger, passbookId: string, page: number): PagePreview {
  const passbook = ledger.passbook(passbookId);
  if (passbook === undefined) throw new CounterdError('CD_LEDGER_ACCOUNT', passbookId);
  const profile = bookProfile(passbook.layout);
  const byId = new Map(ledger.entries(passbookId).map((entry) => [entry.entryId, entry]));
  const printed = ledger.printed(passbookId);
  const onPage = new Map<number, { entry: LedgerEntry; state: 'printed' | 'waiting' }>();
  for (const planned of planLines([...byId.values()], printed, profile.lineCount)) {
    if (planned.page === page) onPage.set(planned.line, { entry: planned.entry, state: 'waiting' });
  }
  for (const place of printed) {
    const entry = byId.get(place.entryId);
    if (place.page === page && entry !== undefined) onPage.set(place.line, { entry, state: 'printed' });
  }
  const lines = Array.from({ length: profile.lineCount }, (_, index) => previewLine(profile, index + 1, onPage.get(index + 1)));
  const fold =
    profile.fold === undefined
      ? {}
      : { foldMm: lineYMm(profile, profile.fold.afterLine + 1) - profile.linePitchMm / 2 - profile.fold.gapMm / 2 };
  return { page, widthMm: profile.page.widthMm, heightMm: profile.page.heightMm, ...fold, lines };
}

function previewLine(
  profile: PageProfile,
  line: number,
  at: { readonly entry: LedgerEntry; readonly state: 'printed' | 'waiting' } | undefined,
): PagePreview['lines'][number] {
  const yMm = lineYMm(profile, line);
  if (at === undefined) return { line, yMm, state: 'empty', runs: [] };
  const placed = placeLine(profile.id, { line, ...at.entry });
  const cellMm = CELL_MM[profile.pitch];
  const runs = placed.runs.map(({ xMm, text }) => ({ xMm, text, widthMm: displayCells(text) * cellMm, heightMm: GLYPH_HEIGHT_MM }));
  return { line, yMm, state: at.state, entryId: at.entry.entryId, runs };
}
