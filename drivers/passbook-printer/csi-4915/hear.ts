/** What each thing that the printer says changes. */
import { done, failed, inDoubt, type Outcome } from '../../kit/outcome.ts';
import { unreachable } from '../../kit/assert.ts';
import type { CsiRx } from './codec.ts';
import type { CsiSetting } from './options.ts';
import { withoutSentinels } from './stripe.ts';
import {
  abortJob,
  finishJob,
  isAllSent,
  isLineMark,
  send,
  sendNext,
  takeQuietMark,
  withoutJob,
  type CsiEffect,
  type CsiState,
  type CsiStep,
  type Job,
} from './state.ts';

const NO_PAPER = 2;
const CAUSE_MS = 2_000;

export function hear(state: CsiState, frame: CsiRx, setting: CsiSetting): CsiStep {
  switch (frame.kind) {
    case 'pause':
      return [{ ...state, isPaused: true }, []];
    case 'resume':
      return sendNext({ ...state, isPaused: false });
    case 'mark':
      return hearMark(state, frame.mark, setting);
    case 'messages':
      return hearMessages(state, !frame.numbers.includes(NO_PAPER));
    case 'status':
      return hearStatus(state, frame.state);
    case 'width':
      return [state.job?.task === 'load' ? { ...state, widthUnits: frame.units } : state, []];
    case 'stripe':
    case 'stripe-written': {
      const wanted = frame.kind === 'stripe' ? 'read-stripe' : 'write-stripe';
      return [state.job?.task === wanted ? { ...state, job: { ...state.job, stripe: frame } } : state, []];
    }
    case 'started':
      return [state, []];
    default:
      return unreachable(frame);
  }
}

function hearMark(state: CsiState, mark: number, setting: CsiSetting): CsiStep {
  if (mark === state.lastEchoed) return [state, []];
  const { job } = state;
  const heard = { ...state, lastEchoed: mark };
  if (state.phase === 'starting') return isLineMark(mark) ? hearLate(heard, mark) : becomeReady(heard);
  const isAwaited = job?.fence.kind === 'mark' && job.fence.mark === mark && isAllSent(job) && !job.isFailing;
  if (!isAwaited) return isLineMark(mark) ? hearLate(heard, mark) : [state, []];
  if (job.task === 'read-stripe' || job.task === 'write-stripe') return finishStripe(heard, job, setting);
  return job.task === 'load' ? finishLoad(heard, job, setting) : finishJob(heard, job);
}

/** A line that nobody waits for any more is on the paper after all. */
function hearLate(state: CsiState, mark: number): CsiStep {
  const owed = state.owed.find((each) => each.mark === mark);
  const job = state.job?.task === 'load' ? { ...state.job, sawLateLine: true } : state.job;
  return [
    { ...state, job, owed: state.owed.filter((each) => each !== owed) },
    (owed?.events ?? []).map((event) => ({ kind: 'emit', event })),
  ];
}

function finishLoad(state: CsiState, job: Job, { widthMm }: CsiSetting): CsiStep {
  const fail = (outcome: ReturnType<typeof failed>): CsiStep => [withoutJob(state), [{ kind: 'settle', id: job.id, outcome }]];
  if (job.sawLateLine) return fail(failed('CD_DEVICE_IN_DOUBT', 'a line sent before was printed only now'));
  if (widthMm === undefined) return finishJob({ ...state, hasPaper: true }, job);
  if (state.widthUnits === undefined) return fail(failed('CD_PROTOCOL_UNEXPECTED', 'the width was not measured'));
  const measuredMm = (state.widthUnits * 25.4) / 180;
  if (measuredMm >= widthMm.min && measuredMm <= widthMm.max) return finishJob({ ...state, hasPaper: true }, job);
  return fail(failed('CD_PRINT_WRONG_MEDIA', `${measuredMm.toFixed(1)} mm wide, ${widthMm.min} to ${widthMm.max} expected`));
}

