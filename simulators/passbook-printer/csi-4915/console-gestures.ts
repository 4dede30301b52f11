/** What people do to the machine, and what happens to it. Each either happens or is refused because it is not possible now. */
import { Type, record } from '../../../drivers/kit/schema.ts';
import { done, refused } from '../../../drivers/kit/outcome.ts';
import type { CommandId } from '../../../drivers/kit/machine.ts';
import type { Gesture, GestureSpec } from '../../kit/simulator.ts';
import { actAtMouth, mediumGestures, numberOf } from '../medium-gestures.ts';
import { mediumOf, removeMedium, withStripe, type PaperPath } from '../paper-path.ts';
import { forgetJobs, sayStatus, truth, withoutPower, type ConsoleState, type ConsoleStep } from './console-state.ts';
import { cutShort, goOn, goToError, letHostGo } from './console-work.ts';

const nothing = record({});

export const consoleGestures = {
  ...mediumGestures,
  'press-stop': { doc: { zh: '按停止键', en: 'Press the STOP key' }, args: nothing },
  'press-start': { doc: { zh: '按启动键', en: 'Press the START key' }, args: nothing },
  'line-break': { doc: { zh: '串口线出现 BREAK', en: 'The serial line goes to BREAK' }, args: nothing },
  'lose-mark': { doc: { zh: '下一个标记应答丢失', en: 'The next mark is not echoed' }, args: nothing },
  'damage-stripe': {
    doc: { zh: '磁条被磁铁损坏', en: 'A magnet damages the stripe of a book' },
    args: record({ book: Type.String() }),
  },
  'dirty-stripe-head': {
    doc: { zh: '磁头脏: 下一次写磁条校验不符', en: 'The magnetic head is dirty: the next write does not read back' },
    args: nothing,
  },
  'repeat-mark': { doc: { zh: '下一个标记应答两次', en: 'The next mark is echoed twice' }, args: nothing },
} as const satisfies Record<string, GestureSpec>;

/** Carries out one gesture and settles it at once. */
export function perform(state: ConsoleState, id: CommandId, gesture: Gesture): ConsoleStep {
  const step = act(state, gesture);
  if (step === undefined) return [state, [{ kind: 'settle', id, outcome: refused('CD_SIM_GESTURE', gesture.name) }]];
  const [next, effects] = goOn(step[0], step[1]);
  return [next, [...effects, { kind: 'settle', id, outcome: done({}) }]];
}

function act(state: ConsoleState, gesture: Gesture): ConsoleStep | undefined {
  const step = actAtMouth(state, gesture, { taken, pulledOut, truth });
  if (step !== 'other') return step;
  switch (gesture.name) {
    case 'damage-stripe': {
      const book = state.path.books.find(({ id }) => id === gesture.args['book']);
      if (book === undefined) return undefined;
      return [{ ...state, path: withStripe(state.path, book.id, { ...book.stripe, isDamaged: true }) }, []];
    }
    case 'dirty-stripe-head':
      return [{ ...state, isStripeHeadDirty: true }, []];
    case 'lose-mark':
      return [{ ...state, nextEcho: 'lost' }, []];
    case 'repeat-mark':
      return [{ ...state, nextEcho: 'twice' }, []];
    default:
      return actOnMachine(state, gesture);
  }
}

function actOnMachine(state: ConsoleState, { name, args }: Gesture): ConsoleStep | undefined {
  switch (name) {
    case 'jam':
      return state.isJammed || state.path.mouth === undefined ? undefined : inTrouble({ ...state, isJammed: true }, 'jam');
    case 'clear-jam':
      return state.isJammed ? outOfTrouble({ ...state, isJammed: false }) : undefined;
    case 'open-cover':
      return state.isCoverOpen ? undefined : inTrouble({ ...state, isCoverOpen: true }, 'cover');
    case 'close-cover':
      return state.isCoverOpen ? outOfTrouble({ ...state, isCoverOpen: false }) : undefined;
    case 'press-stop':
      if (!state.isPowered || state.isStopped || state.trouble !== undefined) return undefined;
      return saying({ ...state, isStopped: true });
    case 'press-start':
      return state.isStopped ? saying({ ...state, isStopped: false }) : undefined;
    case 'line-break':
      return state.isPowered ? broken(state) : undefined;
    case 'fault:power-cut':
      return state.isPowered ? powerCut(state) : undefined;
    case 'fault:busy':
      return state.isPowered ? heldUp(state, numberOf(args['forMs'], 1_000)) : undefined;
    case 'fault:clear':
      if (args['kind'] === 'power-cut') return state.isPowered ? undefined : powerUp(state);
      return args['kind'] === 'busy' ? endBusy(state) : undefined;
    default:
      return undefined;
  }
}

