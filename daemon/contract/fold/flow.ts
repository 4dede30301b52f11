import type { Entry } from '../entry.ts';
import type { BranchState, FlowKind, FlowView } from '../state.ts';

/** Puts a newly started flow in; the position's earlier flows that have ended leave the state. */
export function withFlow(state: BranchState, flow: FlowView): BranchState {
  const kept = Object.fromEntries(Object.entries(state.flows).filter(([, other]) => other.isOpen || other.positionId !== flow.positionId));
  return { ...state, flows: { ...kept, [flow.id]: flow } };
}

/** Applies `change` to the flow the entry belongs to, if it is of this kind. */
export function changeFlow<K extends FlowKind>(
  state: BranchState,
  target: { readonly entry: Entry; readonly kind: K },
  change: (flow: Extract<FlowView, { kind: K }>) => FlowView,
): BranchState {
  const flow = target.entry.flow === undefined ? undefined : state.flows[target.entry.flow];
  if (flow === undefined || !isKind(flow, target.kind)) return state;
  const changed = change(flow);
  return changed === flow ? state : { ...state, flows: { ...state.flows, [flow.id]: changed } };
}

function isKind<K extends FlowKind>(flow: FlowView, kind: K): flow is Extract<FlowView, { kind: K }> {
  return flow.kind === kind;
}
