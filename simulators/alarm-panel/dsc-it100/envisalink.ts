/**
 * The Envisalink network module in place of the IT-100: the same frames over TCP behind a password, one client at
 * a time. It greets with 505 3 (password wanted); 005 carries the password; 505 1 lets in, 0 does not, 2 is late.
 */
import { VIRTUAL, keypadOf, pressKey } from './keypad.ts';
import type { Step } from './step.ts';

const LOGIN_SECONDS = 10;
/** Commands an IT-100 has and this module does not. */
const FOREIGN = new Set(['002', '058', '070', '080', '095', '096', '097']);

/** A client connected. */
export function greet(step: Step): void {
  step.setModule({ isLoggedIn: false, loginSecondsLeft: LOGIN_SECONDS, question: undefined });
  step.tell('505', '3');
}

/** Commands that only the network module has; true when it took this one. */
export function hearNetworkCommand(step: Step, command: string, data: string): boolean {
  if (!step.panel.module.isLoggedIn) {
    if (command === '005') logIn(step, data);
    return true;
  }
  if (FOREIGN.has(command)) {
    step.tell('502', '022');
    return true;
  }
  switch (command) {
    case '005':
      logIn(step, data);
      return true;
    case '008':
      step.tell('615', zoneTimers(step));
      return true;
    case '071':
      for (const key of data.slice(1, 7)) pressKey(step, data[0] === '1' ? VIRTUAL : keypadOf(Number(data[0])), key);
      return true;
    case '072':
    case '073':
    case '074':
      return true;
    default:
      return false;
  }
}

/** One second of waiting for the password. */
export function passLoginSecond(step: Step): void {
  const { loginSecondsLeft } = step.panel.module;
  if (loginSecondsLeft === 0) return;
  step.setModule({ loginSecondsLeft: loginSecondsLeft - 1 });
  if (loginSecondsLeft === 1) step.tell('505', '2');
}

/** 510: which lamps are on, 511: which flash; bit 0 ready, then armed, memory, bypass, trouble, program, fire, backlight. */
export function tellLedBitmaps(step: Step, lamps: string): void {
  step.tell('510', bitmap(lamps, '1'));
  step.tell('511', bitmap(lamps, '2'));
}

function logIn(step: Step, password: string): void {
  const isRight = password === step.panel.programming.tpiPassword;
  step.setModule({ isLoggedIn: isRight, loginSecondsLeft: 0 });
  step.tell('505', isRight ? '1' : '0');
}

function bitmap(lamps: string, shows: string): string {
  const bits = Array.from({ length: 8 }, (_, bit) => (lamps[bit] === shows ? 2 ** bit : 0)).reduce((sum, bit) => sum + bit, 0);
  return bits.toString(16).toUpperCase().padStart(2, '0');
}

/** 64 little-endian 16-bit timers that count down from FFFF in steps of 5 s since a zone closed; open zones hold FFFF. */
function zoneTimers(step: Step): string {
  return Array.from({ length: 64 }, (_, at) => (step.isOpen(at + 1) ? 'FFFF' : '0000')).join('');
}
