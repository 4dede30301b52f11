/** FS followed by a letter: Chinese characters (ESC/P-K). A row as in `esc-commands.ts`. */
import { TICKS_PER_INCH } from '../../world/paper.ts';
import type { FixedCommand } from './esc-commands.ts';
import { only } from './printer-action.ts';
import { DOT_180, type HanziState } from './printer-state.ts';

const set = (parameterCount: number, change: (a: number, b: number) => Partial<HanziState>): FixedCommand => ({
  parameterCount,
  apply: (state, [a, b]) => only({ ...state, hanzi: { ...state.hanzi, ...change(a, b) } }),
});
const taken = (parameterCount: number): FixedCommand => ({ parameterCount, apply: only });
const isOn = (n: number): boolean => (n & 1) === 1;

export const fsCommands: Readonly<Record<string, FixedCommand>> = {
  '&': set(0, () => ({ isOn: true })),
  '.': set(0, () => ({ isOn: false })),
  S: set(2, (left, right) => ({ left: left * DOT_180, right: right * DOT_180 })),
  T: set(2, (left, right) => ({ half: { left: left * DOT_180, right: right * DOT_180 } })),
  U: set(0, () => ({ half: undefined })),
  W: set(1, (n) => ({ isQuadruple: isOn(n) })),
  '\x0e': set(0, () => ({ isDoubleWidthLine: true })),
  '\x14': set(0, () => ({ isDoubleWidthLine: false })),
  '-': set(1, (n) => ({ isUnderlined: n !== 0 && n !== 0x30 })),
  '!': set(1, (n) => ({ isDoubleWidth: (n & 0x04) !== 0, isDoubleHeight: (n & 0x08) !== 0, isUnderlined: (n & 0x80) !== 0 })),
  '\x0f': taken(0),
  '\x12': taken(0),
  J: taken(0),
  K: taken(0),
  x: taken(1),
  r: taken(1),
  k: taken(1),
  // NEC's word for ESC +: spacing of n/360 inch.
  '3': { parameterCount: 1, apply: (state, [n]) => only({ ...state, lineSpacing: (n * TICKS_PER_INCH) / 360 }) },
  D: taken(1),
  v: taken(1),
};
