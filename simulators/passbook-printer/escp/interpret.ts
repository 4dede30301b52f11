/**
 * ESC/P, ESC/P2 and ESC/P-K read as a printer reads them: bytes in, ink out. Written from the manuals' command
 * tables alone; it shares nothing with the driver's codec, which sends some of these commands.
 *
 * Text waits in the line buffer until CR, a feed or the line's end strikes it, so what CAN or a power cut takes
 * away before that never was on paper. A command cut off at the end of the bytes waits for the rest.
 */
import { concatBytes } from '../../../drivers/kit/bytes.ts';
import { TICKS_PER_INCH } from '../../world/paper.ts';
import { escCommands, type FixedCommand } from './esc-commands.ts';
import { applyExtended } from './extended-commands.ts';
import { fsCommands } from './fs-commands.ts';
import { bitImageMode, strikeColumns, strikeRaster, unpackRuns } from './picture.ts';
import { placeByte, placeHanzi } from './place-text.ts';
import { ejectPage, flush, flushThen, only, type PrinterAction, type Stepped } from './printer-action.ts';
import { pitchTicks, topFrom, type PrinterState } from './printer-state.ts';

/** What one command did and how many bytes it was; undefined: its end has not come. */
export type Taken = (Stepped & { readonly length: number }) | undefined;

/** Takes bytes, in any pieces, and says what the mechanism does. Total: no bytes are an error. */
export function interpret(state: PrinterState, bytes: Uint8Array): Stepped {
  const buffer = concatBytes([state.partial, bytes]);
  const actions: PrinterAction[] = [];
  let now: PrinterState = { ...state, partial: new Uint8Array(0) };
  let at = 0;
  while (at < buffer.length) {
    const taken = takeCommand(now, buffer.subarray(at));
    if (taken === undefined) break;
    now = taken.state;
    actions.push(...taken.actions);
    at += taken.length;
  }
  return { state: at === buffer.length ? now : { ...now, partial: buffer.slice(at) }, actions };
}

/** The one command at the front of `bytes`, which are not empty. */
export function takeCommand(state: PrinterState, bytes: Uint8Array): Taken {
  const first = bytes[0] ?? 0;
  if (state.isDeselected) return { ...only(first === 0x11 ? { ...state, isDeselected: false } : state), length: 1 };
  if (first === 0x1b) return takeEscape(state, bytes);
  if (first === 0x1c) return takeFs(state, bytes);
  if (first < 0x20 || first === 0x7f) return { ...applyControl(state, first), length: 1 };
  if (!state.hanzi.isOn || first < 0x81 || first === 0xff) return { ...placeByte(state, first), length: 1 };
  const trail = bytes[1];
  return trail === undefined ? undefined : { ...placeHanzi(state, first, trail), length: 2 };
}

function applyControl(state: PrinterState, byte: number): Stepped {
  switch (byte) {
    case 0x07:
      return { state, actions: [{ kind: 'bell' }] };
    case 0x08:
      return only({ ...state, x: Math.max(state.leftMargin, state.x - pitchTicks(state)) });
    case 0x09:
      return only({ ...state, x: nextTab(state) });
    case 0x0a:
      return endLine(state, state.y + state.lineSpacing);
    case 0x0b:
      return endLine(state, state.verticalTabs.find((y) => y > state.y) ?? state.y + state.lineSpacing);
    case 0x0c:
      return ejectPage({ ...state, isDoubleWidthLine: false });
    case 0x0d:
      return endLine(state, state.y);
    case 0x0e:
      return only({ ...state, isDoubleWidthLine: true });
    case 0x0f:
      return only({ ...state, isCondensed: true });
    case 0x12:
      return only({ ...state, isCondensed: false });
    case 0x13:
      return only({ ...state, isDeselected: true });
    case 0x14:
      return only({ ...state, isDoubleWidthLine: false });
    case 0x18:
      return only({ ...state, pending: [], x: state.leftMargin });
    case 0x7f:
      return only({ ...state, pending: state.pending.slice(0, -1) });
    default:
      return only(state);
  }
}

/** CR, LF, VT: strikes the line and goes to the left margin; what was on for one line is off. */
function endLine(state: PrinterState, y: number): Stepped {
  return flushThen(state, (flushed) => ({
    ...flushed,
    x: state.leftMargin,
    y,
    isDoubleWidthLine: false,
    hanzi: { ...flushed.hanzi, isDoubleWidthLine: false },
  }));
}

/** Tab stops are where the pitch put them when they were set; without any, every eighth column. */
function nextTab(state: PrinterState): number {
  const eighth = 8 * pitchTicks(state);
  const position = state.x - state.leftMargin;
  if (state.tabs === undefined) return state.leftMargin + (Math.floor(position / eighth) + 1) * eighth;
  const stop = state.tabs.find((tab) => tab > position);
  return stop === undefined ? state.x : state.leftMargin + stop;
}

function takeFixed(state: PrinterState, command: FixedCommand, bytes: Uint8Array): Taken {
  const length = 2 + command.parameterCount;
  if (bytes.length < length) return undefined;
  return { ...command.apply(state, [bytes[2] ?? 0, bytes[3] ?? 0, bytes[4] ?? 0]), length };
}

