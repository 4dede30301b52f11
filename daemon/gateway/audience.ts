import type { Actor } from '../authority/actor.ts';
import { may, type Relation } from '../authority/policy.ts';
import { ownValue } from '../authority/said.ts';
import { securityOnlyTypes, type Entry } from '../contract/index.ts';
import type { Journal } from '../journal/journal.ts';
import { branchState } from '../registers/branch-state.ts';

/** Hold-up and duress, and whatever else was marked so when it was written. */
export function isForSecurity(entry: Entry): boolean {
  return entry.audience === 'security' || securityOnlyTypes.has(entry.type);
}

/** Whether this person, where they are now, may see what is for security: never on a screen that faces the public. */
export function canSee(journal: Journal, actor: Actor): boolean {
  return may(actor, 'security.watch', relationsOf(journal, actor));
}

function relationsOf(journal: Journal, actor: Actor): readonly Relation[] {
  if (actor.positionId === undefined) return [];
  const position = ownValue(journal.stateOf(branchState).positions, actor.positionId);
  return position?.facesPublic === false ? [] : ['facing-public'];
}
