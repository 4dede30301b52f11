import { oneOf, record, Type, type Static } from '../../kit/schema.ts';

/** How the value of a field becomes text: as it is, or as money with two decimals and separators. */
export const ColumnFormat = oneOf(['text', 'amount'], 'text: as given. amount: minor units to 1,234.56.');

export const PageColumn = record({
  field: Type.String({ minLength: 1, maxLength: 40, description: 'Name of the value printed here.' }),
  xMm: Type.Number({ minimum: 0, maximum: 400 }),
  /** Width in cells of the profile's pitch: ASCII 1, hanzi 2. */
  cells: Type.Integer({ minimum: 1, maximum: 160 }),
  align: oneOf(['left', 'right']),
  format: ColumnFormat,
  guard: Type.Optional(Type.String({ pattern: '^[!-~]$', description: 'Fills an amount on the left to the width of its column.' })),
  overflow: Type.Optional(oneOf(['refuse', 'cut'], 'cut: text is shortened by whole characters. Amounts are never cut.')),
  isBold: Type.Optional(Type.Boolean()),
});
export type PageColumn = Static<typeof PageColumn>;

/**
 * A page as data (B-5): where its lines and columns are. Sizes of Chinese passbooks are in no public standard,
 * so every number here is configuration; the defaults are an example that fits itself.
 */
export const PageProfile = record({
  id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }),
  name: record({ zh: Type.String(), en: Type.String() }),
  page: record({ widthMm: Type.Number({ minimum: 40, maximum: 400 }), heightMm: Type.Number({ minimum: 40, maximum: 500 }) }),
  pitch: Type.Union([Type.Literal(10), Type.Literal(12), Type.Literal(15)]),
  lineCount: Type.Integer({ minimum: 1, maximum: 120 }),
  firstLineYMm: Type.Number({ minimum: 0, maximum: 400, description: 'Top of the characters of line 1.' }),
  linePitchMm: Type.Number({ minimum: 3, maximum: 40, description: 'From one line to the next; a hanzi is 3.39 mm high.' }),
  fold: Type.Optional(
    record({
      afterLine: Type.Integer({ minimum: 1, maximum: 119 }),
      gapMm: Type.Number({ minimum: 0, maximum: 80, description: 'Extra room after that line.' }),
    }),
  ),
  columns: Type.Array(PageColumn, { minItems: 1, maxItems: 30 }),
  correction: Type.Optional(record({ field: Type.String(), mark: Type.String({ minLength: 1, maxLength: 8 }) })),
});
export type PageProfile = Static<typeof PageProfile>;

/** Width of one cell at each pitch of a profile. */
export const CELL_MM: Readonly<Record<PageProfile['pitch'], number>> = { 10: 25.4 / 10, 12: 25.4 / 12, 15: 25.4 / 15 };

/** Height of every printed character: 24 dots of 1/180 inch. */
export const GLYPH_HEIGHT_MM = (24 / 180) * 25.4;

/** Top of line `lineNumber` (from 1), in millimetres from the top of the page; the fold gap included. */
export function lineYMm(profile: PageProfile, lineNumber: number): number {
  const gapMm = profile.fold !== undefined && lineNumber > profile.fold.afterLine ? profile.fold.gapMm : 0;
  return profile.firstLineYMm + (lineNumber - 1) * profile.linePitchMm + gapMm;
}

/** What is wrong with a profile that has the right shape: columns that overlap or leave the page, lines too. Empty when it fits. */
export function profileMisfits(profile: PageProfile): readonly string[] {
  const misfits: string[] = [];
  const cellMm = CELL_MM[profile.pitch];
  const columns = [...profile.columns].sort((a, b) => a.xMm - b.xMm);
  for (const [i, column] of columns.entries()) {
    const endMm = column.xMm + column.cells * cellMm;
    const next = columns[i + 1];
    if (endMm > profile.page.widthMm) misfits.push(`column ${column.field} ends at ${endMm.toFixed(1)} mm, outside the page`);
    if (next !== undefined && endMm > next.xMm + 1e-9) misfits.push(`column ${column.field} runs into ${next.field}`);
    if (column.guard !== undefined && column.format !== 'amount') misfits.push(`column ${column.field} has a guard but is not an amount`);
  }
  if (new Set(columns.map(({ field }) => field)).size < columns.length) misfits.push('two columns print one field');
  const lastMm = lineYMm(profile, profile.lineCount) + GLYPH_HEIGHT_MM;
  if (lastMm > profile.page.heightMm) misfits.push(`line ${profile.lineCount} ends at ${lastMm.toFixed(1)} mm, below the page`);
  const { correction } = profile;
  if (correction !== undefined && !columns.some(({ field, format }) => field === correction.field && format === 'text')) {
    misfits.push(`the correction mark goes to ${correction.field}, which is not a text column`);
  }
  return misfits;
}
