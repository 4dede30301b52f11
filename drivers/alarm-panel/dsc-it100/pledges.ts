/** Commands that are proved by what the partition then says, and by nothing else. */
import { done, failed, inDoubt, type Outcome } from '../../kit/outcome.ts';
import type { CommandId } from '../../kit/machine.ts';
import { partitionOf, type Frame } from './frames.ts';
import { partitionIn } from './picture.ts';
import type { Pledge, Turn } from './turn.ts';

/** The line may be this much late in telling that the exit delay began. */
const EXIT_MARGIN_MS = 3_000;

/**
 * A live partition line: 655 proves a disarming; an armed mode or the end of an exit delay decides an arming. What was
 * said before the panel acknowledged the order is somebody else's exit delay: its end denies nothing.
 */
export function judgeEvent(turn: Turn, { code, data }: Frame): void {
  for (const pledge of turn.state.pledges) {
    if (pledge.partition !== partitionOf(data)) continue;
    const outcome = pledge.goal === 'disarmed' ? disarmingSeen(code, pledge) : armingTold(turn, pledge);
    if (outcome !== undefined) release(turn, pledge.id, outcome);
  }
}

/**
 * A snapshot: what it shows is proof, except that for five minutes after a power-up READY proves nothing (the module
 * says it of any partition it has not heard of). What it does not show may have happened and been undone while
 * nobody listened: a whole snapshot, surely younger than the command, ends the waiting in doubt.
 */
export function judgeSnapshot(turn: Turn, isComplete: boolean): void {
  const isYounger = isComplete && !turn.state.hasLateAnswer;
  for (const pledge of turn.state.pledges) {
    const outcome = pledge.goal === 'armed' ? armingFound(turn, pledge, isYounger) : disarmingFound(turn, pledge, isYounger);
    if (outcome !== undefined) release(turn, pledge.id, outcome);
  }
}

/** The exit delay of a partition may be over by now. */
export function endExitDelay(turn: Turn, partition: number): void {
  const { pledges } = turn.state;
  turn.set({
    pledges: pledges.map((pledge) => (pledge.partition === partition && pledge.stage === 'delayed' ? { ...pledge, stage: 'due' } : pledge)),
  });
}

/** Ends a pledge, and the task that waits for it. */
export function release(turn: Turn, id: CommandId, outcome: Outcome): void {
  turn.set({ pledges: turn.state.pledges.filter((pledge) => pledge.id !== id) });
  turn.settle(id, outcome);
  endTask(turn, id);
}

/** Frees the line if command `id` still holds it. */
export function endTask(turn: Turn, id: CommandId): void {
  const { task } = turn.state;
  if (task?.kind !== 'command' || task.id !== id) return;
  turn.set({ task: undefined, request: undefined });
  turn.disarm('task');
  turn.disarm('ack');
}

/** The panel said that this partition failed to arm: every arming of it has failed. */
export function failArming(turn: Turn, partition: number): void {
  for (const pledge of turn.state.pledges) {
    if (pledge.goal === 'armed' && pledge.partition === partition) release(turn, pledge.id, failed('CD_PANEL_NOT_READY', 'failed to arm'));
  }
}

function disarmingSeen(code: string, { partition }: Pledge): Outcome | undefined {
  return code === '655' ? done({ partition }) : undefined;
}

function armingTold(turn: Turn, pledge: Pledge): Outcome | undefined {
  const seen = armingSeen(turn, pledge, isAcknowledged(turn, pledge));
  const isOver = pledge.stage !== 'asked' && partitionIn(turn.picture, pledge.partition).state === 'disarmed';
  if (seen !== undefined || !isOver) return seen;
  // When a line was lost it may have been the arming, and this a disarming after it.
  const isDenied = turn.picture.isFresh && pledge.stage === 'delayed';
  return isDenied ? failed('CD_DEVICE_CANCELLED', 'disarmed during the exit delay') : inDoubt('CD_PROTOCOL_UNEXPECTED');
}

function armingFound(turn: Turn, pledge: Pledge, isYounger: boolean): Outcome | undefined {
  const seen = armingSeen(turn, pledge, isYounger);
  const isExitDelay = partitionIn(turn.picture, pledge.partition).state === 'exitDelay';
  return seen ?? (isYounger && !isExitDelay ? inDoubt('CD_PROTOCOL_NO_ANSWER') : undefined);
}

/** `isAfter`: what is seen is surely younger than the order, so that an exit delay is the one it began or joined. */
function armingSeen(turn: Turn, pledge: Pledge, isAfter: boolean): Outcome | undefined {
  const { partition } = pledge;
  const { state, mode } = partitionIn(turn.picture, partition);
  if (mode !== undefined) return done({ partition, mode });
  if (state === 'exitDelay' && isAfter && pledge.stage === 'asked') delayPledge(turn, pledge);
  return undefined;
}

function isAcknowledged({ state: { task } }: Turn, { id }: Pledge): boolean {
  return task?.kind === 'command' && task.id === id && task.isAcked;
}

/** An alarm kept after its bell looks the same in a snapshot whether a code ended it or the bell time: no proof. */
function disarmingFound(turn: Turn, { partition }: Pledge, isYounger: boolean): Outcome | undefined {
  const { state, mode, isSounding } = partitionIn(turn.picture, partition);
  if (state === 'disarmed') return turn.picture.isSettled ? done({ partition }) : undefined;
  const isKeptAlarm = state === 'alarm' && mode === undefined && !isSounding;
  return isYounger && !isKeptAlarm ? inDoubt('CD_PROTOCOL_NO_ANSWER') : undefined;
}

function delayPledge(turn: Turn, { id, partition }: Pledge): void {
  turn.set({ pledges: turn.state.pledges.map((other) => (other.id === id ? { ...other, stage: 'delayed' } : other)) });
  const { exitDelaySeconds } = turn.options;
  if (exitDelaySeconds !== undefined) turn.arm(`exit:${partition}`, Math.max(exitDelaySeconds * 1_000 - EXIT_MARGIN_MS, 0));
  endTask(turn, id);
}
