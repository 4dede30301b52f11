/**
 * Lines × faults × lost and doubled marks on a printer that says what it has done, against the paper itself: what
 * it confirms is there, what it denies is not, and nothing is there twice. `COUNTERD_SEEDS` seeds; replay one with
 * COUNTERD_SEED=<seed>.
 */
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../drivers/kit/outcome.ts';
import { model } from '../../drivers/passbook-printer/csi-4915/driver.ts';
import type { PlacedLine } from '../../drivers/passbook-printer/family.ts';
import { seededRandom, type Random } from '../../simulators/kit/random.ts';
import { simulator } from '../../simulators/passbook-printer/csi-4915.ts';
import type { ConsoleState } from '../../simulators/passbook-printer/csi-4915/console-state.ts';
import { glyphsOn } from '../../simulators/world/paper.ts';
import { anyLine, printThroughNoise } from '../support/passbook-lines.ts';
import { PassbookPerson, copiesOn, expectedGlyphs, matches, toleranceOf, type StoodAt } from '../support/passbook-person.ts';
import { throughSeeds } from '../support/seeds.ts';

const FILE = 'test/simulation/passbook-csi.test.ts';
/** A line is 300 bytes on the wire and half a second under the head. */
const printer: StoodAt = { model, simulator, lineMs: 900 };
const tolerance = toleranceOf(model);

type Act = (person: PassbookPerson, random: Random) => unknown;

/** What can go wrong in any moment of a line. `isKept`: the book may stay where it is afterwards. */
const troubles = {
  cancel: { isKept: true, act: (person) => person.cancel() },
  unplug: { isKept: true, act: (person) => person.rig.fault({ kind: 'unplug' }) },
  split: { isKept: true, act: (person, random) => person.rig.fault({ kind: 'split', everyBytes: random.integer(1, 5) }) },
  slow: { isKept: true, act: (person) => person.rig.fault({ kind: 'slow', byMs: 900 }) },
  'answers-late': { isKept: true, act: (person, random) => person.rig.fault({ kind: 'answer-late', byMs: random.pick([500, 40_000]) }) },
  'answers-twice': { isKept: true, act: (person) => person.rig.fault({ kind: 'answer-twice' }) },
  silence: { isKept: true, act: (person) => person.rig.fault({ kind: 'silence' }) },
  'slow-unplug': {
    isKept: true,
    act: (person) => {
      person.rig.fault({ kind: 'slow', byMs: 900 });
      person.clock.advance(300);
      person.rig.fault({ kind: 'unplug' });
    },
  },
  busy: { isKept: true, act: (person) => person.rig.gesture('fault:busy', { forMs: 5_000 }) },
  'long-busy': { isKept: true, act: (person) => person.rig.gesture('fault:busy', { forMs: 45_000 }) },
  stop: { isKept: true, act: (person, random) => stopFor(person, random.pick([300, 5_000])) },
  'long-stop': { isKept: true, act: (person) => stopFor(person, 45_000) },
  'lost-mark': { isKept: false, act: (person) => person.rig.gesture('lose-mark') },
  'doubled-mark': { isKept: false, act: (person) => person.rig.gesture('repeat-mark') },
  break: { isKept: true, act: (person) => person.rig.gesture('line-break') },
  'power-cut': { isKept: false, act: (person) => person.rig.gesture('fault:power-cut') },
  'power-dip': {
    isKept: false,
    act: (person) => {
      person.rig.gesture('fault:power-cut');
      person.clock.advance(200);
      person.rig.clear('power-cut');
    },
  },
  jam: { isKept: false, act: (person) => person.rig.gesture('jam') },
  'pull-book': { isKept: false, act: (person) => person.rig.gesture('remove-book') },
  cover: { isKept: false, act: (person) => person.rig.gesture('open-cover') },
} as const satisfies Record<string, { readonly isKept: boolean; readonly act: Act }>;
type Trouble = keyof typeof troubles;
const troubleNames = Object.keys(troubles) as [Trouble, ...Trouble[]];

function stopFor(person: PassbookPerson, ms: number): void {
  if (person.rig.gesture('press-stop').kind === 'done') person.clock.after(ms, () => person.rig.gesture('press-start'));
}

interface Tally {
  done: number;
  notDone: number;
  doubted: Record<string, number>;
  ink: { none: number; some: number; all: number };
}

/** One page by one person; throws when the paper contradicts what the driver said. */
function printOnePage(seed: number, tally: Tally): void {
  const random = seededRandom(seed);
  const person = new PassbookPerson(random.fork('person'), undefined, printer);
  const possible = random.chance(0.2) ? [] : troubleNames.filter(() => random.chance(0.4));
  const struck: PlacedLine[] = [];
  person.setUp('A', 1);
  for (let lineNumber = 1; lineNumber <= random.integer(4, 8);) {
    const line = anyLine(random, lineNumber);
    const [first, ...others] = possible;
    const trouble = first !== undefined && random.chance(0.5) ? random.pick([first, ...others]) : undefined;
    const act = trouble === undefined ? undefined : () => void troubles[trouble].act(person, random);
    const outcome = person.run('print-line', { line }, act);
    const atOnce = copiesOn(person.page('A', 1), line, tolerance);
    judge({ outcome, copies: atOnce, trouble, tally });
    // Somebody looks only when nothing moves any more: START was pressed, the lamp is still.
    person.clock.advance(50_000);
    person.waitIdle();
    const copies = copiesOn(person.page('A', 1), line, tolerance);
    expect(Math.max(...copies), 'nothing is printed twice').toBeLessThanOrEqual(1);
    if (outcome.kind === 'refused' || outcome.kind === 'failed') expect(copies).toEqual(copies.map(() => 0));
    if (copies.some((count) => count > 0)) {
      struck.push(line);
      lineNumber++;
    }
    if (trouble === undefined) continue;
    if (troubles[trouble].isKept && random.chance(0.5)) person.goOnInPlace();
    else person.setUp('A', 1);
  }
  checkPaper(person, struck);
}

