import type { CashCountResult, CashCountView, Entry, FlowAction } from '../contract/index.ts';
import { nothing, refuse, write, type Decision, type Workflow } from './workflow.ts';

/**
 * Cash received (现金收款, D-3): the machine counts, the person compares, a difference is recorded and never
 * typed away (C-6). Recounts add attempts; all of them stay in the record.
 */
export const cashCount: Workflow<CashCountView> = {
  kind: 'cash-count',
  act(flow, action: FlowAction): Decision {
    switch (action.name) {
      case 'recount':
        return write([{ type: 'cash-count.recount-asked', data: {} }]);
      case 'record-difference':
        return recordDifference(flow, action.note);
      case 'finish':
        return finish(flow);
      case 'cancel':
        return write([{ type: 'cash-count.cancelled', data: { reason: action.reason } }], { orders: [END_JOB], hasEnded: true });
      default:
        return refuse('CD_FLOW_STEP', action.name);
    }
  },
  react(_flow, entry): Decision {
    return entry.type === 'cash-counter.batch-counted' ? addResult(entry) : nothing;
  },
  resume: () => nothing,
};

const END_JOB = { name: 'end-job', args: {} } as const;

/** The attempt that counts: the last one. */
function lastResult(flow: CashCountView): CashCountResult | undefined {
  return flow.results[flow.results.length - 1];
}

function differenceMinor(flow: CashCountView, result: CashCountResult): bigint {
  return BigInt(result.totalMinor) - BigInt(flow.slipTotalMinor);
}

function recordDifference(flow: CashCountView, note: string): Decision {
  const result = lastResult(flow);
  if (result === undefined || result.noteCount === 0) return refuse('CD_FLOW_STEP', 'nothing counted yet');
  const difference = differenceMinor(flow, result);
  if (difference === 0n) return refuse('CD_FLOW_STEP', 'no difference');
  const kind = difference < 0n ? 'shortage' : 'surplus';
  const magnitude = difference < 0n ? -difference : difference;
  return write([{ type: 'cash-count.difference-recorded', data: { kind, differenceMinor: magnitude.toString(), note } }]);
}

function finish(flow: CashCountView): Decision {
  const result = lastResult(flow);
  if (result === undefined || result.noteCount === 0) return refuse('CD_FLOW_STEP', 'nothing counted yet');
  if (!result.isComplete) return refuse('CD_FLOW_DIFFERENCE', 'the machine lost frames: count again');
  const difference = differenceMinor(flow, result);
  const recorded =
    flow.difference === undefined ? 0n : BigInt(flow.difference.differenceMinor) * (flow.difference.kind === 'shortage' ? -1n : 1n);
  if (difference !== recorded) return refuse('CD_FLOW_DIFFERENCE');
  return write([{ type: 'cash-count.finished', data: { totalMinor: result.totalMinor, currency: flow.currency } }], {
    orders: [END_JOB],
    hasEnded: true,
  });
}

function addResult(entry: Extract<Entry, { type: 'cash-counter.batch-counted' }>): Decision {
  const { tallies, totalMinor, noteCount, rejectCount, isComplete } = entry.data;
  return write([{ type: 'cash-count.result-added', data: { tallies, totalMinor, noteCount, rejectCount, isComplete } }]);
}
