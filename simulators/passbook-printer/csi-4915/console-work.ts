/** The machine at work: reads as fast as the line brings, strikes as fast as the head goes, echoes what is behind it. */
import { concatBytes } from '../../../drivers/kit/bytes.ts';
import { TICKS_PER_MM, blankPaper, readLines, withInk, type Mark } from '../../world/paper.ts';
import { dequeue, enqueue } from '../byte-queue.ts';
import { mediumOf, removeMedium, strikeOn, visiblePaper } from '../paper-path.ts';
import {
  NOTHING_UNREAD,
  canWork,
  forgetJobs,
  say,
  sayStatus,
  truth,
  type ConsoleEffect,
  type ConsoleJob,
  type ConsoleState,
  type ConsoleStep,
  type Trouble,
} from './console-state.ts';
import { readCommand } from './read-command.ts';
import { readStripe, writeStripe } from './stripe-work.ts';

const TICK_MS = 20;
/** 200 characters a second. */
const MARKS_PER_TICK = 4;
const BYTES_PER_TICK = 64;
const XOFF_FREE_BYTES = 256;
const XON_FREE_BYTES = 512;
/** CSI " z: answered as soon as it is received, whatever waits. */
const QUESTION = [0x1b, 0x5b, 0x22, 0x7a];
const NO_PAPER = 2;

export function receiveByte(before: ConsoleState, byte: number): ConsoleStep {
  if (!before.isPowered) return [before, []];
  const [state, effects] = hearQuestion(before, byte);
  // In ERROR what comes belongs to jobs that are cancelled.
  if (state.trouble !== undefined) return [state, effects];
  if (state.received.count >= state.bufferBytes) {
    return [{ ...state, hasOverflowed: true }, state.hasOverflowed ? effects : [...effects, truth('buffer-overflowed')]];
  }
  const received = enqueue(state.received, byte);
  const isFull = !state.isHostPaused && received.count >= state.bufferBytes - XOFF_FREE_BYTES;
  const next = { ...state, received, isHostPaused: state.isHostPaused || isFull };
  return goOn(next, isFull ? [...effects, { kind: 'send', frame: 'xoff' }] : effects);
}

function hearQuestion(state: ConsoleState, byte: number): ConsoleStep {
  const heard = byte === QUESTION[state.questionBytes] ? state.questionBytes + 1 : byte === QUESTION[0] ? 1 : 0;
  if (heard < QUESTION.length) return [{ ...state, questionBytes: heard }, []];
  const message = state.path.mouth === undefined ? NO_PAPER : 0;
  return [{ ...state, questionBytes: 0 }, [say(`${message};0"z`)]];
}

/** Sees to it that the machine works while there is work it can do. */
export function goOn(state: ConsoleState, effects: readonly ConsoleEffect[] = []): ConsoleStep {
  const hasWork = state.work.length > 0 || state.received.count > 0 || state.canReadOn;
  if (state.isTicking || !hasWork || !canWork(state)) return [state, effects];
  return [{ ...state, isTicking: true }, [...effects, { kind: 'arm', timer: 'tick', ms: TICK_MS }]];
}

/** 20 milliseconds of work: a few marks, or reading on until there is something to do. */
export function workOneTick(ticked: ConsoleState): ConsoleStep {
  const state: ConsoleState = { ...ticked, isTicking: false };
  if (!canWork(state)) return [state, []];
  const [first] = state.work;
  const [next, effects] = first === undefined ? readOn(state) : workOn(state, first);
  return goOn(next, effects);
}

/** Command after command, until one is a job. */
function readOn(before: ConsoleState): ConsoleStep {
  const taken = dequeue(before.received, BYTES_PER_TICK);
  const bytes = concatBytes([before.unread, taken.bytes]);
  const paper = visiblePaper(before.path);
  const heightTicks = (paper?.heightMm ?? 0) * TICKS_PER_MM;
  let { interpreter } = before;
  let work: readonly ConsoleJob[] = [];
  let at = 0;
  while (at < bytes.length && work.length === 0) {
    const read = readCommand(interpreter, bytes.subarray(at), heightTicks);
    if (read === undefined) break;
    interpreter = read.interpreter;
    work = read.jobs;
    at += read.length;
  }
  const unread = at === bytes.length ? NOTHING_UNREAD : bytes.slice(at);
  const canReadOn = work.length > 0 && unread.length > 0;
  const state = { ...before, received: taken.rest, unread, canReadOn, interpreter, work };
  if (!state.isHostPaused || state.isBusy || state.received.count > state.bufferBytes - XON_FREE_BYTES) return [state, []];
  return [{ ...state, isHostPaused: false, hasOverflowed: false }, [{ kind: 'send', frame: 'xon' }]];
}

