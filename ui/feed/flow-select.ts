import type { BranchState, FlowKind, FlowView } from '../../daemon/contract/state.ts';

/** The transaction that is open at a position: there is at most one (D-1). */
export function openFlowAt(branch: BranchState, positionId: string | undefined): FlowView | undefined {
  return positionId === undefined ? undefined : Object.values(branch.flows).find((flow) => flow.isOpen && flow.positionId === positionId);
}

/** The flow of this kind that a position’s screen shows: the open one, else the last that ended. */
export function flowAt<K extends FlowKind>(
  branch: BranchState,
  kind: K,
  positionId: string | undefined,
): Extract<FlowView, { kind: K }> | undefined {
  const here = Object.values(branch.flows).filter(
    (flow): flow is Extract<FlowView, { kind: K }> => flow.kind === kind && flow.positionId === positionId,
  );
  return here.find((flow) => flow.isOpen) ?? here.at(-1);
}
