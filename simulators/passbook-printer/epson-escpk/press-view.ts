import { visiblePaper } from '../paper-path.ts';
import { viewPapers } from '../view-papers.ts';
import { isOnline, type PressState } from './press-state.ts';

/** The front panel and the papers, as a person standing there sees them. */
export function viewPress(state: PressState): Readonly<Record<string, unknown>> {
  const { path } = state;
  return {
    power: state.isPowered ? 'on' : 'off',
    lamps: {
      online: isOnline(state),
      paper: state.isPowered && visiblePaper(path) === undefined,
      error: state.isPowered && (state.isJammed || state.isCoverOpen),
    },
    cover: state.isCoverOpen ? 'open' : 'closed',
    isJammed: state.isJammed,
    isBusy: state.isBusy,
    ribbon: path.ribbon,
    bufferedBytes: state.received.count,
    isPrinting: state.work.length > 0,
    ...viewPapers(path),
  };
}
