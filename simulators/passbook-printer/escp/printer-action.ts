import type { Mark } from '../../world/paper.ts';
import type { PrinterState } from './printer-state.ts';

/** What the mechanism is told to do, in order. */
export type PrinterAction =
  | { readonly kind: 'strike'; readonly marks: readonly Mark[] }
  | { readonly kind: 'eject' }
  | { readonly kind: 'bell' }
  /** A command this interpreter does not know or act on. */
  | { readonly kind: 'ignored'; readonly what: string };

export interface Stepped {
  readonly state: PrinterState;
  readonly actions: readonly PrinterAction[];
}

export function only(state: PrinterState): Stepped {
  return { state, actions: [] };
}

/** Strikes what waits in the line buffer. */
export function flush(state: PrinterState): Stepped {
  if (state.pending.length === 0) return only(state);
  return { state: { ...state, pending: [] }, actions: [{ kind: 'strike', marks: state.pending }] };
}

/** Flushes, then moves: paper never moves with text still waiting in the line buffer. */
export function flushThen(state: PrinterState, move: (flushed: PrinterState) => PrinterState): Stepped {
  const flushed = flush(state);
  return { state: move(flushed.state), actions: flushed.actions };
}

/** FF: strikes what waits, sends the page out, and stands at the top of the next. */
export function ejectPage(state: PrinterState): Stepped {
  const flushed = flush(state);
  return { state: { ...flushed.state, x: state.leftMargin, y: 0, top: 0 }, actions: [...flushed.actions, { kind: 'eject' }] };
}

/** Before something is struck: when the head stands below the page, that page is finished and the next begins. */
export function onPage(state: PrinterState): Stepped {
  const limit = state.options.isSinglePage === true ? undefined : (state.pageLength ?? state.options.sheetTicks);
  if (limit === undefined || state.y < limit) return only(state);
  const flushed = flush(state);
  return { state: { ...flushed.state, y: state.y - limit }, actions: [...flushed.actions, { kind: 'eject' }] };
}
