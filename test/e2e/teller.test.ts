/**
 * A teller's day in a real browser, over real terminals and sockets: a passbook, a stack of notes, a slip, with the
 * cable pulled in the middle of each.
 */
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
  for (const device of ['printer-1', 'cash-1', 'scanner-1']) await teller.seesPhase(device, 'online');
});

afterAll(async () => {
  await browser.close();
  await rig.close();
});

it('prints a passbook, is asked what is on the paper when the cable is pulled, and every line stands once', async () => {
  await teller.goTo('1100');
  await teller.type('book-account', '0038112');
  await teller.press('F5');
  await teller.byTestId('book-0038112').waitFor();
  await teller.press('F9');
  await teller.byTestId('book-step').waitFor();
  await teller.press('F7');
  await rig.branch.gesture('printer-1', 'insert-book', { book: '0038112', page: 1 });
  await teller.press('F9');
  await teller.page.locator('[data-line-state="printing"]').first().waitFor();
  await rig.branch.pull('printer-1');
  await teller.byTestId('doubt-dialog').waitFor({ timeout: 60_000 });
  expect(await teller.page.locator('[data-testid="doubt-dialog"] input:checked').count()).toBe(0);

  const expected = await teller.byTestId('doubt-expected').innerText();
  const line = Number(/^\d+/.exec(expected)?.[0]);
  expect(line).toBeGreaterThanOrEqual(12);
  await untilPrinterRests();
  const inked = (await inkedLines()).find((text) => text.startsWith(`${String(line)} `));
  const answer = inked === undefined ? 'not-printed' : isComplete(inked) ? 'printed' : 'partly';
  await teller.choose(`doubt-${answer}`);
  if (answer === 'partly') await teller.choose(teller.page.locator('[data-testid="doubt-dialog"] .sub-question input').first());
  await teller.press('F9');
  await teller.byTestId('doubt-dialog').waitFor({ state: 'detached' });

  await rig.branch.replug('printer-1');
  await rig.branch.gesture('printer-1', 'remove-book');
  await rig.branch.gesture('printer-1', 'insert-book', { book: '0038112', page: 1 });
  await teller.seesPhase('printer-1', 'online');
  await teller.press('F9');
  await teller.byTestId('paper-dialog').waitFor({ timeout: 60_000 });
  expect(await teller.page.locator('[data-testid="paper-dialog"] input:checked').count()).toBe(0);
  await expect.poll(async () => (await rig.branch.view('printer-1'))['mouth'], { timeout: 60_000 }).toMatchObject({ medium: 'none' });
  await rig.branch.gesture('printer-1', 'insert-book', { book: '0038112', page: 1 });
  for (const row of await teller.page.locator('[data-testid^="paper-line-"]').all()) {
    const line = (await row.getByRole('rowheader').innerText()).split(' ')[0] ?? '';
    const isThere = (await inkedLines()).some((text) => text.startsWith(`${line} `) && isComplete(text));
    await teller.choose(`paper-${line}-${isThere ? 'printed' : 'not-printed'}`);
  }
  await teller.press('F9');
  await teller.byTestId('book-last').waitFor({ timeout: 60_000 });
  const unprinted = ['2026-11-19转存', '2026-11-20取现', '2026-11-21结息', '2026-11-21取现'];
  const completeOf = async (): Promise<readonly number[]> => {
    const complete = (await inkedLines()).filter(isComplete);
    return unprinted.map((entry) => complete.filter((text) => text.includes(entry)).length);
  };
  await expect.poll(completeOf, { timeout: 30_000, message: `after answering ${answer}` }).toEqual([1, 1, 1, 1]);
});

