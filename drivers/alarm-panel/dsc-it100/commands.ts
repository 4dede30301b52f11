/** Commands from outside: which may start now, which wait, which are refused at once. */
import type { CommandId } from '../../kit/machine.ts';
import { failed, inDoubt, refused } from '../../kit/outcome.ts';
import { ask } from './line.ts';
import { release } from './pledges.ts';
import { beginPoll, beginSnapshot } from './surveys.ts';
import { beginTask } from './tasks.ts';
import { isUnsafe, type PanelCommand, type Turn } from './turn.ts';

/** A command waits for the line this long; then nothing was sent, and its owner decides anew. */
const WAITING_MS = 8_000;
const WAITING_MAX = 8;

/** Takes a command: it waits for the line, or is refused with nothing sent. */
export function acceptCommand(turn: Turn, id: CommandId, command: PanelCommand): void {
  const { phase, waiting } = turn.state;
  if (phase !== 'online') {
    turn.refuse(id, 'CD_DEVICE_NOT_ONLINE');
    return;
  }
  if (waiting.length >= WAITING_MAX || (isUnsafe(command) && hasUnsafeOpen(turn))) {
    turn.refuse(id, 'CD_DEVICE_BUSY');
    return;
  }
  if (waiting.length === 0) turn.arm('waiting', WAITING_MS);
  turn.set({ waiting: [...waiting, { id, command }] });
}

/** The line is free: a snapshot that is due, then the module's settings, then the next command. */
export function startNext(turn: Turn): void {
  const { task, wanted, setup, collection } = turn.state;
  if (task !== undefined || collection !== undefined) return;
  const [frame, ...later] = setup;
  if (wanted !== undefined) beginSnapshot(turn, wanted, []);
  else if (frame !== undefined) {
    turn.set({ setup: later, task: { kind: 'setup', code: frame.code } });
    ask(turn, frame, 2);
  } else startWaiting(turn);
}

/** They waited too long. */
export function refuseWaiting(turn: Turn): void {
  for (const { id } of turn.state.waiting) turn.refuse(id, 'CD_DEVICE_BUSY', 'nothing was sent');
  turn.set({ waiting: [] });
}

/** Stops what can be stopped: a command that waits. One that was sent is forgotten, and its owner told what is known. */
export function cancelCommand(turn: Turn, id: CommandId): void {
  const { waiting, task, pledges } = turn.state;
  if (waiting.some((entry) => entry.id === id)) {
    turn.set({ waiting: waiting.filter((entry) => entry.id !== id) });
    turn.settle(id, refused('CD_DEVICE_CANCELLED'));
    return;
  }
  if (task?.kind === 'snapshot') turn.set({ task: { ...task, commands: task.commands.filter((other) => other !== id) } });
  if (task?.kind === 'poll' && task.id === id) turn.set({ task: { ...task, id: undefined } });
  const isMoving = pledges.some((pledge) => pledge.id === id) || (task?.kind === 'command' && task.id === id && isUnsafe(task.command));
  release(turn, id, isMoving ? inDoubt('CD_DEVICE_CANCELLED') : failed('CD_DEVICE_CANCELLED'));
}

/** An arming in its exit delay is proved later and does not stand in the way of the disarming that ends it. */
function hasUnsafeOpen(turn: Turn): boolean {
  const { task, waiting, pledges } = turn.state;
  const isOnLine = task?.kind === 'command' && isUnsafe(task.command);
  return isOnLine || waiting.some(({ command }) => isUnsafe(command)) || pledges.some(({ stage }) => stage === 'asked');
}

function startWaiting(turn: Turn): void {
  const [next, ...later] = turn.state.waiting;
  if (next === undefined) return;
  turn.set({ waiting: later });
  if (later.length === 0) turn.disarm('waiting');
  else turn.arm('waiting', WAITING_MS);
  const { id, command } = next;
  if (command.name === 'check-health') beginPoll(turn, id);
  else if (command.name === 'refresh-status') beginSnapshot(turn, 'asked', [id]);
  else beginTask(turn, id, command);
}
