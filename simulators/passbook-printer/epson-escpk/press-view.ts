import { encodePng, paintPaper } from '../../world/paint-paper.ts';
import { readLines } from '../../world/paper.ts';
import { visiblePaper } from '../paper-path.ts';
import { isOnline, type PressState } from './press-state.ts';

/** The front panel and the papers, as a person standing there sees them. */
export function viewPress(state: PressState): Readonly<Record<string, unknown>> {
  const { path } = state;
  const paper = visiblePaper(path);
  return {
    power: state.isPowered ? 'on' : 'off',
    lamps: {
      online: isOnline(state),
      paper: state.isPowered && paper === undefined,
      error: state.isPowered && (state.isJammed || state.isCoverOpen),
    },
    cover: state.isCoverOpen ? 'open' : 'closed',
    isJammed: state.isJammed,
    isBusy: state.isBusy,
    ribbon: path.ribbon,
    bufferedBytes: state.received.count,
    isPrinting: state.work.length > 0,
    mouth: viewMouth(state),
    books: path.books.map((book) => ({
      id: book.id,
      owner: book.owner,
      account: book.account,
      pageCount: book.pages.length,
      openAt: path.openAt[book.id] ?? 1,
    })),
    tray: path.tray.map((sheet) => readLines(sheet)),
  };
}

function viewMouth({ path }: PressState): Readonly<Record<string, unknown>> {
  const paper = visiblePaper(path);
  const { mouth } = path;
  if (mouth === undefined || paper === undefined) return { medium: 'none' };
  const seen = { isCrooked: path.skew !== 0, widthMm: paper.widthMm, heightMm: paper.heightMm, lines: readLines(paper) };
  if (mouth.kind === 'sheet') return { medium: 'sheet', ...seen };
  const book = path.books.find(({ id }) => id === mouth.bookId);
  return { medium: 'book', book: mouth.bookId, owner: book?.owner ?? '', account: book?.account ?? '', page: mouth.page, ...seen };
}

const VIEW_DPI = { x: 180, y: 180 };

/** `page`: the side under the head; `tray`: the last sheet that came out. */
export async function picturePress({ path }: PressState): Promise<Readonly<Record<string, Uint8Array>>> {
  const papers = { page: visiblePaper(path), tray: path.tray.at(-1) };
  const pictures: Record<string, Uint8Array> = {};
  for (const [name, paper] of Object.entries(papers)) {
    if (paper !== undefined) pictures[name] = await encodePng(await paintPaper(paper, { resolution: VIEW_DPI }), VIEW_DPI);
  }
  return pictures;
}
