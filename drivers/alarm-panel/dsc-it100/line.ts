/** The line itself: one request in flight, its answer, its time-out, and whether anybody is there at all. */
import { assert } from '../../kit/assert.ts';
import type { ResyncReason } from '../words.ts';
import type { Frame } from './frames.ts';
import type { Turn } from './turn.ts';

/** Time for 500 or 501; the guide says the acknowledgement comes first and at once. */
const ACK_MS = 3_000;
/** GB 50394 and the branch rules: a panel that is silent this long is a line fault. */
const SILENT_MS = 30_000;
/** Before asking again after damage; up to eight times as long while the answers have gaps. */
const RESYNC_PAUSE_MS = 2_000;
const PAUSE_DOUBLINGS = 3;
/** Longer than any answer that a link given up after 30 s of silence can still bring. */
const LATE_MS = 60_000;

/** Sends a line that must be acknowledged; `attempts` more than one only where repeating changes nothing. */
export function ask(turn: Turn, frame: Frame, attempts = 1): void {
  assert(turn.state.request === undefined, 'one request in flight');
  turn.set({ request: { frame, attemptsLeft: attempts - 1 } });
  transmit(turn, frame);
}

/** Takes a 500. Says whether it answers the request in flight; a late answer to another one does not. */
export function acknowledge(turn: Turn, code: string): boolean {
  if (turn.state.request?.frame.code !== code) return false;
  turn.set({ request: undefined });
  turn.disarm('ack');
  return true;
}

/** No answer in time to the request in flight. A 001 may be answered yet, when its answer is of no use any more. */
export function noteLateness(turn: Turn): void {
  if (turn.state.request?.frame.code !== '001') return;
  turn.set({ hasLateAnswer: true });
  turn.arm('late', LATE_MS);
}

/** After a 501 or no answer: sends the request again if it may, and says whether it did. */
export function askAgain(turn: Turn): boolean {
  const { request } = turn.state;
  if (request === undefined) return false;
  if (request.attemptsLeft === 0) {
    turn.set({ request: undefined });
    turn.disarm('ack');
    return false;
  }
  turn.set({ request: { frame: request.frame, attemptsLeft: request.attemptsLeft - 1 } });
  transmit(turn, request.frame);
  return true;
}

/** A good frame was heard: the panel lives. */
export function stayAwake(turn: Turn): void {
  if (turn.state.silentRounds !== 0) turn.set({ silentRounds: 0 });
  turn.arm('quiet', pollMs(turn));
}

/** Nothing was heard for a while. Says whether a poll is due; gives up when the silence is long enough. */
export function fallQuiet(turn: Turn): boolean {
  const silentRounds = turn.state.silentRounds + 1;
  turn.set({ silentRounds });
  if (silentRounds * pollMs(turn) >= SILENT_MS) {
    turn.giveUp('CD_DEVICE_NO_ANSWER');
    return false;
  }
  turn.arm('quiet', pollMs(turn));
  return turn.state.task === undefined;
}

/** A snapshot is due as soon as the line is free. */
export function want(turn: Turn, reason: ResyncReason): void {
  if (turn.state.wanted === undefined) turn.set({ wanted: reason });
}

/** Something was lost on the line: what is believed is no longer fresh, and a snapshot is due after a pause. */
export function mistrust(turn: Turn): void {
  if (turn.picture.isFresh) turn.paint({ ...turn.picture, isFresh: false });
  if (turn.state.isResyncPending) return;
  turn.set({ isResyncPending: true });
  const doublings = Math.min(Math.max(turn.state.gapsInARow - 1, 0), PAUSE_DOUBLINGS);
  turn.arm('resync', RESYNC_PAUSE_MS * 2 ** doublings);
}

function transmit(turn: Turn, frame: Frame): void {
  if (frame.code === '001' && turn.state.phase === 'identifying') turn.set({ questions: turn.state.questions + 1 });
  turn.send(frame.code, frame.data);
  turn.arm('ack', ACK_MS);
}

function pollMs(turn: Turn): number {
  return (turn.options.pollSeconds ?? 10) * 1_000;
}
