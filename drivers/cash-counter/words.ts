/** Words and value shapes of cash counters. Amounts are whole minor units (fen for CNY), as strings. */
import { Type, oneOf, record, type Static } from '../kit/schema.ts';

export const AmountMinor = Type.String({ pattern: '^-?(0|[1-9]\\d*)$', description: 'Whole minor units (fen for CNY), as a string.' });
export const Currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217; XXX when the machine named none that is one.' });
export const NoteCount = Type.Integer({ minimum: 0, maximum: 4_294_967_295 });
export const BatchNumber = Type.Integer({ minimum: 1, description: 'Counts the batches of this driver since the daemon started.' });
export const JobId = Type.String({ pattern: '^[0-9A-Za-z-]{1,64}$', description: 'Chosen by whoever began the job.' });

/** A serial number as read: unread positions are `_`. Empty when the machine gave none. */
export const NoteSerial = Type.String({ pattern: '^[0-9A-Z_]{0,16}$' });

export const Tally = record({ currency: Currency, denominationMinor: AmountMinor, noteCount: NoteCount });
export type Tally = Static<typeof Tally>;

export const CurrencyTotal = record({ currency: Currency, totalMinor: AmountMinor });
export type CurrencyTotal = Static<typeof CurrencyTotal>;

/** What the machine is doing, as far as it told. `pocketFull`: the batch is open and waits for the stacker to be emptied. */
export const Activity = oneOf(['unknown', 'idle', 'counting', 'pocketFull', 'standby']);
export type Activity = Static<typeof Activity>;

/** XFS4IoT words for an input or output position, with `unknown` for a machine that does not tell. */
export const TrayState = oneOf(['empty', 'notEmpty', 'full', 'unknown']);
export type TrayState = Static<typeof TrayState>;

/**
 * How a batch ended: the machine said it finished; it went to standby in the middle; the next batch began
 * without an end of this one; nothing came for so long that the end must have been lost.
 */
export const BatchEnd = oneOf(['finished', 'standby', 'next-batch', 'silence']);
export type BatchEnd = Static<typeof BatchEnd>;

/** Whether the totals in the machine's last report of the batch are those of the notes seen. */
export const ClosingFigures = oneOf(['agree', 'differ', 'notGiven']);
export type ClosingFigures = Static<typeof ClosingFigures>;

/** Sums over some notes; also those of the batch that is running. */
export const countFields = {
  tallies: Type.Array(Tally, { maxItems: 32, description: 'Accepted notes by currency and denomination, highest first.' }),
  totals: Type.Array(CurrencyTotal, { maxItems: 16, description: 'Accepted notes by currency.' }),
  noteCount: Type.Integer({
    minimum: 0,
    maximum: 4_294_967_295,
    description: 'Accepted notes that were reported one by one. Rejected ones are not in it.',
  }),
  rejectCount: NoteCount,
  isComplete: Type.Boolean({
    description: 'False when reports were lost or may have been: what is listed was counted, but it may not be all.',
  }),
};
export const NoteSums = record(countFields);
export type NoteSums = Static<typeof NoteSums>;
