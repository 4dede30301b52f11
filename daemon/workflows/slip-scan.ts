import { isErrorCode } from '../../drivers/kit/errors.ts';
import type { Entry, EntryOf, FlowAction, SlipScanView } from '../contract/index.ts';
import { nothing, refuse, write, type Decision, type Workflow } from './workflow.ts';

/** Scanning slips (K-4): pictures come in page by page and stay, whatever stops the scanner. */
export const slipScan: Workflow<SlipScanView> = {
  kind: 'slip-scan',
  act(flow, action: FlowAction): Decision {
    if (action.name === 'finish' || action.name === 'cancel') {
      if (flow.step === 'scanning' && action.name === 'finish') return refuse('CD_FLOW_STEP', 'scanning');
      const orders = flow.step === 'scanning' ? [{ name: 'cancel-scan', args: { jobId: flow.id } }] : [];
      return write([{ type: 'slip-scan.closed', data: {} }], { orders, hasEnded: true });
    }
    if (action.name === 'stop') {
      if (flow.step !== 'scanning') return refuse('CD_FLOW_STEP', flow.step);
      return write([], { orders: [{ name: 'cancel-scan', args: { jobId: flow.id } }] });
    }
    if (action.name === 'scan-again') {
      if (flow.step === 'scanning') return refuse('CD_FLOW_STEP', flow.step);
      const { source, dpi, colorMode } = action;
      return write([{ type: 'slip-scan.continued', data: { source, dpi, colorMode } }], {
        orders: [{ name: 'scan', args: { jobId: flow.id, source, dpi, colorMode, format: 'png' } }],
      });
    }
    return refuse('CD_FLOW_STEP', action.name);
  },
  react(flow, entry): Decision {
    if (flow.step !== 'scanning') return nothing;
    if (entry.type === 'seal-scanner.page-scanned') return keepPage(flow, entry);
    if (entry.type === 'device.command-settled' && entry.data.command === 'scan') return finish(flow, entry);
    return nothing;
  },
  resume(flow, since): Decision {
    if (flow.step !== 'scanning') return nothing;
    const settled = since.find(
      (entry): entry is EntryOf<'device.command-settled'> => entry.type === 'device.command-settled' && entry.data.command === 'scan',
    );
    if (settled !== undefined) return finish(flow, settled);
    return write([
      { type: 'slip-scan.finished', data: { pageCount: flow.pages.length, outcome: 'in-doubt', code: 'CD_FLOW_INTERRUPTED' } },
    ]);
  },
};

function keepPage(flow: SlipScanView, entry: Extract<Entry, { type: 'seal-scanner.page-scanned' }>): Decision {
  if (entry.attachment === undefined) return nothing;
  const { widthPx, heightPx, dpi } = entry.data;
  const body = { type: 'slip-scan.page-kept', data: { pageNumber: flow.pages.length + 1, widthPx, heightPx, dpi } } as const;
  return { ok: true, entries: [{ body, attachment: entry.attachment }], orders: [], hasEnded: false };
}

function finish(flow: SlipScanView, entry: EntryOf<'device.command-settled'>): Decision {
  const { kind, code } = entry.data.outcome;
  const known = code !== undefined && isErrorCode(code) ? { code } : {};
  return write([{ type: 'slip-scan.finished', data: { pageCount: flow.pages.length, outcome: kind, ...known } }]);
}
