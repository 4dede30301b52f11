import { evolve, initialState, type BranchState, type Entry } from '../contract/index.ts';
import type { Fold } from '../journal/fold.ts';

/**
 * The branch as it is now, kept beside the journal and stepped in the transaction of every append. Raise
 * `version` whenever the contract’s fold or the shape of `BranchState` changes: the saved snapshot is then
 * thrown away and the journal folded again.
 */
export const branchState: Fold<BranchState> = {
  name: 'branch-state',
  version: 4,
  initial: initialState,
  // The journal stores any object as a body; its rules have checked this one against the contract.
  evolve: (state, entry) => evolve(state, entry as unknown as Entry),
};
