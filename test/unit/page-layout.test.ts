import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayCells, encodeGbk } from '../../drivers/kit/gbk.ts';
import { checker } from '../../drivers/kit/schema.ts';
import { defaultProfiles } from '../../drivers/passbook-printer/layout/default-profiles.ts';
import { formatAmount } from '../../drivers/passbook-printer/layout/format-amount.ts';
import { cutToCells, layOutLine, type LineFields } from '../../drivers/passbook-printer/layout/lay-out-line.ts';
import { CELL_MM, PageProfile, lineYMm, profileMisfits } from '../../drivers/passbook-printer/layout/page-profile.ts';

const book: PageProfile = defaultProfiles['book-24'];
const fields: LineFields = {
  values: { line: '13', date: '2026-11-20', summary: '取现', currency: 'CNY', withdrawal: '50000', balance: '1812055', teller: '0172' },
};

function texts(lineNumber: number, given: LineFields): readonly string[] {
  const laidOut = layOutLine(book, lineNumber, given);
  return laidOut.kind === 'placed' ? laidOut.line.runs.map(({ text }) => text) : expect.fail(laidOut.detail);
}

describe('default profiles', () => {
  test.each(Object.values<PageProfile>(defaultProfiles))('$id has the right shape and fits its own page', (profile) => {
    expect(checker(PageProfile).misfits(profile)).toEqual([]);
    expect(profileMisfits(profile)).toEqual([]);
  });

  test('the book page is 12 lines, the fold, 12 lines', () => {
    expect(lineYMm(book, 1)).toBe(16);
    expect(lineYMm(book, 12) - lineYMm(book, 11)).toBe(5);
    expect(lineYMm(book, 13) - lineYMm(book, 12)).toBe(15);
    expect(lineYMm(book, 24)).toBe(16 + 23 * 5 + 10);
  });
});

describe('a profile that does not fit is named', () => {
  const column = book.columns[0] ?? expect.fail('no column');
  const misfits: readonly (readonly [because: string, profile: PageProfile, message: RegExp])[] = [
    ['columns that run into each other', { ...book, columns: book.columns.map((each) => ({ ...each, xMm: 5 })) }, /runs into/],
    ['a column outside the page', { ...book, page: { ...book.page, widthMm: 100 } }, /outside the page/],
    ['more lines than the page is high', { ...book, page: { ...book.page, heightMm: 100 } }, /below the page/],
    ['one field twice', { ...book, columns: [column, { ...column, xMm: 60 }] }, /two columns/],
    ['a guard on text', { ...book, columns: [{ ...column, guard: '*' }] }, /guard/],
    ['a correction mark nowhere', { ...book, correction: { field: 'nowhere', mark: '冲' } }, /correction mark/],
  ];
  test.each(misfits)('%s', (_, profile, message) => {
    expect(profileMisfits(profile).join('; ')).toMatch(message);
  });
});

describe('a line', () => {
  test('has its amounts right-aligned with separators and guards, to the width of their columns', () => {
    expect(texts(13, fields)).toEqual(['13', '2026-11-20', '取现', 'CNY', '********500.00', '******18,120.55', '0172']);
  });

  test('carries the correction mark before its summary', () => {
    expect(texts(13, { ...fields, isCorrection: true })).toContain('冲取现');
  });

  test('stands after the fold from line 13 on', () => {
    expect(layOutLine(book, 13, fields)).toMatchObject({ kind: 'placed', line: { lineNumber: 13, yMm: 86 } });
  });

  test('aligns text on the right by cells', () => {
    const laidOut = layOutLine(book, 1, { values: { line: '7' } });
    expect(laidOut.kind === 'placed' && laidOut.line.runs[0]?.xMm).toBeCloseTo(5 + CELL_MM[15], 9);
  });

  const refusals: readonly {
    readonly because: string;
    readonly lineNumber?: number;
    readonly given: LineFields;
    readonly code?: string;
    readonly detail: RegExp;
  }[] = [
    { because: 'a line the page does not have', lineNumber: 25, given: fields, detail: /line 25/ },
    { because: 'half a line', lineNumber: 1.5, given: fields, detail: /line 1.5/ },
    { because: 'a field without a column', given: { values: { nowhere: 'x' } }, detail: /nowhere/ },
    { because: 'nothing to print', given: { values: {} }, detail: /nothing/ },
    {
      because: 'an amount too wide for its column',
      given: { values: { deposit: '9999999999999' } },
      detail: /deposit needs 17 cells of 14/,
    },
    { because: 'an amount that is no integer', given: { values: { deposit: '1.50' } }, detail: /minor units/ },
    { because: 'text too wide where it may not be cut', given: { values: { teller: '1234567' } }, detail: /teller/ },
    { because: 'a character of four bytes', given: { values: { summary: '𠮷' } }, code: 'CD_PRINT_TEXT', detail: /U\+20BB7 in summary/ },
  ];
  test.each(refusals)('is refused for $because', ({ lineNumber = 1, given, code = 'CD_PRINT_LAYOUT', detail }) => {
    const laidOut = layOutLine(book, lineNumber, given);
    expect(laidOut).toMatchObject({ kind: 'refused', code });
    expect(laidOut.kind === 'refused' && laidOut.detail).toMatch(detail);
  });

  test('never cuts a character in two, and cuts as little as the column allows', () => {
    const text = fc.array(fc.constantFrom('a', '存', '，', '1', '镕'), { maxLength: 30 }).map((characters) => characters.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 30 }), (whole, cells) => {
        const cut = cutToCells(whole, cells);
        expect(whole.startsWith(cut)).toBe(true);
        expect(displayCells(cut)).toBeLessThanOrEqual(cells);
        const next = Array.from(whole)[Array.from(cut).length];
        if (next !== undefined) expect(displayCells(cut) + displayCells(next)).toBeGreaterThan(cells);
        const bytes = encodeGbk(cut);
        expect(bytes.kind === 'encoded' && bytes.bytes.length).toBe(displayCells(cut));
      }),
    );
  });
});

describe('amounts', () => {
  test.each([
    ['0', '0.00'],
    ['-0', '0.00'],
    ['7', '0.07'],
    ['-7', '-0.07'],
    ['100', '1.00'],
    ['99999', '999.99'],
    ['100000', '1,000.00'],
    ['-123456789', '-1,234,567.89'],
    ['9007199254740993123', '90,071,992,547,409,931.23'],
    ['000123', '1.23'],
  ])('%s is %s', (minor, text) => {
    expect(formatAmount(minor)).toBe(text);
  });

  test.each(['', '-', '1.0', ' 1', '1e3', '+5', '١'])('%j is no amount', (minor) => {
    expect(formatAmount(minor)).toBeUndefined();
  });

  test('lose no digit', () => {
    fc.assert(
      fc.property(fc.bigInt(), (minor) => {
        const digits = formatAmount(String(minor))?.replace(/[,.]/g, '') ?? '';
        expect(BigInt(digits)).toBe(minor);
      }),
    );
  });
});
