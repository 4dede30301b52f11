import type { Entry } from '../entry.ts';
import type { BranchState, CashCountResult, CashCountView, CountedNote } from '../state.ts';
import { changeFlow, withFlow } from './flow.ts';

/** How many notes of the running count stay in the state; all of them are in the journal. */
const KEPT_NOTES = 500;

const nothingCounted: CashCountResult = { tallies: [], totalMinor: '0', noteCount: 0, rejectCount: 0, isComplete: true };

/** A cash count: attempts, and the running one note by note. */
export function foldCashCount(state: BranchState, entry: Entry): BranchState {
  if (entry.type === 'cash-count.started') {
    const { device: deviceId, ...facts } = entry.data;
    return withFlow(state, {
      kind: 'cash-count',
      id: entry.flow ?? '',
      deviceId,
      ...facts,
      startedBy: entry.actor ?? '',
      startedAt: entry.at,
      isOpen: true,
      step: 'counting',
      results: [],
      running: { ...nothingCounted, notes: [] },
    });
  }
  if (entry.type.startsWith('cash-counter.')) return foldMachine(state, entry);
  if (!entry.type.startsWith('cash-count.')) return state;
  return changeFlow(state, { entry, kind: 'cash-count' }, (flow) => change(flow, entry));
}

/** The machine pushes; its events carry no flow. They belong to the open count that holds the machine. */
function foldMachine(state: BranchState, entry: Entry): BranchState {
  const flow = Object.values(state.flows).find(
    (one): one is CashCountView => one.kind === 'cash-count' && one.isOpen && one.deviceId === entry.device,
  );
  if (flow === undefined) return state;
  const changed = count(flow, entry);
  return changed === flow ? state : { ...state, flows: { ...state.flows, [flow.id]: changed } };
}

function count(flow: CashCountView, entry: Entry): CashCountView {
  const { running } = flow;
  switch (entry.type) {
    case 'cash-counter.count-started':
      return { ...flow, step: 'counting' };
    case 'cash-counter.note-counted': {
      const { currency, denominationMinor, serial } = entry.data;
      const note: CountedNote = { number: running.noteCount + running.rejectCount + 1, denominationMinor, serial, isRejected: false };
      return {
        ...flow,
        running: {
          ...running,
          tallies: addNote(running.tallies, currency, denominationMinor),
          totalMinor: (BigInt(running.totalMinor) + BigInt(denominationMinor)).toString(),
          noteCount: running.noteCount + 1,
          notes: [...running.notes, note].slice(-KEPT_NOTES),
        },
      };
    }
    case 'cash-counter.note-rejected': {
      const note: CountedNote = {
        number: running.noteCount + running.rejectCount + 1,
        denominationMinor: '0',
        serial: entry.data.serial,
        isRejected: true,
        errorCode: entry.data.errorCode,
      };
      return { ...flow, running: { ...running, rejectCount: running.rejectCount + 1, notes: [...running.notes, note].slice(-KEPT_NOTES) } };
    }
    case 'cash-counter.figures-disagree':
      return { ...flow, running: { ...running, isComplete: false } };
    default:
      return flow;
  }
}

function change(flow: CashCountView, entry: Entry): CashCountView {
  switch (entry.type) {
    case 'cash-count.result-added': {
      const before = flow.results.slice(0, -1);
      const attempt = addResults(flow.results[flow.results.length - 1] ?? nothingCounted, entry.data);
      return { ...flow, step: 'compare', results: [...before, attempt] };
    }
    case 'cash-count.recount-asked': {
      const { difference: _difference, ...kept } = flow;
      return { ...kept, step: 'counting', results: [...flow.results, nothingCounted], running: { ...nothingCounted, notes: [] } };
    }
    case 'cash-count.difference-recorded':
      return { ...flow, difference: { kind: entry.data.kind, differenceMinor: entry.data.differenceMinor } };
    case 'cash-count.finished':
      return { ...flow, step: 'finished', isOpen: false };
    case 'cash-count.cancelled':
      return { ...flow, step: 'cancelled', isOpen: false };
    default:
      return flow;
  }
}

type Tallies = CashCountResult['tallies'];

function addNote(tallies: Tallies, currency: string, denominationMinor: string): Tallies {
  return addTallies(tallies, [{ currency, denominationMinor, noteCount: 1 }]);
}

function addTallies(one: Tallies, other: Tallies): Tallies {
  const sums = new Map(one.map((tally) => [`${tally.currency} ${tally.denominationMinor}`, tally]));
  for (const tally of other) {
    const key = `${tally.currency} ${tally.denominationMinor}`;
    sums.set(key, { ...tally, noteCount: tally.noteCount + (sums.get(key)?.noteCount ?? 0) });
  }
  return [...sums.values()].sort((a, b) => (BigInt(b.denominationMinor) > BigInt(a.denominationMinor) ? 1 : -1));
}

function addResults(one: CashCountResult, other: CashCountResult): CashCountResult {
  return {
    tallies: addTallies(one.tallies, other.tallies),
    totalMinor: (BigInt(one.totalMinor) + BigInt(other.totalMinor)).toString(),
    noteCount: one.noteCount + other.noteCount,
    rejectCount: one.rejectCount + other.rejectCount,
    isComplete: one.isComplete && other.isComplete,
  };
}
