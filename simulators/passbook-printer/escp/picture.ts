/** Pictures: bit images (columns of pins) and ESC/P2 raster (rows of dots). */
import { TICKS_PER_INCH, type DotsMark } from '../../world/paper.ts';
import { onPage, type Stepped } from './printer-action.ts';
import type { PrinterState } from './printer-state.ts';

export interface BitImageMode {
  readonly bytesPerColumn: number;
  readonly columnTicks: number;
}

/** ESC * m: dots per inch across; the adjacent-dot limits of modes 2, 3 and 40 are the host's business. */
const DENSITIES: Readonly<Record<number, number>> = {
  0: 60,
  1: 120,
  2: 120,
  3: 240,
  4: 80,
  5: 72,
  6: 90,
  7: 144,
  32: 60,
  33: 120,
  38: 90,
  39: 180,
  40: 360,
};

/** What mode `m` of ESC * means, or undefined when no manual names it. */
export function bitImageMode(m: number): BitImageMode | undefined {
  const dpi = DENSITIES[m];
  return dpi === undefined ? undefined : { bytesPerColumn: m >= 32 ? 3 : 1, columnTicks: TICKS_PER_INCH / dpi };
}

/** One bit image: columns left to right, the top bit of the first byte uppermost. */
export function strikeColumns(state: PrinterState, mode: BitImageMode, columns: Uint8Array): Stepped {
  const paged = onPage(state);
  const at = paged.state;
  const rowTicks = rowPitch(state, mode.bytesPerColumn);
  const points: number[] = [];
  const columnCount = Math.floor(columns.length / mode.bytesPerColumn);
  for (let column = 0; column < columnCount; column++) {
    const bytes = columns.subarray(column * mode.bytesPerColumn, (column + 1) * mode.bytesPerColumn);
    for (const row of setBits(bytes)) points.push(at.x + column * mode.columnTicks, at.y + row * rowTicks);
  }
  const moved = { ...at, x: at.x + columnCount * mode.columnTicks };
  return { state: withDots(moved, { points, width: mode.columnTicks, height: rowTicks }), actions: paged.actions };
}

/** ESC . : `rows` rows of `columns` dots, each row padded to whole bytes. */
export function strikeRaster(
  state: PrinterState,
  raster: { readonly columnTicks: number; readonly rowTicks: number; readonly columns: number; readonly rows: Uint8Array },
): Stepped {
  const paged = onPage(state);
  const at = paged.state;
  const rowBytes = Math.ceil(raster.columns / 8);
  const points: number[] = [];
  for (let start = 0, row = 0; rowBytes > 0 && start < raster.rows.length; start += rowBytes, row++) {
    for (const column of setBits(raster.rows.subarray(start, start + rowBytes))) {
      if (column < raster.columns) points.push(at.x + column * raster.columnTicks, at.y + row * raster.rowTicks);
    }
  }
  const moved = { ...at, x: at.x + raster.columns * raster.columnTicks };
  return { state: withDots(moved, { points, width: raster.columnTicks, height: raster.rowTicks }), actions: paged.actions };
}

/**
 * Unpacks run-length coded raster: a byte below 80h says how many follow as they are (plus one), one above how
 * often the next repeats (257 minus it). Undefined until `wanted` bytes came out; `taken` is what it cost.
 */
export function unpackRuns(packed: Uint8Array, wanted: number): { readonly bytes: Uint8Array; readonly taken: number } | undefined {
  const bytes = new Uint8Array(wanted);
  let made = 0;
  let at = 0;
  while (made < wanted) {
    const head = packed[at];
    if (head === undefined) return undefined;
    const isRun = head >= 0x80;
    const length = isRun ? 257 - head : head + 1;
    const source = packed.subarray(at + 1, at + 1 + (isRun ? 1 : length));
    if (source.length < (isRun ? 1 : length)) return undefined;
    for (let i = 0; i < length && made < wanted; i++) bytes[made++] = source[isRun ? 0 : i] ?? 0;
    at += 1 + source.length;
  }
  return { bytes, taken: at };
}

/** Eight-pin pictures are 1/60 inch a dot on a 24-pin head and 1/72 on a 9-pin one. */
function rowPitch(state: PrinterState, bytesPerColumn: number): number {
  if (state.options.pins === 9) return TICKS_PER_INCH / 72;
  return bytesPerColumn === 3 ? TICKS_PER_INCH / 180 : TICKS_PER_INCH / 60;
}

function withDots(
  state: PrinterState,
  dots: { readonly points: readonly number[]; readonly width: number; readonly height: number },
): PrinterState {
  if (dots.points.length === 0) return state;
  const mark: DotsMark = { kind: 'dots', points: Int32Array.from(dots.points), width: dots.width, height: dots.height };
  return { ...state, pending: [...state.pending, mark] };
}

function setBits(bytes: Uint8Array): readonly number[] {
  const set: number[] = [];
  for (const [i, byte] of bytes.entries()) {
    for (let bit = 0; bit < 8; bit++) if ((byte & (0x80 >> bit)) !== 0) set.push(8 * i + bit);
  }
  return set;
}
