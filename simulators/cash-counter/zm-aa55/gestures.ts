/** What a person does at the machine. A gesture returns why it is not possible, or nothing. */
import { Type, oneOf, record, type Static } from '../../../drivers/kit/schema.ts';
import type { GestureSpec } from '../../kit/simulator.ts';
import { makeStack, noteConditions, type Note } from '../../world/notes.ts';
import { finish, halt, moved, obstacle, powerDown, powerUp, start } from './counting.ts';
import { STATUS, type MachineTurn } from './machine-state.ts';

const Some = Type.Optional(Type.Integer({ minimum: 0, maximum: 2_000 }));

const GivenNote = record({
  currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
  face: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  serial: Type.String({ pattern: '^[0-9A-Z]{1,11}$' }),
  condition: Type.Optional(oneOf(noteConditions)),
  isGenuine: Type.Optional(Type.Boolean()),
});

const putNotes = record({
  preset: Type.Optional(Type.String({ maxLength: 200, description: '118×100, 20×100+6×50, USD 5×20' })),
  seed: Type.Optional(Type.Union([Type.String({ maxLength: 64 }), Type.Integer()])),
  suspects: Some,
  torn: Some,
  worn: Some,
  notes: Type.Optional(Type.Array(GivenNote, { maxItems: 2_000, description: 'Given one by one, on top of those of the preset.' })),
});

const nothing = record({});

export const gestureSpecs = {
  'put-notes': { doc: { zh: '把钞票放进进钞口', en: 'Notes are laid into the hopper' }, args: putNotes },
  'press-start': { doc: { zh: '按“启动”', en: 'Start is pressed' }, args: nothing },
  'press-clear': { doc: { zh: '按“清除”', en: 'Clear is pressed' }, args: nothing },
  'take-stacker': { doc: { zh: '取走接钞口的钞票', en: 'The notes are taken out of the stacker' }, args: nothing },
  'take-rejects': { doc: { zh: '取走退钞口的钞票', en: 'The notes are taken out of the reject pocket' }, args: nothing },
  'take-hopper': { doc: { zh: '取走未点的钞票', en: 'The uncounted notes are taken back' }, args: nothing },
  'set-speed': {
    doc: { zh: '设定速度', en: 'The speed is set' },
    args: record({ notesPerMin: Type.Integer({ minimum: 60, maximum: 1_900 }) }),
  },
  jam: { doc: { zh: '下一张卡钞', en: 'The next note gets stuck' }, args: nothing },
  'clear-jam': {
    doc: { zh: '取出卡住的钞票, 放回进钞口', en: 'The stuck note is pulled out and laid back into the hopper' },
    args: nothing,
  },
  'open-cover': { doc: { zh: '打开盖板', en: 'The cover is opened' }, args: nothing },
  'close-cover': { doc: { zh: '合上盖板', en: 'The cover is closed' }, args: nothing },
  power: { doc: { zh: '开关电源', en: 'Power is switched' }, args: record({ isOn: Type.Boolean() }) },
} as const satisfies Record<string, GestureSpec>;

type GestureName = keyof typeof gestureSpecs;
type Args = Readonly<Record<string, unknown>>;

/** Performs a gesture; says why not when it is not possible now, or when there is no such gesture. */
export function perform(turn: MachineTurn, name: string, args: Args): string | undefined {
  if (Object.hasOwn(gestures, name)) return gestures[name as GestureName](turn, args);
  const fault = Object.hasOwn(faults, name) ? faults[name] : undefined;
  fault?.(turn, args);
  return fault === undefined ? `no gesture ${name}` : undefined;
}

