/** Lines of a book as any day brings them, for simulations of passbook printers. */
import { expect } from 'vitest';
import type { PlacedLine } from '../../drivers/passbook-printer/family.ts';
import { defaultProfiles } from '../../drivers/passbook-printer/layout/default-profiles.ts';
import { layOutLine } from '../../drivers/passbook-printer/layout/lay-out-line.ts';
import { seededRandom, type Random } from '../../simulators/kit/random.ts';
import { PassbookPerson, type StoodAt } from './passbook-person.ts';

/** What stands in the column of the summary: hanzi, rare hanzi, letters. */
export const summaries = ['取现', '转存', '结息', '工资代发', '镕喆', 'ATM'] as const;

export function anyDate(random: Random): string {
  return `2026-11-${String(random.integer(1, 30)).padStart(2, '0')}`;
}

export function anyLine(random: Random, lineNumber: number): PlacedLine {
  const values = {
    line: String(lineNumber),
    date: anyDate(random),
    summary: random.pick(summaries),
    deposit: String(random.integer(1, 99_999_999)),
    balance: String(random.integer(1, 999_999_999)),
    teller: '0172',
  };
  const laidOut = layOutLine(defaultProfiles['book-24'], lineNumber, { values, isCorrection: random.chance(0.1) });
  return laidOut.kind === 'placed' ? laidOut.line : expect.fail(laidOut.detail);
}

/** Three lines over a line that alters or drops bytes: each command settles once, whatever is printed. */
export function printThroughNoise(seed: number, printer?: StoodAt): void {
  const random = seededRandom(`${String(seed)}/noise`);
  const person = new PassbookPerson(random.fork('person'), undefined, printer);
  person.setUp('A', 1);
  person.rig.fault(random.chance(0.5) ? { kind: 'corrupt', ratio: 0.01 } : { kind: 'drop', ratio: 0.01 });
  for (let lineNumber = 1; lineNumber <= 3; lineNumber++) person.run('print-line', { line: anyLine(random, lineNumber) });
  person.waitIdle();
  expect(person.settledOften).toEqual([]);
  expect(person.rig.host.openCommandCount).toBe(0);
}
