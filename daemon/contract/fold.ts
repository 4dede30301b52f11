import type { Entry } from './entry.ts';
import { foldApproval } from './fold/approvals.ts';
import { foldCashCount } from './fold/cash-count.ts';
import { foldDevice } from './fold/devices.ts';
import { foldPassbookUpdate } from './fold/passbook-update.ts';
import { foldPeople } from './fold/people.ts';
import { foldSlipScan } from './fold/slip-scan.ts';
import type { BranchState } from './state.ts';

/** The branch before its first entry. */
export function initialState(): BranchState {
  return { seq: 0, at: '', branch: undefined, people: {}, positions: {}, devices: {}, approvals: {}, flows: {} };
}

/**
 * Folds one entry into the state. Pure, and total over every entry type: it runs in the daemon, in the browser
 * and in the test that compares the two. Each area looks at the types it knows and returns the state as it
 * was for all others.
 */
export function evolve(state: BranchState, entry: Entry): BranchState {
  let next = foldPeople(state, entry);
  next = foldDevice(next, entry);
  next = foldApproval(next, entry);
  next = foldPassbookUpdate(next, entry);
  next = foldCashCount(next, entry);
  next = foldSlipScan(next, entry);
  return { ...next, seq: entry.seq, at: entry.at };
}
