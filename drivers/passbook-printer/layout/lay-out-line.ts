import type { ErrorCode } from '../../kit/errors.ts';
import { displayCells, encodeGbk } from '../../kit/gbk.ts';
import type { PlacedLine, PlacedRun } from '../family.ts';
import { formatAmount } from './format-amount.ts';
import { CELL_MM, lineYMm, type PageColumn, type PageProfile } from './page-profile.ts';

/** A line on its page, or why it cannot be printed. Nothing is ever printed from a refused line. */
export type LaidOut =
  | { readonly kind: 'placed'; readonly line: PlacedLine }
  | { readonly kind: 'refused'; readonly code: Extract<ErrorCode, 'CD_PRINT_LAYOUT' | 'CD_PRINT_TEXT'>; readonly detail: string };

/** Values by field name; amounts as minor units in decimal digits, e.g. `"-123456"`. Absent or empty: nothing printed. */
export interface LineFields {
  readonly values: Readonly<Record<string, string>>;
  /** A correcting entry carries the profile's mark. */
  readonly isCorrection?: boolean;
}

/**
 * Lays out one line: the one source of the screen's preview and of the print (B-5). Widths are display cells,
 * ASCII 1 and hanzi 2; text is shortened only where the column says so, and never inside a character; an
 * amount that does not fit, a character without a two-byte code, or a line the page does not have is refused.
 */
export function layOutLine(profile: PageProfile, lineNumber: number, fields: LineFields): LaidOut {
  if (!Number.isInteger(lineNumber) || lineNumber < 1 || lineNumber > profile.lineCount) {
    return misfit(`line ${lineNumber} of a page with ${profile.lineCount}`);
  }
  const unknown = Object.keys(fields.values).find((field) => !profile.columns.some((column) => column.field === field));
  if (unknown !== undefined) return misfit(`no column for ${unknown}`);
  const runs: PlacedRun[] = [];
  for (const column of profile.columns) {
    const cell = layOutCell(profile, column, fields);
    if (cell.kind === 'refused') return cell;
    if (cell.kind === 'run') runs.push(cell.run);
  }
  if (runs.length === 0) return misfit('nothing to print');
  return { kind: 'placed', line: { lineNumber, yMm: lineYMm(profile, lineNumber), runs } };
}

type Cell = { readonly kind: 'run'; readonly run: PlacedRun } | { readonly kind: 'empty' } | Extract<LaidOut, { kind: 'refused' }>;

function layOutCell(profile: PageProfile, column: PageColumn, fields: LineFields): Cell {
  const mark = fields.isCorrection === true && profile.correction?.field === column.field ? profile.correction.mark : '';
  const value = `${mark}${fields.values[column.field] ?? ''}`;
  if (value === '') return { kind: 'empty' };
  const text = column.format === 'amount' ? formatAmount(value) : value;
  if (text === undefined) return misfit(`${column.field} is not an amount in minor units`);
  const encoded = encodeGbk(text);
  if (encoded.kind === 'refused') {
    return {
      kind: 'refused',
      code: 'CD_PRINT_TEXT',
      detail: `U+${encoded.codePoint.toString(16).toUpperCase().padStart(4, '0')} in ${column.field}`,
    };
  }
  const fitted = fit(text, column);
  if (fitted === undefined) return misfit(`${column.field} needs ${displayCells(text)} cells of ${column.cells}`);
  const freeCells = column.align === 'right' ? column.cells - displayCells(fitted) : 0;
  const xMm = column.xMm + freeCells * CELL_MM[profile.pitch];
  return { kind: 'run', run: { xMm, text: fitted, style: { pitch: profile.pitch, ...(column.isBold === true ? { isBold: true } : {}) } } };
}

/** `text` at the width of its column: guarded, whole, or shortened where that is allowed. */
function fit(text: string, column: PageColumn): string | undefined {
  const freeCells = column.cells - displayCells(text);
  if (freeCells >= 0) return column.guard === undefined ? text : column.guard.repeat(freeCells) + text;
  return column.format === 'text' && column.overflow === 'cut' ? cutToCells(text, column.cells) : undefined;
}

/** The longest beginning of `text` that fits `cells`; a two-cell character is kept or dropped whole. */
export function cutToCells(text: string, cells: number): string {
  let kept = '';
  let used = 0;
  for (const character of text) {
    used += displayCells(character);
    if (used > cells) break;
    kept += character;
  }
  return kept;
}

function misfit(detail: string): Extract<LaidOut, { kind: 'refused' }> {
  return { kind: 'refused', code: 'CD_PRINT_LAYOUT', detail };
}
