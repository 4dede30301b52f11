import type { Entry } from '../entry.ts';
import type { BranchState, SlipScanView } from '../state.ts';
import { changeFlow, withFlow } from './flow.ts';

/** A scan and its pages. */
export function foldSlipScan(state: BranchState, entry: Entry): BranchState {
  if (entry.type === 'slip-scan.started') {
    return withFlow(state, {
      kind: 'slip-scan',
      id: entry.flow ?? '',
      positionId: entry.data.positionId,
      deviceId: entry.data.device,
      startedBy: entry.actor ?? '',
      startedAt: entry.at,
      isOpen: true,
      step: 'scanning',
      pages: [],
    });
  }
  if (!entry.type.startsWith('slip-scan.')) return state;
  return changeFlow(state, { entry, kind: 'slip-scan' }, (flow) => change(flow, entry));
}

function change(flow: SlipScanView, entry: Entry): SlipScanView {
  switch (entry.type) {
    case 'slip-scan.page-kept': {
      if (entry.attachment === undefined) return flow;
      const { sha256, mediaType } = entry.attachment;
      return { ...flow, pages: [...flow.pages, { ...entry.data, sha256, mediaType }] };
    }
    case 'slip-scan.finished': {
      const { outcome, code } = entry.data;
      return { ...flow, step: 'finished', outcome, ...(code === undefined ? {} : { code }) };
    }
    case 'slip-scan.continued': {
      const { outcome: _outcome, code: _code, ...kept } = flow;
      return { ...kept, step: 'scanning' };
    }
    case 'slip-scan.closed':
      return { ...flow, step: 'closed', isOpen: false };
    default:
      return flow;
  }
}