function takeEscape(state: PrinterState, bytes: Uint8Array): Taken {
  const code = bytes[1];
  if (code === undefined) return undefined;
  const letter = String.fromCharCode(code);
  const fixed = escCommands[letter];
  if (fixed !== undefined) return takeFixed(state, fixed, bytes);
  switch (letter) {
    case '(':
      return takeExtended(state, bytes);
    case '*':
    case 'K':
    case 'L':
    case 'Y':
    case 'Z':
    case '^':
      return takeBitImage(state, letter, bytes);
    case '.':
      return takeRaster(state, bytes);
    case 'C':
      return takePageLength(state, bytes);
    case 'D':
    case 'B':
      return takeTabs(state, letter, bytes);
    case 'b':
      return takeUntilNul(state, bytes, 3);
    default:
      return { state, actions: [{ kind: 'ignored', what: `ESC ${code.toString(16).toUpperCase().padStart(2, '0')}` }], length: 2 };
  }
}

function takeExtended(state: PrinterState, bytes: Uint8Array): Taken {
  const length = 5 + word(bytes, 3);
  if (bytes.length < 5 || bytes.length < length) return undefined;
  const letter = String.fromCharCode(bytes[2] ?? 0);
  const applied = applyExtended(state, letter, bytes.subarray(5, length));
  return { ...(applied ?? { state, actions: [{ kind: 'ignored', what: `ESC ( ${letter}` }] }), length };
}

/** ESC K, L, Y, Z nL nH …, ESC * m nL nH …, ESC ^ m nL nH … (nine pins, two bytes a column). */
function takeBitImage(state: PrinterState, letter: string, bytes: Uint8Array): Taken {
  const isShort = letter === 'K' || letter === 'L' || letter === 'Y' || letter === 'Z';
  const headLength = isShort ? 4 : 5;
  if (bytes.length < headLength) return undefined;
  const m = isShort ? state.densities[letter] : (bytes[2] ?? 0);
  const mode = letter === '^' ? { bytesPerColumn: 2, columnTicks: TICKS_PER_INCH / (m === 0 ? 60 : 120) } : bitImageMode(m);
  const columnCount = word(bytes, headLength - 2);
  const length = headLength + columnCount * (mode?.bytesPerColumn ?? (m >= 32 ? 3 : 1));
  if (bytes.length < length) return undefined;
  if (mode === undefined) return { state, actions: [{ kind: 'ignored', what: `bit image mode ${m}` }], length };
  return { ...strikeColumns(state, mode, bytes.subarray(headLength, length)), length };
}

/** ESC . c v h m nL nH …: v and h in 1/3600 inch. */
function takeRaster(state: PrinterState, bytes: Uint8Array): Taken {
  const headLength = 8;
  if (bytes.length < headLength) return undefined;
  const [coding, v, h, rowCount] = bytes.subarray(2, 6);
  const columns = word(bytes, 6);
  const wanted = (rowCount ?? 0) * Math.ceil(columns / 8);
  const body = bytes.subarray(headLength);
  if (coding !== 0 && coding !== 1)
    return { state, actions: [{ kind: 'ignored', what: `raster coding ${coding ?? 0}` }], length: headLength };
  const unpacked =
    coding === 1 ? unpackRuns(body, wanted) : body.length < wanted ? undefined : { bytes: body.subarray(0, wanted), taken: wanted };
  if (unpacked === undefined) return undefined;
  const grid = { columnTicks: ((h ?? 0) * TICKS_PER_INCH) / 3600, rowTicks: ((v ?? 0) * TICKS_PER_INCH) / 3600, columns };
  return { ...strikeRaster(state, { ...grid, rows: unpacked.bytes }), length: headLength + unpacked.taken };
}

/** ESC C n lines, or ESC C 00 n inches. */
function takePageLength(state: PrinterState, bytes: Uint8Array): Taken {
  const n = bytes[2];
  if (n === undefined) return undefined;
  if (n !== 0) return { ...only({ ...state, pageLength: n * state.lineSpacing, top: topFrom(state) }), length: 3 };
  const inches = bytes[3];
  return inches === undefined ? undefined : { ...only({ ...state, pageLength: inches * TICKS_PER_INCH, top: topFrom(state) }), length: 4 };
}

/** ESC D columns 00, ESC B lines 00: a stop that is not beyond the one before ends the list. */
function takeTabs(state: PrinterState, letter: string, bytes: Uint8Array): Taken {
  let end = 2;
  while (end < bytes.length && bytes[end] !== 0 && !(end > 2 && (bytes[end] ?? 0) <= (bytes[end - 1] ?? 0))) end++;
  if (end === bytes.length) return undefined;
  const stops = Array.from(bytes.subarray(2, end));
  const changed =
    letter === 'D' ? { tabs: stops.map((n) => n * pitchTicks(state)) } : { verticalTabs: stops.map((n) => n * state.lineSpacing) };
  return { ...only({ ...state, ...changed }), length: end + 1 };
}

function takeUntilNul(state: PrinterState, bytes: Uint8Array, from: number): Taken {
  const end = bytes.indexOf(0, from);
  return end < 0 ? undefined : { ...only(state), length: end + 1 };
}

function takeFs(state: PrinterState, bytes: Uint8Array): Taken {
  const code = bytes[1];
  if (code === undefined) return undefined;
  const fixed = fsCommands[String.fromCharCode(code)];
  if (fixed !== undefined) return takeFixed(state, fixed, bytes);
  if (code !== 0x32)
    return { state, actions: [{ kind: 'ignored', what: `FS ${code.toString(16).toUpperCase().padStart(2, '0')}` }], length: 2 };
  // FS 2 a1 a2 and 72 bytes: a 24 by 24 character of the host's own.
  if (bytes.length < 76) return undefined;
  const key = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
  return { ...only({ ...state, userCharacters: new Map(state.userCharacters).set(key, bytes.slice(4, 76)) }), length: 76 };
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

/** The end of the stream: whatever still waits in the line buffer is struck, as it is when the printer is stopped. */
export function finish(state: PrinterState): Stepped {
  return flush(state);
}
