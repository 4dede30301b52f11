/**
 * One batch as the reports tell it, and the proof that none was lost.
 *
 * Every one-note report carries the totals up to and with that note. They are compared with what was seen:
 * - amount ahead: accepted notes were lost, worth the difference;
 * - count ahead with the amount right: rejected notes were lost, on a machine that counts them;
 * - both right: nothing countable was lost, unless so much went unheard that it is another batch by now.
 * What is known to be missing is kept as an offset, so that one loss is told once and later ones are still seen.
 */
import { addSums, hasRoom, noSums, readCurrency, readSerial, toMinor, type Sums } from '../mechanism.ts';
import type { ClosingFigures } from '../words.ts';
import type { Report } from './codec.ts';

/** Whether the machine's total count includes the notes it rejected. */
export type RejectCounting = 'unknown' | 'included' | 'apart';

export interface Batch {
  readonly number: number;
  readonly jobId: string | undefined;
  readonly counting: RejectCounting;
  readonly sums: Sums;
  /** Face values of the accepted notes, in major units. */
  readonly acceptedMajor: bigint;
  readonly missingCount: number;
  readonly missingMajor: bigint;
  /** Reports were lost for certain. */
  readonly hasMissed: boolean;
  /** A note was accepted whose currency is none: no machine accepts that, so the report was damaged and its sum let it pass. */
  readonly hasUnread: boolean;
  /** Junk came, which may have been a report. Totals that agree clear it. */
  readonly hasDoubt: boolean;
  readonly junkBytes: number;
  /** No report for long. Notes that come after all may be another batch's. */
  readonly wasPaused: boolean;
  /**
   * So much went unheard - the link was gone, two reports' worth of junk came, notes went on after a long pause -
   * that this batch may have ended and another have reached the very same totals. Nothing proves that it did not.
   */
  readonly wasCut: boolean;
  /** A report came twice, so the line repeats, and a repeated reject cannot be told from a second one. */
  readonly wasRepeated: boolean;
  /** The last report was "pocket full": the batch is open, nothing moves. */
  readonly isFull: boolean;
  readonly closing: ClosingFigures;
  readonly last: Report | undefined;
}

export interface SeenNote {
  readonly sequence: number;
  readonly serial: string;
  readonly isSerialComplete: boolean;
  readonly accepted?: { readonly currency: string; readonly denominationMinor: string };
}

/** What the totals of a report say about the reports before it. */
export interface Comparison {
  readonly batch: Batch;
  readonly difference?: { readonly count: number; readonly major: bigint | undefined };
}

/** Two reports of 48 bytes, of which a bad line may have swallowed a third. */
const CUT_BYTES = 64;

export function beginBatch(number: number, jobId: string | undefined, counting: RejectCounting): Batch {
  return {
    number,
    jobId,
    counting,
    sums: noSums,
    acceptedMajor: 0n,
    missingCount: 0,
    missingMajor: 0n,
    hasMissed: false,
    hasUnread: false,
    hasDoubt: false,
    junkBytes: 0,
    wasPaused: false,
    wasCut: false,
    wasRepeated: false,
    isFull: false,
    closing: 'notGiven',
    last: undefined,
  };
}

/** Something was not heard, `byteCount` bytes of junk in its place. The end of one batch and the start of the next are two reports. */
export function addJunk(batch: Batch, byteCount: number): Batch {
  const junkBytes = batch.junkBytes + byteCount;
  return { ...batch, hasDoubt: true, junkBytes, wasCut: batch.wasCut || junkBytes > CUT_BYTES };
}

/** Whether `report` is the last one once more. The machine never repeats by itself, but a line may. */
export function isRepeated(batch: Batch, report: Report): boolean {
  const { last } = batch;
  if (last === undefined || !isSameReport(last, report)) return false;
  // An accepted note always moves the totals, a reject only where rejects are counted.
  return report.errorCode === 0 || batch.counting === 'included';
}

