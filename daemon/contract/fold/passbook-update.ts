import type { Entry } from '../entry.ts';
import type { BranchState, LineState, PassbookUpdateView } from '../state.ts';
import { changeFlow, withFlow } from './flow.ts';

/** A passbook update and the state of each of its lines. */
export function foldPassbookUpdate(state: BranchState, entry: Entry): BranchState {
  if (entry.type === 'passbook-update.started') {
    const { device: deviceId, lines, ...facts } = entry.data;
    return withFlow(state, {
      kind: 'passbook-update',
      id: entry.flow ?? '',
      deviceId,
      ...facts,
      startedBy: entry.actor ?? '',
      startedAt: entry.at,
      isOpen: true,
      step: 'check',
      isStopping: false,
      page: lines[0]?.page ?? 1,
      lines: lines.map((line) => ({ ...line, state: 'waiting' })),
    });
  }
  if (!entry.type.startsWith('passbook-update.')) return state;
  return changeFlow(state, { entry, kind: 'passbook-update' }, (flow) => change(flow, entry));
}

function change(flow: PassbookUpdateView, entry: Entry): PassbookUpdateView {
  switch (entry.type) {
    case 'passbook-update.printing-asked':
      return withoutCode({ ...flow, step: 'printing', isStopping: false });
    case 'passbook-update.line-intended':
      return setLine({ ...flow, step: 'printing', page: entry.data.page }, entry.data, { state: 'printing' });
    case 'passbook-update.line-confirmed':
      return setLine(flow, entry.data, { state: 'confirmed', by: entry.data.by });
    case 'passbook-update.line-sent':
      return setLine(flow, entry.data, { state: 'sent' });
    case 'passbook-update.paper-check-asked':
      return withoutCode({ ...flow, step: 'check-paper', page: entry.data.page, isStopping: false });
    case 'passbook-update.line-not-printed':
      return setLine({ ...flow, step: 'paused', code: entry.data.code }, entry.data, { state: 'not-printed', code: entry.data.code });
    case 'passbook-update.line-doubted':
      return setLine({ ...flow, step: 'in-doubt', code: entry.data.code }, entry.data, { state: 'doubted', code: entry.data.code });
    case 'passbook-update.doubt-answered':
      return withoutCode({ ...setLine(flow, entry.data, { state: stateAfter(entry.data.answer), by: 'person' }), step: 'paused' });
    case 'passbook-update.line-voided':
      return setLine(flow, entry.data, { state: 'void' });
    case 'passbook-update.replanned':
      return {
        ...flow,
        lines: [
          ...flow.lines.filter((line) => holdsPlace(line.state)),
          ...entry.data.lines.map((line) => ({ ...line, state: 'waiting' as const })),
        ],
      };
    case 'passbook-update.page-turn-asked':
      return { ...flow, step: 'turn-page', page: entry.data.page };
    case 'passbook-update.page-turned':
      return { ...flow, step: 'printing', page: entry.data.page };
    case 'passbook-update.paused':
      return {
        ...withoutCode({ ...flow, step: 'paused', isStopping: false }),
        ...(entry.data.code === undefined ? {} : { code: entry.data.code }),
      };
    case 'passbook-update.stop-asked':
      return { ...flow, isStopping: true };
    case 'passbook-update.finished':
      return withoutCode({ ...flow, step: 'finished', isOpen: false });
    case 'passbook-update.cancelled':
      return { ...flow, step: 'cancelled', isOpen: false };
    default:
      return flow;
  }
}

function stateAfter(answer: 'printed' | 'not-printed' | 'partly'): LineState {
  return answer === 'printed' ? 'confirmed' : answer === 'partly' ? 'void' : 'waiting';
}

/** Its place on the paper is, or may be, taken. */
function holdsPlace(state: LineState): boolean {
  return state === 'confirmed' || state === 'void' || state === 'sent';
}

interface At {
  readonly entryId: string;
  readonly page: number;
  readonly line: number;
}

function setLine(
  flow: PassbookUpdateView,
  at: At,
  to: { readonly state: LineState; readonly by?: string; readonly code?: string },
): PassbookUpdateView {
  return {
    ...flow,
    lines: flow.lines.map((line) => {
      if (line.entryId !== at.entryId || line.page !== at.page || line.line !== at.line) return line;
      const { by: _by, code: _code, ...kept } = line;
      return { ...kept, ...to };
    }),
  };
}

function withoutCode(flow: PassbookUpdateView): PassbookUpdateView {
  const { code: _code, ...kept } = flow;
  return kept;
}
