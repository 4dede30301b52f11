import { CounterdError } from '../../drivers/kit/errors.ts';
import type { BranchState, Entry, FlowAction, FlowStart, FlowView, PagePreview, PassbookView } from '../contract/index.ts';
import type { NewEntry } from '../journal/entry.ts';
import { toSeq } from '../journal/entry.ts';
import type { Fold } from '../journal/fold.ts';
import type { Journal } from '../journal/journal.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { cashCount } from './cash-count.ts';
import type { FlowDevices } from './flow-devices.ts';
import { passbookUpdate } from './passbook-update.ts';
import { pagePreview, passbookView } from './passbook-view.ts';
import { slipScan } from './slip-scan.ts';
import { startFlow } from './start-flow.ts';
import type { Actor, Decision, DeviceOrder, FlowContext, FlowEntry, Workflow } from './workflow.ts';
import type { Workflows } from './workflows.ts';

export interface WorkflowEngineParts {
  readonly journal: Journal;
  /** The fold of the contract, registered with the journal. */
  readonly branch: Fold<BranchState>;
  readonly devices: FlowDevices;
  readonly ledger: Ledger;
}

/** How many command ids are remembered, so that the same intention sent twice is carried out once. */
const REMEMBERED_COMMANDS = 2_000;

/**
 * Carries out what workflows decide: entries first, then device orders, then what the answers lead to. It holds
 * no state of a flow; that is the fold. Decisions are taken inside the journal's transaction.
 */
export class WorkflowEngine implements Workflows {
  readonly #parts: WorkflowEngineParts;
  readonly #seenCommands = new Map<string, Promise<void>>();
  /** What could not be written while the disk refused; done when the journal writes again. */
  #postponed: (() => Promise<void>)[] = [];
  #isClosed = false;
  #stopListening: () => void = () => undefined;

  constructor(parts: WorkflowEngineParts) {
    this.#parts = parts;
  }

  /** Takes up flows that were open when the daemon last ended, then follows the journal. */
  async open(): Promise<void> {
    for (const flow of Object.values(this.#state().flows)) {
      if (flow.isOpen) await this.#resume(flow);
    }
    this.#stopListening = this.#parts.journal.onCommit((entries) => {
      for (const task of this.#postponed.splice(0)) this.#inBackground(task);
      for (const entry of entries) this.#observe(entry as unknown as Entry);
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#stopListening();
  }

  async start(flowId: string, request: FlowStart, actor: Actor): Promise<void> {
    const known = this.#state().flows[flowId];
    if (known !== undefined) {
      if (known.startedBy !== actor.personId) throw new CounterdError('CD_COMMAND_DUPLICATE', flowId);
      return;
    }
    const { journal, branch, devices, ledger } = this.#parts;
    const planned = startFlow(this.#state(), request, { flowId, actor, ledger });
    await devices.claim(planned.deviceId, flowId);
    try {
      const { result } = await journal.transact((deciding) => {
        const decided = startFlow(deciding.stateOf(branch), request, { flowId, actor, ledger });
        return {
          entries: decided.entries.map((entry) =>
            stamp(entry, { id: flowId, deviceId: decided.deviceId, positionId: actor.positionId }, { actor }),
          ),
          result: decided,
        };
      });
      const flow = { id: flowId, kind: request.kind, deviceId: result.deviceId, positionId: actor.positionId, startedBy: actor.personId };
      this.#carryOut(flow, result.orders, false);
    } catch (refusal) {
      await devices.release(planned.deviceId, flowId);
      throw refusal;
    }
  }

  act(flowId: string, action: FlowAction, by: { readonly actor: Actor; readonly commandId: string }): Promise<void> {
    const before = this.#seenCommands.get(by.commandId);
    if (before !== undefined) return before;
    const now = this.#act(flowId, action, by);
    this.#seenCommands.set(by.commandId, now);
    if (this.#seenCommands.size > REMEMBERED_COMMANDS) {
      const [oldest] = this.#seenCommands.keys();
      if (oldest !== undefined) this.#seenCommands.delete(oldest);
    }
    return now;
  }

  passbooks(query: string): readonly PassbookView[] {
    const { ledger } = this.#parts;
    return ledger.findPassbooks(query, 50).map((passbook) => passbookView(ledger, passbook));
  }

  preview(passbookId: string, page: number): PagePreview {
    return pagePreview(this.#parts.ledger, passbookId, page);
  }

  async #act(flowId: string, action: FlowAction, by: { readonly actor: Actor; readonly commandId: string }): Promise<void> {
    await this.#decide(flowId, { actor: by.actor, cause: by.commandId }, (flow, workflow, context) => {
      if (flow.positionId !== by.actor.positionId) return { ok: false, code: 'CD_FLOW_POSITION' };
      if (!flow.isOpen) return { ok: false, code: 'CD_FLOW_STEP', detail: flow.step };
      return workflow.act(flow, action, context);
    });
  }

  #observe(entry: Entry): void {
    const flow = this.#flowOf(entry);
    if (flow === undefined || entry.type.startsWith(`${flow.kind}.`)) return;
    if (workflowOf(flow).react(flow, entry, this.#contextOf(flow)).ok) {
      this.#inBackground(() =>
        this.#decide(flow.id, { cause: entry.cause }, (current, workflow, context) => workflow.react(current, entry, context)),
      );
    }
  }

