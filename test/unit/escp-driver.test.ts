import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concatBytes, fromHex, toHex } from '../../drivers/kit/bytes.ts';
import { encodeGbk } from '../../drivers/kit/gbk.ts';
import type { CommandId } from '../../drivers/kit/machine.ts';
import type { Vector } from '../../drivers/kit/vectors.ts';
import { arrangeLine } from '../../drivers/passbook-printer/epson-escpk/arrange-line.ts';
import { codec, type EscpTx } from '../../drivers/passbook-printer/epson-escpk/codec.ts';
import type { PlacedLine, PlacedRun } from '../../drivers/passbook-printer/family.ts';
import vectors from '../../drivers/passbook-printer/epson-escpk/vectors/commands.json' with { type: 'json' };
import { seededRandom } from '../../simulators/kit/random.ts';
import { finish, interpret } from '../../simulators/passbook-printer/escp/interpret.ts';
import { initialPrinter, type PrinterState } from '../../simulators/passbook-printer/escp/printer-state.ts';
import { TICKS_PER_MM, glyphsOn, type GlyphMark } from '../../simulators/world/paper.ts';
import { PassbookPerson, copiesOn, expectedGlyphs, matches } from '../support/passbook-person.ts';

const EDGE_MM = 25.4 / 6;
/** What a link starts with, and what `load` adds. */
const CLEAN_START = concatBytes(
  ([{ kind: 'padding', count: 8 }, { kind: 'cancel-line' }, { kind: 'neutral' }] as const).map((frame) => codec.encode(frame)),
);
const PAGE = { topOfFormMm: EDGE_MM, leftEdgeMm: EDGE_MM, pageHeightMm: 160, rightMaxMm: 243 };
const line: PlacedLine = {
  lineNumber: 3,
  yMm: 26,
  runs: [
    { xMm: 10, text: '2026-11-20' },
    { xMm: 60, text: '工资ABC' },
    { xMm: 110, text: '**1,000.00', style: { isBold: true } },
  ],
};
/** Several batches of bytes. */
const longLine: PlacedLine = { yMm: 40, runs: Array.from({ length: 8 }, (_, i) => ({ xMm: 10 + 25 * i, text: `第${i}段 12345678` })) };

function framesOf(placed: PlacedLine): readonly EscpTx[] {
  const arranged = arrangeLine(placed, PAGE);
  return arranged.kind === 'arranged' ? arranged.frames : expect.fail(arranged.detail);
}

/** What a printer strikes, on a page whose top left printable point is the head's origin. */
function struck(bytes: Uint8Array, from: PrinterState = initialPrinter({ pins: 24, isSinglePage: true })): readonly GlyphMark[] {
  const read = interpret(from, bytes);
  const marks = [...read.actions, ...finish(read.state).actions].flatMap((action) => (action.kind === 'strike' ? action.marks : []));
  const edge = EDGE_MM * TICKS_PER_MM;
  return marks.filter((mark) => mark.kind === 'glyph').map((mark) => ({ ...mark, x: mark.x + edge, y: mark.y + edge }));
}

describe('vectors', () => {
  test.each(vectors as readonly Vector[])('$name', (vector) => {
    const bytes = fromHex(vector.hex) ?? expect.fail('not hex');
    if (vector.direction === 'tx') {
      expect(toHex(codec.encode(vector.frame as EscpTx))).toBe(toHex(bytes));
      return;
    }
    const expected = vector.junk === undefined ? { kind: 'frame', frame: vector.frame } : { kind: 'junk', reason: vector.junk };
    expect(codec.decoder().push(bytes)).toMatchObject([expected]);
  });

  test('pin every command the driver can send, and none that only we vouch for', () => {
    const pinned = new Set(
      (vectors as readonly Vector[])
        .filter(({ from }) => from.kind !== 'derived')
        .map(({ frame }) => (frame as { kind: string } | null)?.kind),
    );
    const sent = [
      'padding',
      'cancel-line',
      'neutral',
      'unit',
      'page-length',
      'vertical',
      'horizontal',
      'pitch',
      'bold',
      'underline',
      'double-width',
      'hanzi-mode',
      'hanzi-spacing',
      'text',
      'carriage-return',
      'form-feed',
      'pause',
      'resume',
    ];
    expect(sent.filter((kind) => !pinned.has(kind))).toEqual([]);
  });
});