/** Read, written and read back, or why not. No word about the stripe before its mark is against the protocol. */
function finishStripe(state: CsiState, job: Job, setting: CsiSetting): CsiStep {
  const settle = (outcome: Outcome): CsiStep => [withoutJob(state), [{ kind: 'settle', id: job.id, outcome }]];
  const said = job.stripe;
  if (said === undefined) return abortJob(state, 'CD_PROTOCOL_UNEXPECTED', 'nothing was said about the stripe');
  if (said.kind === 'stripe-written') {
    if (said.error !== 0) return settle(inDoubt('CD_PRINT_STRIPE_SPOILED', `error ${said.error}`));
    return settle(done({ confirmation: 'mark' }));
  }
  if (said.error !== 0) return settle(failed('CD_PRINT_STRIPE', `error ${said.error} after ${said.attempts} attempts`));
  const text = withoutSentinels(said.text, setting.stripe.format);
  return settle(text === undefined ? failed('CD_PRINT_STRIPE', `not in the format ${setting.stripe.format}`) : done({ text }));
}

function becomeReady(state: CsiState): CsiStep {
  return [
    { ...state, phase: 'ready' },
    [
      { kind: 'disarm', timer: 'start' },
      { kind: 'ready', identity: {} },
    ],
  ];
}

function hearMessages(heard: CsiState, hasPaper: boolean): CsiStep {
  const state = { ...heard, hasPaper: hasPaper ? undefined : false };
  if (state.phase === 'starting') return becomeReady(state);
  const { job } = state;
  if (job?.isFailing === true) return abortJob(state, hasPaper ? 'CD_DEVICE_FAULT' : 'CD_PRINT_NO_MEDIA');
  if (job?.fence.kind === 'messages') return finishJob(state, job);
  if (job === undefined || job.rest.length > 0 || job.gated.length === 0) return [state, []];
  // The whole line has been received and nothing has happened to it: now it may be struck.
  if (!hasPaper) return abortJob(state, 'CD_PRINT_NO_MEDIA');
  return sendNext({ ...state, job: { ...job, rest: job.gated, gated: [] } });
}

function hearStatus(state: CsiState, number: number): CsiStep {
  if (number === 1) return hearStop(state);
  return number === 0 ? hearOnline(state) : hearError(state);
}

/** The work waits. Where the paper stands after a stop is for the next load to say. */
function hearStop(state: CsiState): CsiStep {
  const job = state.job === undefined || state.job.task === 'load' ? state.job : { ...state.job, pageAfterMm: undefined };
  return [{ ...state, printer: 'stop', pageHeightMm: undefined, job }, []];
}

/** After STOP or ERROR: it goes on. Without one of them: it has just started, and forgot everything. */
function hearOnline(state: CsiState): CsiStep {
  const online: CsiState = { ...state, printer: 'online', hasPaper: undefined };
  if (state.phase === 'starting') {
    const [mark, next] = takeQuietMark(online);
    return [next, [send({ kind: 'mark', mark })]];
  }
  if (state.printer === 'stop') return [online, []];
  return state.job?.task === 'check'
    ? [{ ...online, pageHeightMm: undefined }, []]
    : forgotten(abortJob({ ...online, pageHeightMm: undefined }, 'CD_DEVICE_FAULT', 'the printer started anew'));
}

/** All unfinished jobs are cancelled; the printer is asked why. A number that no document names counts as ERROR. */
function hearError(state: CsiState): CsiStep {
  const inError: CsiState = { ...state, printer: 'error', pageHeightMm: undefined };
  const ask: CsiEffect = send({ kind: 'ask-messages' });
  const { job } = state;
  if (state.phase === 'starting') return [inError, []];
  if (job?.task === 'check') return [{ ...inError, job: { ...job, pageAfterMm: undefined } }, []];
  if (job?.task === 'load' || job?.task === 'read-stripe') {
    return [{ ...inError, job: { ...job, isFailing: true } }, [ask, { kind: 'arm', timer: 'cause', ms: CAUSE_MS }]];
  }
  const [next, effects] = forgotten(abortJob(inError, 'CD_DEVICE_FAULT', 'the printer went to ERROR'));
  return [next, [...effects, ask]];
}

/** It forgot everything, so no mark is owed: an echo that still comes would follow bytes that lost their line. */
function forgotten([state, effects]: CsiStep): CsiStep {
  return [{ ...state, owed: [] }, effects];
}
