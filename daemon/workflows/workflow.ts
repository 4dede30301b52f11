import type { DeviceView, Entry, EntryAttachment, EntryBody, FlowAction, FlowKind, FlowView, Role } from '../contract/index.ts';
import type { ErrorCode } from '../../drivers/kit/errors.ts';

/** Who acts, and where they sit. */
export interface Actor {
  readonly personId: string;
  readonly roles: readonly Role[];
  readonly positionId: string;
}

/** One entry a decision wants written. The engine adds flow, position, device and actor. */
export interface FlowEntry {
  readonly body: EntryBody;
  readonly attachment?: EntryAttachment;
}

/** A command for the flow's device, given once the decision's entries are on disk. */
export interface DeviceOrder {
  readonly name: string;
  readonly args: unknown;
}

/** `hasEnded` frees the device once everything is written. */
export type Decision =
  | { readonly ok: true; readonly entries: readonly FlowEntry[]; readonly orders: readonly DeviceOrder[]; readonly hasEnded: boolean }
  | { readonly ok: false; readonly code: ErrorCode; readonly detail?: string };

/**
 * One procedure at the counter. Its state is the `FlowView` that the contract's fold makes of the journal; it
 * holds none itself. `act` may refuse; `react` and `resume` answer what has already happened and may not.
 */
/** What a decision may look at besides its flow: the device as it is believed to be. */
export interface FlowContext {
  readonly device: DeviceView | undefined;
}

export interface Workflow<V extends FlowView = FlowView> {
  readonly kind: V['kind'] & FlowKind;
  /** A person wants something. */
  act(flow: V, action: FlowAction, context: FlowContext): Decision;
  /** An entry of this flow, or of the flow's device, was written. */
  react(flow: V, entry: Entry, context: FlowContext): Decision;
  /** The daemon came back and found the flow open; `since` holds the flow's entries after its last decision. */
  resume(flow: V, since: readonly Entry[]): Decision;
}

export const nothing: Decision = { ok: true, entries: [], orders: [], hasEnded: false };

export function write(
  bodies: readonly EntryBody[],
  more: { readonly orders?: readonly DeviceOrder[]; readonly hasEnded?: boolean } = {},
): Decision {
  return { ok: true, entries: bodies.map((body) => ({ body })), orders: more.orders ?? [], hasEnded: more.hasEnded ?? false };
}

export function refuse(code: ErrorCode, detail?: string): Decision {
  return detail === undefined ? { ok: false, code } : { ok: false, code, detail };
}
