import type { Entry } from './entry.ts';

/**
 * State held in memory that is a fold of the journal. It is stepped inside the transaction of the append, so a
 * decision sees what was decided a moment before it, and goes back with the transaction when that fails.
 * `evolve` is pure, total and may not refuse. The state is JSON: a snapshot of it is kept in the database so
 * that a start does not read the whole journal.
 */
export interface Fold<S> {
  /** Unique; names the snapshot. */
  readonly name: string;
  /** Raised when `evolve` or the shape of the state changes: older snapshots are then ignored. */
  readonly version: number;
  initial(): S;
  evolve(state: S, entry: Entry): S;
}
