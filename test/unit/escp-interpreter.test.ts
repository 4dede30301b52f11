import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concatBytes, fromHex, fromLatin1 } from '../../drivers/kit/bytes.ts';
import { finish, interpret } from '../../simulators/passbook-printer/escp/interpret.ts';
import type { PrinterAction } from '../../simulators/passbook-printer/escp/printer-action.ts';
import { initialPrinter, type InterpreterOptions } from '../../simulators/passbook-printer/escp/printer-state.ts';
import { TICKS_PER_INCH, type Mark } from '../../simulators/world/paper.ts';

const inch = TICKS_PER_INCH;

/** Hex, or text after an apostrophe, in turn. */
function bytesOf(...parts: readonly string[]): Uint8Array {
  return concatBytes(
    parts.map((part) => (part.startsWith("'") ? fromLatin1(part.slice(1)) : (fromHex(part) ?? expect.fail(`not hex: ${part}`)))),
  );
}

function actionsOf(bytes: Uint8Array, options: InterpreterOptions = { pins: 24 }): readonly PrinterAction[] {
  const read = interpret(initialPrinter(options), bytes);
  return [...read.actions, ...finish(read.state).actions];
}

function marksOf(bytes: Uint8Array, options?: InterpreterOptions): readonly Mark[] {
  return actionsOf(bytes, options).flatMap((action) => (action.kind === 'strike' ? action.marks : []));
}

/** Where the last character went, in inches. */
function lastAt(...parts: readonly string[]): { x: number; y: number } {
  const mark = marksOf(bytesOf(...parts)).at(-1);
  return mark?.kind === 'glyph' ? { x: mark.x / inch, y: mark.y / inch } : expect.fail('no character');
}

describe('where text goes on a 24-pin head', () => {
  test.each([
    ['10 cpi', ["'abX"], { x: 2 / 10, y: 0 }],
    ['12 cpi', ['1B4D', "'abX"], { x: 2 / 12, y: 0 }],
    ['15 cpi', ['1B67', "'abX"], { x: 2 / 15, y: 0 }],
    ['condensed from 10 cpi is 17.14', ['0F', "'abX"], { x: (2 * 21) / 360, y: 0 }],
    ['condensed from 12 cpi is 20', ['1B4D', '0F', "'abX"], { x: 2 / 20, y: 0 }],
    ['DC2 ends condensed', ['0F', '12', "'abX"], { x: 2 / 10, y: 0 }],
    ['double width until off', ['1B5731', "'ab", '1B5730', "'X"], { x: 4 / 10, y: 0 }],
    ['double width for one line', ['0E', "'a", '0D', "'aX"], { x: 1 / 10, y: 0 }],
    ['DC4 ends double width for one line', ['0E', "'a", '14', "'X"], { x: 2 / 10, y: 0 }],
    ['extra space, 1/180 inch', ['1B2012', "'aX"], { x: 1 / 10 + 18 / 180, y: 0 }],
    ['master select: 12 cpi and double width', ['1B2121', "'aX"], { x: 2 / 12, y: 0 }],
    ['absolute across, 1/60 inch', ['1B243C00', "'X"], { x: 1, y: 0 }],
    ['absolute across in the unit set', ['1B285501000A', '1B246801', "'X"], { x: 1, y: 0 }],
    ['relative across, 1/180 inch in letter quality', ["'a", '1B5CB400', "'X"], { x: 1 / 10 + 1, y: 0 }],
    ['relative across to the left', ["'abcde", '1B5CB8FF', "'X"], { x: 5 / 10 - 72 / 180, y: 0 }],
    ['relative across, 1/120 inch in draft', ['1B7800', "'a", '1B5C7800', "'X"], { x: 1 / 10 + 1, y: 0 }],
    ['left margin in columns', ['1B6C0A', "'X"], { x: 1, y: 0 }],
    ['positions count from the left margin', ['1B6C0A', '1B243C00', "'X"], { x: 2, y: 0 }],
    ['backspace', ["'ab", '08', "'X"], { x: 1 / 10, y: 0 }],
    ['tabs every eighth column', ["'a", '09', "'X"], { x: 8 / 10, y: 0 }],
    ['tab stops in the columns they were set', ['1B44050A00', '1B67', '09', '09', "'X"], { x: 1, y: 0 }],
    ['LF feeds 1/6 inch and returns', ["'ab", '0A', "'X"], { x: 0, y: 1 / 6 }],
    ['1/8 inch', ['1B30', '0A', "'X"], { x: 0, y: 1 / 8 }],
    ['n/180 inch', ['1B3324', '0A', "'X"], { x: 0, y: 36 / 180 }],
    ['n/360 inch', ['1B2B24', '0A', "'X"], { x: 0, y: 36 / 360 }],
    ['n/60 inch', ['1B410C', '0A', "'X"], { x: 0, y: 12 / 60 }],
    ['ESC 2 is 1/6 inch again', ['1B3324', '1B32', '0A', "'X"], { x: 0, y: 1 / 6 }],
    ['feed at once, without returning', ["'a", '1B4A5A', "'X"], { x: 1 / 10, y: 90 / 180 }],
    ['absolute down, 1/360 inch', ['1B28560200B400', "'X"], { x: 0, y: 0.5 }],
    ['absolute down in the unit set', ['1B2855010014', '1B28560200B400', "'X"], { x: 0, y: 1 }],
    ['relative down and up', ['1B28560200B400', '1B28760200A6FF', "'X"], { x: 0, y: 90 / 360 }],
    ['absolute down counts from the top margin', ['1B28630400B4001000', '1B285602005A00', "'X"], { x: 0, y: 0.75 }],
    ['vertical tabs', ['1B42060C00', '0B', "'X"], { x: 0, y: 1 }],
    ['a full line goes on in the next', ['1B5105', "'abcdeX"], { x: 0, y: 1 / 6 }],
  ] as const)('%s', (_, parts, { x, y }) => {
    const at = lastAt(...parts);
    expect(at.x).toBeCloseTo(x, 9);
    expect(at.y).toBeCloseTo(y, 9);
  });

  test('feeds are n/216 inch and n/72 inch on nine pins', () => {
    const at = (hex: string): number => {
      const mark = marksOf(bytesOf(hex, "'X"), { pins: 9 }).at(-1);
      return mark?.kind === 'glyph' ? mark.y / inch : -1;
    };
    expect(at('1B4A6C')).toBeCloseTo(0.5, 9);
    expect(at('1B336C 0A')).toBeCloseTo(0.5, 9);
    expect(at('1B4124 0A')).toBeCloseTo(0.5, 9);
  });
});

