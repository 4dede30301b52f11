import type { CashCountResult, CashCountView } from '../../../daemon/contract/state.ts';
import { subtractMinor, timesMinor } from '../../widgets/money.ts';

export interface CompareRow {
  readonly denominationMinor: string;
  readonly slipCount: number;
  readonly counted: number;
  readonly difference: number;
  readonly amountMinor: string;
}

/** What the machine counted for the current attempt: the finished result, or the running one. */
export function currentResult(flow: CashCountView): CashCountResult {
  return flow.step === 'counting' ? flow.running : (flow.results.at(-1) ?? flow.running);
}

/** Slip beside machine, denomination by denomination; a denomination only one of them knows is a row too. */
export function compareRows(flow: CashCountView, result: CashCountResult): readonly CompareRow[] {
  const minors = new Set([...flow.slip, ...result.tallies].map(({ denominationMinor }) => denominationMinor));
  return [...minors]
    .sort((a, b) => (BigInt(b) > BigInt(a) ? 1 : -1))
    .map((denominationMinor) => {
      const slipCount = countOf(flow.slip, denominationMinor);
      const counted = countOf(result.tallies, denominationMinor);
      return {
        denominationMinor,
        slipCount,
        counted,
        difference: counted - slipCount,
        amountMinor: timesMinor(denominationMinor, counted),
      };
    });
}

export const differenceOf = (flow: CashCountView, result: CashCountResult): string => subtractMinor(result.totalMinor, flow.slipTotalMinor);

function countOf(tallies: CashCountResult['tallies'], denominationMinor: string): number {
  return tallies.filter((tally) => tally.denominationMinor === denominationMinor).reduce((sum, { noteCount }) => sum + noteCount, 0);
}