const gestures: Readonly<Record<GestureName, (turn: MachineTurn, args: Args) => string | undefined>> = {
  'put-notes': (turn, args) => layIn(turn, args),
  'press-start'(turn) {
    const why = turn.state.isRunning ? 'running' : obstacle(turn);
    if (why === undefined) start(turn);
    return why;
  },
  'press-clear'(turn) {
    const { isPowered, isBooting, figures } = turn.state;
    if (!isPowered || isBooting) return 'not ready';
    if (figures === undefined) turn.report(STATUS.standby);
    finish(turn);
    return undefined;
  },
  'take-stacker'(turn) {
    const why = take(turn, 'stacker');
    if (why !== undefined) return why;
    if (turn.state.figures === undefined || turn.state.message !== 'FULL') return undefined;
    turn.change({ message: '' });
    // A batch that was waiting for this and has nothing left to count is over.
    if (turn.state.hopper.length === 0) finish(turn);
    else if (turn.settings.isAutoStart) start(turn);
    return undefined;
  },
  'take-rejects': (turn) => take(turn, 'rejects'),
  'take-hopper': (turn) => take(turn, 'hopper'),
  'set-speed'(turn, args) {
    turn.change({ notesPerMin: Number(args['notesPerMin']) });
    return undefined;
  },
  jam(turn) {
    turn.change({ isJamComing: true });
    return undefined;
  },
  'clear-jam'(turn) {
    const [stuck] = turn.state.path;
    if (stuck === undefined) return 'no jam';
    turn.change({ path: [], hopper: [stuck, ...turn.state.hopper], message: '' });
    moved(turn, stuck, 'hopper');
    return undefined;
  },
  'open-cover'(turn) {
    if (turn.state.isRunning) halt(turn, 'COVER');
    turn.change({ isCoverOpen: true });
    return undefined;
  },
  'close-cover'(turn) {
    turn.change({ isCoverOpen: false, message: turn.state.message === 'COVER' ? '' : turn.state.message });
    return undefined;
  },
  power(turn, args) {
    if (args['isOn'] === true) powerUp(turn);
    else powerDown(turn);
    return undefined;
  },
};

const faults: Readonly<Record<string, (turn: MachineTurn, args: Args) => void>> = {
  'fault:power-cut': powerDown,
  'fault:wrong-identity'(turn) {
    turn.change({ isForeign: true });
  },
  'fault:busy'(turn, args) {
    turn.change({ isBusy: true });
    turn.arm('ready', Number(args['forMs'] ?? 1_000));
  },
  'fault:clear'(turn, args) {
    if (args['kind'] === 'power-cut') powerUp(turn);
    if (args['kind'] === 'wrong-identity') turn.change({ isForeign: false });
    if (args['kind'] === 'busy') turn.change({ isBusy: false });
  },
};

function layIn(turn: MachineTurn, order: Static<typeof putNotes>): string | undefined {
  const { preset, seed, notes: given = [] } = order;
  const stackCount = turn.state.stackCount + 1;
  const prefix = `stack${stackCount}`;
  const random = turn.random.fork(seed === undefined ? prefix : `seed ${seed}`);
  const { suspects = 0, torn = 0, worn = 0 } = order;
  const made = preset === undefined ? [] : makeStack({ preset, suspects, torn, worn }, prefix, random);
  if (made === undefined) return `"${preset ?? ''}" is not of the form 118×100+6×50`;
  const added = given.map(({ currency = 'CNY', face, serial, condition = 'fit', isGenuine = true }, i): Note => ({
    id: `${prefix}-given-${i + 1}`,
    ...{ currency, face, edition: 0, serial, condition, isGenuine, wornPositions: [] },
  }));
  const notes = [...made, ...added];
  turn.change({ stackCount, hopper: [...turn.state.hopper, ...notes] });
  turn.truth('notes-put', { ids: notes.map((note) => note.id) });
  if (turn.settings.isAutoStart) start(turn);
  return undefined;
}

function take(turn: MachineTurn, tray: 'hopper' | 'stacker' | 'rejects'): string | undefined {
  if (turn.state.isRunning) return 'running';
  const ids = turn.state[tray].map((note) => note.id);
  turn.change({ [tray]: [] });
  turn.truth('notes-taken', { tray, ids });
  return undefined;
}