  /** The open flow an entry is about: its own, or the one that holds the entry's device. */
  #flowOf(entry: Entry): FlowView | undefined {
    const { flows } = this.#state();
    if (entry.flow !== undefined) {
      const flow = flows[entry.flow];
      return flow?.isOpen === true ? flow : undefined;
    }
    if (entry.device === undefined) return undefined;
    return Object.values(flows).find((flow) => flow.isOpen && flow.deviceId === entry.device);
  }

  async #resume(flow: FlowView): Promise<void> {
    await this.#parts.devices.claim(flow.deviceId, flow.id);
    await this.#takeUp(flow);
  }

  /** Decides from the journal alone what became of an order nobody waits for any more. */
  async #takeUp(flow: Pick<FlowView, 'id' | 'kind'>): Promise<void> {
    const since = this.#entriesSinceLastDecision(flow);
    await this.#decide(flow.id, {}, (current, workflow) => workflow.resume(current, since));
  }

  /** Entries of the flow after its last own entry: what happened and was not yet decided upon. */
  #entriesSinceLastDecision(flow: Pick<FlowView, 'id' | 'kind'>): readonly Entry[] {
    const since: Entry[] = [];
    let afterSeq = toSeq(Math.max(0, this.#state().seq - RESUME_WINDOW));
    for (
      let page = this.#parts.journal.read({ afterSeq, limit: 1_000 });
      page.length > 0;
      page = this.#parts.journal.read({ afterSeq, limit: 1_000 })
    ) {
      for (const stored of page) {
        afterSeq = stored.seq;
        if (stored.flow !== flow.id) continue;
        if (stored.type.startsWith(`${flow.kind}.`)) since.length = 0;
        else since.push(stored as unknown as Entry);
      }
    }
    return since;
  }

  async #decide(
    flowId: string,
    by: { readonly actor?: Actor; readonly cause?: string | undefined },
    decide: (flow: FlowView, workflow: Workflow, context: FlowContext) => Decision,
  ): Promise<void> {
    const { journal, branch } = this.#parts;
    const { result } = await journal.transact((deciding) => {
      const state = deciding.stateOf(branch);
      const flow = state.flows[flowId];
      if (flow === undefined) throw new CounterdError('CD_FLOW_UNKNOWN', flowId);
      const decision = decide(flow, workflowOf(flow), { device: state.devices[flow.deviceId] });
      if (!decision.ok) throw new CounterdError(decision.code, decision.detail);
      return { entries: decision.entries.map((entry) => stamp(entry, flow, by)), result: { flow, decision } };
    });
    this.#carryOut(result.flow, result.decision.orders, result.decision.hasEnded);
  }

  /** Gives the orders in their order; each answer comes back as an entry and is reacted to then. */
  #carryOut(
    flow: Pick<FlowView, 'id' | 'kind' | 'deviceId' | 'positionId' | 'startedBy'>,
    orders: readonly DeviceOrder[],
    hasEnded: boolean,
  ): void {
    const { devices } = this.#parts;
    const context = { flow: flow.id, position: flow.positionId, actor: flow.startedBy };
    if (orders.length === 0 && !hasEnded) return;
    const give = async (): Promise<void> => {
      for (const order of orders) await devices.execute(flow.deviceId, order, context);
      if (hasEnded) await devices.release(flow.deviceId, flow.id);
    };
    // An order whose end could not be written may have been carried out: it is never given again.
    this.#inBackground(give, () => this.#takeUp(flow));
  }

  /** Runs what nobody waits for. A disk that refuses postpones it; anything else is a bug and goes up. */
  #inBackground(task: () => Promise<void>, later = task): void {
    task().catch((cause: unknown) => {
      // After close nothing can be written; what is missing is found in the journal by `resume` at the next start.
      if (this.#isClosed) return;
      if (!(cause instanceof CounterdError) || cause.entry.fault !== 'storage') throw cause;
      this.#postponed.push(later);
    });
  }

  #contextOf(flow: FlowView): FlowContext {
    return { device: this.#state().devices[flow.deviceId] };
  }

  #state(): BranchState {
    return this.#parts.journal.stateOf(this.#parts.branch);
  }
}

/** How far back a restart looks for the last words of an open flow. */
const RESUME_WINDOW = 50_000;

const workflows = { 'passbook-update': passbookUpdate, 'cash-count': cashCount, 'slip-scan': slipScan } as const;

function workflowOf(flow: FlowView): Workflow {
  return workflows[flow.kind];
}

function stamp(
  { body, attachment }: FlowEntry,
  flow: Pick<FlowView, 'id' | 'deviceId' | 'positionId'>,
  by: { readonly actor?: Actor; readonly cause?: string | undefined },
): NewEntry {
  return {
    type: body.type,
    data: body.data,
    flow: flow.id,
    device: flow.deviceId,
    position: flow.positionId,
    ...(by.actor === undefined ? {} : { actor: by.actor.personId }),
    ...(by.cause === undefined ? {} : { cause: by.cause }),
    ...(attachment === undefined ? {} : { attachment }),
  };
}
