/** What hands do at the mouth of any passbook printer, and to its ribbon, cover and paper. */
import { Type, record } from '../../drivers/kit/schema.ts';
import type { Gesture, GestureSpec } from '../kit/simulator.ts';
import { insertBook, insertSheet, turnPage, type PaperPath } from './paper-path.ts';

const nothing = record({});
const page = Type.Optional(Type.Integer({ minimum: 1, maximum: 40 }));

export const mediumGestures = {
  'insert-book': { doc: { zh: '放入存折, 翻到某页', en: 'Put a book in, open at a page' }, args: record({ book: Type.String(), page }) },
  'put-sheet': {
    doc: { zh: '放入单张纸', en: 'Put a single sheet in' },
    args: record({
      widthMm: Type.Optional(Type.Number({ minimum: 40, maximum: 400 })),
      heightMm: Type.Optional(Type.Number({ minimum: 40, maximum: 500 })),
    }),
  },
  'remove-book': { doc: { zh: '把存折或纸抽出来', en: 'Pull the book or sheet out' }, args: nothing },
  'turn-page': {
    doc: { zh: '翻页; 在机器里的存折先抽出, 翻好再放回', en: 'Turn the page; a book in the machine is taken out, turned and put back' },
    args: record({ book: Type.Optional(Type.String()), page }),
  },
  skew: {
    doc: { zh: '把放入的存折弄歪', en: 'Push the medium crooked' },
    args: record({ degrees: Type.Number({ minimum: -5, maximum: 5 }) }),
  },
  jam: { doc: { zh: '卡纸', en: 'The paper jams' }, args: nothing },
  'clear-jam': { doc: { zh: '清除卡纸', en: 'Clear the jam' }, args: nothing },
  'open-cover': { doc: { zh: '打开盖板', en: 'Open the cover' }, args: nothing },
  'close-cover': { doc: { zh: '合上盖板', en: 'Close the cover' }, args: nothing },
  'ribbon-low': { doc: { zh: '色带变淡', en: 'The ribbon grows faint' }, args: nothing },
  'ribbon-out': { doc: { zh: '色带用尽', en: 'The ribbon is used up' }, args: nothing },
  'change-ribbon': { doc: { zh: '换色带', en: 'Change the ribbon' }, args: nothing },
} as const satisfies Record<string, GestureSpec>;

type Step<S, E> = readonly [S, readonly E[]];

/** What a machine makes of a medium that comes and goes. */
export interface Mouth<S, E> {
  /** `path` holds the medium already; undefined when it could not go in. */
  taken(state: S, path: PaperPath | undefined): Step<S, E> | undefined;
  pulledOut(state: S): Step<S, E>;
  truth(type: string, data: Readonly<Record<string, unknown>>): E;
}

/** Carries out a gesture at the mouth or the ribbon. Undefined when it is not possible now, `other` when it is none of these. */
export function actAtMouth<S extends { readonly path: PaperPath }, E>(
  state: S,
  { name, args }: Gesture,
  mouth: Mouth<S, E>,
): Step<S, E> | undefined | 'other' {
  const { path } = state;
  switch (name) {
    case 'insert-book':
      return typeof args['book'] === 'string' ? mouth.taken(state, insertBook(path, args['book'], pageOf(args))) : undefined;
    case 'put-sheet':
      return mouth.taken(state, insertSheet(path, { widthMm: numberOf(args['widthMm'], 210), heightMm: numberOf(args['heightMm'], 140) }));
    case 'remove-book':
      return path.mouth === undefined ? undefined : mouth.pulledOut(state);
    case 'turn-page':
      return turned(state, args, mouth);
    case 'skew':
      if (path.mouth === undefined) return undefined;
      return [{ ...state, path: { ...path, skew: Math.tan((numberOf(args['degrees'], 0) * Math.PI) / 180) } }, []];
    case 'ribbon-low':
    case 'ribbon-out':
    case 'change-ribbon': {
      const ribbon = ({ 'ribbon-low': 'low', 'ribbon-out': 'out', 'change-ribbon': 'full' } as const)[name];
      return [{ ...state, path: { ...path, ribbon } }, []];
    }
    default:
      return 'other';
  }
}

/** A number a person gave with a gesture. */
export function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function turned<S extends { readonly path: PaperPath }, E>(state: S, args: Gesture['args'], mouth: Mouth<S, E>): Step<S, E> | undefined {
  const inside = state.path.mouth;
  const book = typeof args['book'] === 'string' ? args['book'] : inside?.kind === 'book' ? inside.bookId : undefined;
  if (book === undefined) return undefined;
  const isInside = inside?.kind === 'book' && inside.bookId === book;
  const [out, outEffects]: Step<S, E> = isInside ? mouth.pulledOut(state) : [state, []];
  const path = turnPage(out.path, book, pageOf(args));
  if (path === undefined) return undefined;
  const effects = [...outEffects, mouth.truth('page-turned', { book, page: path.openAt[book] ?? 1 })];
  if (!isInside) return [{ ...out, path }, effects];
  const back = mouth.taken({ ...out, path }, insertBook(path, book, undefined));
  return back === undefined ? undefined : [back[0], [...effects, ...back[1]]];
}

function pageOf(args: Gesture['args']): number | undefined {
  return typeof args['page'] === 'number' ? args['page'] : undefined;
}
