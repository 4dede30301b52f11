/** Asking without changing: polls, snapshots and the settings of the module. */
import type { CommandId } from '../../kit/machine.ts';
import { done, failed } from '../../kit/outcome.ts';
import type { ResyncReason } from '../words.ts';
import { ask } from './line.ts';
import { judgeSnapshot } from './pledges.ts';
import { applySnapshot } from './snapshot.ts';
import type { Task, Turn } from './turn.ts';

const ATTEMPTS = 3;

export function beginPoll(turn: Turn, id: CommandId | undefined): void {
  turn.set({ task: { kind: 'poll', id } });
  ask(turn, { code: '000', data: '' }, id === undefined ? 1 : ATTEMPTS);
}

export function endPoll(turn: Turn, task: Extract<Task, { kind: 'poll' }>, hasAnswer: boolean): void {
  turn.set({ task: undefined });
  if (task.id !== undefined) turn.settle(task.id, hasAnswer ? done({}) : failed('CD_DEVICE_NO_ANSWER'));
}

/** Asks for everything; `commands` are settled by how it ends. */
export function beginSnapshot(turn: Turn, reason: ResyncReason, commands: readonly CommandId[]): void {
  turn.set({ task: { kind: 'snapshot', reason, commands }, wanted: undefined });
  ask(turn, { code: '001', data: '' }, ATTEMPTS);
}

/** All lines have come. */
export function endSnapshot(turn: Turn, task: Extract<Task, { kind: 'snapshot' }>): { readonly isComplete: boolean } {
  turn.set({ task: undefined, request: undefined });
  turn.disarm('ack');
  const { isComplete, differenceCount } = applySnapshot(turn, task.reason);
  judgeSnapshot(turn, isComplete);
  for (const id of task.commands)
    turn.settle(id, isComplete ? done({ differenceCount }) : failed('CD_PROTOCOL_UNEXPECTED', 'the answer had gaps'));
  return { isComplete };
}

export function failSnapshot(turn: Turn, task: Extract<Task, { kind: 'snapshot' }>): void {
  turn.set({ task: undefined, collection: undefined });
  turn.disarm('dump');
  for (const id of task.commands) turn.fail(id, 'CD_DEVICE_NO_ANSWER');
}