function judge({
  outcome,
  copies,
  trouble,
  tally,
}: {
  outcome: Outcome;
  copies: readonly number[];
  trouble: Trouble | undefined;
  tally: Tally;
}): void {
  switch (outcome.kind) {
    case 'done':
      expect(outcome.result).toEqual({ confirmation: 'mark' });
      expect(copies, `done: every character once, in its place (${trouble ?? 'no trouble'})`).toEqual(copies.map(() => 1));
      tally.done++;
      return;
    case 'refused':
    case 'failed':
      tally.notDone++;
      return;
    case 'in-doubt': {
      expect(trouble, 'without trouble there is no doubt').toBeDefined();
      tally.doubted[trouble ?? ''] = (tally.doubted[trouble ?? ''] ?? 0) + 1;
      const isWhole = copies.every((count) => count > 0);
      tally.ink[isWhole ? 'all' : copies.some((count) => count > 0) ? 'some' : 'none']++;
    }
  }
}

/** The page carries what was struck and nothing else, the other book nothing. */
function checkPaper(person: PassbookPerson, struck: readonly PlacedLine[]): void {
  const page = person.page('A', 1);
  for (const line of struck) expect(Math.max(...copiesOn(page, line, tolerance))).toBeLessThanOrEqual(1);
  const allowed = struck.flatMap(expectedGlyphs);
  const strays = glyphsOn(page).filter((glyph) => !allowed.some((expected) => matches(glyph, expected, tolerance)));
  expect(strays, 'no ink where nothing was ordered').toEqual([]);
  expect(glyphsOn(person.page('B', 1)), 'no ink in anybody else’s book').toEqual([]);
  expect(person.settledOften).toEqual([]);
  expect(person.rig.host.openCommandCount).toBe(0);
}

/** Writes a book's stripe again and again under every trouble, and reads it when nothing is wrong. */
function writeStripes(seed: number, tally: { written: number; doubted: number; read: number }): void {
  const random = seededRandom(`${String(seed)}/stripe`);
  const person = new PassbookPerson(random.fork('person'), undefined, { ...printer, lineMs: 600 });
  const onBook = (): unknown => person.press.path.books.find(({ id }) => id === 'A')?.stripe;
  for (let round = 0; round < 4; round++) {
    person.setUp('A', 1);
    const before = onBook();
    const text = String(random.integer(1, 999_999_999));
    const trouble = random.chance(0.1) ? undefined : random.pick(troubleNames);
    if (random.chance(0.2)) person.rig.gesture('dirty-stripe-head');
    const { isStripeHeadDirty: isDirty } = person.rig.device.state as ConsoleState;
    const act = trouble === undefined ? undefined : () => void troubles[trouble].act(person, random);
    const { kind } = person.run('write-stripe', { text }, act);
    if (kind === 'done') expect(onBook(), `done (${trouble ?? ''})`).toEqual({ text: `=${text}?`, isDamaged: false });
    if (kind === 'refused' || kind === 'failed') expect(onBook(), kind).toEqual(before);
    if (kind === 'in-doubt') expect(trouble !== undefined || isDirty, 'without trouble there is no doubt').toBe(true);
    tally.written += kind === 'done' ? 1 : 0;
    tally.doubted += kind === 'in-doubt' ? 1 : 0;
    person.clock.advance(50_000);
    person.setUp('A', 1);
    const now = person.press.path.books.find(({ id }) => id === 'A')?.stripe;
    const read = person.run('read-stripe', {});
    const isReadable = now !== undefined && !now.isDamaged && now.text !== '';
    expect(read).toMatchObject(
      isReadable ? { kind: 'done', result: { text: now.text.slice(1, -1) } } : { kind: 'failed', code: 'CD_PRINT_STRIPE' },
    );
    tally.read += isReadable ? 1 : 0;
  }
}

/** Long runs are longer than any time-out of the machine’s. */
const LONG_MS = 3_600_000;

describe('lines on a printer that echoes marks', () => {
  test(
    'what it confirms is on the paper, what it denies is not, and nothing is there twice',
    () => {
      const tally: Tally = { done: 0, notDone: 0, doubted: {}, ink: { none: 0, some: 0, all: 0 } };
      const run = throughSeeds(FILE, (seed) => printOnePage(seed, tally));
      if (process.env['COUNTERD_SHOW'] !== undefined) console.info(JSON.stringify(tally));
      expect(tally.done).toBeGreaterThan(0);
      if (!run.isTelling) return;
      expect(
        Object.values(tally.ink).every((count) => count > 0),
        'doubt is about nothing, half a line and a whole one',
      ).toBe(true);
      expect(tally.doubted['lost-mark'], 'a mark that is not echoed leaves doubt').toBeGreaterThan(0);
    },
    LONG_MS,
  );

  test(
    'a stripe it calls written is written, one it denies is untouched, and one it reads is the book’s own',
    () => {
      const tally = { written: 0, doubted: 0, read: 0 };
      const run = throughSeeds(FILE, (seed) => writeStripes(seed, tally));
      if (!run.isTelling) return;
      for (const count of Object.values(tally)) expect(count).toBeGreaterThan(0);
    },
    LONG_MS,
  );

  test(
    'bytes altered or lost on the wire never make a command settle twice or not at all',
    () => {
      throughSeeds(FILE, (seed) => printThroughNoise(seed, printer));
    },
    LONG_MS,
  );
});
