import { TICKS_PER_INCH, type Mark } from '../../world/paper.ts';

/** How many pins the head has decides what n/180, n/216 and the eight-pin pictures mean. */
export type Pins = 9 | 24;

export interface InterpreterOptions {
  readonly pins: Pins;
  /** Height of the sheets fed in; text that would land below goes to the next one. Absent: only what the stream sets. */
  readonly sheetTicks?: number;
  /** Single sheets and books: nothing comes after the page, whatever page length was set. */
  readonly isSinglePage?: boolean;
  /** ESC @, ESC C and ESC ( C take the current position as the top of the page, as some machines do. */
  readonly hasShiftingTop?: boolean;
}

export interface HanziState {
  readonly isOn: boolean;
  readonly left: number;
  readonly right: number;
  /** Spacing of half-width characters; undefined: half of a hanzi's advance. */
  readonly half: { readonly left: number; readonly right: number } | undefined;
  readonly isQuadruple: boolean;
  readonly isDoubleWidthLine: boolean;
  readonly isUnderlined: boolean;
  /** FS !: one document's reading of its bits, not confirmed for LQ. */
  readonly isDoubleWidth: boolean;
  readonly isDoubleHeight: boolean;
}

/** Everything a printer remembers between two bytes. Lengths are ticks of 1/10800 inch. */
export interface PrinterState {
  readonly options: InterpreterOptions;
  readonly x: number;
  readonly y: number;
  readonly top: number;
  readonly leftMargin: number;
  readonly rightMargin: number;
  readonly pageLength: number | undefined;
  readonly lineSpacing: number;
  readonly unit: number | undefined;
  readonly pitch: 10 | 12 | 15;
  readonly isCondensed: boolean;
  readonly isDraft: boolean;
  readonly extraSpace: number;
  readonly isBold: boolean;
  readonly isDoubleStrike: boolean;
  readonly isUnderlined: boolean;
  readonly isItalic: boolean;
  readonly isDoubleWidth: boolean;
  readonly isDoubleWidthLine: boolean;
  readonly isDoubleHeight: boolean;
  readonly tabs: readonly number[] | undefined;
  readonly verticalTabs: readonly number[];
  /** What ESC K, L, Y and Z stand for (ESC ? changes them). */
  readonly densities: Readonly<Record<'K' | 'L' | 'Y' | 'Z', number>>;
  readonly hanzi: HanziState;
  readonly userCharacters: ReadonlyMap<number, Uint8Array>;
  readonly isDeselected: boolean;
  /** Struck when the line ends; CAN and DEL can still take them back. */
  readonly pending: readonly Mark[];
  /** A command whose end has not come. */
  readonly partial: Uint8Array;
}

/** Dots of a 24-pin head are 1/180 inch apart; of a 9-pin head 1/72. */
export const DOT_180 = TICKS_PER_INCH / 180;
export const HANZI_TICKS = 24 * DOT_180;

const PLAIN_HANZI: HanziState = {
  isOn: false,
  left: 0,
  right: 3 * DOT_180,
  half: undefined,
  isQuadruple: false,
  isDoubleWidthLine: false,
  isUnderlined: false,
  isDoubleWidth: false,
  isDoubleHeight: false,
};

/** A printer that was switched on: everything as ESC @ leaves it, the head at the top of the page. */
export function initialPrinter(options: InterpreterOptions): PrinterState {
  return {
    options,
    x: 0,
    y: 0,
    top: 0,
    leftMargin: 0,
    rightMargin: 13.6 * TICKS_PER_INCH,
    pageLength: undefined,
    lineSpacing: TICKS_PER_INCH / 6,
    unit: undefined,
    pitch: 10,
    isCondensed: false,
    isDraft: false,
    extraSpace: 0,
    isBold: false,
    isDoubleStrike: false,
    isUnderlined: false,
    isItalic: false,
    isDoubleWidth: false,
    isDoubleWidthLine: false,
    isDoubleHeight: false,
    tabs: undefined,
    verticalTabs: [],
    densities: { K: 0, L: 1, Y: 2, Z: 3 },
    hanzi: PLAIN_HANZI,
    userCharacters: new Map(),
    isDeselected: false,
    pending: [],
    partial: new Uint8Array(0),
  };
}

/** ESC @: everything but where the paper stands. User-defined characters stay, as they do in the machines read about. */
export function resetPrinter(state: PrinterState): PrinterState {
  const fresh = initialPrinter(state.options);
  const top = topFrom(state);
  return { ...fresh, y: state.y, top, userCharacters: state.userCharacters };
}

/** The top of the page that a command leaves behind which starts the page anew. */
export function topFrom(state: PrinterState): number {
  return state.options.hasShiftingTop === true ? state.y : 0;
}

/** A new page is in front of the head: its top is where the head is. */
export function atTopOfPage(state: PrinterState): PrinterState {
  return { ...state, x: state.leftMargin, y: 0, top: 0 };
}

/** Width of one single-byte cell at the current pitch, not doubled. Condensed 10 is 17.14 cpi, condensed 12 is 20. */
export function pitchTicks(state: PrinterState): number {
  if (!state.isCondensed || state.pitch === 15) return TICKS_PER_INCH / state.pitch;
  return state.pitch === 10 ? (TICKS_PER_INCH * 21) / 360 : TICKS_PER_INCH / 20;
}