describe('hanzi', () => {
  test('stand 27/180 inch apart by default and as FS S says', () => {
    const xs = (...parts: string[]): number[] =>
      marksOf(bytesOf('1C26', ...parts, 'B0A1B0A1B0A1')).map((mark) => (mark.kind === 'glyph' ? mark.x : -1));
    expect(xs()).toEqual([0, 27, 54].map((dots) => (dots * inch) / 180));
    expect(xs('1C530206')).toEqual([2, 34, 66].map((dots) => (dots * inch) / 180));
  });

  test('half-width characters take half a hanzi, or what FS T says until FS U', () => {
    const third = (...parts: string[]): number => lastAt('1C26', ...parts, "'abX").x;
    expect(third()).toBeCloseTo(27 / 180, 9);
    expect(third('1C540102')).toBeCloseTo((2 * 15 + 1) / 180, 9);
    expect(third('1C540102', '1C55')).toBeCloseTo(27 / 180, 9);
  });

  test('are read as GBK, and ASCII between them stays ASCII', () => {
    const text = marksOf(bytesOf('1C26', 'B4E6D5DB', "'A1", 'E946')).map((mark) =>
      mark.kind === 'glyph' ? String.fromCodePoint(mark.codePoint) : '',
    );
    expect(text.join('')).toBe('存折A1镕');
  });

  test('double for one line, quadruple until off, underlined, leave ASCII mode alone', () => {
    const marks = marksOf(bytesOf('1C26', '1C0E', 'B0A1', '0D', '1C5731', 'B0A1', '1C5730', '1C2D31', 'B0A1', '1C2E', "'X"));
    const glyphs = marks.filter((mark) => mark.kind === 'glyph');
    expect(glyphs.map(({ width, style }) => [width / 60, style])).toEqual([
      [48, { isDoubleWidth: true }],
      [48, { isDoubleWidth: true, isDoubleHeight: true }],
      [24, { isUnderlined: true }],
      [18, {}],
    ]);
  });

  test('a character of the host’s own keeps the shape it was given', () => {
    const shape = '80'.repeat(72);
    const mark = marksOf(bytesOf(`1C32 AAA1 ${shape}`, '1C26', 'AAA1'))[0];
    expect(mark?.kind === 'glyph' && mark.shape).toEqual(fromHex(shape));
  });
});

