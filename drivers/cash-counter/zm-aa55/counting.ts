/** Reports become batches and events. */
import { addSums, describeSums, mainCurrency, toMinor, totalsOf } from '../mechanism.ts';
import type { BatchEnd } from '../words.ts';
import { addJunk, addNote, beginBatch, closeTotals, compareTotals, isComplete, isRepeated, type Batch, type Comparison } from './batch.ts';
import { STATUS, type Report } from './codec.ts';
import type { Turn } from './turn.ts';

/**
 * A running batch without a report for this long has ended unheard, or somebody clears a jam. Our choice: the
 * slowest machines count 600 notes a minute, and a jam that takes longer makes a second, incomplete batch.
 */
const SILENCE_MS = 60_000;
/**
 * Notes that go on after so long a pause may be another batch's, whose beginning was not heard: equal stacks reach
 * equal totals. Long enough for a second handful into the hopper; a jam takes longer. Our choice.
 */
const PAUSE_MS = 10_000;
/** A full pocket that nobody empties for this long: the batch went on unheard, or was given up. Our choice. */
export const FULL_SILENCE_MS = 600_000;

export function takeReport(turn: Turn, report: Report): void {
  if (report.status === STATUS.start) takeStart(turn, report);
  else if (report.status === STATUS.note) takeNote(turn, report);
  else if (report.status === STATUS.finished) takeEnd(turn, report);
  else if (report.status === STATUS.pocketFull) takePocketFull(turn, report);
  else if (report.status === STATUS.standby) takeStandby(turn);
  // A status that no document names: whatever it was, it may have been a note.
  else takeJunk(turn, 1);
}

/** Bytes that are no report: one may have been among them. */
export function takeJunk(turn: Turn, byteCount: number): void {
  const { batch } = turn.state;
  if (batch !== undefined) turn.change({ batch: addJunk(batch, byteCount) });
}

/** Nobody hears what the machine tells from here on. */
export function cutOff(turn: Turn): void {
  const { batch } = turn.state;
  if (batch !== undefined) turn.change({ batch: { ...batch, wasCut: true } });
}

/** Nothing came for long. */
export function notePause(turn: Turn): void {
  const { batch } = turn.state;
  if (batch !== undefined) turn.change({ batch: { ...batch, wasPaused: true } });
}

/** Nothing came for too long: the end of the batch was lost. */
export function endInSilence(turn: Turn): void {
  closeBatch(turn, 'silence');
  turn.change({ resting: 'unknown' });
}

function takeStart(turn: Turn, report: Report): void {
  const { batch } = turn.state;
  if (batch?.last?.status === STATUS.start) {
    turn.change({ batch: { ...batch, wasRepeated: true } });
    return;
  }
  closeBatch(turn, 'next-batch');
  const begun = begin(turn);
  keepOpen(turn, { ...begun, last: report });
}

function takeNote(turn: Turn, report: Report): void {
  const { batch } = turn.state;
  if (batch !== undefined && isRepeated(batch, report)) {
    turn.change({ batch: { ...batch, wasRepeated: true } });
    return;
  }
  // A count of one after others: the start of a new batch was lost, and with it the end of this one. (A reject may
  // leave a count of one as it was.)
  const before = batch?.last === undefined || batch.last.status === STATUS.start ? 0 : batch.last.totalCount;
  const isNew = report.totalCount === 1 && (before > 1 || (before === 1 && report.errorCode === 0));
  if (isNew) closeBatch(turn, 'next-batch');
  const open = batch === undefined || isNew ? beginUnheard(turn) : batch;
  const added = addNote(open, report);
  if (added.note !== undefined) emitNote(turn, open, { ...added.note, errorCode: report.errorCode });
  if (report.errorCode !== 0) turn.change({ hasRejects: true });
  keepOpen(turn, tellDifference(turn, compareTotals(added.batch, report)));
}

function takeEnd(turn: Turn, report: Report): void {
  const { lastEnd } = turn.state;
  const isRepeatedEnd = lastEnd?.totalAmount === report.totalAmount && lastEnd.totalCount === report.totalCount;
  const hasTotals = report.totalCount !== 0 || report.totalAmount !== '0';
  // Totals of a batch that was never heard of: it is told, as a batch of which everything is missing.
  const batch = turn.state.batch ?? (hasTotals && !isRepeatedEnd ? beginUnheard(turn) : undefined);
  if (batch !== undefined) {
    turn.change({ batch: tellDifference(turn, closeTotals(batch, report)) });
    closeBatch(turn, 'finished');
  }
  turn.change({ resting: 'idle', lastEnd: report });
}

