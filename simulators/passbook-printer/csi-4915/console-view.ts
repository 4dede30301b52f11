import { viewPapers } from '../view-papers.ts';
import { canWork, type ConsoleState } from './console-state.ts';

/** The front panel and the papers, as a person standing there sees them. */
export function viewConsole(state: ConsoleState): Readonly<Record<string, unknown>> {
  return {
    power: state.isPowered ? 'on' : 'off',
    lamps: {
      online: canWork(state) && state.trouble === undefined,
      stop: state.isStopped,
      paper: state.isPowered && state.path.mouth === undefined,
      error: state.trouble !== undefined,
    },
    cover: state.isCoverOpen ? 'open' : 'closed',
    isJammed: state.isJammed,
    isBusy: state.isBusy,
    ribbon: state.path.ribbon,
    bufferedBytes: state.received.count + state.unread.length,
    isPrinting: state.work.length > 0,
    ...viewPapers(state.path),
  };
}
