/**
 * Commands on the line: how each begins, what its answers mean, and what no answer means. One command at a time;
 * arming and disarming are proved by `pledges.ts`, the bypass menu is walked by `bypass.ts`.
 * A code is sent at most once per command and never again after a refusal.
 */
import type { ErrorCode } from '../../kit/errors.ts';
import type { CommandId } from '../../kit/machine.ts';
import { done, failed, inDoubt, refused, type Outcome } from '../../kit/outcome.ts';
import type { ArmMode } from '../words.ts';
import { beginBypass, bypassAcknowledged, bypassHears, bypassStalls } from './bypass.ts';
import { codeDigits, codeAnswer } from './codes.ts';
import { partitionOf, type Frame } from './frames.ts';
import { ask, want } from './line.ts';
import { endTask, failArming, release } from './pledges.ts';
import { partitionIn } from './picture.ts';
import { refusalOf } from './refusals.ts';
import { isUnsafe, type CommandTask, type PanelCommand, type Pledge, type Turn } from './turn.ts';

/** The panel acts on an order at once; after this long without a sign a snapshot must tell. */
const SIGN_MS = 5_000;
/** 502 and 900 follow an acknowledged 010 at once; silence means it was accepted. */
const CLOCK_MS = 1_500;
/** Labels come one after the other; this long without one, and the list is over. */
const LABELS_MS = 3_000;
const armCodes: Readonly<Record<ArmMode, string | undefined>> = { away: '030', stay: '031', awayNoDelay: '032', stayNoDelay: undefined };
const emergencies = { fire: ['1', '621'], auxiliary: ['2', '623'], panic: ['3', '625'] } as const;

/** Puts a command that asks the panel for something on the free line, or refuses it without sending. */
export function beginTask(turn: Turn, id: CommandId, command: PanelCommand): void {
  turn.set({ task: { kind: 'command', id, command, isAcked: false, hasSentCode: false, labelCount: 0, bypass: undefined } });
  switch (command.name) {
    case 'arm':
      beginArm(turn, id, command.args);
      return;
    case 'disarm':
    case 'silence':
      beginDisarm(turn, id, command);
      return;
    case 'bypass':
      beginBypass(turn, id, command.args);
      return;
    case 'set-clock':
      ask(turn, { code: '010', data: clockDigits(command.args.localTime) }, 2);
      return;
    case 'read-labels':
      ask(turn, { code: '002', data: '' }, 2);
      return;
    case 'command-output':
      ask(turn, { code: '020', data: `${String(command.args.partition)}${String(command.args.output)}` });
      return;
    case 'raise-emergency':
      ask(turn, { code: '060', data: emergencies[command.args.kind][0] });
      return;
    case 'refresh-status':
    case 'check-health':
      finish(turn, id, refused('CD_COMMAND_UNKNOWN'));
      return;
  }
}

/** The request of the task was acknowledged: errors and signs from here on belong to it. */
export function taskAcknowledged(turn: Turn, task: CommandTask): void {
  turn.set({ task: { ...task, isAcked: true } });
  if (task.command.name === 'bypass') {
    bypassAcknowledged(turn, { ...task, isAcked: true });
    return;
  }
  const ms = { 'set-clock': CLOCK_MS, 'read-labels': LABELS_MS }[task.command.name as string] ?? SIGN_MS;
  turn.arm('task', ms);
}

/** No acknowledgement, or a checksum error, and no attempt left. */
export function taskUnanswered(turn: Turn, task: CommandTask, code: ErrorCode): void {
  if (hasPledge(turn, task.id)) {
    endTask(turn, task.id);
    want(turn, 'unconfirmed');
    return;
  }
  if (task.bypass !== undefined) {
    bypassStalls(turn, task);
    return;
  }
  const isKnown = code === 'CD_PROTOCOL_UNEXPECTED' || !isUnsafe(task.command);
  finish(turn, task.id, isKnown ? failed(code) : inDoubt(code));
}

/** The time for a sign is over. */
export function taskTimedOut(turn: Turn, task: CommandTask): void {
  switch (task.command.name) {
    case 'set-clock':
      finish(turn, task.id, done({}));
      return;
    case 'read-labels':
      finish(turn, task.id, task.labelCount > 0 ? done({ labelCount: task.labelCount }) : failed('CD_PROTOCOL_NO_ANSWER'));
      return;
    default:
      taskUnanswered(turn, task, 'CD_PROTOCOL_NO_ANSWER');
      return;
  }
}

