/**
 * The paper side of a passbook printer, whatever language it speaks: books and sheets that people put into the
 * mouth, crooked or straight, and the head that strikes them. Pure: every act gives a new paper path.
 */
import { assert } from '../../drivers/kit/assert.ts';
import { TICKS_PER_MM, blankPaper, withInk, type Book, type Mark, type Paper, type Size, type Stripe } from '../world/paper.ts';

export type Ribbon = 'full' | 'low' | 'out';

export type Medium =
  { readonly kind: 'book'; readonly bookId: string; readonly page: number } | { readonly kind: 'sheet'; readonly paper: Paper };

export interface PaperPath {
  readonly books: readonly Book[];
  /** The page at which each book was last open, from 1. */
  readonly openAt: Readonly<Record<string, number>>;
  readonly mouth: Medium | undefined;
  /** Sheets that came out, oldest first. */
  readonly tray: readonly Paper[];
  /** How crooked the medium lies: millimetres lower per millimetre to the right. */
  readonly skew: number;
  readonly ribbon: Ribbon;
  /** Where the head's first line and column fall on a medium that was taken in. */
  readonly edges: { readonly topOfFormMm: number; readonly leftEdgeMm: number };
}

/** Sheets kept in the tray; older ones are thrown away. */
const TRAY_SHEETS = 20;
const RIBBON_DENSITY: Readonly<Record<Ribbon, number>> = { full: 1, low: 0.55, out: 0.12 };

export function emptyPath(parts: Pick<PaperPath, 'books' | 'edges'>): PaperPath {
  return { ...parts, openAt: {}, mouth: undefined, tray: [], skew: 0, ribbon: 'full' };
}

/** Puts a book in, open at `page` or where it was open last. Undefined when the mouth is taken or there is no such book or page. */
export function insertBook(path: PaperPath, bookId: string, page: number | undefined): PaperPath | undefined {
  const book = path.books.find(({ id }) => id === bookId);
  const openAt = page ?? path.openAt[bookId] ?? 1;
  if (path.mouth !== undefined || book?.pages[openAt - 1] === undefined) return undefined;
  return { ...path, mouth: { kind: 'book', bookId, page: openAt }, openAt: { ...path.openAt, [bookId]: openAt }, skew: 0 };
}

export function insertSheet(path: PaperPath, size: Size): PaperPath | undefined {
  return path.mouth === undefined ? { ...path, mouth: { kind: 'sheet', paper: blankPaper(size) }, skew: 0 } : undefined;
}

/** Takes out what is in the mouth: a book goes back to its owner, a sheet to the tray. */
export function removeMedium(path: PaperPath): PaperPath {
  const { mouth } = path;
  const tray = mouth?.kind === 'sheet' ? [...path.tray, mouth.paper].slice(-TRAY_SHEETS) : path.tray;
  return { ...path, mouth: undefined, tray, skew: 0 };
}

/** Opens a book that is not in the mouth at another page. */
export function turnPage(path: PaperPath, bookId: string, page: number | undefined): PaperPath | undefined {
  const book = path.books.find(({ id }) => id === bookId);
  const openAt = page ?? (path.openAt[bookId] ?? 1) + 1;
  const isInside = path.mouth?.kind === 'book' && path.mouth.bookId === bookId;
  return isInside || book?.pages[openAt - 1] === undefined ? undefined : { ...path, openAt: { ...path.openAt, [bookId]: openAt } };
}

/** The side of paper under the head. */
export function visiblePaper(path: PaperPath): Paper | undefined {
  const { mouth } = path;
  if (mouth === undefined || mouth.kind === 'sheet') return mouth?.paper;
  return path.books.find(({ id }) => id === mouth.bookId)?.pages[mouth.page - 1];
}

/** What is in the mouth of a machine, for ground truths. */
export function mediumOf({ path: { mouth } }: { readonly path: PaperPath }): Readonly<Record<string, unknown>> {
  if (mouth === undefined) return { medium: 'none' };
  return mouth.kind === 'book' ? { medium: 'book', book: mouth.bookId, page: mouth.page } : { medium: 'sheet' };
}

/** The stripe of a book in the mouth; a sheet has none. */
export function stripeInside({ mouth, books }: PaperPath): Stripe | undefined {
  return mouth?.kind === 'book' ? books.find(({ id }) => id === mouth.bookId)?.stripe : undefined;
}

/** The path with another stripe on a book, wherever the book is. */
export function withStripe(path: PaperPath, bookId: string, stripe: Stripe): PaperPath {
  return { ...path, books: path.books.map((book) => (book.id === bookId ? { ...book, stripe } : book)) };
}

/** Strikes one mark, given where the head was; says whether it hit paper. A mark half over the edge counts as missed. */
function strike(path: PaperPath, mark: Mark): { readonly path: PaperPath; readonly hasHit: boolean } {
  const paper = visiblePaper(path);
  const placed = paper === undefined ? undefined : onPaper(path, paper, mark);
  if (paper === undefined || placed === undefined) return { path, hasHit: false };
  return { path: replaceVisible(path, withInk(paper, placed)), hasHit: true };
}

/** Where the head is in its work: marks struck so far, and those of them that fell beside the paper. */
export interface HeadPlace {
  readonly path: PaperPath;
  readonly struck: number;
  readonly missed: number;
}

/** Strikes the next marks, at most `count` of them. */
export function strikeOn(place: HeadPlace, marks: readonly Mark[], count: number): HeadPlace {
  let { path, missed } = place;
  const until = Math.min(marks.length, place.struck + count);
  for (const mark of marks.slice(place.struck, until)) {
    const after = strike(path, mark);
    path = after.path;
    if (!after.hasHit) missed++;
  }
  return { path, missed, struck: until };
}

function replaceVisible(path: PaperPath, paper: Paper): PaperPath {
  const { mouth } = path;
  assert(mouth !== undefined, 'ink needs paper');
  if (mouth.kind === 'sheet') return { ...path, mouth: { kind: 'sheet', paper } };
  const books = path.books.map((book) => (book.id === mouth.bookId ? { ...book, pages: book.pages.with(mouth.page - 1, paper) } : book));
  return { ...path, books };
}

function onPaper(path: PaperPath, paper: Paper, mark: Mark): Mark | undefined {
  const width = paper.widthMm * TICKS_PER_MM;
  const height = paper.heightMm * TICKS_PER_MM;
  const density = path.ribbon === 'full' ? {} : { density: RIBBON_DENSITY[path.ribbon] };
  const place = (x: number, y: number): { x: number; y: number } => {
    const right = x + path.edges.leftEdgeMm * TICKS_PER_MM;
    return { x: Math.round(right), y: Math.round(y + path.edges.topOfFormMm * TICKS_PER_MM + path.skew * right) };
  };
  const isInside = ({ x, y }: { x: number; y: number }): boolean =>
    x >= 0 && y >= 0 && x + mark.width <= width && y + mark.height <= height;
  if (mark.kind === 'glyph') {
    const at = place(mark.x, mark.y);
    return isInside(at) ? { ...mark, ...at, ...density } : undefined;
  }
  const points: number[] = [];
  for (let i = 0; i < mark.points.length; i += 2) {
    const at = place(mark.points[i] ?? 0, mark.points[i + 1] ?? 0);
    if (isInside(at)) points.push(at.x, at.y);
  }
  return points.length === 0 ? undefined : { ...mark, points: Int32Array.from(points), ...density };
}