describe('a line on the wire', () => {
  const style = fc.record({
    pitch: fc.constantFrom(10, 12, 15),
    isBold: fc.boolean(),
    isUnderlined: fc.boolean(),
    isDoubleWidth: fc.boolean(),
  }) as fc.Arbitrary<NonNullable<PlacedRun['style']>>;
  const text = fc
    .array(fc.constantFrom(...Array.from('0123456789*,.-ABCxyz存折取款镕喆（）·元')), { minLength: 1, maxLength: 5 })
    .map((characters) => characters.join(''));
  const anyLine = fc.record({
    yMm: fc.double({ min: 5, max: 150, noNaN: true }),
    runs: fc
      .array(fc.record({ text, style }), { minLength: 1, maxLength: 4 })
      .map((runs) => runs.map((run, i) => ({ ...run, xMm: 6 + i * 58 }))),
  }) satisfies fc.Arbitrary<PlacedLine>;

  /** What another program may leave switched on. */
  const leftovers = fc.subarray(
    [
      '1B45',
      '1B47',
      '1B2D31',
      '1B5731',
      '1B7731',
      '0F',
      '0E',
      '1B4D',
      '1B67',
      '1B2014',
      '1B6C08',
      '1B7800',
      '1B285501003C',
      '1C26',
      '1C2D31',
      '1C5731',
      '1C0E',
      '1C530810',
      '1C540404',
      '1C4A',
      '1B3330',
    ],
    { minLength: 0 },
  );

  test('puts every character within 1/360 inch of its place, whatever was switched on before', () => {
    fc.assert(
      fc.property(anyLine, leftovers, (placed, before) => {
        const state = interpret(
          initialPrinter({ pins: 24, isSinglePage: true }),
          concatBytes(before.map((hex) => fromHex(hex) ?? new Uint8Array(0))),
        ).state;
        const glyphs = struck(concatBytes([CLEAN_START, ...framesOf(placed).map((frame) => codec.encode(frame))]), state);
        const expected = expectedGlyphs(placed);
        expect(glyphs).toHaveLength(expected.length);
        for (const glyph of expected) expect(glyphs.filter((mark) => matches(mark, glyph))).toHaveLength(1);
        const wanted = placed.runs
          .map(({ style: asked }) => asked)
          .filter((asked) => asked.isBold || asked.isUnderlined || asked.isDoubleWidth);
        if (wanted.length === 0) expect(glyphs.every(({ style: struckWith }) => Object.keys(struckWith).length === 0)).toBe(true);
      }),
    );
  });

  test('cut off at any byte, it ends with the clean start of the next link: the next line is whole and nothing is invented', () => {
    const frames = framesOf({
      ...line,
      runs: line.runs.map((run) => ({ ...run, style: { isUnderlined: true, isDoubleWidth: true } })).slice(0, 2),
    });
    const whole = concatBytes(frames.map((frame) => codec.encode(frame)));
    const next = concatBytes(framesOf({ ...line, yMm: 60 }).map((frame) => codec.encode(frame)));
    const allowed = [...expectedGlyphs({ ...line, yMm: 60 })];
    for (let cut = 0; cut <= whole.length; cut++) {
      const glyphs = struck(concatBytes([whole.subarray(0, cut), CLEAN_START, next]));
      // A cut line was never ended by CR; only the uncut one is on the paper.
      expect(glyphs.length, `cut at ${cut}`).toBe(
        allowed.length + (cut === whole.length ? expectedGlyphs({ ...line, runs: line.runs.slice(0, 2) }).length : 0),
      );
      for (const glyph of allowed) expect(glyphs.filter((mark) => matches(mark, glyph))).toHaveLength(1);
    }
  });

  test.each([
    ['a character of four bytes', { ...line, runs: [{ xMm: 10, text: '𠮷' }] }, 'CD_PRINT_TEXT'],
    ['an emoji', { ...line, runs: [{ xMm: 10, text: '😀' }] }, 'CD_PRINT_TEXT'],
    ['a control character', { ...line, runs: [{ xMm: 10, text: 'a\u001bE' }] }, 'CD_PRINT_TEXT'],
    ['a line above the printable area', { ...line, yMm: 1 }, 'CD_PRINT_LAYOUT'],
    ['a line below the page', { ...line, yMm: 158 }, 'CD_PRINT_LAYOUT'],
    ['text left of the printable area', { ...line, runs: [{ xMm: 1, text: 'a' }] }, 'CD_PRINT_LAYOUT'],
    ['text over the right edge', { ...line, runs: [{ xMm: 240, text: 'abcdef' }] }, 'CD_PRINT_LAYOUT'],
    [
      'runs that overlap',
      {
        ...line,
        runs: [
          { xMm: 10, text: 'abcdef' },
          { xMm: 12, text: 'x' },
        ],
      },
      'CD_PRINT_LAYOUT',
    ],
    ['hanzi at a pitch too narrow for them', { ...line, runs: [{ xMm: 10, text: '存', style: { pitch: 17 } }] }, 'CD_PRINT_LAYOUT'],
  ] as const)('refuses %s', (_, placed, code) => {
    expect(arrangeLine(placed as PlacedLine, PAGE)).toMatchObject({ kind: 'refused', code });
  });
});

