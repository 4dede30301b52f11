import { displayCells } from '../../drivers/kit/gbk.ts';
import { CounterdError } from '../../drivers/kit/errors.ts';
import type { PlacedLine } from '../../drivers/passbook-printer/family.ts';
import { defaultProfiles } from '../../drivers/passbook-printer/layout/default-profiles.ts';
import { layOutLine } from '../../drivers/passbook-printer/layout/lay-out-line.ts';
import { TICKS_PER_INCH, TICKS_PER_MM, blankPaper, withInk, type Book, type Paper } from '../world/paper.ts';
import { demoBooks } from './demo-books.ts';
import { HANZI_TICKS } from './escp/printer-state.ts';
import type { PrinterWorld, PrintedEntry, WorldBook } from './printer-world.ts';

const EDGE_MM = 25.4 / 6;

export interface PrinterSetting {
  readonly books: readonly Book[];
  readonly edges: { readonly topOfFormMm: number; readonly leftEdgeMm: number };
  readonly bufferBytes: number;
}

/** The world with everything that was left out: the demo branch's books and a machine as it leaves the factory. */
export function printerSetting(world: PrinterWorld): PrinterSetting {
  return {
    books: (world.books ?? demoBooks).map(makeBook),
    edges: { topOfFormMm: world.topOfFormMm ?? EDGE_MM, leftEdgeMm: world.leftEdgeMm ?? EDGE_MM },
    bufferBytes: world.bufferBytes ?? 4096,
  };
}

function makeBook(book: WorldBook): Book {
  const { page } = defaultProfiles['book-24'];
  const size = { widthMm: book.pageMm?.width ?? page.widthMm, heightMm: book.pageMm?.height ?? page.heightMm };
  const pages = Array.from({ length: book.pageCount ?? 8 }, (_, i) => {
    const printed = (book.printed ?? []).filter((entry) => entry.page === i + 1);
    return printed.reduce((paper, entry) => printedBefore(paper, entry), blankPaper(size));
  });
  return {
    id: book.id,
    owner: book.owner ?? '',
    account: book.account ?? '',
    pages,
    stripe: { text: book.stripe ?? '', isDamaged: false },
  };
}

/** Ink of an entry printed on an earlier day, in the shape and place the bank's own layout gives it. */
function printedBefore(paper: Paper, entry: PrintedEntry): Paper {
  const laidOut = layOutLine(defaultProfiles['book-24'], entry.line, { values: entry.values });
  if (laidOut.kind !== 'placed')
    throw new CounterdError('CD_SIM_SCENARIO', `the entry on page ${entry.page}, line ${entry.line} does not fit the layout book-24`);
  return strikeLine(paper, laidOut.line);
}

function strikeLine(paper: Paper, line: PlacedLine): Paper {
  let inked = paper;
  for (const run of line.runs) {
    const cell = TICKS_PER_INCH / (run.style?.pitch ?? 15);
    let x = Math.round(run.xMm * TICKS_PER_MM);
    for (const character of run.text) {
      const codePoint = character.codePointAt(0) ?? 0x20;
      const cells = displayCells(character);
      const width = cells === 2 ? HANZI_TICKS : cell;
      inked = withInk(inked, {
        kind: 'glyph',
        codePoint,
        x,
        y: Math.round(line.yMm * TICKS_PER_MM),
        width,
        height: HANZI_TICKS,
        style: {},
      });
      x += cells * cell;
    }
  }
  return inked;
}
