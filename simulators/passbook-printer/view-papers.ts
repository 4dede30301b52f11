import { encodePng, paintPaper } from '../world/paint-paper.ts';
import { readLines } from '../world/paper.ts';
import { visiblePaper, type PaperPath } from './paper-path.ts';

/** What lies in and around a printer: the side under the head, the books, the sheets that came out. */
export function viewPapers(path: PaperPath): Readonly<Record<'mouth' | 'books' | 'tray', unknown>> {
  return {
    mouth: viewMouth(path),
    books: path.books.map((book) => ({
      id: book.id,
      owner: book.owner,
      account: book.account,
      pageCount: book.pages.length,
      openAt: path.openAt[book.id] ?? 1,
      stripe: book.stripe.isDamaged ? 'damaged' : book.stripe.text,
    })),
    tray: path.tray.map((sheet) => readLines(sheet)),
  };
}

function viewMouth(path: PaperPath): Readonly<Record<string, unknown>> {
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
export async function picturePapers(path: PaperPath): Promise<Readonly<Record<string, Uint8Array>>> {
  const papers = { page: visiblePaper(path), tray: path.tray.at(-1) };
  const pictures: Record<string, Uint8Array> = {};
  for (const [name, paper] of Object.entries(papers)) {
    if (paper !== undefined) pictures[name] = await encodePng(await paintPaper(paper, { resolution: VIEW_DPI }), VIEW_DPI);
  }
  return pictures;
}
