import { describe, expect, it } from 'vitest';
import type { MachineState } from '../../simulators/cash-counter/zm-aa55/machine-state.ts';
import { hasSameNotes } from '../../simulators/world/notes.ts';
import { asTold, liveThroughCashDay, toldBatches, trueBatches, type CashDay, type ToldBatch, type TrueBatch } from '../support/cash-day.ts';
import { throughSeeds } from '../support/seeds.ts';

/** Damage in a currency, and in the sum, alike. */
const FAILED_ONCE = [1879306887];

describe('a ZM note counter through its days', () => {
  it('keeps every note, tells the truth or says that it may not be whole, and settles every command once', () => {
    const told = { complete: 0, incomplete: 0, notes: 0, rejects: 0, disagreements: 0, done: 0, refused: 0, failed: 0 };
    const live = (seed: number): void => {
      const day = liveThroughCashDay(seed);
      checkConservation(day);
      checkCommands(day);
      checkQuiet(day);
      if (day.weather === 'clean') checkClean(day);
      else checkDamaged(day);
      checkJobs(day);
      for (const { counted } of toldBatches(day)) {
        told[counted?.isComplete === true ? 'complete' : 'incomplete']++;
        told.notes += counted?.noteCount ?? 0;
        told.rejects += counted?.rejectCount ?? 0;
      }
      told.disagreements += day.rig.events.filter(({ type }) => type === 'cash-counter.figures-disagree').length;
      for (const { box } of day.commands) if (box.outcome !== undefined && box.outcome.kind !== 'in-doubt') told[box.outcome.kind]++;
    };
    const { count, first, isTelling } = throughSeeds('test/simulation/cash-counter.test.ts', live, FAILED_ONCE);
    process.stderr.write(`cash-counter: ${String(count)} seeds from ${String(first)}: ${JSON.stringify(told)}\n`);
    // A day in which nothing of a kind happened proves nothing about it.
    if (isTelling) for (const [what, times] of Object.entries(told)) expect(times, what).toBeGreaterThan(0);
  }, 3_600_000);
});

/** What was laid in is in a tray or was taken out, each note once. */
function checkConservation({ rig, notes }: CashDay): void {
  const { hopper, path, stacker, rejects } = rig.device.state as MachineState;
  const taken = rig.truths
    .filter(({ type }) => type === 'notes-taken')
    .flatMap(({ data }) => data['ids'] as string[])
    .map((id) => notes.get(id));
  const put = rig.truths.filter(({ type }) => type === 'notes-put').flatMap(({ data }) => data['ids'] as string[]);
  expect(put.length).toBe(notes.size);
  const everywhere = [...hopper, ...path, ...stacker, ...rejects, ...taken.filter((note) => note !== undefined)];
  expect(hasSameNotes([...notes.values()], everywhere)).toBe(true);
}

function checkCommands({ commands, rig }: CashDay): void {
  for (const { name, box } of commands) expect(box.settleCount, name).toBe(1);
  for (const { box } of commands) expect(box.outcome?.kind).not.toBe('in-doubt');
  expect(rig.host.openCommandCount).toBe(0);
}

/** At the end of the day nothing is open, and nothing is held but the next question. */
function checkQuiet({ rig }: CashDay): void {
  expect(rig.statuses.at(-1)?.status).toMatchObject({ device: 'online', isCounting: false });
  expect(rig.host.armedTimerCount).toBeLessThanOrEqual(3);
  for (const batch of toldBatches({ rig } as CashDay)) expect(batch.counted).toBeDefined();
}

/** With a line that loses nothing the notes told are the notes stacked, one by one. */
function checkClean(day: CashDay): void {
  const truths = trueBatches(day);
  const batches = toldBatches(day);
  const accepted = truths.flatMap((batch) => batch.accepted.map(asTold));
  expect(batches.flatMap((batch) => batch.notes)).toEqual(accepted);
  expect(batches.length).toBe(truths.length);
  truths.forEach((truth, i) => {
    const batch = batches[i];
    expect(batch?.notes).toEqual(truth.accepted.map(asTold));
    const isTwice = (batch?.rejectCount ?? 0) > truth.rejected.length;
    expect(batch?.rejectCount).toBeGreaterThanOrEqual(truth.rejected.length);
    // A machine that does not count rejects, on a line that repeats: a second reject may be the first again.
    if (isTwice) expect(batch?.counted?.isComplete).toBe(false);
    // Notes that go on after ten seconds may be another batch's, for all the driver knows.
    if (truth.longestPauseMs > 10_300) expect(batch?.counted?.isComplete).toBe(false);
    else if (!truth.wasForgotten && !isTwice && truth.longestPauseMs < 9_700 && (truth.rejected.length === 0 || day.world.countsRejects)) {
      expect(batch?.counted).toMatchObject({ isComplete: true, missingCount: 0 });
    }
  });
}

/** With a bad line a batch is the truth, or says that it may not be whole; and no note is told that never was. */
function checkDamaged(day: CashDay): void {
  const truths = trueBatches(day);
  const batches = toldBatches(day);
  for (const batch of batches) {
    expect(batch.counted?.noteCount).toBe(batch.notes.length);
    expect(batch.counted?.rejectCount).toBe(batch.rejectCount);
    if (batch.counted?.isComplete === true && batch.notes.length + batch.rejectCount > 0) {
      expect(
        truths.some((truth) => isTruth(batch, truth, day.isCorrupted)),
        JSON.stringify(batch),
      ).toBe(true);
    }
  }
  if (day.isCorrupted) return;
  const accepted = new Set(truths.flatMap((truth) => truth.accepted.map(asTold)));
  const toldNotes = batches.flatMap((batch) => batch.notes);
  for (const note of toldNotes) expect(accepted.has(note), note).toBe(true);
  expect(new Set(toldNotes).size).toBe(toldNotes.length);
}

/**
 * A sum of 8 bits lets some damage pass. Counts and amounts are proven by the totals; a serial number is not, so on a
 * line that alters bytes the notes are compared by what they are worth.
 */
function isTruth(batch: ToldBatch, truth: TrueBatch, isCorrupted: boolean): boolean {
  const worth = (note: string): string => (isCorrupted ? note.split(' ').slice(0, 2).join(' ') : note);
  const wanted = truth.accepted.map((note) => worth(asTold(note)));
  const seen = batch.notes.map(worth);
  return batch.rejectCount === truth.rejected.length && seen.length === wanted.length && seen.every((note, i) => note === wanted[i]);
}

/** The sums of a job are those of its batches. */
function checkJobs(day: CashDay): void {
  for (const { name, box } of day.commands) {
    if (name !== 'end-job' || box.outcome?.kind !== 'done') continue;
    const { jobId, batchCount, isCounting, sums } = box.outcome.result as {
      jobId?: string;
      batchCount: number;
      isCounting: boolean;
      sums: { noteCount: number; isComplete: boolean };
    };
    const own = toldBatches(day).flatMap(({ counted }) =>
      counted !== undefined && jobId !== undefined && counted.jobId === jobId ? [counted] : [],
    );
    const heard = own.slice(0, batchCount);
    expect(own.length - heard.length).toBeLessThanOrEqual(isCounting ? 1 : 0);
    expect(sums.noteCount).toBe(heard.reduce((sum, batch) => sum + batch.noteCount, 0));
    expect(sums.isComplete).toBe(!isCounting && heard.every((batch) => batch.isComplete));
  }
}
