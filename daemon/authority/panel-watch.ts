import type { Entry, EntryOf } from '../contract/index.ts';
import type { Fold } from '../journal/fold.ts';
import type { Journal } from '../journal/journal.ts';
import { said } from './said.ts';

/** How long after a granted act ended the panel may still tell of it: its own delay, and a line that came back. */
const LATE_DONE_MS = 60_000;
const LATE_DOUBT_MS = 15 * 60_000;

interface Grant {
  readonly action: 'arm' | 'disarm';
  readonly device: string;
  readonly partition: number;
  readonly isGranted: boolean;
  /** Until when an event is still this act’s; absent while it is being carried out. */
  readonly untilMs?: number;
}

export interface Unexplained {
  readonly device: string;
  readonly data: EntryOf<'approval.missing'>['data'];
}

export interface PanelWatch {
  readonly grants: Readonly<Record<string, Grant>>;
  /** Armings and disarmings that no approval explains and that are not yet written down as such. */
  readonly unexplained: readonly Unexplained[];
}

/**
 * Holds what the panel says against what people approved (A-1, panel r15). One approval explains one arming
 * or disarming. A fold, so that a daemon killed between the panel's word and ours still says it after the start.
 */
export const panelWatch: Fold<PanelWatch> = {
  name: 'panel-watch',
  version: 1,
  initial: () => ({ grants: {}, unexplained: [] }),
  evolve: (state, entry) => step(state, entry as unknown as Entry),
};

/** Writes `approval.missing` for everything unexplained, now and after every commit. Returns how to stop. */
export function watchPanel(journal: Journal, onFailure: (cause: unknown) => void): () => void {
  const report = (): void => {
    if (journal.stateOf(panelWatch).unexplained.length === 0) return;
    journal
      .transact((deciding) => {
        const { unexplained } = deciding.stateOf(panelWatch);
        return { entries: unexplained.map(({ device, data }) => said({ type: 'approval.missing', data }, { device })), result: undefined };
      })
      .catch(onFailure);
  };
  report();
  return journal.onCommit(report);
}

function step(state: PanelWatch, entry: Entry): PanelWatch {
  switch (entry.type) {
    case 'approval.requested': {
      const { action, device, partition } = entry.data.content;
      if (action === 'bypass') return state;
      return withGrant(state, entry.data.approvalId, { action, device, partition, isGranted: false });
    }
    case 'approval.granted':
      return changeGrant(state, entry.data.approvalId, { isGranted: true });
    case 'approval.refused':
    case 'approval.withdrawn':
    case 'approval.expired':
      return withoutGrant(state, entry.data.approvalId);
    case 'approval.used':
      return used(state, entry);
    case 'approval.missing':
      return { ...state, unexplained: state.unexplained.slice(1) };
    case 'alarm-panel.partition-armed':
      return moved(state, entry, 'arm');
    case 'alarm-panel.partition-disarmed':
      return moved(state, entry, 'disarm');
    default:
      return state;
  }
}

function used(state: PanelWatch, entry: EntryOf<'approval.used'>): PanelWatch {
  const { approvalId, outcome } = entry.data;
  if (outcome === 'refused' || outcome === 'failed') return withoutGrant(state, approvalId);
  return changeGrant(state, approvalId, { untilMs: Date.parse(entry.at) + (outcome === 'done' ? LATE_DONE_MS : LATE_DOUBT_MS) });
}

function moved(
  state: PanelWatch,
  entry: EntryOf<'alarm-panel.partition-armed' | 'alarm-panel.partition-disarmed'>,
  action: 'arm' | 'disarm',
): PanelWatch {
  const atMs = Date.parse(entry.at);
  const { partition, userNumber, special } = entry.data;
  const device = entry.device ?? '';
  const live = Object.entries(state.grants).filter(([, grant]) => grant.untilMs === undefined || atMs <= grant.untilMs);
  const explains = live.find(
    ([, grant]) => grant.isGranted && grant.action === action && grant.device === device && grant.partition === partition,
  );
  if (explains !== undefined) return { ...state, grants: Object.fromEntries(live.filter(([id]) => id !== explains[0])) };
  const data = { action, partition, special: special ?? false, ...(userNumber === undefined ? {} : { userNumber }) };
  return { grants: Object.fromEntries(live), unexplained: [...state.unexplained, { device, data }] };
}

function withGrant(state: PanelWatch, id: string, grant: Grant): PanelWatch {
  return { ...state, grants: { ...state.grants, [id]: grant } };
}

function changeGrant(state: PanelWatch, id: string, change: Partial<Grant>): PanelWatch {
  const grant = state.grants[id];
  return grant === undefined ? state : withGrant(state, id, { ...grant, ...change });
}

function withoutGrant(state: PanelWatch, id: string): PanelWatch {
  return { ...state, grants: Object.fromEntries(Object.entries(state.grants).filter(([key]) => key !== id)) };
}
