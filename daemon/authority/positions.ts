import { CounterdError } from '../../drivers/kit/errors.ts';
import type { BranchState, EntryBody, PositionView } from '../contract/index.ts';
import type { NewEntry } from '../journal/entry.ts';
import { branchState } from '../registers/branch-state.ts';
import { stampOf, type Actor } from './actor.ts';
import type { Authentication, AuthorityParts } from './authentication.ts';
import { Intents } from './intents.ts';
import { requireMay } from './policy.ts';
import { ownValue, said } from './said.ts';

export interface PositionIntent {
  readonly positionId: string;
  readonly commandId: string;
}

/** Who sits where: sign-in, sign-off, temporary leave (P-6). */
export class Positions {
  readonly #parts: AuthorityParts;
  readonly #authentication: Authentication;
  readonly #intents: Intents;

  constructor(parts: AuthorityParts, authentication: Authentication) {
    this.#parts = parts;
    this.#authentication = authentication;
    this.#intents = new Intents(parts.sql);
  }

  async signIn(actor: Actor, intent: PositionIntent): Promise<void> {
    await this.#decide(actor, { ...intent, verb: 'sign-in' }, (position, state) => {
      requireMay(actor, 'position.take');
      if (position.personId === actor.personId) return undefined;
      if (position.personId !== undefined) throw new CounterdError('CD_AUTH_POSITION_TAKEN', position.id);
      const held = Object.values(state.positions).find((one) => one.personId === actor.personId);
      if (held !== undefined) throw new CounterdError('CD_AUTH_POSITION_HELD', held.id);
      return { type: 'position.signed-in', data: { positionId: position.id, personId: actor.personId } };
    });
  }

  /** Refused while a transaction is open at the position (D-1). */
  async signOff(actor: Actor, intent: PositionIntent): Promise<void> {
    await this.#decide(actor, { ...intent, verb: 'sign-off' }, (position, state) => {
      requireOwn(actor, position);
      if (position.isLeft) throw new CounterdError('CD_AUTH_LEFT', position.id);
      const open = Object.values(state.flows).find((flow) => flow.isOpen && flow.positionId === position.id);
      if (open !== undefined) throw new CounterdError('CD_FLOW_OPEN', open.id);
      return { type: 'position.signed-off', data: { positionId: position.id, personId: actor.personId } };
    });
  }

  async leave(actor: Actor, intent: PositionIntent): Promise<void> {
    await this.#decide(actor, { ...intent, verb: 'leave' }, (position) => {
      requireOwn(actor, position);
      return position.isLeft ? undefined : { type: 'position.left', data: { positionId: position.id, personId: actor.personId } };
    });
  }

  /** The same person proves again who they are. */
  async resume(actor: Actor, intent: PositionIntent & { readonly password: string }): Promise<void> {
    const position = ownValue(this.#parts.journal.stateOf(branchState).positions, intent.positionId);
    if (position !== undefined) requireOwn(actor, position);
    await this.#authentication.prove(actor.personId, intent.password);
    await this.#decide(actor, { positionId: intent.positionId, commandId: intent.commandId, verb: 'resume' }, (found) => {
      requireOwn(actor, found);
      return found.isLeft ? { type: 'position.resumed', data: { positionId: found.id, personId: actor.personId } } : undefined;
    });
  }

  async #decide(
    actor: Actor,
    intent: PositionIntent & { readonly verb: string },
    decide: (position: PositionView, state: BranchState) => EntryBody | undefined,
  ): Promise<void> {
    const key = { personId: actor.personId, commandId: intent.commandId, what: `position ${intent.verb} ${intent.positionId}` };
    await this.#parts.journal.transact((deciding) => {
      if (this.#intents.answered(key) !== undefined) return { entries: [], result: undefined };
      const state = deciding.stateOf(branchState);
      const position = ownValue(state.positions, intent.positionId);
      if (position === undefined) throw new CounterdError('CD_INPUT_NOT_FOUND', intent.positionId);
      const body = decide(position, state);
      this.#intents.settle(key, null, this.#parts.clock.nowMs());
      const stamp = { ...stampOf(actor, intent.commandId), position: position.id };
      const entries: NewEntry[] = body === undefined ? [] : [said(body, stamp)];
      return { entries, result: undefined };
    });
  }
}

function requireOwn(actor: Actor, position: PositionView): void {
  if (position.personId !== actor.personId) throw new CounterdError('CD_AUTH_POSITION', position.id);
}