function saying(state: ConsoleState): ConsoleStep {
  return [state, [sayStatus(state)]];
}

function inTrouble(state: ConsoleState, trouble: 'jam' | 'cover'): ConsoleStep {
  const what = truth(trouble === 'jam' ? 'paper-jammed' : 'cover-opened', mediumOf(state));
  if (!state.isPowered) return [state, [what]];
  const [next, effects] = goToError(state, trouble);
  return [next, [what, ...effects]];
}

/** The machine is ONLINE again once nothing is wrong any more. */
function outOfTrouble(state: ConsoleState): ConsoleStep {
  if (!state.isPowered || state.trouble === undefined) return [state, []];
  if (state.isJammed) return [{ ...state, trouble: 'jam' }, []];
  if (state.isCoverOpen) return [{ ...state, trouble: 'cover' }, []];
  return saying({ ...state, trouble: undefined });
}

/** A medium goes into the mouth only with power on and nothing in the way. */
function taken(state: ConsoleState, path: PaperPath | undefined): ConsoleStep | undefined {
  if (path === undefined || !state.isPowered || state.isCoverOpen || state.isJammed) return undefined;
  const [next, effects] = state.trouble === 'no-paper' ? outOfTrouble({ ...state, path }) : ([{ ...state, path }, []] as const);
  return [next, [truth('medium-inserted', mediumOf(next)), ...effects]];
}

/** Paper leaves by hand. The machine notices at once when it is at work on it, and else when it wants paper. */
function pulledOut(state: ConsoleState): ConsoleStep {
  const gone = truth('medium-removed', mediumOf(state));
  const [first] = state.work;
  const isMoving = first?.kind === 'strike' || first?.kind === 'write-stripe';
  const isAtWork = state.isPowered && state.trouble === undefined && isMoving;
  const [next, effects]: ConsoleStep = isAtWork ? goToError(state, 'no-paper') : [state, []];
  return [{ ...next, path: removeMedium(next.path) }, [...effects, gone]];
}

/** A serial BREAK empties the memory and makes the machine tell its status. */
function broken(state: ConsoleState): ConsoleStep {
  const next = { ...forgetJobs(state), isHostPaused: state.isBusy };
  return [next, [...cutShort(state, 'break'), truth('line-broken'), sayStatus(next), ...letHostGo(state)]];
}

function heldUp(state: ConsoleState, forMs: number): ConsoleStep {
  return [
    { ...state, isBusy: true, isHostPaused: true },
    [
      { kind: 'arm', timer: 'busy', ms: forMs },
      { kind: 'send', frame: 'xoff' },
    ],
  ];
}

/** The person who held the machine up lets it go. */
export function endBusy(state: ConsoleState): ConsoleStep {
  if (!state.isBusy) return [state, []];
  return [
    { ...state, isBusy: false, isHostPaused: false },
    [
      { kind: 'disarm', timer: 'busy' },
      { kind: 'send', frame: 'xon' },
    ],
  ];
}

function powerCut(state: ConsoleState): ConsoleStep {
  const lost = truth('power-lost', { bytesLost: state.received.count });
  return [
    withoutPower(state),
    [{ kind: 'disarm', timer: 'tick' }, { kind: 'disarm', timer: 'busy' }, ...cutShort(state, 'power-cut'), lost],
  ];
}

/** Power is back: the machine sends out what is inside and says how it is. */
function powerUp(state: ConsoleState): ConsoleStep {
  const out = state.path.mouth === undefined ? [] : [truth('medium-ejected', mediumOf(state))];
  const trouble = state.isCoverOpen ? 'cover' : undefined;
  const next: ConsoleState = { ...state, isPowered: true, isJammed: false, trouble, path: removeMedium(state.path) };
  return [next, [truth('power-restored'), ...out, { kind: 'send', frame: 'xon' }, sayStatus(next)]];
}