function workOn(state: ConsoleState, job: ConsoleJob): ConsoleStep {
  switch (job.kind) {
    case 'strike':
      return visiblePaper(state.path) === undefined ? goToError(state, 'no-paper') : strikeSome(state, job.marks);
    case 'insert':
      return visiblePaper(state.path) === undefined
        ? goToError(state, 'no-paper')
        : [jobDone(state), [truth('medium-taken-in', mediumOf(state))]];
    case 'read-stripe':
    case 'write-stripe':
      return visiblePaper(state.path) === undefined ? goToError(state, 'no-paper') : passStripe(state, job);
    case 'measure':
      return [jobDone(state), [say(`${Math.round(((visiblePaper(state.path)?.widthMm ?? 0) / 25.4) * 180)}"t`)]];
    case 'mark':
      return echo(jobDone(state), job.answer);
    case 'eject':
      return eject(jobDone(state));
    case 'bell':
      return [{ ...jobDone(state), bellCount: state.bellCount + 1 }, [truth('bell-rung')]];
    case 'ignored':
      return [jobDone(state), [truth('command-ignored', { what: job.what })]];
  }
}

function passStripe(state: ConsoleState, job: Extract<ConsoleJob, { kind: 'read-stripe' | 'write-stripe' }>): ConsoleStep {
  if (job.kind === 'read-stripe') return readStripe(jobDone(state));
  const { step, isDone } = writeStripe(state, job.text);
  return isDone ? [jobDone(step[0]), step[1]] : step;
}

function echo(state: ConsoleState, answer: string): ConsoleStep {
  const copies = { lost: 0, sent: 1, twice: 2 }[state.nextEcho];
  return [{ ...state, nextEcho: 'sent' }, Array.from({ length: copies }, () => say(answer))];
}

function eject(state: ConsoleState): ConsoleStep {
  if (state.path.mouth === undefined) return [state, []];
  return [{ ...state, path: removeMedium(state.path) }, [truth('medium-ejected', mediumOf(state))]];
}

function strikeSome(state: ConsoleState, marks: readonly Mark[]): ConsoleStep {
  const { path, struck, missed } = strikeOn(state, marks, MARKS_PER_TICK);
  if (struck < marks.length) return [{ ...state, path, missed, struck }, []];
  const inked = truth('line-struck', { ...mediumOf(state), text: textOf(marks) });
  const lost = missed > 0 ? [truth('ink-missed', { ...mediumOf(state), count: missed })] : [];
  return [{ ...jobDone(state), path }, [inked, ...lost]];
}

/** One job is over, and the machine is ready to look at the next. */
function jobDone(state: ConsoleState): ConsoleState {
  return { ...state, work: state.work.slice(1), struck: 0, missed: 0 };
}

/** ERROR: all unfinished jobs are cancelled, none of their marks will be echoed. */
export function goToError(state: ConsoleState, trouble: Trouble): ConsoleStep {
  const next = { ...forgetJobs(state), trouble, isStopped: false, isHostPaused: state.isBusy };
  return [next, [...cutShort(state, trouble), truth('jobs-cancelled', { because: trouble }), sayStatus(next), ...letHostGo(state)]];
}

/** Its buffer is empty now: a host that was told to wait may go on. */
export function letHostGo(state: ConsoleState): readonly ConsoleEffect[] {
  return state.isHostPaused && !state.isBusy ? [{ kind: 'send', frame: 'xon' }] : [];
}

/** A line that stops in the middle: what is on the paper stays, the rest is dropped. */
export function cutShort(state: ConsoleState, because: string): readonly ConsoleEffect[] {
  const [first] = state.work;
  if (first?.kind !== 'strike' || state.struck === 0) return [];
  return [
    truth('line-cut-short', { ...mediumOf(state), because, struck: state.struck, of: first.marks.length, text: textOf(first.marks) }),
  ];
}

function textOf(marks: readonly Mark[]): string {
  const sheet = marks.filter((mark) => mark.kind === 'glyph').reduce(withInk, blankPaper({ widthMm: 1, heightMm: 1 }));
  return readLines(sheet)
    .map(({ text }) => text)
    .join('\n');
}
