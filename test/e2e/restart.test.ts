/** The daemon is killed under a browser's eyes and comes back: no entry missing, none twice, none out of order. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './support/browser.ts';
import { BranchRig } from './support/branch-rig.ts';
import { Person } from './support/person.ts';

let rig: BranchRig;
let browser: Browser;
let teller: Person;

beforeAll(async () => {
  rig = await BranchRig.start();
  browser = await launchBrowser();
  teller = await Person.logIn(browser, { url: rig.url, personId: '0172', position: 1 });
  await teller.seesPhase('panel', 'online');
});

afterAll(async () => {
  await browser.close();
  await rig.close();
});

it('catches up by number after the daemon was killed and restarted', async () => {
  await teller.open('/registers/journal');
  await teller.byTestId('journal-grid').waitFor();
  await rig.branch.gesture('panel', 'open-door', { zone: 1 });
  await rig.killDaemon();
  await teller.byTestId('link-banner').waitFor();
  await rig.branch.gesture('panel', 'close-door', { zone: 1 });
  const before = teller.feed.length;
  await rig.restartDaemon();
  await teller.byTestId('link-banner').waitFor({ state: 'detached', timeout: 60_000 });
  await expect.poll(() => teller.feed.slice(before).map(({ type }) => type), { timeout: 60_000 }).toContain('alarm-panel.resynchronised');
  await rig.branch.gesture('panel', 'open-door', { zone: 2 });
  await expect.poll(() => teller.feed.slice(before).map(({ type }) => type), { timeout: 60_000 }).toContain('alarm-panel.zone-opened');
  await expect.poll(async () => (await shownNumbers())[0] === teller.feed.at(-1)?.seq, { timeout: 30_000 }).toBe(true);

  const seqs = teller.feed.map(({ seq }) => seq);
  expect(seqs.length).toBeGreaterThan(10);
  expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
  const shown = await shownNumbers();
  expect(shown.length).toBeGreaterThan(10);
  expect(shown).toEqual(shown.map((_, index) => (shown[0] ?? 0) - index));
});

/** Entry numbers in the rows on the screen, top to bottom. */
async function shownNumbers(): Promise<readonly number[]> {
  const texts = await teller.page.locator('[data-testid="journal-grid"] [role="row"] [role="gridcell"]:first-child').allInnerTexts();
  return texts.map((text) => Number(text.replace(/\D/g, ''))).filter((seq) => seq > 0);
}
