/** Keys, whoever presses them: codes, function keys, and the bypass menu. The virtual keypad is one of these. */
import { holderOf } from '../../world/people.ts';
import { disarm, isAlwaysOn, readyCode, startArming } from './partitions.ts';
import { idleKeypad } from './panel.ts';
import type { Step } from './step.ts';

/** The keypad that 070 presses; it belongs to partition 1. */
export const VIRTUAL = 'virtual';
const MENU_SECONDS = 30;
const DIGITS_SECONDS = 10;

/** A person's keypad in a partition. */
export const keypadOf = (partition: number): string => `keypad ${String(partition)}`;

/** One key. `F A P` are held, `a` arms stay and `b` away without a code, `^` is the release and means nothing alone. */
export function pressKey(step: Step, id: string, key: string): void {
  const partition = id === VIRTUAL ? 1 : Number(id.slice('keypad '.length));
  if (key === '^') return;
  if (key === '#') {
    step.setKeypad(id, idleKeypad);
    return;
  }
  if (key === 'F' || key === 'A' || key === 'P') {
    raiseEmergency(step, { F: '621', A: '623', P: '625' }[key]);
    return;
  }
  if (key === 'a' || key === 'b') {
    quickArm(step, partition, key === 'a' ? 1 : 0);
    return;
  }
  if (key === '*' && step.keypad(id).menu === 'idle') {
    step.setKeypad(id, { menu: 'star', digits: '', text: text('Press (*) for <>', 'menu, 1 = bypass'), secondsLeft: MENU_SECONDS });
    return;
  }
  if (/^\d$/.test(key)) pressDigit(step, { id, partition }, key);
}

/** [F], [A], [P] and 060: at once, and they restore themselves. `alarmCode` is 621, 623 or 625. */
export function raiseEmergency(step: Step, alarmCode: string): void {
  if (step.panel.emergencies[alarmCode] !== undefined) return;
  step.set({ emergencies: { ...step.panel.emergencies, [alarmCode]: 5 } });
  step.tell(alarmCode);
  if (alarmCode === '625') step.truth('hold-up', { source: 'panicKey' });
  else step.truth('emergency', { code: alarmCode });
}

/** What a code is used for: a keypad arms or disarms, whichever is not so; the application says which. */
export interface CodeUse {
  readonly code: string;
  readonly act: 'toggle' | { readonly arm: number } | 'disarm';
}

/** A whole code, from a keypad or the application. Says what became of it. */
export function useCode(step: Step, partition: number, { code, act }: CodeUse): 'accepted' | 'wrong' | 'notReady' | 'notArmed' | 'locked' {
  const { lockoutSecondsLeft, phase, bellSecondsLeft, isAlarmOpen } = step.partition(partition);
  if (lockoutSecondsLeft > 0) return 'locked';
  const holder = holderOf(step.panel.people, code);
  if (holder === undefined) return countWrongCode(step, partition);
  const by = { userNumber: holder.userNumber, isDuress: holder.isDuress };
  const isEnding = phase !== 'disarmed' || bellSecondsLeft > 0 || isAlarmOpen;
  step.setPartition(partition, { wrongCodes: 0 });
  if (act === 'disarm' && !isEnding) return 'notArmed';
  if (act === 'disarm' || (act === 'toggle' && isEnding)) {
    disarm(step, partition, by);
    return 'accepted';
  }
  const mode = act === 'toggle' ? 0 : act.arm;
  return startArming(step, partition, { mode, by }) ? 'accepted' : 'notReady';
}

/** Toggles a bypass as the menu does; zones that watch 24 hours stay. */
export function toggleBypass(step: Step, zone: number): void {
  const wiring = step.wiring(zone);
  if (wiring === undefined || isAlwaysOn(wiring.type) || wiring.partition !== 1) return;
  const { bypassed } = step.panel;
  const isBypassed = !bypassed.includes(zone);
  step.set({ bypassed: isBypassed ? [...bypassed, zone] : bypassed.filter((other) => other !== zone) });
  step.truth('bypass', { zone, isBypassed });
}

/** What a keypad of a partition shows: 32 characters, two rows of 16. */
export function displayText(step: Step, id: string): string {
  const keypad = step.keypad(id);
  if (keypad.menu !== 'idle') return keypad.text;
  const partition = id === VIRTUAL ? 1 : Number(id.slice('keypad '.length));
  const { phase, mode, bellSecondsLeft, hasMemory } = step.partition(partition);
  if (bellSecondsLeft > 0) return text('Alarm!', 'Enter your code');
  if (phase === 'exit') return text('Exit Delay', 'in Progress');
  if (phase === 'entry') return text('Entry is Active', 'Enter your code');
  if (phase === 'armed') return text('System Armed', ['Away Mode', 'Stay Mode', 'No Entry Delay', 'Stay, No Delay'][mode] ?? '');
  if (readyCode(step, partition) === '651') return text('Secure System', 'Before Arming');
  return hasMemory ? text('Alarm in Memory', 'Ready to Arm') : text('System is', 'Ready to Arm');
}

