import type { BranchState, CashCountResult, DisplayView, FlowView } from '../contract/index.ts';
import { ownValue } from '../authority/said.ts';

/** What the customer of a position may see, and nothing else: no names, no accounts, no alarms, nothing of the customer before. */
export function displayView(state: BranchState, positionId: string): DisplayView {
  const position = ownValue(state.positions, positionId);
  const empty = { positionName: position?.name ?? '', lines: [], noteCount: 0, totalMinor: '0', reviewCount: 0 };
  if (position?.personId === undefined) return { ...empty, mode: 'welcome' };
  const staffed = { ...empty, tellerNumber: position.personId };
  if (position.isLeft) return { ...staffed, mode: 'paused' };
  const flow = Object.values(state.flows).find((one) => one.isOpen && one.positionId === positionId);
  return flow === undefined ? { ...staffed, mode: 'welcome' } : { ...staffed, ...whileOpen(flow) };
}

function whileOpen(flow: FlowView): Partial<DisplayView> & Pick<DisplayView, 'mode'> {
  switch (flow.kind) {
    case 'cash-count': {
      const isCounting = flow.step === 'counting';
      const shown = isCounting ? flow.running : (flow.results.at(-1) ?? flow.running);
      return { mode: isCounting ? 'counting' : 'counted', currency: flow.currency, ...figures(shown) };
    }
    case 'passbook-update':
      return { mode: flow.step === 'printing' ? 'printing' : 'wait' };
    case 'slip-scan':
      return { mode: 'wait' };
  }
}

function figures(result: CashCountResult): Pick<DisplayView, 'lines' | 'noteCount' | 'totalMinor' | 'reviewCount'> {
  const lines = result.tallies.map(({ denominationMinor, noteCount }) => ({
    denominationMinor,
    noteCount,
    amountMinor: String(BigInt(denominationMinor) * BigInt(noteCount)),
  }));
  return { lines, noteCount: result.noteCount, totalMinor: result.totalMinor, reviewCount: result.rejectCount };
}
