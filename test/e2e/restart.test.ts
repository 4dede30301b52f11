/** The daemon hangs, then is killed, under a browser's eyes and comes back: no entry missing, none twice, none out of order. */
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

it('says within two seconds that the daemon hangs, marks all as of its last word, sends nothing, and goes on where it was', async () => {
  await teller.goTo('1200');
  await teller.type('slip-10000', '20');
  rig.hangDaemon();
  // Less than the feed's own ping, which takes 45 seconds to notice.
  await teller.byTestId('link-banner').waitFor({ timeout: 10_000 });
  const stoppedAt = await teller.byTestId('clock').innerText();
  const chips = teller.page.locator('[data-testid^="chip-"][data-phase]');
  const [chipCount, markedCount] = [await chips.count(), await chips.filter({ hasText: '停在' }).count()];
  expect(chipCount).toBeGreaterThan(3);
  expect(markedCount).toBe(chipCount);
  expect(await teller.page.locator('main [data-testid="stale-mark"]').count()).toBe(1);
  await teller.press('F9');
  expect(await teller.byTestId('note-grid').count()).toBe(0);
  expect(await teller.byTestId('clock').innerText()).toBe(stoppedAt);
  const before = teller.feed.length;
  await rig.branch.gesture('panel', 'open-door', { zone: 3 });
  rig.continueDaemon();
  await teller.byTestId('link-banner').waitFor({ state: 'detached', timeout: 60_000 });
  await expect.poll(() => teller.feed.slice(before).map(({ type }) => type), { timeout: 60_000 }).toContain('alarm-panel.zone-opened');
  expect(await teller.page.locator('[data-testid="stale-mark"]').count()).toBe(0);
  expect(await teller.byTestId('slip-10000').inputValue()).toBe('20');
  await rig.branch.gesture('panel', 'close-door', { zone: 3 });
});

it('catches up by number after the daemon was killed and restarted', async () => {
  await teller.goTo('6000');
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
