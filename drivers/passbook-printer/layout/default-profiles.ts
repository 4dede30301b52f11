import type { PageProfile } from './page-profile.ts';

/**
 * Layouts that ship. Their millimetres are examples: no public document gives the size of a Chinese passbook,
 * so a branch measures its own and configures them. The shape of the book page - 24 lines as 12 and 12 with a
 * fold of two lines' height between, 16 mm at the top, 5 mm a line - is the one that recurs in real systems.
 */
export const defaultProfiles = {
  /** The entries of a book: 12 lines, the fold, 12 lines. */
  'book-24': {
    id: 'book-24',
    name: { zh: '存折内页 (12+12 行)', en: 'Passbook page (12 + 12 lines)' },
    page: { widthMm: 145, heightMm: 160 },
    pitch: 15,
    lineCount: 24,
    firstLineYMm: 16,
    linePitchMm: 5,
    fold: { afterLine: 12, gapMm: 10 },
    columns: [
      { field: 'line', xMm: 5, cells: 2, align: 'right', format: 'text' },
      { field: 'date', xMm: 10, cells: 10, align: 'left', format: 'text' },
      { field: 'summary', xMm: 28, cells: 8, align: 'left', format: 'text', overflow: 'cut' },
      { field: 'currency', xMm: 43, cells: 3, align: 'left', format: 'text' },
      { field: 'withdrawal', xMm: 49, cells: 14, align: 'right', format: 'amount', guard: '*' },
      { field: 'deposit', xMm: 74, cells: 14, align: 'right', format: 'amount', guard: '*' },
      { field: 'balance', xMm: 99, cells: 15, align: 'right', format: 'amount', guard: '*' },
      { field: 'teller', xMm: 126, cells: 6, align: 'left', format: 'text' },
    ],
    correction: { field: 'summary', mark: '冲' },
  },
  /** First page, printed once when the book is issued. */
  'book-cover': {
    id: 'book-cover',
    name: { zh: '存折首页', en: 'Passbook first page' },
    page: { widthMm: 145, heightMm: 160 },
    pitch: 12,
    lineCount: 8,
    firstLineYMm: 30,
    linePitchMm: 8,
    columns: [
      { field: 'label', xMm: 12, cells: 12, align: 'left', format: 'text' },
      { field: 'value', xMm: 40, cells: 44, align: 'left', format: 'text' },
    ],
  },
  /** A slip or receipt: a title column of labels and one of values. */
  slip: {
    id: 'slip',
    name: { zh: '凭证', en: 'Slip' },
    page: { widthMm: 210, heightMm: 140 },
    pitch: 12,
    lineCount: 16,
    firstLineYMm: 15,
    linePitchMm: 7,
    columns: [
      { field: 'label', xMm: 15, cells: 16, align: 'left', format: 'text' },
      { field: 'value', xMm: 52, cells: 70, align: 'left', format: 'text' },
    ],
  },
} as const satisfies Record<string, PageProfile>;

export type DefaultProfileId = keyof typeof defaultProfiles;
