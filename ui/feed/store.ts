import { create } from 'zustand';
import type { Entry } from '../../daemon/contract/entry.ts';
import { evolve, initialState } from '../../daemon/contract/fold.ts';
import type { BranchState } from '../../daemon/contract/state.ts';

export type LinkState = 'connecting' | 'live' | 'shaky' | 'lost';

export interface FeedState {
  readonly branch: BranchState;
  /** Recent entries, oldest first; older ones are asked for page by page. */
  readonly entries: readonly Entry[];
  readonly link: LinkState;
  /** Last word from the daemon, by its own clock: what is on the screen is as old as this. */
  readonly freshAt: string;
  /** Daemon’s clock minus this computer’s, in milliseconds. */
  readonly clockOffsetMs: number;
  /** How many entries came in one piece after an outage; undefined when there was none lately. */
  readonly caughtUp: number | undefined;
  /** The daemon speaks another contract than this page was made for. */
  readonly isOutdated: boolean;
}

const KEPT_ENTRIES = 5000;

export const feed = create<FeedState>(() => ({
  branch: initialState(),
  entries: [],
  link: 'connecting',
  freshAt: '',
  clockOffsetMs: 0,
  caughtUp: undefined,
  isOutdated: false,
}));

/** Starts over from a state the daemon sent, with the entries just before it. */
export function replaceBranch(branch: BranchState, entries: readonly Entry[]): void {
  feed.setState({ branch, entries: entries.filter((entry) => entry.seq <= branch.seq) });
}

/** Folds a batch in. Entries that are known already are dropped: after a resume some come twice over the wire. */
export function applyEntries(batch: readonly Entry[]): void {
  const { branch, entries, freshAt } = feed.getState();
  const fresh = newOnes(batch, branch.seq);
  const last = fresh.at(-1);
  if (last === undefined) return;
  feed.setState({
    branch: fresh.reduce(evolve, branch),
    entries: [...entries, ...fresh].slice(-KEPT_ENTRIES),
    freshAt: last.at > freshAt ? last.at : freshAt,
  });
}

/** In order and none twice, whatever arrived. Numbers may be missing: entries this person may not see are not sent. */
export function newOnes(batch: readonly Entry[], afterSeq: number): readonly Entry[] {
  const fresh: Entry[] = [];
  let seq = afterSeq;
  for (const entry of [...batch].sort((a, b) => a.seq - b.seq)) {
    if (entry.seq <= seq) continue;
    fresh.push(entry);
    seq = entry.seq;
  }
  return fresh;
}