describe('the line buffer', () => {
  test('CAN forgets the line, DEL its last character', () => {
    expect(marksOf(bytesOf("'abc", '18', '0D'))).toHaveLength(0);
    expect(marksOf(bytesOf("'abc", '7F', '0D'))).toHaveLength(2);
  });

  test('nothing is struck before the line ends', () => {
    expect(interpret(initialPrinter({ pins: 24 }), bytesOf("'abc")).actions).toEqual([]);
    expect(interpret(initialPrinter({ pins: 24 }), bytesOf("'abc", '0D')).actions).toHaveLength(1);
  });

  test('a deselected printer takes nothing until it is selected', () => {
    expect(marksOf(bytesOf("'a", '13', "'bc", '11', "'d", '0D'))).toHaveLength(2);
  });

  test('FF sends the page out, and text below a set page length goes to the next page', () => {
    expect(actionsOf(bytesOf("'a", '0C', "'b")).map(({ kind }) => kind)).toEqual(['strike', 'eject', 'strike']);
    expect(actionsOf(bytesOf('1B4302', "'a", '0A', "'b", '0A', "'c")).map(({ kind }) => kind)).toEqual([
      'strike',
      'strike',
      'eject',
      'strike',
    ]);
  });
});

describe('pictures', () => {
  test.each([
    [0, 60, 8],
    [1, 120, 8],
    [2, 120, 8],
    [3, 240, 8],
    [4, 80, 8],
    [6, 90, 8],
    [32, 60, 24],
    [33, 120, 24],
    [38, 90, 24],
    [39, 180, 24],
    [40, 360, 24],
  ])('ESC * mode %i: %i dots an inch across, %i pins', (mode, dpi, pins) => {
    const column = pins === 8 ? '81' : '800001';
    const head = `1B2A ${mode.toString(16).padStart(2, '0')} 0200`;
    const mark = marksOf(bytesOf(`${head} ${column} ${column}`))[0];
    expect(mark?.kind === 'dots' && Array.from(mark.points)).toEqual(
      [0, 1].flatMap((i) => [(i * inch) / dpi, 0, (i * inch) / dpi, ((pins - 1) * inch) / (pins === 8 ? 60 : 180)]),
    );
  });

  test('ESC . plain and run-length coded give the same dots', () => {
    const plain = marksOf(bytesOf('1B2E 00 0A 14 02 1000 FF00 8001'));
    const packed = marksOf(bytesOf('1B2E 01 0A 14 02 1000 03 FF00 8001'));
    const runs = marksOf(bytesOf('1B2E 01 0A 0A 01 1800 FE FF'));
    expect(packed).toEqual(plain);
    expect(plain[0]?.kind === 'dots' && Array.from(plain[0].points.slice(-4))).toEqual([0, inch / 360, (15 * inch) / 180, inch / 360]);
    expect(runs[0]?.kind === 'dots' && runs[0].points.length / 2).toBe(24);
  });
});

describe('laws', () => {
  /** Random bytes, thick with the commands that take parameters. */
  const stream = fc
    .array(
      fc.oneof(
        fc.uint8Array({ maxLength: 12 }),
        fc.constantFrom(
          ...['1B', '1C', '1B28', '1B2A', '1B2E', '1B24', '1C26', '1C32', '1B44', '0D', '0C'].map(
            (hex) => fromHex(hex) ?? new Uint8Array(0),
          ),
        ),
      ),
      { maxLength: 40 },
    )
    .map(concatBytes);

  test('how the bytes are cut does not matter', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat({ max: 60 }), { maxLength: 6 }), (bytes, cuts) => {
        let state = initialPrinter({ pins: 24 });
        const actions: PrinterAction[] = [];
        let at = 0;
        for (const length of [...cuts, bytes.length]) {
          const read = interpret(state, bytes.subarray(at, at + length));
          state = read.state;
          actions.push(...read.actions);
          at += length;
        }
        const whole = interpret(initialPrinter({ pins: 24 }), bytes);
        expect(actions).toEqual(whole.actions);
        expect(state).toEqual(whole.state);
      }),
    );
  });

  test('no bytes throw, and what is held back is never more than one command', () => {
    const byteCount = Number(process.env['COUNTERD_FUZZ_BYTES'] ?? 400_000);
    for (let done = 0; done < byteCount;) {
      const [bytes] = fc.sample(stream, 1);
      if (bytes === undefined) break;
      const read = interpret(initialPrinter({ pins: done % 2 === 0 ? 24 : 9 }), bytes);
      expect(read.state.partial.length).toBeLessThanOrEqual(bytes.length);
      done += bytes.length + 1;
    }
  });
});