it('watches notes counted one by one and learns what the cable lost', async () => {
  await teller.goTo('1200');
  await teller.type('slip-10000', '20');
  await teller.press('F9');
  await teller.byTestId('note-grid').waitFor();
  await rig.branch.gesture('cash-1', 'put-notes', { preset: '20×100', seed: 7 });
  await expect.poll(() => teller.byTestId('counted-amount').innerText(), { timeout: 60_000 }).toContain('2,000.00');
  await teller.page.locator('[data-testid="cash-finish"]:enabled').waitFor();
  await teller.press('F9');
  await teller.byTestId('cash-last').waitFor();

  await teller.type('slip-10000', '30');
  await teller.press('F9');
  await teller.byTestId('note-grid').waitFor();
  await rig.branch.gesture('cash-1', 'take-stacker');
  await rig.branch.gesture('cash-1', 'put-notes', { preset: '30×100', seed: 8 });
  await teller.byTestId('note-grid').getByRole('row').nth(3).waitFor();
  await rig.branch.pull('cash-1');
  await teller.seesPhase('cash-1', 'waiting');
  await rig.branch.replug('cash-1');
  await teller.seesPhase('cash-1', 'online');
  await expect.poll(() => teller.byTestId('cash-difference').innerText(), { timeout: 60_000 }).toContain('有报文丢失');
  expect(await teller.byTestId('cash-finish').isDisabled()).toBe(true);

  await teller.page.locator('[data-testid="cash-recount"]:enabled').waitFor({ timeout: 60_000 });
  await teller.choose('cash-recount');
  await rig.branch.gesture('cash-1', 'take-stacker');
  await rig.branch.gesture('cash-1', 'put-notes', { preset: '30×100', seed: 8 });
  await expect.poll(() => teller.byTestId('counted-amount').innerText(), { timeout: 60_000 }).toContain('3,000.00');
  await teller.page.locator('[data-testid="cash-finish"]:enabled').waitFor({ timeout: 60_000 });
  await teller.press('F9');
  await teller.byTestId('cash-last').waitFor();
});

it('loses the scanner in the middle of a scan, says what to do, and has the picture after scanning again', async () => {
  await rig.branch.gesture('scanner-1', 'put-on-platen', { slip: 'reply-slip' });
  await teller.goTo('5300');
  await teller.byTestId('scan-start').waitFor();
  await teller.press('F9');
  await expect
    .poll(async () => (await rig.branch.view('scanner-1'))['progressPercent'], { timeout: 60_000, interval: 20 })
    .toEqual(expect.any(Number));
  await rig.branch.pull('scanner-1');
  await teller.seesPhase('scanner-1', 'waiting');
  await teller.page.locator('[data-testid="scan-outcome"]:is([data-state="failed"], [data-state="doubt"])').waitFor({ timeout: 60_000 });
  expect(await teller.byTestId('scan-picture').count()).toBe(0);
  expect(await teller.page.locator('[data-testid="scan-open"] [role="alert"]').innerText()).toContain('线缆');
  expect(await teller.byTestId('next-step').innerText()).toContain('接好');
  expect(await teller.byTestId('scan-again').isDisabled()).toBe(true);

  await rig.branch.replug('scanner-1');
  await teller.seesPhase('scanner-1', 'online');
  await teller.page.locator('[data-testid="scan-again"]:enabled').waitFor();
  await teller.press('F7');
  const picture = teller.byTestId('scan-picture').locator('img');
  await picture.waitFor({ timeout: 60_000 });
  expect(await picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(300);
  expect(await teller.byTestId('scan-outcome').getAttribute('data-state')).toBe('done');
  await teller.press('F9');
  await teller.byTestId('scan-form').waitFor();
});

/** The text lines a person sees on the open page of the book in the mouth. */
async function inkedLines(): Promise<readonly string[]> {
  const { mouth } = (await rig.branch.view('printer-1')) as { mouth: { lines?: { text: string }[] } };
  return (mouth.lines ?? []).map(({ text }) => text.trim());
}

/** A whole line ends with the teller's number; half a line does not. */
function isComplete(text: string): boolean {
  return / \d{4}$/.test(text);
}

/** The printer works off what had reached it before the cable came out. */
async function untilPrinterRests(): Promise<void> {
  await expect.poll(async () => (await rig.branch.view('printer-1'))['bufferedBytes'], { timeout: 60_000 }).toBe(0);
}
