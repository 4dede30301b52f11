/** The IT-100's commands: each good line is acknowledged first, then acted on (developer's guide, section 4). */
import { hearNetworkCommand } from './envisalink.ts';
import { pressKey, raiseEmergency, useCode, VIRTUAL } from './keypad.ts';
import type { ApplicationLine } from './line.ts';
import type { Module, QuestionedAct } from './panel.ts';
import { startArming } from './partitions.ts';
import { tellEverything } from './report.ts';
import type { Step } from './step.ts';

/** The panel waits this long for the answer to 900; how long a real one waits is not in the guide. */
const QUESTION_SECONDS = 20;
const EMERGENCIES: Readonly<Record<string, string>> = { '1': '621', '2': '623', '3': '625' };
const SETTINGS: Readonly<Record<string, keyof Module>> = { '055': 'hasStamps', '056': 'hasTimeBroadcast', '058': 'hasVirtualKeypad' };
/** Refused while the keybus is busy or somebody programs the panel; questions and polls are not. */
const ORDERS = new Set(['010', '020', '030', '031', '032', '033', '040', '060', '070', '071', '200']);

/** A line whose checksum is right. */
export function hearCommand(step: Step, { command, data }: ApplicationLine): void {
  if (!step.panel.isPowered) return;
  if (step.panel.isForeign) {
    step.put({ kind: 'foreign', text: '?\r\n>\r\n' });
    return;
  }
  if (takesNoise(step)) return;
  step.tell('500', command);
  if (step.panel.programming.tpiPassword !== undefined && hearNetworkCommand(step, command, data)) return;
  if (ORDERS.has(command) && (step.panel.isInstallerMode || step.panel.busySecondsLeft > 0)) {
    step.tell('502', '017');
    return;
  }
  obey(step, command, data);
}

/** A line whose checksum is wrong. Bytes that are no line at all are passed over. */
export function hearJunk(step: Step, reason: string): void {
  if (step.panel.isForeign) {
    step.put({ kind: 'foreign', text: '?\r\n>\r\n' });
    return;
  }
  if (reason === 'checksum' && !takesNoise(step)) step.tell('501');
}

/** One second of an open question for a code. */
export function passQuestionSecond(step: Step): void {
  const { question } = step.panel.module;
  if (question === undefined) return;
  step.setModule({ question: question.secondsLeft <= 1 ? undefined : { ...question, secondsLeft: question.secondsLeft - 1 } });
}

function obey(step: Step, command: string, data: string): void {
  const setting = SETTINGS[command];
  if (setting !== undefined) {
    step.setModule({ [setting]: data === '1' });
    return;
  }
  switch (command) {
    case '000':
    case '057':
      return;
    case '001':
      tellEverything(step);
      return;
    case '002':
      tellLabels(step);
      return;
    case '010':
      setClock(step, data);
      return;
    case '020':
      activateOutput(step, data);
      return;
    case '030':
    case '031':
    case '032':
      armWithoutCode(step, data, { '030': 0, '031': 1, '032': 2 }[command]);
      return;
    case '033':
      armWithCode(step, data);
      return;
    case '040':
      disarmWithCode(step, data);
      return;
    case '060':
      if (EMERGENCIES[data] === undefined) step.tell('502', '029');
      else raiseEmergency(step, EMERGENCIES[data]);
      return;
    case '070':
      if (step.panel.module.hasVirtualKeypad) pressKey(step, VIRTUAL, data);
      else step.tell('502', '028');
      return;
    case '080':
      step.tell('580', data);
      return;
    case '200':
      takeCode(step, data);
      return;
    default:
      step.tell('502', command.startsWith('09') ? '033' : '020');
      return;
  }
}

/** The first line after a port was opened is lost in noise: the module sees a bad checksum. */
function takesNoise(step: Step): boolean {
  if (!step.panel.module.isNoisy) return false;
  step.setModule({ isNoisy: false });
  step.tell('501');
  return true;
}

function armWithoutCode(step: Step, data: string, mode: number): void {
  const partition = knownPartition(step, data);
  if (partition === undefined) return;
  if (!step.panel.programming.canQuickArm) {
    askCode(step, partition, { kind: 'arm', mode });
    return;
  }
  if (!startArming(step, partition, { mode, by: {} })) step.tell('502', '024');
}

