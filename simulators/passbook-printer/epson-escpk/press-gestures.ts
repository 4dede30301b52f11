/** What people do to the machine. Each either happens or is refused because it is not possible now. */
import { Type, record } from '../../../drivers/kit/schema.ts';
import { done, refused } from '../../../drivers/kit/outcome.ts';
import type { CommandId } from '../../../drivers/kit/machine.ts';
import type { Gesture, GestureSpec } from '../../kit/simulator.ts';
import { insertBook, insertSheet, removeMedium, turnPage, type PaperPath } from '../paper-path.ts';
import { atTop, mediumOf, truth, withoutPower, type PressEffect, type PressState, type PressStep } from './press-state.ts';
import { dropWork, goOn } from './press-work.ts';

const nothing = record({});
const page = Type.Optional(Type.Integer({ minimum: 1, maximum: 40 }));

export const pressGestures = {
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

/** Carries out one gesture and settles it at once. */
export function perform(state: PressState, id: CommandId, gesture: Gesture): PressStep {
  const step = act(state, gesture);
  if (step === undefined) return [state, [{ kind: 'settle', id, outcome: refused('CD_SIM_GESTURE', gesture.name) }]];
  const [next, effects] = goOn(step[0], step[1]);
  return [next, [...effects, { kind: 'settle', id, outcome: done({}) }]];
}

function act(state: PressState, { name, args }: Gesture): PressStep | undefined {
  switch (name) {
    case 'insert-book':
      return typeof args['book'] === 'string' ? taken(state, insertBook(state.path, args['book'], pageOf(args))) : undefined;
    case 'put-sheet':
      return taken(state, insertSheet(state.path, { widthMm: numberOf(args['widthMm'], 210), heightMm: numberOf(args['heightMm'], 140) }));
    case 'remove-book':
      return state.path.mouth === undefined ? undefined : pulledOut(state);
    case 'turn-page':
      return turned(state, args);
    case 'skew':
      if (state.path.mouth === undefined) return undefined;
      return [{ ...state, path: { ...state.path, skew: Math.tan((numberOf(args['degrees'], 0) * Math.PI) / 180) } }, []];
    case 'jam':
      return jammed(state);
    case 'clear-jam':
      return state.isJammed ? [{ ...state, isJammed: false }, [truth('jam-cleared')]] : undefined;
    case 'open-cover':
      return state.isCoverOpen ? undefined : [{ ...state, isCoverOpen: true }, [truth('cover-opened')]];
    case 'close-cover':
      return state.isCoverOpen ? [{ ...state, isCoverOpen: false }, [truth('cover-closed')]] : undefined;
    case 'ribbon-low':
      return [{ ...state, path: { ...state.path, ribbon: 'low' } }, []];
    case 'ribbon-out':
      return [{ ...state, path: { ...state.path, ribbon: 'out' } }, []];
    case 'change-ribbon':
      return [{ ...state, path: { ...state.path, ribbon: 'full' } }, []];
    default:
      return actOnFault(state, { name, args });
  }
}

function actOnFault(state: PressState, { name, args }: Gesture): PressStep | undefined {
  if (name === 'fault:power-cut') return state.isPowered ? powerCut(state) : undefined;
  if (name === 'fault:busy') {
    if (!state.isPowered) return undefined;
    return [
      { ...state, isBusy: true, isHostPaused: true },
      [
        { kind: 'arm', timer: 'busy', ms: numberOf(args['forMs'], 1_000) },
        { kind: 'send', frame: 'xoff' },
      ],
    ];
  }
  if (name !== 'fault:clear') return undefined;
  if (args['kind'] === 'power-cut') return state.isPowered ? undefined : powerUp(state);
  return args['kind'] === 'busy' ? endBusy(state) : undefined;
}

/** The person who held the machine up lets it go. */
export function endBusy(state: PressState): PressStep {
  if (!state.isBusy) return [state, []];
  return [
    { ...state, isBusy: false, isHostPaused: false },
    [
      { kind: 'disarm', timer: 'busy' },
      { kind: 'send', frame: 'xon' },
    ],
  ];
}

/** The machine draws a medium in only with power on and nothing in the way. */
function taken(state: PressState, path: PaperPath | undefined): PressStep | undefined {
  if (path === undefined || !state.isPowered || state.isCoverOpen || state.isJammed) return undefined;
  const next = atTop({ ...state, path });
  return [next, [truth('medium-inserted', mediumOf(next))]];
}

/** Paper leaves by hand: a line being struck ends where it is; what was received stays in the buffer. */
function pulledOut(state: PressState): PressStep {
  const [dropped, effects] = dropWork(state, 'pulled-out');
  return [{ ...dropped, path: removeMedium(dropped.path) }, [...effects, truth('medium-removed', mediumOf(state))]];
}

function turned(state: PressState, args: Gesture['args']): PressStep | undefined {
  const { mouth } = state.path;
  const book = typeof args['book'] === 'string' ? args['book'] : mouth?.kind === 'book' ? mouth.bookId : undefined;
  if (book === undefined) return undefined;
  const isInside = mouth?.kind === 'book' && mouth.bookId === book;
  const [out, outEffects]: PressStep = isInside ? pulledOut(state) : [state, []];
  const path = turnPage(out.path, book, pageOf(args));
  if (path === undefined) return undefined;
  const effects: PressEffect[] = [...outEffects, truth('page-turned', { book, page: path.openAt[book] ?? 1 })];
  if (!isInside) return [{ ...out, path }, effects];
  const back = taken({ ...out, path }, insertBook(path, book, undefined));
  return back === undefined ? undefined : [back[0], [...effects, ...back[1]]];
}

function jammed(state: PressState): PressStep | undefined {
  if (state.isJammed || state.path.mouth === undefined) return undefined;
  const [dropped, effects] = dropWork(state, 'jam');
  return [{ ...dropped, isJammed: true }, [...effects, truth('paper-jammed', mediumOf(state))]];
}

function powerCut(state: PressState): PressStep {
  const [dropped, effects] = dropWork(state, 'power-cut');
  const lost = state.received.count;
  return [
    { ...withoutPower(dropped), isTicking: false },
    [{ kind: 'disarm', timer: 'tick' }, { kind: 'disarm', timer: 'busy' }, ...effects, truth('power-lost', { bytesLost: lost })],
  ];
}

/** Power is back: the machine sends out what is inside and tells the host that it listens. */
function powerUp(state: PressState): PressStep {
  const effects: PressEffect[] = [truth('power-restored'), { kind: 'send', frame: 'xon' }];
  if (state.path.mouth !== undefined) effects.push(truth('medium-ejected', mediumOf(state)));
  return [{ ...state, isPowered: true, isJammed: false, path: removeMedium(state.path) }, effects];
}

function pageOf(args: Gesture['args']): number | undefined {
  return typeof args['page'] === 'number' ? args['page'] : undefined;
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
