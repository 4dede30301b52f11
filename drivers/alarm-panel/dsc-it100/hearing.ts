/** One line from the panel: the line's own answers first, then a snapshot being collected, then what it tells. */
import type { ErrorCode } from '../../kit/errors.ts';
import { collect, isWhole, restartCollecting, startCollecting } from './snapshot.ts';
import { foldLive } from './fold.ts';
import type { Frame } from './frames.ts';
import { beginPowerUpTime, isStranger, learnFirmware, recognise, strangerCode } from './identify.ts';
import { acknowledge, ask, askAgain, mistrust, noteLateness, stayAwake, want } from './line.ts';
import { judgeEvent } from './pledges.ts';
import { partitionLines } from './partition-lines.ts';
import { endPoll, endSnapshot, failSnapshot } from './surveys.ts';
import { hearArmingFailure, taskAcknowledged, taskHears, taskUnanswered } from './tasks.ts';
import type { Turn } from './turn.ts';

const LABELS = '002';
/** Labels come one after the other and fill the line for seconds; an order sent among them would wait for its answer behind them. */
const LABEL_GAP_MS = 700;
/** 001 sent without an answer before a silent module is given up. */
const QUESTIONS_MAX = 3;

/** Takes one good frame. */
export function hear(turn: Turn, frame: Frame): void {
  if (turn.state.phase !== 'online') turn.set({ goodFrames: turn.state.goodFrames + 1 });
  if (isStranger(frame) && turn.state.phase !== 'online') {
    turn.giveUp('CD_DEVICE_WRONG_IDENTITY');
    return;
  }
  if (turn.state.phase !== 'settling') stayAwake(turn);
  switch (frame.code) {
    case '500':
      hearAnswer(turn, frame.data);
      return;
    case '501':
      missAnswer(turn, 'CD_PROTOCOL_UNEXPECTED');
      return;
    case '908':
      hearVersion(turn, frame.data);
      return;
    default:
      hearReport(turn, frame);
      return;
  }
}

/** 501, or no answer in time: again if that changes nothing, else whoever asked must cope. */
export function missAnswer(turn: Turn, code: ErrorCode): void {
  const { request, task, phase } = turn.state;
  if (code === 'CD_PROTOCOL_NO_ANSWER') noteLateness(turn);
  if (request === undefined || askAgain(turn)) return;
  if (phase === 'identifying') {
    turn.giveUp(strangerCode(turn));
    return;
  }
  if (task?.kind === 'poll') endPoll(turn, task, false);
  else if (task?.kind === 'snapshot') failSnapshot(turn, task);
  else if (task?.kind === 'setup') turn.set({ task: undefined });
  else if (task?.kind === 'command') taskUnanswered(turn, task, code);
  if (code === 'CD_PROTOCOL_NO_ANSWER') mistrust(turn);
}

/** No more lines of a snapshot: apply it. One that nobody asked for is not applied, but a fresh one is asked for. */
export function endDump(turn: Turn): void {
  const { collection, task, phase } = turn.state;
  if (collection === undefined) return;
  if (!collection.isAsked) {
    turn.set({ collection: undefined });
    if (turn.state.hasLateAnswer) mistrust(turn);
    else want(turn, 'restarted');
    return;
  }
  if (task?.kind !== 'snapshot') {
    turn.set({ collection: undefined });
    return;
  }
  if (phase === 'identifying' && !hasAnyStatus(turn)) {
    repeatQuestion(turn);
    return;
  }
  recognise(turn, undefined);
  if (!endSnapshot(turn, task).isComplete) mistrust(turn);
}

function hearAnswer(turn: Turn, code: string): void {
  const { task } = turn.state;
  if (!acknowledge(turn, code)) return;
  switch (task?.kind) {
    case 'poll':
      endPoll(turn, task, true);
      return;
    case 'snapshot':
      startCollecting(turn, true);
      return;
    case 'setup':
      if (task.code === LABELS) turn.arm('task', LABEL_GAP_MS);
      else turn.set({ task: undefined });
      return;
    case 'command':
      taskAcknowledged(turn, task);
      return;
    default:
      return;
  }
}

/**
 * 908 comes in answer to 001 and when the module was powered up. One that nobody waits for may also be a late
 * answer; either way what is believed has to be verified anew.
 */
function hearVersion(turn: Turn, version: string): void {
  const { task, collection, phase } = turn.state;
  learnFirmware(turn, version);
  if (phase === 'settling') return;
  if (task?.kind === 'snapshot') {
    recognise(turn, version);
    if (turn.state.request !== undefined) acknowledge(turn, '001');
    startCollecting(turn, true);
    restartCollecting(turn);
    return;
  }
  beginPowerUpTime(turn);
  if (collection === undefined) startCollecting(turn, false);
  else restartCollecting(turn);
}

function hearReport(turn: Turn, frame: Frame): void {
  if (turn.state.phase === 'settling') return;
  if (isLostQuestion(turn)) startCollecting(turn, true);
  if (collect(turn, frame)) {
    const { collection } = turn.state;
    // A disarming proves itself at once: the partition may be armed again before the snapshot is whole.
    if (frame.code === '655') judgeEvent(turn, frame);
    if (collection !== undefined && isWhole(collection)) endDump(turn);
    return;
  }
  foldLive(turn, frame);
  if (partitionLines.has(frame.code)) judgeEvent(turn, frame);
  hearArmingFailure(turn, frame);
  const { task } = turn.state;
  if (task?.kind === 'command') taskHears(turn, task, frame);
  if (task?.kind === 'setup' && frame.code === '570') turn.arm('task', LABEL_GAP_MS);
}

/** 001 is out and something was damaged since: its 500 and 908 may be lost, and these lines be its answer. */
function isLostQuestion(turn: Turn): boolean {
  const { request, task, isResyncPending, phase, collection } = turn.state;
  return collection === undefined && task?.kind === 'snapshot' && request !== undefined && (phase === 'identifying' || isResyncPending);
}

function hasAnyStatus(turn: Turn): boolean {
  const { collection } = turn.state;
  return collection !== undefined && (Object.keys(collection.partitions).length > 0 || Object.keys(collection.zones).length > 0);
}

/** Acknowledged, and then nothing: asks again, and after three questions nobody of this model is there. */
function repeatQuestion(turn: Turn): void {
  const { request, questions } = turn.state;
  turn.set({ collection: undefined });
  if (request !== undefined) return;
  if (questions >= QUESTIONS_MAX) turn.giveUp('CD_DEVICE_NO_ANSWER');
  else ask(turn, { code: '001', data: '' });
}