describe('a mute printer', () => {
  const person = (): PassbookPerson => new PassbookPerson(seededRandom(1), { books: [{ id: 'A', pageMm: { width: 243, height: 160 } }] });

  test('is online with an empty identity once its first bytes have left', () => {
    const { rig } = person();
    expect(rig.identities).toEqual([{}]);
  });

  test('refuses to print before a page was loaded, and again after the link was lost', () => {
    const teller = person();
    expect(teller.run('print-line', { line })).toMatchObject({ kind: 'refused', code: 'CD_PRINT_NO_MEDIA' });
    teller.setUp('A', 1);
    expect(teller.run('print-line', { line })).toEqual({ kind: 'done', result: { confirmation: 'sent' } });
    teller.rig.fault({ kind: 'unplug' });
    teller.rig.clear('unplug');
    teller.clock.advance(5_000);
    expect(teller.run('print-line', { line })).toMatchObject({ kind: 'refused', code: 'CD_PRINT_NO_MEDIA' });
  });

  test('says the line that was printed, with how far it can be believed', () => {
    const teller = person();
    teller.setUp('A', 1);
    teller.run('print-line', { line });
    expect(teller.rig.events.at(-1)).toMatchObject({
      type: 'passbook-printer.line-printed',
      data: { lineNumber: 3, confirmation: 'sent' },
    });
    teller.waitIdle();
    expect(copiesOn(teller.page('A', 1), line).every((count) => count === 1)).toBe(true);
  });

  test('stops within one batch of an XOFF and goes on where it stopped after XON', () => {
    const teller = person();
    teller.setUp('A', 1);
    const box = teller.rig.execute('print-line', { line: longLine });
    teller.clock.advance(30);
    teller.rig.gesture('fault:busy', { forMs: 20_000 });
    teller.clock.advance(10_000);
    expect(box.outcome).toBeUndefined();
    expect(teller.status().device).toBe('deviceBusy');
    expect(teller.press.received.count).toBeLessThanOrEqual(256);
    teller.clock.advance(20_000);
    expect(box.outcome).toMatchObject({ kind: 'done' });
    teller.waitIdle();
    expect(copiesOn(teller.page('A', 1), longLine).every((count) => count === 1)).toBe(true);
  });

  test('settles a line as in-doubt when the printer stops taking bytes for good, and sends no more of it', () => {
    const teller = person();
    teller.setUp('A', 1);
    const box = teller.rig.execute('print-line', { line: longLine });
    teller.clock.advance(30);
    teller.rig.gesture('fault:busy', { forMs: 100_000 });
    teller.clock.advance(40_000);
    expect(box.outcome).toMatchObject({ kind: 'in-doubt', code: 'CD_PROTOCOL_NO_ANSWER' });
    teller.clock.advance(100_000);
    expect(glyphsOn(teller.page('A', 1))).toEqual([]);
    expect(teller.run('print-line', { line: longLine })).toMatchObject({ kind: 'refused', code: 'CD_PRINT_NO_MEDIA' });
  });

  test('settles an open print as in-doubt when the cable is pulled', () => {
    const teller = person();
    teller.setUp('A', 1);
    const box = teller.rig.execute('print-line', { line });
    teller.clock.advance(60);
    teller.rig.fault({ kind: 'unplug' });
    expect(box).toMatchObject({ outcome: { kind: 'in-doubt', code: 'CD_LINK_LOST' }, settleCount: 1 });
  });

  test('settles a cancelled line as in-doubt and a cancelled load as failed, and stops at a whole command', () => {
    const teller = person();
    teller.setUp('A', 1);
    expect(teller.run('print-line', { line: longLine }, () => teller.cancel())).toMatchObject({
      kind: 'in-doubt',
      code: 'CD_DEVICE_CANCELLED',
    });
    expect(teller.status().isLoaded).toBe(false);
    teller.clock.advance(1_000);
    const box = teller.rig.execute('load', {}, 'load-again');
    teller.rig.host.cancel('load-again' as CommandId);
    expect(box.outcome).toMatchObject({ kind: 'failed', code: 'CD_DEVICE_CANCELLED' });
  });

  test('prints a slip from top to bottom and sends it out', () => {
    const teller = person();
    teller.rig.gesture('put-sheet', { widthMm: 210, heightMm: 140 });
    teller.run('load', { pageHeightMm: 140 });
    const lines = [10, 20, 30].map((yMm, i) => ({ yMm, runs: [{ xMm: 10, text: `第${i + 1}行` }] }));
    expect(teller.run('print-page', { lines })).toMatchObject({ kind: 'done' });
    teller.waitIdle();
    expect(teller.rig.view()).toMatchObject({
      mouth: { medium: 'none' },
      tray: [[{ text: '第1行' }, { text: '第2行' }, { text: '第3行' }]],
    });
  });

  test('prints its self-test on one sheet without leaving the page', () => {
    const teller = person();
    teller.rig.gesture('put-sheet', {});
    teller.run('load', { pageHeightMm: 140 });
    expect(teller.run('self-test', {})).toMatchObject({ kind: 'done' });
    teller.waitIdle();
    expect(teller.rig.truths.filter(({ type }) => type === 'ink-missed')).toEqual([]);
    expect(teller.rig.view()).toMatchObject({ mouth: { medium: 'none' } });
  });

  test('takes anything the printer says for junk and stays online', () => {
    const teller = person();
    teller.rig.host.receive(Uint8Array.from([0x41, 0xff]));
    expect(teller.rig.junk).toEqual(['unknown', 'unknown']);
    expect(teller.status().device).toBe('online');
  });

  test('keeps no byte of text a hanzi printer lacks', () => {
    expect(encodeGbk('a\u00e9')).toMatchObject({ kind: 'encoded' });
    expect(encodeGbk('\ue000')).toMatchObject({ kind: 'refused', codePoint: 0xe000 });
    expect(encodeGbk('\t')).toMatchObject({ kind: 'refused', codePoint: 9 });
  });
});
