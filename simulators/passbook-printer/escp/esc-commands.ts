/**
 * ESC followed by one letter and a fixed number of parameter bytes. A row: the letter, how many bytes follow,
 * what it does (absent: it is taken and has no effect on where ink goes).
 */
import { TICKS_PER_INCH } from '../../world/paper.ts';
import { ejectPage, flushThen, only, type Stepped } from './printer-action.ts';
import { DOT_180, pitchTicks, resetPrinter, type PrinterState } from './printer-state.ts';

type Parameters = readonly [number, number, number];
export interface FixedCommand {
  readonly parameterCount: number;
  readonly apply: (state: PrinterState, parameters: Parameters) => Stepped;
}

const set = (parameterCount: number, change: (state: PrinterState, parameters: Parameters) => Partial<PrinterState>): FixedCommand => ({
  parameterCount,
  apply: (state, parameters) => only({ ...state, ...change(state, parameters) }),
});
const taken = (parameterCount: number): FixedCommand => ({ parameterCount, apply: only });

/** n/180 inch on a 24-pin head, n/216 on a 9-pin one. */
const step = (state: PrinterState): number => TICKS_PER_INCH / (state.options.pins === 24 ? 180 : 216);
const word = ([low, high]: Parameters): number => low | (high << 8);
const signedWord = (parameters: Parameters): number => (word(parameters) << 16) >> 16;
const isOn = (n: number): boolean => (n & 1) === 1;

export const escCommands: Readonly<Record<string, FixedCommand>> = {
  // ghostscript's stcolor counts on a last row being struck by ESC @ alone.
  '@': { parameterCount: 0, apply: (state) => flushThen(state, resetPrinter) },
  // Line spacing and feed
  '0': set(0, () => ({ lineSpacing: TICKS_PER_INCH / 8 })),
  '1': set(0, (state) => (state.options.pins === 9 ? { lineSpacing: (TICKS_PER_INCH * 7) / 72 } : {})),
  '2': set(0, () => ({ lineSpacing: TICKS_PER_INCH / 6 })),
  '3': set(1, (state, [n]) => ({ lineSpacing: n * step(state) })),
  '+': set(1, (_, [n]) => ({ lineSpacing: (n * TICKS_PER_INCH) / 360 })),
  A: set(1, (state, [n]) => ({ lineSpacing: (n * TICKS_PER_INCH) / (state.options.pins === 24 ? 60 : 72) })),
  J: { parameterCount: 1, apply: (state, [n]) => flushThen(state, (flushed) => ({ ...flushed, y: flushed.y + n * step(state) })) },
  j: {
    parameterCount: 1,
    apply: (state, [n]) => flushThen(state, (flushed) => ({ ...flushed, y: Math.max(0, flushed.y - n * step(state)) })),
  },
  // Across
  $: set(2, (state, parameters) => ({ x: state.leftMargin + word(parameters) * (state.unit ?? TICKS_PER_INCH / 60) })),
  '\\': set(2, (state, parameters) => ({ x: Math.max(state.leftMargin, state.x + signedWord(parameters) * relativeUnit(state)) })),
  l: set(1, (state, [n]) => ({ leftMargin: n * pitchTicks(state), x: n * pitchTicks(state) })),
  Q: set(1, (state, [n]) => ({ rightMargin: n * pitchTicks(state) })),
  // Characters
  P: set(0, () => ({ pitch: 10 })),
  M: set(0, () => ({ pitch: 12 })),
  g: set(0, () => ({ pitch: 15 })),
  E: set(0, () => ({ isBold: true })),
  F: set(0, () => ({ isBold: false })),
  G: set(0, () => ({ isDoubleStrike: true })),
  H: set(0, () => ({ isDoubleStrike: false })),
  '4': set(0, () => ({ isItalic: true })),
  '5': set(0, () => ({ isItalic: false })),
  W: set(1, (_, [n]) => ({ isDoubleWidth: isOn(n), isDoubleWidthLine: false })),
  w: set(1, (_, [n]) => ({ isDoubleHeight: isOn(n) })),
  '-': set(1, (_, [n]) => ({ isUnderlined: isOn(n) })),
  '!': set(1, (_, [n]) => masterSelect(n)),
  x: set(1, (_, [n]) => ({ isDraft: !isOn(n) })),
  ' ': set(1, (state, [n]) => ({ extraSpace: n * (state.isDraft || state.options.pins === 9 ? TICKS_PER_INCH / 120 : DOT_180) })),
  '\x0e': set(0, () => ({ isDoubleWidthLine: true })),
  '\x0f': set(0, () => ({ isCondensed: true })),
  // Paper path: R sends the sheet out
  '\x19': { parameterCount: 1, apply: (state, [n]) => (n === 0x52 ? ejectPage(state) : only(state)) },
  // Understood, and without effect on where ink goes
  U: taken(1),
  S: taken(1),
  T: taken(0),
  k: taken(1),
  p: taken(1),
  q: taken(1),
  r: taken(1),
  R: taken(1),
  s: taken(1),
  t: taken(1),
  N: taken(1),
  O: taken(0),
  '6': taken(0),
  '7': taken(0),
  '8': taken(0),
  '9': taken(0),
  '<': taken(0),
  '=': taken(0),
  '>': taken(0),
  '#': taken(0),
  '/': taken(1),
  a: taken(1),
  i: taken(1),
  m: taken(1),
  I: taken(1),
  '%': taken(1),
  c: taken(2),
  e: taken(2),
  f: taken(2),
  ':': taken(3),
  X: taken(3),
  '?': set(2, (state, [letter, n]) => reassignDensity(state, letter, n)),
};

/** ESC \ counts 1/180 inch in letter quality and 1/120 in draft, unless a unit was set. */
function relativeUnit(state: PrinterState): number {
  return state.unit ?? (state.isDraft || state.options.pins === 9 ? TICKS_PER_INCH / 120 : DOT_180);
}

function masterSelect(n: number): Partial<PrinterState> {
  const bit = (i: number): boolean => (n & (1 << i)) !== 0;
  return {
    pitch: bit(0) ? 12 : 10,
    isCondensed: bit(2),
    isBold: bit(3),
    isDoubleStrike: bit(4),
    isDoubleWidth: bit(5),
    isItalic: bit(6),
    isUnderlined: bit(7),
  };
}

function reassignDensity(state: PrinterState, letter: number, n: number): Partial<PrinterState> {
  const name = String.fromCharCode(letter);
  return name === 'K' || name === 'L' || name === 'Y' || name === 'Z' ? { densities: { ...state.densities, [name]: n } } : {};
}
