/**
 * Lines × faults × cables pulled × power cuts, against the paper itself. `COUNTERD_SEEDS` seeds (2,000 and more
 * for the long run); replay one with COUNTERD_SEED=<seed>.
 */
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../drivers/kit/outcome.ts';
import type { PlacedLine } from '../../drivers/passbook-printer/family.ts';
import { seededRandom, type Random } from '../../simulators/kit/random.ts';
import { glyphsOn } from '../../simulators/world/paper.ts';
import { anyLine, printThroughNoise } from '../support/passbook-lines.ts';
import { PassbookPerson, copiesOn, expectedGlyphs, matches } from '../support/passbook-person.ts';
import { throughSeeds } from '../support/seeds.ts';

const FILE = 'test/simulation/passbook-printer.test.ts';
/** Long runs are longer than any time-out of the machine’s. */
const LONG_MS = 3_600_000;

/** What can go wrong while a line prints. `silent`: an ESC/P host cannot notice it, so `done` may be untrue. */
const troubles = {
  cancel: { isSilent: false, act: (person) => person.cancel() },
  unplug: { isSilent: false, act: (person) => person.rig.fault({ kind: 'unplug' }) },
  split: { isSilent: false, act: (person) => person.rig.fault({ kind: 'split', everyBytes: 3 }) },
  slow: { isSilent: false, act: (person) => person.rig.fault({ kind: 'slow', byMs: 900 }) },
  busy: { isSilent: false, act: (person) => person.rig.gesture('fault:busy', { forMs: 5_000 }) },
  'long-busy': { isSilent: false, act: (person) => person.rig.gesture('fault:busy', { forMs: 45_000 }) },
  'slow-unplug': {
    isSilent: true,
    act: (person) => {
      person.rig.fault({ kind: 'slow', byMs: 900 });
      person.clock.advance(300);
      person.rig.fault({ kind: 'unplug' });
    },
  },
  'power-cut': { isSilent: true, act: (person) => person.rig.gesture('fault:power-cut') },
  jam: { isSilent: true, act: (person) => person.rig.gesture('jam') },
  'pull-book': { isSilent: true, act: (person) => person.rig.gesture('remove-book') },
  cover: { isSilent: true, act: (person) => person.rig.gesture('open-cover') },
} as const satisfies Record<string, { isSilent: boolean; act: (person: PassbookPerson) => unknown }>;
type Trouble = keyof typeof troubles;
const troubleNames = Object.keys(troubles) as [Trouble, ...Trouble[]];

/** A line in some of the styles that this language has. */
function styledLine(random: Random, lineNumber: number): PlacedLine {
  const line = anyLine(random, lineNumber);
  const style = {
    pitch: 15,
    ...(random.chance(0.2) ? { isBold: true } : {}),
    ...(random.chance(0.2) ? { isUnderlined: true } : {}),
  } as const;
  return { ...line, runs: line.runs.map((run) => ({ ...run, style })) };
}

interface Tally {
  done: number;
  notDone: number;
  doubted: number;
  silentLosses: number;
  lines: number;
}

/** One book page by one person; throws when the paper contradicts what the driver said. */
function printOnePage(seed: number, tally: Tally): void {
  const random = seededRandom(seed);
  const person = new PassbookPerson(random.fork('person'));
  // Swarm: each seed has some troubles turned fully off, and one in five has none at all.
  const possible = random.chance(0.2) ? [] : troubleNames.filter(() => random.chance(0.4));
  const inked: PlacedLine[] = [];
  const voided: PlacedLine[] = [];
  person.setUp('A', 1);
  for (let lineNumber = 1; lineNumber <= random.integer(4, 8);) {
    const line = styledLine(random, lineNumber);
    const [first, ...others] = possible;
    const trouble = first !== undefined && random.chance(0.5) ? random.pick([first, ...others]) : undefined;
    const outcome = person.run('print-line', { line }, trouble === undefined ? undefined : () => troubles[trouble].act(person));
    person.waitIdle();
    const copies = copiesOn(person.page('A', 1), line);
    judge({ outcome, copies, trouble, tally });
    const isWhole = copies.every((count) => count === 1);
    const isBare = copies.every((count) => count === 0);
    if (isWhole) inked.push(line);
    else if (!isBare) voided.push(line);
    if (!isBare) lineNumber++;
    if (trouble === undefined) continue;
    if (!troubles[trouble].isSilent && random.chance(0.5)) person.goOnInPlace();
    else person.setUp('A', 1);
  }
  person.waitIdle();
  checkPaper(person, inked, voided);
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
  const isSilent = trouble !== undefined && troubles[trouble].isSilent;
  tally.lines++;
  expect(Math.max(...copies), 'nothing is printed twice').toBeLessThanOrEqual(1);
  switch (outcome.kind) {
    case 'done':
      expect(outcome.result).toEqual({ confirmation: 'sent' });
      tally.done++;
      if (!isSilent) expect(copies, `done: every character once, in its place (${trouble ?? 'no trouble'})`).toEqual(copies.map(() => 1));
      else if (copies.includes(0)) tally.silentLosses++;
      return;
    case 'refused':
    case 'failed':
      tally.notDone++;
      expect(copies, `${outcome.kind}: no ink`).toEqual(copies.map(() => 0));
      return;
    case 'in-doubt':
      tally.doubted++;
      expect(trouble, 'a clean wire never leaves doubt').toBeDefined();
  }
}

/** The page carries every whole line once, parts of voided ones at most once, and nothing else. */
function checkPaper(person: PassbookPerson, inked: readonly PlacedLine[], voided: readonly PlacedLine[]): void {
  const page = person.page('A', 1);
  for (const line of inked) expect(copiesOn(page, line)).toEqual(expectedGlyphs(line).map(() => 1));
  for (const line of voided) expect(Math.max(...copiesOn(page, line))).toBeLessThanOrEqual(1);
  const allowed = [...inked, ...voided].flatMap(expectedGlyphs);
  const strays = glyphsOn(page).filter((glyph) => !allowed.some((expected) => matches(glyph, expected)));
  expect(strays, 'no ink where nothing was ordered').toEqual([]);
  expect(glyphsOn(person.page('B', 1)), 'no ink in anybody else’s book').toEqual([]);
  expect(person.settledOften).toEqual([]);
  expect(person.rig.host.openCommandCount).toBe(0);
  expect(person.press.received.count, 'nothing piles up in the machine').toBe(0);
}

describe('printing passbook lines', () => {
  test(
    'paper and driver agree whatever fails, and no line is printed twice',
    () => {
      const tally: Tally = { done: 0, notDone: 0, doubted: 0, silentLosses: 0, lines: 0 };
      const { isTelling } = throughSeeds(FILE, (seed) => printOnePage(seed, tally));
      if (process.env['COUNTERD_SHOW'] !== undefined) console.info(JSON.stringify(tally));
      expect(tally.done).toBeGreaterThan(0);
      if (!isTelling) return;
      expect(tally.doubted, 'the faults bite').toBeGreaterThan(0);
      expect(tally.silentLosses, 'a mute printer loses lines it never speaks of').toBeGreaterThan(0);
    },
    LONG_MS,
  );

  test(
    'bytes altered or lost on the wire never make a command settle twice or not at all',
    () => {
      throughSeeds(FILE, (seed) => printThroughNoise(seed));
    },
    LONG_MS,
  );
});
