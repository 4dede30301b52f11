import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addSums,
  mainCurrency,
  noSums,
  readCurrency,
  readSerial,
  toMinor,
  totalsOf,
  type Sums,
} from '../../../drivers/cash-counter/mechanism.ts';
import { seededRandom } from '../../../simulators/kit/random.ts';
import { countByFace, hasSameNotes, makeStack, readableSerial } from '../../../simulators/world/notes.ts';

describe('serial numbers', () => {
  it.each(['FA20088888', 'F1A2008888', 'W014A80188', 'AB00000001'])('takes %s as whole', (text) => {
    expect(readSerial(text, 'CNY')).toEqual({ serial: text, isComplete: true });
  });

  it.each([
    ['FA2008_888', 'FA2008_888'],
    ['FA2008*888', 'FA2008_888'],
    ['VA20088888', 'VA20088888'],
    ['1A20088B88', '1A20088B88'],
    ['FA2008888', 'FA2008888'],
    ['FAB2008888', 'FAB2008888'],
    ['fa20088888', '__20088888'],
    ['', ''],
  ])('takes %j as not whole', (text, serial) => {
    expect(readSerial(text, 'CNY')).toEqual({ serial, isComplete: false });
  });

  it('holds those of other currencies to nothing but being read', () => {
    expect(readSerial('PB01234567B', 'USD').isComplete).toBe(true);
    expect(readSerial('PB01*34567B', 'USD').isComplete).toBe(false);
  });
});

describe('amounts', () => {
  it.each([
    [100n, 'CNY', '10000'],
    [1000n, 'JPY', '1000'],
    [5n, 'KWD', '5000'],
    [4_294_967_295n, 'CNY', '429496729500'],
  ])('%d %s is %s minor units', (major, currency, minor) => {
    expect(toMinor(major, currency)).toBe(minor);
  });

  it('says XXX of what is no currency code', () => {
    expect([readCurrency('CNY'), readCurrency('cny'), readCurrency(''), readCurrency('CN\x01')]).toEqual(['CNY', 'XXX', 'XXX', 'XXX']);
  });

  const notes = fc.array(
    fc.record({ currency: fc.constantFrom('CNY', 'USD', 'EUR'), denominationMinor: fc.constantFrom('10000', '5000', '100') }),
    {
      maxLength: 60,
    },
  );

  it('adds up to the same sums in whatever order, each kind once, highest first', () => {
    fc.assert(
      fc.property(notes, (seen) => {
        const add = (sums: Sums, note: (typeof seen)[number]): Sums =>
          addSums(sums, { tallies: [{ ...note, noteCount: 1 }], noteCount: 1, rejectCount: 0 });
        const sums = seen.reduce(add, noSums);
        const back = [...seen].reverse().reduce(add, noSums);
        const byName = (one: { currency: string }, other: { currency: string }): number => one.currency.localeCompare(other.currency);
        expect([...back.tallies].sort(byName)).toEqual([...sums.tallies].sort(byName));
        expect(sums.tallies.reduce((total, tally) => total + tally.noteCount, 0)).toBe(seen.length);
        for (const { currency, totalMinor } of totalsOf(sums.tallies)) {
          const own = seen.filter((note) => note.currency === currency);
          expect(totalMinor).toBe(own.reduce((total, note) => total + BigInt(note.denominationMinor), 0n).toString());
          const faces = sums.tallies.filter((tally) => tally.currency === currency).map((tally) => Number(tally.denominationMinor));
          expect(faces).toEqual([...new Set(faces)].sort((a, b) => b - a));
        }
        expect(mainCurrency(sums) === 'XXX').toBe(seen.length === 0);
      }),
    );
  });
});

describe('stacks', () => {
  it('has what was ordered, every note its own, with serial numbers that are valid', () => {
    const stack = makeStack({ preset: '118×100+6x50 + USD 5*20', suspects: 2, torn: 3, worn: 4 }, 's1', seededRandom(4)) ?? [];
    expect(countByFace(stack)).toEqual({ 'CNY 100': 118, 'CNY 50': 6, 'USD 20': 5 });
    expect(new Set(stack.map((note) => note.id)).size).toBe(129);
    expect(new Set(stack.map((note) => note.serial)).size).toBe(129);
    expect(stack.every((note) => readSerial(note.serial, 'CNY').isComplete)).toBe(true);
    expect(stack.filter((note) => !note.isGenuine)).toHaveLength(2);
    expect(stack.filter((note) => note.condition === 'torn')).toHaveLength(3);
    const worn = stack.filter((note) => note.wornPositions.length > 0);
    expect(worn.map((note) => readSerial(readableSerial(note, '*'), 'CNY').isComplete)).toEqual([false, false, false, false]);
  });

  it('is the same for the same seed, and another for another', () => {
    const make = (seed: number) => makeStack({ preset: '10×100', suspects: 1 }, 's', seededRandom(seed));
    expect(make(1)).toEqual(make(1));
    expect(make(1)).not.toEqual(make(2));
  });

  it.each(['', '100', '10×', '×100', '5×0', '10×100+', 'yuan 1×1', '9999×100'])('refuses %j', (preset) => {
    expect(makeStack({ preset }, 's', seededRandom(1))).toBeUndefined();
  });

  it('tells whether two piles are the same notes', () => {
    const stack = makeStack({ preset: '3×100' }, 's', seededRandom(1)) ?? [];
    const [first] = stack;
    expect(hasSameNotes(stack, [...stack].reverse())).toBe(true);
    expect(hasSameNotes(stack, stack.slice(1))).toBe(false);
    expect(hasSameNotes(stack, first === undefined ? [] : [...stack.slice(1), stack[1] ?? first])).toBe(false);
  });
});