function armWithCode(step: Step, data: string): void {
  const partition = knownPartition(step, data);
  if (partition === undefined) return;
  if (data.length !== 7) {
    step.tell('502', '029');
    return;
  }
  const isArmed = step.partition(partition).phase !== 'disarmed';
  if (isArmed) {
    step.tell('502', '024');
    return;
  }
  answerCode(step, partition, useCode(step, partition, { code: trimmed(step, data.slice(1)), act: { arm: 0 } }));
}

function disarmWithCode(step: Step, data: string): void {
  const partition = knownPartition(step, data);
  if (partition === undefined) return;
  if (data.length !== 7) {
    step.tell('502', '029');
    return;
  }
  answerCode(step, partition, useCode(step, partition, { code: trimmed(step, data.slice(1)), act: 'disarm' }));
}

/** 200 in either published form: six digits, or partition and four digits. */
function takeCode(step: Step, data: string): void {
  const { question } = step.panel.module;
  if (question === undefined) {
    step.tell('502', '026');
    return;
  }
  step.setModule({ question: undefined });
  const { partition, act } = question;
  const code = data.length === 5 ? data.slice(1) : trimmed(step, data);
  if (act.kind === 'arm') {
    answerCode(step, partition, useCode(step, partition, { code, act: { arm: act.mode } }));
    return;
  }
  const isKnown = step.panel.people.some((person) => person.code === code);
  if (!isKnown) {
    step.tell('670', String(partition));
    return;
  }
  if (act.kind === 'output') openOutput(step, partition, act.output);
  else step.set({ clockMinutes: act.minutes });
}

function answerCode(step: Step, partition: number, what: ReturnType<typeof useCode>): void {
  const data = String(partition);
  if (what === 'wrong') step.tell('670', data);
  if (what === 'locked') step.tell('658', data);
  if (what === 'notReady') step.tell('502', '024');
  if (what === 'notArmed') step.tell('502', '023');
}

function askCode(step: Step, partition: number, act: QuestionedAct): void {
  step.setModule({ question: { partition, act, secondsLeft: QUESTION_SECONDS } });
  step.tell('900', `${String(partition)}${String(step.panel.programming.codeLength)}`);
}

function activateOutput(step: Step, data: string): void {
  const partition = knownPartition(step, data);
  if (partition === undefined) return;
  const output = Number(data[1]);
  if (!(output >= 1 && output <= 4)) {
    step.tell('502', '029');
    return;
  }
  if (step.panel.programming.canQuickArm) openOutput(step, partition, output);
  else askCode(step, partition, { kind: 'output', output });
}

function openOutput(step: Step, partition: number, output: number): void {
  step.tell('660', String(partition));
  step.truth('output', { partition, output });
}

function setClock(step: Step, data: string): void {
  const [, hour, minute, month, day, year] = (/^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(data) ?? []).map(Number);
  if (hour === undefined || minute === undefined || month === undefined || day === undefined || year === undefined) {
    step.tell('502', '029');
    return;
  }
  if (hour > 23 || minute > 59 || month < 1 || month > 12 || day < 1 || day > 31) {
    step.tell('502', '029');
    return;
  }
  const minutes = (Date.UTC(2000 + year, month - 1, day, hour, minute) - Date.UTC(2000, 0, 1)) / 60_000;
  step.set({ clockMinutes: minutes });
  step.truth('clock-set', { minutes });
}

function tellLabels(step: Step): void {
  const { partitions } = step.panel.programming;
  const label = (index: number, text: string) => step.tell('570', String(index).padStart(3, '0') + text.slice(0, 32).padEnd(32));
  for (let zone = 1; zone <= 64; zone++) label(zone, step.point(zone)?.name.en ?? `Zone ${String(zone)}`);
  label(65, 'Fire Zone');
  label(66, 'System has Failed to Arm');
  label(67, 'Alarm When Armed');
  for (const { partition, label: text } of partitions) label(100 + partition, text);
  for (let output = 1; output <= 4; output++) label(119 + output, `Command O/P ${String(output)}`);
}

function knownPartition(step: Step, data: string): number | undefined {
  const partition = Number(data[0]);
  if (step.panel.partitions[partition] !== undefined) return partition;
  step.tell('502', '021');
  return undefined;
}

/** A four-digit panel gets its codes padded with 00. */
function trimmed(step: Step, digits: string): string {
  return step.panel.programming.codeLength === 4 && digits.length === 6 && digits.endsWith('00') ? digits.slice(0, 4) : digits;
}
