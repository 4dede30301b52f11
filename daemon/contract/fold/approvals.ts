import type { Entry } from '../entry.ts';
import type { ApprovalView, BranchState } from '../state.ts';

/** How many ended approvals stay in the state; older ones are in the journal. */
const KEPT_ENDED = 20;

/** Approvals from asked to used. */
export function foldApproval(state: BranchState, entry: Entry): BranchState {
  if (entry.type === 'approval.requested') {
    const { approvalId: id, content, contentHash, expiresAt } = entry.data;
    const asked: ApprovalView = { id, content, contentHash, askedBy: entry.actor ?? '', askedAt: entry.at, expiresAt, stage: 'asked' };
    return { ...state, approvals: { ...withoutOldest(state.approvals), [id]: asked } };
  }
  if (!isAboutOne(entry)) return state;
  const approval = state.approvals[entry.data.approvalId];
  if (approval === undefined) return state;
  return { ...state, approvals: { ...state.approvals, [approval.id]: { ...approval, ...changeOf(entry) } } };
}

type AboutOne = Extract<
  Entry,
  { type: 'approval.opened' | 'approval.granted' | 'approval.refused' | 'approval.withdrawn' | 'approval.expired' | 'approval.used' }
>;

function isAboutOne(entry: Entry): entry is AboutOne {
  return entry.type.startsWith('approval.') && entry.type !== 'approval.requested' && entry.type !== 'approval.missing';
}

function changeOf(entry: AboutOne): Partial<ApprovalView> {
  const actor = entry.actor ?? '';
  switch (entry.type) {
    case 'approval.opened':
      return { stage: 'opened', openedBy: actor };
    case 'approval.granted':
      return { stage: 'granted', decidedBy: actor };
    case 'approval.refused':
      return { stage: 'refused', decidedBy: actor, reason: entry.data.reason };
    case 'approval.withdrawn':
      return { stage: 'withdrawn' };
    case 'approval.expired':
      return { stage: 'expired' };
    case 'approval.used':
      return { stage: 'used', outcome: entry.data.outcome, ...(entry.data.code === undefined ? {} : { code: entry.data.code }) };
  }
}

function withoutOldest(approvals: BranchState['approvals']): BranchState['approvals'] {
  const ended = Object.values(approvals).filter(({ stage }) => stage !== 'asked' && stage !== 'opened' && stage !== 'granted');
  const oldest = new Set(ended.slice(0, Math.max(0, ended.length - KEPT_ENDED + 1)).map(({ id }) => id));
  return oldest.size === 0 ? approvals : Object.fromEntries(Object.entries(approvals).filter(([id]) => !oldest.has(id)));
}
