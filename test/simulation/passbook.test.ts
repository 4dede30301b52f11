/**
 * B-2 against the paper itself, for every passbook printer there is: entries × misfortunes at any byte × kills of the daemon × a
 * person who says truthfully what the book shows. In the end each entry stands exactly once on its line, or its spoiled line is
 * void by a recorded decision; never twice; and the program's cursor is the paper's.
 */
import { afterEach, describe, expect, it } from 'vitest';
import type { PlacedLine } from '../../drivers/passbook-printer/family.ts';
import { glyphsOn, type Paper } from '../../simulators/world/paper.ts';
import { lineAt, liveThroughPassbookHistory, misfortunes, type PassbookHistory } from '../support/passbook-history.ts';
import { copiesOn, expectedGlyphs, matches } from '../support/passbook-person.ts';
import { modelPairs } from '../support/model-pairs.ts';
import { throughSeedsInTurn } from '../support/seeds.ts';

const FILE = 'test/simulation/passbook.test.ts';
/** Histories in which each misfortune and each answer must have come up. */
const TELLING_COUNT = 400;

let history: PassbookHistory | undefined;

afterEach(async () => {
  await history?.branch.close();
  history = undefined;
});

const printers = modelPairs.filter(({ model }) => model.family.kind === 'passbook-printer');

describe.each(printers)('a passbook on $id', (printer) => {
  it('bears each entry exactly once, whatever fails and whenever', async () => {
    const struck = new Map<string, number>();
    const answers = new Map<string, number>();
    const live = async (seed: number): Promise<void> => {
      history = await liveThroughPassbookHistory(seed, printer);
      judge(history);
      for (const name of history.struck) struck.set(name, (struck.get(name) ?? 0) + 1);
      for (const answer of history.answers) answers.set(answer, (answers.get(answer) ?? 0) + 1);
      await history.branch.close();
      history = undefined;
    };
    const { count, first } = await throughSeedsInTurn(FILE, live);
    const told = { ...Object.fromEntries(struck), ...Object.fromEntries(answers) };
    process.stderr.write(`${printer.id}: ${String(count)} histories from ${String(first)}: ${JSON.stringify(told)}\n`);
    if (count < TELLING_COUNT) return;
    for (const name of misfortunes) expect(struck.get(name), name).toBeGreaterThan(0);
    for (const answer of ['printed', 'partly', 'not-printed']) expect(answers.get(answer), answer).toBeGreaterThan(0);
  }, 3_600_000);
});

/** Throws when the paper and the program disagree. */
function judge(history: PassbookHistory): void {
  const { branch, entries, tolerance } = history;
  const paper = (page: number): Paper => history.paper(page);
  expect(branch.bugs).toEqual([]);
  expect(branch.flow?.step).toBe('finished');
  const given = new Set(branch.flow?.lines.map(({ entryId }) => entryId));
  const cursor = branch.ledger.printed('A').filter(({ entryId }) => given.has(entryId));
  const expected = new Map<number, ReturnType<typeof expectedGlyphs>[number][]>();
  for (const entry of entries.filter(({ entryId }) => given.has(entryId))) {
    const places = cursor.filter(({ entryId }) => entryId === entry.entryId);
    expect(
      places.filter(({ state }) => state === 'printed'),
      `${entry.entryId} has one line of its own`,
    ).toHaveLength(1);
    for (const { page, line, state } of places) {
      const placed = lineAt(entry, line);
      const at = `${entry.entryId} at ${String(page)}/${String(line)}`;
      const missing = missingOn({ paper: paper(page), line: placed, at, tolerance });
      if (state === 'printed') expect(missing, `${at} is whole`).toBe(0);
      expected.set(page, [...(expected.get(page) ?? []), ...expectedGlyphs(placed)]);
    }
  }
  for (const page of [1, 2, 3]) {
    const allowed = expected.get(page) ?? [];
    const strays = glyphsOn(paper(page)).filter((glyph) => !allowed.some((one) => matches(glyph, one, tolerance)));
    expect(strays, `page ${String(page)}: no ink where nothing was ordered`).toEqual([]);
  }
}

/** How many characters of a line are not there. None may be there twice. */
function missingOn(asked: { paper: Paper; line: PlacedLine; at: string; tolerance: number }): number {
  const { paper, line, at, tolerance } = asked;
  const copies = copiesOn(paper, line, tolerance);
  expect(Math.max(...copies), `${at}: nothing twice`).toBeLessThanOrEqual(1);
  return copies.filter((count) => count === 0).length;
}
