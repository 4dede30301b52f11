import { CounterdError, type ErrorCode } from '../../drivers/kit/errors.ts';
import type { Outcome } from '../../drivers/kit/outcome.ts';
import type { Static } from '../../drivers/kit/schema.ts';
import { whyNotBypass, type ApprovalContent, type ApprovalView, type BranchState, type EntryBody } from '../contract/index.ts';
import { branchState } from '../registers/branch-state.ts';
import { stampOf, type Actor } from './actor.ts';
import { ApprovalLogins } from './approval-logins.ts';
import { whyNotGrant, whyNotOpen, whyNotRefuse, whyNotWithdraw, type ApprovalFacts } from './approval-rules.ts';
import type { Authentication, AuthorityParts } from './authentication.ts';
import { contentHash } from './content-hash.ts';
import { Intents } from './intents.ts';
import { requireMay } from './policy.ts';
import { ownValue, said } from './said.ts';

type Content = Static<typeof ApprovalContent>;

/** What becomes of a grant. */
export interface Carrier {
  /** Carries it out; never rejects for a device’s reasons. */
  carryOut(order: { readonly content: Content; readonly approvalId: string; readonly actor: string }): Promise<Outcome>;
  /** The act ended and that could not be written down: the next start finds it cut off. */
  onFailure(cause: unknown): void;
}

interface Decide {
  readonly approvalId: string;
  readonly commandId: string;
}

/** Dual control for arming, disarming and bypassing (P-4, P-5, A-1). Decision and entries are one transaction. */
export class Approvals {
  readonly #parts: AuthorityParts;
  readonly #authentication: Authentication;
  readonly #carrier: Carrier;
  readonly #intents: Intents;
  readonly #logins: ApprovalLogins;
  readonly #running = new Set<Promise<void>>();

  constructor(parts: AuthorityParts, authentication: Authentication, carrier: Carrier) {
    this.#parts = parts;
    this.#authentication = authentication;
    this.#carrier = carrier;
    this.#intents = new Intents(parts.sql);
    this.#logins = new ApprovalLogins(parts.sql);
  }

