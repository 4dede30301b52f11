/** What moves the notes: starting, one note after another, stopping. */
import { readableSerial, type Note } from '../../world/notes.ts';
import { STATUS, type MachineTurn } from './machine-state.ts';

/** After the last note the machine waits this long for more before it says it is finished. */
const FINISH_MS = 300;
const BOOT_MS = 2_000;

/** Codes of this simulator; those of real machines are not public. */
export const REJECT_CODES = { suspect: 5, torn: 3 } as const;

/** Why the machine cannot start now, in a word for its display; undefined when it can. */
export function obstacle({ state, settings }: MachineTurn): string | undefined {
  if (!state.isPowered || state.isBooting || state.isBusy) return 'not ready';
  if (state.isCoverOpen) return 'cover open';
  if (state.path.length > 0) return 'jam';
  if (state.stacker.length >= settings.stackerCapacity) return 'pocket full';
  return state.hopper.length === 0 ? 'hopper empty' : undefined;
}

/** Starts a batch, or goes on with the one that is open. Does nothing when something is in the way. */
export function start(turn: MachineTurn): void {
  if (turn.state.isRunning || obstacle(turn) !== undefined) return;
  turn.disarm('finish');
  if (turn.state.figures === undefined) {
    turn.change({ figures: { count: 0, rejects: 0, amount: 0 } });
    turn.report(STATUS.start, { currency: turn.state.hopper[0]?.currency ?? 'CNY' });
    turn.truth('batch-started', {});
  }
  turn.change({ isRunning: true, message: '' });
  armFeed(turn);
}

/** One note leaves the hopper and ends in a tray. */
export function feed(turn: MachineTurn): void {
  const [note, ...hopper] = turn.state.hopper;
  if (note === undefined || !turn.state.isRunning) return;
  turn.change({ hopper });
  if (turn.state.isJamComing) {
    turn.change({ path: [note], isJamComing: false });
    moved(turn, note, 'path');
    halt(turn, 'JAM');
    return;
  }
  count(turn, note);
  if (turn.state.stacker.length >= turn.settings.stackerCapacity) {
    halt(turn, 'FULL');
    turn.report(STATUS.pocketFull, closingFields(turn));
    turn.truth('pocket-full', { noteCount: turn.state.figures?.count ?? 0 });
  } else if (hopper.length > 0) armFeed(turn);
  else {
    turn.change({ isRunning: false });
    turn.arm('finish', FINISH_MS);
  }
}

/** The batch is over; the totals are told, unless this machine leaves them out. */
export function finish(turn: MachineTurn): void {
  const { figures } = turn.state;
  turn.disarm('feed', 'finish');
  turn.change({ isRunning: false });
  if (figures === undefined) return;
  turn.report(STATUS.finished, closingFields(turn));
  turn.truth('batch-finished', { ...figures });
  turn.change({ figures: undefined, message: '' });
}

/** Stops at once without a word on the line: no document says that a jam or a cover is told. */
export function halt(turn: MachineTurn, message: string): void {
  turn.disarm('feed', 'finish');
  turn.change({ isRunning: false, message });
}

export function powerUp(turn: MachineTurn): void {
  if (turn.state.isPowered) return;
  turn.change({ isPowered: true, isBooting: true, message: 'SELF TEST' });
  turn.arm('boot', BOOT_MS);
}

/** What the machine had in memory is gone; every note stays where it is. */
export function powerDown(turn: MachineTurn): void {
  if (!turn.state.isPowered) return;
  if (turn.state.figures !== undefined) turn.truth('batch-forgotten', { ...turn.state.figures });
  turn.disarm('feed', 'finish', 'boot');
  turn.change({ isPowered: false, isBooting: false, isRunning: false, figures: undefined, message: '' });
}

export function bootDone(turn: MachineTurn): void {
  turn.change({ isBooting: false, message: turn.state.path.length > 0 ? 'JAM' : '' });
  turn.report(STATUS.standby);
}

/** Tells the world that a note changed its place. */
export function moved(turn: MachineTurn, note: Note, to: string): void {
  const { id, currency, face, isGenuine } = note;
  turn.truth('note-moved', { id, to, currency, face, isGenuine, serial: readableSerial(note, '_') });
}

function count(turn: MachineTurn, note: Note): void {
  const figures = turn.state.figures ?? { count: 0, rejects: 0, amount: 0 };
  const serial = readableSerial(note, '*');
  if (note.isGenuine && note.condition !== 'torn') {
    turn.change({
      stacker: [...turn.state.stacker, note],
      figures: { ...figures, count: figures.count + 1, amount: figures.amount + note.face },
    });
    moved(turn, note, 'stacker');
    turn.report(STATUS.note, { face: note.face, currency: note.currency, serial });
    return;
  }
  turn.change({ rejects: [...turn.state.rejects, note], figures: { ...figures, rejects: figures.rejects + 1 } });
  moved(turn, note, 'rejects');
  const errorCode = note.isGenuine ? REJECT_CODES.torn : REJECT_CODES.suspect;
  // Some machines fill in what they thought it was: hosts must not believe it.
  const guess = turn.random.fork(note.id).chance(0.5) ? { face: note.face, currency: note.currency, serial } : {};
  turn.report(STATUS.note, { ...guess, errorCode });
}

function closingFields({ state, settings }: MachineTurn): { count?: number; amount?: number; currency?: string } {
  const currency = state.stacker.at(-1)?.currency ?? 'CNY';
  return settings.closesWithTotals ? { currency } : { currency, count: 0, amount: 0 };
}

function armFeed(turn: MachineTurn): void {
  turn.arm('feed', Math.round(60_000 / turn.state.notesPerMin));
}
