import type { FamilyCommand, FamilyStatus } from '../../kit/family.ts';
import type { CommandId, Input } from '../../kit/machine.ts';
import { defineModel, type Driver } from '../../kit/model.ts';
import { done, failed, refused, type Outcome } from '../../kit/outcome.ts';
import { Type, record } from '../../kit/schema.ts';
import { cashCounter, type CashCounter } from '../family.ts';
import { describeSums, noSums } from '../mechanism.ts';
import { codec, STATUS, type Frame } from './codec.ts';
import { cutOff, endInSilence, notePause, takeJunk, takeReport } from './counting.ts';
import { manifest } from './manifest.ts';
import { ask, askAgain, giveUp, greet, isRunning, meet, meetStranger, watch } from './presence.ts';
import { Turn, type Job, type State, type TimerName, type ZmOptions } from './turn.ts';

export const model = defineModel<CashCounter, State, Frame, Frame, TimerName, ZmOptions>({
  family: cashCounter,
  manifest,
  capabilities: {
    hasHostControl: false,
    tellsNotes: true,
    tellsSerials: true,
    hasImages: false,
    tellsRejects: 'codeOnly',
    tellsTrays: ['stacker'],
    healthLevels: ['internal'],
  },
  codec,
  options: record({
    probeEveryMs: Type.Optional(
      Type.Integer({ minimum: 1_000, maximum: 3_600_000, description: 'Ask a quiet machine this often. Default 10,000.' }),
    ),
    countsRejects: Type.Optional(
      Type.Boolean({ description: 'Whether the total count includes rejected notes. Learnt from the first reject when left out.' }),
    ),
  }),
  driver: makeDriver,
  describe,
});

type ZmInput = Input<Frame, FamilyCommand<CashCounter>, TimerName>;

function makeDriver(options: ZmOptions): Driver<CashCounter, State, Frame, Frame, TimerName> {
  return {
    initial: {
      link: 'closed',
      asking: undefined,
      resting: 'unknown',
      batch: undefined,
      batchCount: 0,
      lastEnd: undefined,
      job: undefined,
      counting: options.countsRejects === undefined ? 'unknown' : options.countsRejects ? 'included' : 'apart',
      hasRejects: false,
    },
    step(state, input) {
      const turn = new Turn(state, options);
      take(turn, input);
      return [turn.state, turn.effects];
    },
    status: statusOf,
  };
}

function take(turn: Turn, input: ZmInput): void {
  switch (input.kind) {
    case 'opened':
      meet(turn);
      break;
    case 'frame':
      greet(turn);
      if (input.frame.kind === 'report') takeReport(turn, input.frame);
      else if (turn.state.resting === 'unknown') turn.change({ resting: 'idle' });
      watch(turn);
      break;
    case 'junk':
      // A whole frame of somebody else's is no lost report.
      if (input.reason === 'unknown') meetStranger(turn);
      else takeJunk(turn, input.raw.length);
      break;
    case 'timer':
      timers[input.timer](turn);
      break;
    case 'command':
      answer(turn, input.id, input.command);
      break;
    case 'cancel':
      cancel(turn, input.id);
      break;
    case 'lost':
      // What the machine counts from here on is not heard. Open commands are settled by the conversation.
      cutOff(turn);
      turn.change({ link: 'closed', asking: undefined, resting: 'unknown', lastEnd: undefined });
      break;
    case 'drained':
      break;
  }
}

const timers: Readonly<Record<TimerName, (turn: Turn) => void>> = {
  resend: askAgain,
  deadline: giveUp,
  probe: (turn) => {
    ask(turn);
  },
  listen(turn) {
    turn.change({ link: 'identifying' });
    ask(turn);
  },
  pause: notePause,
  silence(turn) {
    endInSilence(turn);
    watch(turn);
  },
};

function answer(turn: Turn, id: CommandId, command: FamilyCommand<CashCounter>): void {
  const outcome = turn.state.link === 'online' ? carryOut(turn, id, command) : refused('CD_DEVICE_NOT_ONLINE');
  if (outcome !== undefined) turn.effects.push({ kind: 'settle', id, outcome });
}

/** The outcome, or undefined when the machine has to say something first. */
function carryOut(turn: Turn, id: CommandId, command: FamilyCommand<CashCounter>): Outcome | undefined {
  const { job, batch } = turn.state;
  switch (command.name) {
    case 'begin-job': {
      const { jobId } = command.args;
      if (job?.id === jobId) return done({ jobId });
      if (batch !== undefined) return refused('CD_DEVICE_BUSY', 'a batch is open');
      turn.change({ job: { id: jobId, batchCount: 0, sums: noSums, isComplete: true } });
      return done({ jobId });
    }
    case 'end-job':
      turn.change({ job: undefined });
      return done(describeJob(job, job !== undefined && batch?.jobId === job.id));
    case 'identify':
      if (isRunning(turn)) return refused('CD_DEVICE_BUSY', 'counting');
      ask(turn, id);
      return undefined;
  }
}

function describeJob(job: Job | undefined, isCounting: boolean): unknown {
  if (job === undefined) return { batchCount: 0, isCounting, sums: describeSums(noSums, true) };
  return { jobId: job.id, batchCount: job.batchCount, isCounting, sums: describeSums(job.sums, job.isComplete && !isCounting) };
}

function cancel(turn: Turn, id: CommandId): void {
  const { asking } = turn.state;
  if (asking?.commands.includes(id) !== true) return;
  turn.change({ asking: { ...asking, commands: asking.commands.filter((one) => one !== id) } });
  turn.effects.push({ kind: 'settle', id, outcome: failed('CD_DEVICE_CANCELLED') });
}

const DEVICE = { closed: 'offline', listening: 'starting', identifying: 'starting', online: 'online' } as const;

function statusOf({ link, resting, batch, job, hasRejects }: State): FamilyStatus<CashCounter> {
  const activity = batch === undefined ? resting : batch.isFull ? 'pocketFull' : 'counting';
  return {
    device: link === 'online' && activity === 'counting' ? 'deviceBusy' : DEVICE[link],
    activity: link === 'closed' ? 'unknown' : activity,
    isCounting: batch !== undefined,
    hopper: 'unknown',
    stacker: activity === 'pocketFull' ? 'full' : 'unknown',
    rejectPocket: hasRejects ? 'notEmpty' : 'unknown',
    ...(job === undefined ? {} : { jobId: job.id }),
    ...(batch === undefined ? {} : { batch: batch.number }),
  };
}

const STATUS_WORDS: Readonly<Record<number, string>> = {
  [STATUS.start]: 'start',
  [STATUS.note]: 'note',
  [STATUS.finished]: 'finished',
  [STATUS.pocketFull]: 'finished, pocket full',
  [STATUS.standby]: 'standby',
};

function describe(frame: Frame): string {
  if (frame.kind === 'handshake') return 'handshake';
  const { status, totalCount, totalAmount, denomination, currency, serial, errorCode } = frame;
  const totals = `total ${totalCount} notes, ${totalAmount}`;
  const word = STATUS_WORDS[status] ?? `status ${status}`;
  if (status !== STATUS.note) return `${word}; ${totals}`;
  return errorCode === 0 ? `note ${currency} ${denomination} ${serial}; ${totals}` : `note rejected, E${errorCode}; ${totals}`;
}
