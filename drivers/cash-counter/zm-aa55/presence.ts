/**
 * Whether the machine is there, of a machine that only speaks when notes pass.
 *
 * The handshake goes out three times, 100 ms apart, and is given up 500 ms after the first (public host program).
 * Whether a machine answers it while it counts is not documented, so it is never sent while a batch is running:
 * then the reports themselves are the sign of life. A quiet machine is asked again after `probeEveryMs`; that
 * interval is our choice.
 */
import { failed, done } from '../../kit/outcome.ts';
import type { CommandId } from '../../kit/machine.ts';
import { FULL_SILENCE_MS } from './counting.ts';
import type { Turn } from './turn.ts';

const RESEND_MS = 100;
const RESEND_COUNT = 3;
const GIVE_UP_MS = 500;
const PROBE_EVERY_MS = 10_000;
/** After a broken link a machine that is counting shows itself within this time, even at 60 notes a minute. */
const LISTEN_MS = 1_000;
/** And a batch that is not heard of for this long after one has ended meanwhile. */
const AFTER_LOSS_MS = 10_000;

/** The link is there: ask, or listen first when the machine may be counting. */
export function meet(turn: Turn): void {
  if (isRunning(turn)) {
    turn.change({ link: 'listening' });
    turn.arm('listen', LISTEN_MS);
    turn.arm('silence', AFTER_LOSS_MS);
    return;
  }
  if (turn.state.batch !== undefined) turn.arm('silence', FULL_SILENCE_MS);
  turn.change({ link: 'identifying' });
  ask(turn);
}

/** Begins a handshake, or joins the one under way. */
export function ask(turn: Turn, command?: CommandId): void {
  const waiting = command === undefined ? [] : [command];
  const { asking } = turn.state;
  if (asking !== undefined) {
    turn.change({ asking: { ...asking, commands: [...asking.commands, ...waiting] } });
    return;
  }
  turn.change({ asking: { sent: 1, strangers: 0, commands: waiting } });
  turn.effects.push({ kind: 'send', frame: { kind: 'handshake' } });
  turn.arm('resend', RESEND_MS);
  turn.arm('deadline', GIVE_UP_MS);
}

export function askAgain(turn: Turn): void {
  const { asking } = turn.state;
  if (asking === undefined) return;
  turn.change({ asking: { ...asking, sent: asking.sent + 1 } });
  turn.effects.push({ kind: 'send', frame: { kind: 'handshake' } });
  if (asking.sent + 1 < RESEND_COUNT) turn.arm('resend', RESEND_MS);
}

/** No answer to any of the three, or a stranger's to more than one: one may be damage that its sum did not show. */
export function giveUp(turn: Turn): void {
  const isStranger = (turn.state.asking?.strangers ?? 0) > 1;
  settleAsking(turn, false);
  turn.effects.push({ kind: 'give-up', code: isStranger ? 'CD_DEVICE_WRONG_IDENTITY' : 'CD_DEVICE_NO_ANSWER' });
}

/** A whole frame, its sum right, of another command or with another answer: not this model. */
export function meetStranger(turn: Turn): void {
  const { asking } = turn.state;
  if (asking !== undefined) turn.change({ asking: { ...asking, strangers: asking.strangers + 1 } });
}

/** Any frame of this protocol: the machine is there and speaks as this model does. It tells nothing else of itself. */
export function greet(turn: Turn): void {
  if (turn.state.link === 'closed') return;
  if (turn.state.link !== 'online') {
    turn.disarm('listen');
    turn.change({ link: 'online' });
    turn.effects.push({ kind: 'ready', identity: {} });
  }
  settleAsking(turn, true);
}

/** Sets the next question: a running batch tells of itself. */
export function watch(turn: Turn): void {
  if (isRunning(turn)) turn.disarm('probe');
  else turn.arm('probe', turn.options.probeEveryMs ?? PROBE_EVERY_MS);
}

/** Whether notes may be moving. */
export function isRunning(turn: Turn): boolean {
  const { batch } = turn.state;
  return batch !== undefined && !batch.isFull;
}

function settleAsking(turn: Turn, isThere: boolean): void {
  const { asking } = turn.state;
  if (asking === undefined) return;
  turn.disarm('resend', 'deadline');
  turn.change({ asking: undefined });
  for (const id of asking.commands) {
    turn.effects.push({ kind: 'settle', id, outcome: isThere ? done({}) : failed('CD_DEVICE_NO_ANSWER') });
  }
}