/** One second of a menu or of half a code. */
export function passKeypadSecond(step: Step, id: string): void {
  const { secondsLeft } = step.keypad(id);
  if (secondsLeft === 0) return;
  if (secondsLeft === 1) step.setKeypad(id, idleKeypad);
  else step.setKeypad(id, { secondsLeft: secondsLeft - 1 });
}

function pressDigit(step: Step, { id, partition }: { readonly id: string; readonly partition: number }, digit: string): void {
  const { menu, digits } = step.keypad(id);
  const { codeLength, canQuickArm, needsCodeToBypass } = step.panel.programming;
  switch (menu) {
    case 'idle':
      pressCodeDigit(step, { id, partition }, digits + digit);
      return;
    case 'star': {
      const canBypass = digit === '1' && partition === 1 && step.partition(1).phase === 'disarmed';
      if (canBypass && needsCodeToBypass) {
        step.setKeypad(id, { menu: 'bypassCode', digits: '', text: text('Enter Your', 'Access Code'), secondsLeft: MENU_SECONDS });
        return;
      }
      if (canBypass) {
        openBypass(step, id);
        return;
      }
      step.setKeypad(id, idleKeypad);
      if (digit === '0' && canQuickArm) quickArm(step, partition, 0);
      return;
    }
    case 'bypassCode': {
      const code = digits + digit;
      if (code.length < codeLength) {
        step.setKeypad(id, { digits: code, secondsLeft: MENU_SECONDS });
        return;
      }
      if (holderOf(step.panel.people, code) !== undefined) {
        openBypass(step, id);
        return;
      }
      step.setKeypad(id, idleKeypad);
      beep(step, countWrongCode(step, partition));
      return;
    }
    case 'bypass':
      pressZoneDigit(step, id, digits + digit);
      return;
  }
}

function pressCodeDigit(step: Step, { id, partition }: { readonly id: string; readonly partition: number }, digits: string): void {
  if (digits.length < step.panel.programming.codeLength) {
    step.setKeypad(id, { digits, secondsLeft: DIGITS_SECONDS });
    return;
  }
  step.setKeypad(id, idleKeypad);
  beep(step, useCode(step, partition, { code: digits, act: 'toggle' }));
}

function openBypass(step: Step, id: string): void {
  step.setKeypad(id, { menu: 'bypass', digits: '', text: text('Zone Bypass', 'Enter 2 digits'), secondsLeft: MENU_SECONDS });
}

function pressZoneDigit(step: Step, id: string, digits: string): void {
  if (digits.length < 2) {
    step.setKeypad(id, { digits, text: text(`Zone ${digits}_`, ''), secondsLeft: MENU_SECONDS });
    return;
  }
  const zone = Number(digits);
  toggleBypass(step, zone);
  const label = (step.point(zone)?.name.en ?? '').slice(0, 14).padEnd(15);
  const mark = step.panel.bypassed.includes(zone) ? 'B' : ' ';
  step.setKeypad(id, { digits: '', text: `${`Zone ${digits}`.padEnd(16)}${label}${mark}`, secondsLeft: MENU_SECONDS });
}

function quickArm(step: Step, partition: number, mode: number): void {
  if (step.panel.programming.canQuickArm) beep(step, startArming(step, partition, { mode, by: {} }) ? 'accepted' : 'notReady');
}

function countWrongCode(step: Step, partition: number): 'wrong' {
  const wrongCodes = step.partition(partition).wrongCodes + 1;
  const { lockoutAfter, lockoutSeconds } = step.panel.programming;
  const isLocked = wrongCodes >= lockoutAfter;
  step.setPartition(partition, isLocked ? { wrongCodes: 0, lockoutSecondsLeft: lockoutSeconds } : { wrongCodes });
  step.truth('wrong-code', { partition });
  if (!isLocked) return 'wrong';
  step.tell('658', String(partition));
  step.truth('lock-out', { partition });
  return 'wrong';
}

function beep(step: Step, what: string): void {
  step.set({ lastBeep: what });
}

function text(upper: string, lower: string): string {
  return upper.slice(0, 16).padEnd(16) + lower.slice(0, 16).padEnd(16);
}