  /** The id is the intention: the same one again is the same request. */
  async request(actor: Actor, approvalId: string, content: Content): Promise<{ readonly contentHash: string; readonly expiresAt: string }> {
    requireMay(actor, 'approval.request');
    const fingerprint = contentHash(content);
    const { result } = await this.#parts.journal.transact<Pick<ApprovalView, 'contentHash' | 'expiresAt'>>((deciding) => {
      const state = deciding.stateOf(branchState);
      const login = this.#logins.of(approvalId);
      const known = ownValue(state.approvals, approvalId);
      if (known !== undefined && known.askedBy === actor.personId && known.contentHash === fingerprint)
        return { entries: [], result: known };
      if (login !== undefined) throw new CounterdError('CD_COMMAND_DUPLICATE', approvalId);
      checkContent(state, content);
      const expiresAt = new Date(this.#nowMs() + this.#parts.limits.approvalMs).toISOString();
      const data = { approvalId, content, contentHash: fingerprint, expiresAt };
      this.#logins.add(approvalId, actor.loginId);
      return {
        entries: [said({ type: 'approval.requested', data }, { ...stampOf(actor, approvalId), device: content.device })],
        result: data,
      };
    });
    return { contentHash: result.contentHash, expiresAt: result.expiresAt };
  }

  /** Notes who has the content open. Opening twice is one fact. */
  async open(actor: Actor, approvalId: string): Promise<void> {
    await this.#parts.journal.transact((deciding) => {
      const facts = this.#factsOf(deciding.stateOf(branchState), approvalId, actor);
      refuseIf(whyNotOpen(facts), approvalId);
      const isOpenAlready = facts.approval.stage === 'opened' && facts.approval.openedBy === actor.personId;
      return { entries: isOpenAlready ? [] : [this.#saidOf(actor, { type: 'approval.opened', data: { approvalId } })], result: undefined };
    });
  }

  /**
   * The second person’s own password, asked last. Resolves once the grant is on disk; the act itself ends with
   * an `approval.used` entry. Of two people granting at once one succeeds.
   */
  async grant(actor: Actor, decide: Decide & { readonly contentHash: string; readonly password: string }): Promise<void> {
    const { approvalId } = decide;
    const key = { personId: actor.personId, commandId: decide.commandId, what: `grant ${approvalId} ${decide.contentHash}` };
    if (this.#intents.answered(key) !== undefined) return;
    refuseIf(whyNotGrant(this.#factsOf(this.#state(), approvalId, actor), decide.contentHash), approvalId);
    await this.#authentication.prove(actor.personId, decide.password);
    const { result } = await this.#parts.journal.transact((deciding) => {
      if (this.#intents.answered(key) !== undefined) return { entries: [], result: undefined };
      const facts = this.#factsOf(deciding.stateOf(branchState), approvalId, actor);
      refuseIf(whyNotGrant(facts, decide.contentHash), approvalId);
      checkContent(deciding.stateOf(branchState), facts.approval.content);
      this.#intents.settle(key, null, this.#nowMs());
      const data = { approvalId, contentHash: decide.contentHash };
      return { entries: [this.#saidOf(actor, { type: 'approval.granted', data }, decide.commandId)], result: facts.approval };
    });
    if (result !== undefined) this.#start(result, actor.personId);
  }

  async refuse(actor: Actor, decide: Decide & { readonly reason: string }): Promise<void> {
    await this.#once(actor, { ...decide, what: `refuse ${decide.approvalId}` }, (state) => {
      refuseIf(whyNotRefuse(this.#factsOf(state, decide.approvalId, actor)), decide.approvalId);
      return { type: 'approval.refused', data: { approvalId: decide.approvalId, reason: decide.reason } };
    });
  }

  async withdraw(actor: Actor, decide: Decide): Promise<void> {
    await this.#once(actor, { ...decide, what: `withdraw ${decide.approvalId}` }, (state) => {
      refuseIf(whyNotWithdraw(approvalIn(state, decide.approvalId), actor.personId, this.#nowMs()), decide.approvalId);
      return { type: 'approval.withdrawn', data: { approvalId: decide.approvalId } };
    });
  }

  /** Writes down what has expired by now. A grant looks at the clock itself; this only tells the screens. */
  async expireDue(): Promise<void> {
    if (!Object.values(this.#state().approvals).some((approval) => isDue(approval, this.#nowMs()))) return;
    await this.#parts.journal.transact((deciding) => {
      const due = Object.values(deciding.stateOf(branchState).approvals).filter((approval) => isDue(approval, this.#nowMs()));
      return {
        entries: due.map(({ id, content }) => said({ type: 'approval.expired', data: { approvalId: id } }, { device: content.device })),
        result: undefined,
      };
    });
  }

  /**
   * After a start: what was granted and never ended was cut off by the end of the process. Whether the panel
   * moved is not known, so it is in doubt and used up; nothing is sent again.
   */
  async settleCutOff(): Promise<void> {
    for (const approval of Object.values(this.#state().approvals)) {
      if (approval.stage === 'granted') await this.#noteUsed(approval, { kind: 'in-doubt' });
    }
  }

  /** Resolves when nothing granted is being carried out any more. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  #start(approval: ApprovalView, actor: string): void {
    const run = this.#carrier
      .carryOut({ content: approval.content, approvalId: approval.id, actor })
      .then((outcome) => this.#noteUsed(approval, outcome))
      .catch((cause: unknown) => this.#carrier.onFailure(cause))
      .finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  async #noteUsed({ id, content }: ApprovalView, outcome: { readonly kind: Outcome['kind']; readonly code?: ErrorCode }): Promise<void> {
    const { kind, code } = outcome;
    await this.#parts.journal.append([
      said(
        { type: 'approval.used', data: { approvalId: id, outcome: kind, ...(code === undefined ? {} : { code }) } },
        { device: content.device, cause: id },
      ),
    ]);
  }

  async #once(actor: Actor, intent: Decide & { readonly what: string }, decide: (state: BranchState) => EntryBody): Promise<void> {
    const key = { personId: actor.personId, commandId: intent.commandId, what: intent.what };
    await this.#parts.journal.transact((deciding) => {
      if (this.#intents.answered(key) !== undefined) return { entries: [], result: undefined };
      const body = decide(deciding.stateOf(branchState));
      this.#intents.settle(key, null, this.#nowMs());
      return { entries: [this.#saidOf(actor, body, intent.commandId)], result: undefined };
    });
  }

  #factsOf(state: BranchState, approvalId: string, actor: Actor): ApprovalFacts {
    const approval = approvalIn(state, approvalId);
    const askedLoginId = this.#logins.of(approvalId) ?? '';
    const asker = ownValue(state.people, approval.askedBy) ?? { id: approval.askedBy, roles: [], isDisabled: true };
    const isAskerPresent = this.#authentication.actorOfLogin(askedLoginId) !== undefined;
    const decider = { id: actor.personId, roles: actor.roles, isDisabled: false };
    return { approval, asker, isAskerPresent, askedLoginId, decider, deciderLoginId: actor.loginId, nowMs: this.#nowMs() };
  }

  #saidOf(actor: Actor, body: EntryBody, commandId?: string): ReturnType<typeof said> {
    return said(body, stampOf(actor, commandId));
  }

  #state(): BranchState {
    return this.#parts.journal.stateOf(branchState);
  }

  #nowMs(): number {
    return this.#parts.clock.nowMs();
  }
}

function approvalIn(state: BranchState, approvalId: string): ApprovalView {
  const approval = ownValue(state.approvals, approvalId);
  if (approval === undefined) throw new CounterdError('CD_INPUT_NOT_FOUND', approvalId);
  return approval;
}

function checkContent(state: BranchState, content: Content): void {
  const device = ownValue(state.devices, content.device);
  if (device === undefined) throw new CounterdError('CD_DEVICE_UNKNOWN', content.device);
  if (device.family !== 'alarm-panel') throw new CounterdError('CD_COMMAND_UNKNOWN', content.action);
  if ((content.mode !== undefined) !== (content.action === 'arm'))
    throw new CounterdError('CD_INPUT_SHAPE', 'mode belongs to arm, and only to it');
  const isBypass = content.action === 'bypass';
  if ((content.zones !== undefined) !== isBypass || (content.reason !== undefined) !== isBypass)
    throw new CounterdError('CD_INPUT_SHAPE', 'zones and a reason belong to bypass, and only to it');
  if (isBypass) refuseIf(whyNotBypass(device, content), content.zones?.join(', ') ?? '');
}

function isDue(approval: ApprovalView, nowMs: number): boolean {
  return (approval.stage === 'asked' || approval.stage === 'opened') && nowMs >= Date.parse(approval.expiresAt);
}

function refuseIf(code: ErrorCode | undefined, detail: string): void {
  if (code !== undefined) throw new CounterdError(code, detail);
}
