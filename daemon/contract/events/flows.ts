import { event } from '../../../drivers/kit/family.ts';
import { Type, oneOf, record } from '../../../drivers/kit/schema.ts';
import { AmountMinor, Currency, DeviceId, ErrorCodeText, NoteCount, PositionId, Text } from './words.ts';

const EntryId = Type.String({ maxLength: 64, description: 'A ledger entry of the account.' });
const Place = { page: Type.Integer({ minimum: 1 }), line: Type.Integer({ minimum: 1 }) };

export const BookLine = record({
  entryId: EntryId,
  ...Place,
  date: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  summary: Text,
  amountMinor: AmountMinor,
  balanceMinor: AmountMinor,
  teller: Text,
});

/**
 * Passbook update (补登折, B-1 to B-4). One line is intended, sent, and then confirmed, doubted or known not printed. A printer
 * whose language confirms nothing leaves its lines `sent` until a person has looked at the page.
 */
export const passbookUpdateEvents = {
  'passbook-update.started': event(
    'A passbook update began: these lines go to these places.',
    record({
      positionId: PositionId,
      device: DeviceId,
      accountMasked: Text,
      passbookId: Text,
      holderMasked: Text,
      layout: Text,
      lines: Type.Array(BookLine, { maxItems: 400 }),
    }),
  ),
  'passbook-update.printing-asked': event('The person checked book and page and asked to print.', record({})),
  'passbook-update.line-intended': event('This line is about to be sent.', record({ entryId: EntryId, ...Place })),
  'passbook-update.line-confirmed': event(
    'The printer says that this line is done.',
    record({ entryId: EntryId, ...Place, by: oneOf(['mark', 'status']) }),
  ),
  'passbook-update.line-sent': event(
    'Every byte of this line has left for a printer that confirms nothing: what is on the paper, a person will say.',
    record({ entryId: EntryId, ...Place }),
  ),
  'passbook-update.paper-check-asked': event(
    'The book is given out with lines that nobody has confirmed: a person must look at this page.',
    record({ page: Type.Integer({ minimum: 1 }) }),
  ),
  'passbook-update.line-not-printed': event(
    'This line is known not to be on the paper.',
    record({ entryId: EntryId, ...Place, code: ErrorCodeText }),
  ),
  'passbook-update.line-doubted': event(
    'Nobody knows whether this line is on the paper: a person must look.',
    record({ entryId: EntryId, ...Place, code: ErrorCodeText }),
  ),
  'passbook-update.doubt-answered': event(
    'A person looked at the book and said what is on it.',
    record({
      entryId: EntryId,
      ...Place,
      answer: oneOf(['printed', 'not-printed', 'partly']),
      upToField: Type.Optional(oneOf(['date', 'summary', 'amount', 'balance'])),
    }),
  ),
  'passbook-update.line-voided': event(
    'A partly printed line is void; nothing more is printed there.',
    record({ entryId: EntryId, ...Place }),
  ),
  'passbook-update.replanned': event(
    'After a void line the entries not yet printed go to these places.',
    record({ lines: Type.Array(BookLine, { maxItems: 400 }) }),
  ),
  'passbook-update.page-turn-asked': event(
    'The page is full: the book must be turned to this page.',
    record({ page: Type.Integer({ minimum: 1 }) }),
  ),
  'passbook-update.page-turned': event('The person turned the page and put the book back.', record({ page: Type.Integer({ minimum: 1 }) })),
  'passbook-update.paused': event('Printing waits; the line in work was finished first.', record({ code: Type.Optional(ErrorCodeText) })),
  'passbook-update.stop-asked': event('The person asked to stop after the line in work.', record({})),
  'passbook-update.finished': event(
    'All lines are on the paper; the book is given back.',
    record({ printedCount: Type.Integer({ minimum: 0 }) }),
  ),
  'passbook-update.cancelled': event('The update was given up; what is printed stays printed.', record({ reason: Text })),
} as const;

export const Tally = record({ currency: Currency, denominationMinor: AmountMinor, noteCount: NoteCount });

/** Cash received and counted by the machine (现金收款, D-3). The machine’s figures are never typed over. */
export const cashCountEvents = {
  'cash-count.started': event(
    'Counting began for a slip of this amount.',
    record({
      positionId: PositionId,
      device: DeviceId,
      currency: Currency,
      slip: Type.Array(Tally, { maxItems: 32 }),
      slipTotalMinor: AmountMinor,
    }),
  ),
  'cash-count.result-added': event(
    'The machine finished a count for this slip. A recount adds a second result; both stay.',
    record({
      tallies: Type.Array(Tally, { maxItems: 32 }),
      totalMinor: AmountMinor,
      noteCount: NoteCount,
      rejectCount: NoteCount,
      isComplete: Type.Boolean({ description: 'False when frames were lost: the notes seen are not all the notes.' }),
    }),
  ),
  'cash-count.recount-asked': event('The person asked to count again.', record({})),
  'cash-count.difference-recorded': event(
    'The count differs from the slip and that is recorded, not netted off (C-6).',
    record({ kind: oneOf(['shortage', 'surplus']), differenceMinor: AmountMinor, note: Text }),
  ),
  'cash-count.finished': event('The cash is taken over as counted.', record({ totalMinor: AmountMinor, currency: Currency })),
  'cash-count.cancelled': event('The cash was given back uncounted or unaccepted.', record({ reason: Text })),
} as const;

/** Scanning slips and documents. What the picture means is another flow’s. */
export const slipScanEvents = {
  'slip-scan.started': event(
    'Scanning began.',
    record({ positionId: PositionId, device: DeviceId, source: oneOf(['platen', 'feeder']), dpi: Type.Integer(), colorMode: Text }),
  ),
  'slip-scan.continued': event(
    'The person asked for more pages; those kept stay.',
    record({ source: oneOf(['platen', 'feeder']), dpi: Type.Integer(), colorMode: Text }),
  ),
  'slip-scan.page-kept': event(
    'A page is stored; the entry’s attachment is its picture.',
    record({ pageNumber: Type.Integer({ minimum: 1 }), widthPx: Type.Integer(), heightPx: Type.Integer(), dpi: Type.Integer() }),
  ),
  'slip-scan.finished': event(
    'Scanning ended.',
    record({
      pageCount: Type.Integer({ minimum: 0 }),
      outcome: oneOf(['done', 'refused', 'failed', 'in-doubt']),
      code: Type.Optional(ErrorCodeText),
    }),
  ),
  'slip-scan.closed': event('The person is done with these pictures.', record({})),
} as const;