function takePocketFull(turn: Turn, report: Report): void {
  const open = turn.state.batch ?? beginUnheard(turn);
  if (open.isFull && open.last !== undefined && open.last.status === report.status) return;
  const full = { ...tellDifference(turn, closeTotals(open, report)), isFull: true, last: report };
  turn.emit({ type: 'cash-counter.pocket-full', data: { ...place(full), noteCount: full.sums.noteCount } });
  turn.change({ batch: full });
  turn.disarm('pause');
  turn.arm('silence', FULL_SILENCE_MS);
}

function takeStandby(turn: Turn): void {
  if (turn.state.batch === undefined && turn.state.resting === 'standby') return;
  closeBatch(turn, 'standby');
  turn.change({ resting: 'standby', lastEnd: undefined });
  turn.emit({ type: 'cash-counter.machine-standby', data: {} });
}

function begin(turn: Turn): Batch {
  const { batchCount, job, counting } = turn.state;
  const batch = beginBatch(batchCount + 1, job?.id, counting);
  turn.change({ batch, batchCount: batchCount + 1, lastEnd: undefined, resting: 'unknown', hasRejects: false });
  turn.emit({ type: 'cash-counter.count-started', data: place(batch) });
  return batch;
}

/** The start was not heard, and with it may be gone what followed it. */
function beginUnheard(turn: Turn): Batch {
  return addJunk(begin(turn), 0);
}

function keepOpen(turn: Turn, batch: Batch): void {
  turn.change({ batch });
  turn.arm('pause', PAUSE_MS);
  turn.arm('silence', SILENCE_MS);
}

/** Ends the open batch. Only an end that the machine told, with nothing missed before, makes it complete. */
function closeBatch(turn: Turn, endedBy: BatchEnd): void {
  const { batch, job } = turn.state;
  if (batch === undefined) return;
  const wasEndTold = endedBy === 'finished' || (batch.isFull && batch.closing === 'agree');
  const isWhole = wasEndTold && isComplete(batch);
  const currency = mainCurrency(batch.sums);
  turn.emit({
    type: 'cash-counter.batch-counted',
    data: {
      ...place(batch),
      ...describeSums(batch.sums, isWhole),
      currency,
      totalMinor: totalsOf(batch.sums.tallies).find((total) => total.currency === currency)?.totalMinor ?? '0',
      endedBy,
      closingFigures: batch.closing,
      missingCount: batch.missingCount,
      ...missingIn(currency, batch.missingMajor),
    },
  });
  turn.disarm('pause', 'silence');
  turn.change({ batch: undefined });
  if (isWhole && batch.closing === 'agree' && batch.sums.rejectCount > 0) turn.change({ counting: batch.counting });
  if (job === undefined || job.id !== batch.jobId) return;
  const sums = addSums(job.sums, batch.sums);
  turn.change({ job: { ...job, batchCount: job.batchCount + 1, sums, isComplete: job.isComplete && isWhole } });
}

/** Tells of a difference once; from here on it is part of what is expected. */
function tellDifference(turn: Turn, { batch, difference }: Comparison): Batch {
  if (difference === undefined) return batch;
  const missing = missingIn(mainCurrency(batch.sums), difference.major);
  turn.emit({ type: 'cash-counter.figures-disagree', data: { ...place(batch), missingCount: difference.count, ...missing } });
  return batch;
}

/** An amount without a currency has no minor units: it is left out. */
function missingIn(currency: string, major: bigint | undefined): { missingMinor?: string } {
  return major === undefined || currency === 'XXX' ? {} : { missingMinor: toMinor(major, currency) };
}

function emitNote(turn: Turn, batch: Batch, note: NonNullable<ReturnType<typeof addNote>['note']> & { readonly errorCode: number }): void {
  const { accepted, sequence, serial, isSerialComplete, errorCode } = note;
  if (accepted === undefined) {
    turn.emit({ type: 'cash-counter.note-rejected', data: { ...place(batch), sequence, errorCode, serial } });
  } else {
    turn.emit({ type: 'cash-counter.note-counted', data: { ...place(batch), sequence, ...accepted, serial, isSerialComplete } });
  }
}

function place(batch: Batch): { batch: number; jobId?: string } {
  return batch.jobId === undefined ? { batch: batch.number } : { batch: batch.number, jobId: batch.jobId };
}