/** Adds the note of a one-note report. The note is undefined when it is not one that cash can hold. */
export function addNote(batch: Batch, report: Report): { readonly batch: Batch; readonly note: SeenNote | undefined } {
  const sequence = batch.sums.noteCount + batch.sums.rejectCount + 1;
  const wasCut = batch.wasCut || (batch.wasPaused && sequence > 1);
  const open = { ...batch, isFull: false, closing: 'notGiven' as const, last: report, wasPaused: false, wasCut };
  if (report.errorCode !== 0) {
    const { serial } = readSerial(report.serial, 'XXX');
    const rejected = { ...open, sums: addSums(batch.sums, { ...noSums, rejectCount: 1 }) };
    return { batch: rejected, note: { sequence, serial, isSerialComplete: false } };
  }
  const currency = readCurrency(report.currency);
  const denominationMinor = toMinor(BigInt(report.denomination), currency);
  if (!hasRoom(batch.sums, currency, denominationMinor)) return { batch: { ...open, hasMissed: true }, note: undefined };
  const { serial, isComplete } = readSerial(report.serial, currency);
  const sums = addSums(batch.sums, { tallies: [{ currency, denominationMinor, noteCount: 1 }], noteCount: 1, rejectCount: 0 });
  return {
    batch: {
      ...open,
      sums,
      acceptedMajor: batch.acceptedMajor + BigInt(report.denomination),
      hasUnread: batch.hasUnread || currency === 'XXX',
    },
    note: { sequence, serial, isSerialComplete: isComplete, accepted: { currency, denominationMinor } },
  };
}

/** Holds the totals of `report` against what was seen. */
export function compareTotals(batch: Batch, report: Report): Comparison {
  const { noteCount, rejectCount } = batch.sums;
  const isOneCurrency = new Set(batch.sums.tallies.map((tally) => tally.currency)).size <= 1;
  const major = isOneCurrency ? BigInt(report.totalAmount) - batch.acceptedMajor - batch.missingMajor : undefined;
  const apart = report.totalCount - noteCount - batch.missingCount;
  const ahead = { apart, included: apart - rejectCount };
  const isAmountRight = major === undefined || major === 0n;
  const counting = batch.counting === 'unknown' && rejectCount > 0 && major === 0n ? learnCounting(ahead) : batch.counting;
  const count = counting === 'unknown' ? (ahead.apart === 0 ? 0 : ahead.included) : ahead[counting];
  if (count === 0 && isAmountRight) {
    // Rejects lost on a machine that does not count them leave no trace: there the doubt stays.
    return { batch: { ...batch, counting, hasDoubt: batch.hasDoubt && counting !== 'included', junkBytes: 0 } };
  }
  const missingMajor = batch.missingMajor + (major ?? 0n);
  const missed = { ...batch, counting, hasMissed: true, missingCount: batch.missingCount + count, missingMajor };
  return { batch: missed, difference: { count, major } };
}

/** Takes the closing totals of "finished" and "pocket full", which some machines leave at zero. */
export function closeTotals(batch: Batch, report: Report): Comparison {
  if (report.totalCount === 0 && report.totalAmount === '0') return { batch: { ...batch, closing: 'notGiven' } };
  const compared = compareTotals(batch, report);
  return { ...compared, batch: { ...compared.batch, closing: compared.difference === undefined ? 'agree' : 'differ' } };
}

/** Whether everything the machine counted in this batch was told and seen. */
export function isComplete(batch: Batch): boolean {
  const mayRejectsBeRepeated = batch.wasRepeated && batch.sums.rejectCount > 0 && batch.counting !== 'included';
  return !batch.hasMissed && !batch.hasUnread && !batch.hasDoubt && !batch.wasCut && !mayRejectsBeRepeated;
}

/** With the amount right, the count can only be off by rejects, which tells how the machine counts them. */
function learnCounting(ahead: { readonly apart: number; readonly included: number }): RejectCounting {
  if (ahead.apart === 0) return 'apart';
  return ahead.included >= 0 ? 'included' : 'unknown';
}

function isSameReport(one: Report, other: Report): boolean {
  return (
    one.status === other.status &&
    one.totalCount === other.totalCount &&
    one.totalAmount === other.totalAmount &&
    one.denomination === other.denomination &&
    one.currency === other.currency &&
    one.serial === other.serial &&
    one.errorCode === other.errorCode
  );
}
