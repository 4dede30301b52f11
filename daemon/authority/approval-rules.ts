import type { ErrorCode } from '../../drivers/kit/errors.ts';
import type { ApprovalView, PersonView } from '../contract/index.ts';
import { may } from './policy.ts';

/** Everything a decision about an approval depends on; nothing else may matter. */
export interface ApprovalFacts {
  readonly approval: ApprovalView;
  readonly asker: Pick<PersonView, 'id' | 'roles' | 'isDisabled'>;
  /** The asker’s login is still alive: present means logged in (P-4). */
  readonly isAskerPresent: boolean;
  readonly askedLoginId: string;
  readonly decider: Pick<PersonView, 'id' | 'roles' | 'isDisabled'>;
  readonly deciderLoginId: string;
  readonly nowMs: number;
}

/** Why `decider` may not even look at it as somebody who decides. */
export function whyNotOpen({
  approval,
  asker,
  askedLoginId,
  decider,
  deciderLoginId,
  nowMs,
}: Omit<ApprovalFacts, 'isAskerPresent'>): ErrorCode | undefined {
  if (decider.id === asker.id) return 'CD_AUTH_SELF';
  if (deciderLoginId === askedLoginId) return 'CD_AUTH_SAME_LOGIN';
  if (!may(decider, 'approval.decide')) return 'CD_AUTH_ROLE';
  return whyNotPending(approval, nowMs);
}

/** Why it cannot be refused: like a grant, it is said only by somebody who has seen the content. */
export function whyNotRefuse(facts: ApprovalFacts): ErrorCode | undefined {
  return whyNotOpen(facts) ?? (isOpenedBy(facts) ? undefined : 'CD_AUTH_UNOPENED');
}

/** Why it cannot be granted: P-3, P-4, P-5 and A-1 in one place. */
export function whyNotGrant(facts: ApprovalFacts, contentHash: string): ErrorCode | undefined {
  const { approval, asker, decider } = facts;
  const first = whyNotRefuse(facts);
  if (first !== undefined) return first;
  if (approval.contentHash !== contentHash) return 'CD_AUTH_CONTENT';
  if (!facts.isAskerPresent) return 'CD_AUTH_ABSENT';
  if (!may(asker, 'approval.request')) return 'CD_AUTH_ROLE';
  const hasOfficer = [...asker.roles, ...decider.roles].includes('security-officer');
  return hasOfficer ? undefined : 'CD_AUTH_OFFICER';
}

export function whyNotWithdraw(approval: ApprovalView, personId: string, nowMs: number): ErrorCode | undefined {
  return approval.askedBy === personId ? whyNotPending(approval, nowMs) : 'CD_AUTH_ROLE';
}

function whyNotPending(approval: ApprovalView, nowMs: number): ErrorCode | undefined {
  if (approval.stage === 'expired') return 'CD_AUTH_EXPIRED';
  if (approval.stage !== 'asked' && approval.stage !== 'opened') return 'CD_AUTH_DECIDED';
  return nowMs >= Date.parse(approval.expiresAt) ? 'CD_AUTH_EXPIRED' : undefined;
}

function isOpenedBy({ approval, decider }: ApprovalFacts): boolean {
  return approval.stage === 'opened' && approval.openedBy === decider.id;
}