/** A line while a command holds the line: an error, a question for the code, or the sign it waits for. */
export function taskHears(turn: Turn, task: CommandTask, frame: Frame): void {
  const { code, data } = frame;
  if (task.command.name === 'bypass') {
    bypassHears(turn, task, frame);
    return;
  }
  if (!task.isAcked) return;
  if (code === '502') {
    const refusal = refusalOf(data);
    finish(turn, task.id, refused(refusal.code, `${data} ${refusal.words}`));
    return;
  }
  const isOurs = partitionOf(data) === partitionOfCommand(task.command);
  if (code === '900' && isOurs) {
    answerCodeQuestion(turn, task);
    return;
  }
  if (isOurs && denials[code] !== undefined) {
    finish(turn, task.id, refused(denials[code], code));
    return;
  }
  hearSign(turn, task, frame);
}

/** 672 concerns every arming of the partition, whether it still holds the line or waits for the exit delay. */
export function hearArmingFailure(turn: Turn, { code, data }: Frame): void {
  const partition = partitionOf(data);
  if (code === '672' && partition !== undefined) failArming(turn, partition);
}

/** Settles a command and frees the line. */
export function finish(turn: Turn, id: CommandId, outcome: Outcome): void {
  release(turn, id, outcome);
}

const denials: Readonly<Record<string, ErrorCode>> = {
  '670': 'CD_PANEL_CODE',
  '658': 'CD_PANEL_CODE',
  '671': 'CD_DEVICE_REJECTED',
  '673': 'CD_DEVICE_BUSY',
};

function beginArm(turn: Turn, id: CommandId, args: { readonly partition: number; readonly mode: ArmMode }): void {
  const { state, mode } = partitionIn(turn.picture, args.partition);
  const armCode = armCodes[args.mode];
  if (armCode === undefined) {
    finish(turn, id, refused('CD_COMMAND_ARGS', `mode ${args.mode}`));
    return;
  }
  if (mode !== undefined || state === 'exitDelay') {
    finish(turn, id, refused('CD_PANEL_ALREADY_ARMED'));
    return;
  }
  pledge(turn, { id, partition: args.partition, goal: 'armed', stage: 'asked' });
  const digits = codeDigits(turn.options);
  const partition = String(args.partition);
  // 033 arms away and names the user in the closing; without a code the panel closes as "special" or asks.
  if (args.mode === 'away' && digits !== undefined) ask(turn, { code: '033', data: partition + digits });
  else ask(turn, { code: armCode, data: partition });
}

function beginDisarm(turn: Turn, id: CommandId, { name, args }: Extract<PanelCommand, { name: 'disarm' | 'silence' }>): void {
  const digits = codeDigits(turn.options);
  if (digits === undefined) {
    finish(turn, id, refused('CD_CONFIG_INVALID', 'the panel has no code configured'));
    return;
  }
  const { state, mode } = partitionIn(turn.picture, args.partition);
  if (name === 'silence' && (mode !== undefined || state === 'exitDelay')) {
    finish(turn, id, refused('CD_PANEL_ALREADY_ARMED'));
    return;
  }
  pledge(turn, { id, partition: args.partition, goal: 'disarmed', stage: 'asked' });
  ask(turn, { code: '040', data: String(args.partition) + digits });
}

function pledge(turn: Turn, made: Pledge): void {
  turn.set({ pledges: [...turn.state.pledges, made] });
}

function answerCodeQuestion(turn: Turn, task: CommandTask): void {
  const answer = codeAnswer(turn.options, partitionOfCommand(task.command) ?? 1);
  if (answer === undefined) {
    finish(turn, task.id, refused('CD_PANEL_CODE', 'the panel asks for a code and none is configured'));
    return;
  }
  if (task.hasSentCode || turn.state.request !== undefined) return;
  turn.set({ task: { ...task, hasSentCode: true } });
  turn.disarm('task');
  ask(turn, { code: '200', data: answer });
}

function hearSign(turn: Turn, task: CommandTask, { code, data }: Frame): void {
  const { command } = task;
  if (command.name === 'command-output' && code === '660' && partitionOf(data) === command.args.partition) finish(turn, task.id, done({}));
  if (command.name === 'raise-emergency' && code === emergencies[command.args.kind][1]) finish(turn, task.id, done({}));
  if (command.name === 'read-labels' && code === '570') {
    turn.set({ task: { ...task, labelCount: task.labelCount + 1 } });
    turn.arm('task', LABELS_MS);
  }
}

function hasPledge(turn: Turn, id: CommandId): boolean {
  return turn.state.pledges.some((pledge) => pledge.id === id);
}

function partitionOfCommand(command: PanelCommand): number | undefined {
  return 'partition' in command.args ? command.args.partition : command.name === 'set-clock' ? 1 : undefined;
}

/** 2026-11-22T08:30 -> hhmmMMDDYY */
function clockDigits(localTime: string): string {
  const [date = '', time = ''] = localTime.split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${time.replace(':', '')}${month}${day}${year.slice(2)}`;
}
