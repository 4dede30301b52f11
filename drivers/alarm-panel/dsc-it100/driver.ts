/**
 * The driver of a DSC PowerSeries panel behind an IT-100. See `codec.ts` for the line and README.md for the module.
 *
 * Who speaks: the panel at any time; we poll when it is quiet, ask for everything (001) after every opening, after
 * damage on the line, every five minutes and when a command got no proof.
 * One thing is on the line at a time: a snapshot, a poll or a command, each waiting for its 500.
 * Nothing is believed from silence, and no command is done because it was acknowledged: partition events and
 * snapshots prove it.
 */
import type { Input } from '../../kit/machine.ts';
import { defineModel, type Driver } from '../../kit/model.ts';
import { alarmPanel, type AlarmPanel } from '../family.ts';
import { codec } from './codec.ts';
import { acceptCommand, cancelCommand, refuseWaiting, startNext } from './commands.ts';
import { describe } from './describe.ts';
import type { Frame } from './frames.ts';
import { hear, missAnswer, endDump } from './hearing.ts';
import { beginLink } from './identify.ts';
import { fallQuiet, mistrust, stayAwake, want } from './line.ts';
import { manifest } from './manifest.ts';
import { options, type PanelOptions } from './options.ts';
import { flushPair } from './pairing.ts';
import { endExitDelay } from './pledges.ts';
import { statusReader } from './status.ts';
import { beginPoll, beginSnapshot } from './surveys.ts';
import { taskTimedOut } from './tasks.ts';
import { Turn, initialState, type PanelCommand, type State, type Timer } from './turn.ts';

export const model = defineModel({
  family: alarmPanel,
  manifest,
  capabilities: {
    partitionMax: 8,
    zoneMax: 64,
    armModes: ['away', 'stay', 'awayNoDelay'],
    bypassPartitions: [1],
    hasLabels: true,
    hasClock: true,
    outputMax: 4,
    tellsUser: true,
  },
  codec,
  options,
  driver,
  describe,
});

function driver(options: PanelOptions): Driver<AlarmPanel, State, Frame, Frame, Timer> {
  const readStatus = statusReader(options);
  return {
    initial: initialState,
    status: (state) => readStatus(state.picture),
    step(state, input) {
      const turn = new Turn(state, options);
      take(turn, input);
      if (turn.state.phase === 'online') startNext(turn);
      return [turn.state, turn.effects];
    },
  };
}

function take(turn: Turn, input: Input<Frame, PanelCommand, Timer>): void {
  switch (input.kind) {
    case 'opened':
      beginLink(turn);
      return;
    case 'frame':
      hear(turn, input.frame);
      return;
    case 'junk':
      hearJunk(turn, input.raw.length);
      return;
    case 'timer':
      passTime(turn, input.timer);
      return;
    case 'command':
      acceptCommand(turn, input.id, input.command);
      return;
    case 'cancel':
      cancelCommand(turn, input.id);
      return;
    case 'drained':
      return;
    case 'lost':
      endLink(turn);
      return;
  }
}

/** Bytes that are no line: an event may have been among them. */
function hearJunk(turn: Turn, byteCount: number): void {
  const { phase, collection } = turn.state;
  if (phase !== 'online') turn.set({ junkBytes: turn.state.junkBytes + byteCount });
  if (collection !== undefined && !collection.hasDamage) turn.set({ collection: { ...collection, hasDamage: true } });
  if (phase === 'online') mistrust(turn);
}

function passTime(turn: Turn, timer: Timer): void {
  switch (timer) {
    case 'settle':
      turn.set({ phase: 'identifying' });
      stayAwake(turn);
      turn.arm('reconcile', reconcileMs(turn));
      {
        beginSnapshot(turn, 'opened', []);
        return;
      }
    case 'ack':
      missAnswer(turn, 'CD_PROTOCOL_NO_ANSWER');
      return;
    case 'quiet':
      if (fallQuiet(turn) && turn.state.phase === 'online') beginPoll(turn, undefined);
      return;
    case 'dump':
      endDump(turn);
      return;
    case 'task':
      if (turn.state.task?.kind === 'command') taskTimedOut(turn, turn.state.task);
      else if (turn.state.task?.kind === 'setup') turn.set({ task: undefined });
      return;
    case 'verify':
      turn.paint({ ...turn.picture, isSettled: true, isFresh: false });
      {
        want(turn, 'settled');
        return;
      }
    case 'reconcile':
      turn.arm('reconcile', reconcileMs(turn));
      {
        want(turn, 'periodic');
        return;
      }
    case 'resync':
      turn.set({ isResyncPending: false });
      {
        want(turn, 'damaged');
        return;
      }
    case 'waiting':
      refuseWaiting(turn);
      return;
    case 'late':
      turn.set({ hasLateAnswer: false });
      return;
    case 'echo':
      turn.set({ lastMoment: undefined });
      return;
    default:
      passPartitionTime(turn, timer);
      return;
  }
}

function passPartitionTime(turn: Turn, timer: `pair:${number}` | `exit:${number}`): void {
  const [kind, partition] = timer.split(':');
  if (kind === 'pair') flushPair(turn, Number(partition));
  else endExitDelay(turn, Number(partition));
}

/**
 * The link is gone. What was heard is told; commands that never left are known not to have happened; the others
 * are settled by the conversation, in doubt when they are unsafe.
 */
function endLink(turn: Turn): void {
  for (const partition of Object.keys(turn.state.pairs)) flushPair(turn, Number(partition));
  for (const { id } of turn.state.waiting) turn.fail(id, 'CD_LINK_LOST', 'nothing was sent');
  turn.set({ ...initialState, picture: { ...turn.picture, isFresh: false } });
}

function reconcileMs(turn: Turn): number {
  return (turn.options.reconcileSeconds ?? 300) * 1_000;
}
