/**
 * Every screen, in both languages, as wide as a counter's and at 200 % zoom: nothing that axe-core finds, no text cut
 * off. The person who walks uses the keyboard alone: there is no pointer in this file.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './support/browser.ts';
import { BranchRig } from './support/branch-rig.ts';
import { faultsOf } from './support/examine.ts';
import { Person, openPage } from './support/person.ts';

describe.each(['zh-CN', 'en'] as const)('in %s', (language) => {
  let rig: BranchRig;
  let browser: Browser;
  let teller: Person;

  beforeAll(async () => {
    rig = await BranchRig.start();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await rig.close();
  });

  const examine = async (person: Person, name: string): Promise<void> => {
    expect.soft(await faultsOf(person.page, `${language}-${name}`)).toEqual([]);
  };
  const shows = (testId: string) => teller.byTestId(testId).waitFor({ timeout: 60_000 });

  it('login, a wrong password, the choice of a position', async () => {
    const page = await openPage(browser, language);
    await page.goto(rig.url);
    await page.getByTestId('demo-people').waitFor();
    expect.soft(await faultsOf(page, `${language}-login`)).toEqual([]);
    await page.getByTestId('login-person').fill('0172');
    await page.getByTestId('login-password').fill('wrong');
    await page.keyboard.press('F9');
    await page.getByTestId('problem').waitFor();
    expect.soft(await faultsOf(page, `${language}-login-wrong`)).toEqual([]);
    await page.getByTestId('login-password').fill('demo-2026');
    await page.keyboard.press('F9');
    await page.getByTestId('position-screen').waitFor();
    expect.soft(await faultsOf(page, `${language}-position`)).toEqual([]);
    await page.context().close();
  });

  it('the workbench and what opens over every screen', async () => {
    teller = await Person.logIn(browser, { url: rig.url, personId: '0172', position: 1, language });
    for (const device of ['printer-1', 'cash-1', 'scanner-1', 'panel']) await teller.seesPhase(device, 'online');
    await examine(teller, 'desk');
    await teller.press('F1');
    await shows('help');
    await examine(teller, 'help');
    await teller.press('Escape');
    await teller.press('F2');
    await shows('palette-input');
    await examine(teller, 'palette');
    await teller.press('Escape');
    await teller.press('F4');
    await teller.press('Enter');
    await examine(teller, 'chip');
    await teller.press('Escape');
    await teller.press('F12');
    await shows('leave-dialog');
    await examine(teller, 'leave');
    await teller.press('F12');
    await shows('lock-cover');
    await examine(teller, 'locked');
    await teller.type('unlock-password', 'demo-2026');
    await teller.press('F9');
    await shows('rail');
  });

  it('cash as it is counted, and what the customer sees of it', async () => {
    const display = await openPage(browser, language);
    await display.goto(`${rig.url}/display/desk-1`);
    await display.getByTestId('display-code').waitFor();
    expect.soft(await faultsOf(display, `${language}-display-unpaired`)).toEqual([]);
    await teller.open('/desk');
    await teller.byTestId('pair-display').press('Enter');
    await shows('pair-code');
    await examine(teller, 'pair');
    await display.getByTestId('display-code').fill(await teller.byTestId('pair-code').innerText());
    await display.getByTestId('display-pair').press('Enter');
    await display.getByTestId('display-position').waitFor();
    await teller.press('Escape');
    await teller.open('/desk/cash-in');
    await shows('slip-form');
    await examine(teller, 'cash-form');
    await teller.type('slip-10000', '20');
    await teller.press('F9');
    await shows('note-grid');
    await examine(teller, 'cash-empty');
    await rig.branch.gesture('cash-1', 'put-notes', { preset: '20×100', seed: 7, suspects: 1 });
    await expect.poll(() => display.getByTestId('display-count').count(), { timeout: 60_000 }).toBe(1);
    await teller.page.getByRole('row').nth(8).waitFor();
    await examine(teller, 'cash-counting');
    expect.soft(await faultsOf(display, `${language}-display-counting`)).toEqual([]);
    await rig.branch.pull('cash-1');
    await teller.seesPhase('cash-1', 'waiting');
    await examine(teller, 'cash-unplugged');
    await rig.branch.replug('cash-1');
    await teller.seesPhase('cash-1', 'online');
    await teller.byTestId('flow-cancel').press('Enter');
    await shows('cancel-reason');
    await examine(teller, 'cash-cancel');
    await teller.type('cancel-reason', '-');
    await teller.byTestId('cancel-confirm').press('Enter');
    await shows('slip-form');
    await display.context().close();
  });

  it('slips', async () => {
    await rig.branch.gesture('scanner-1', 'put-on-platen', { slip: 'reply-slip' });
    await teller.open('/recon/slips');
    await shows('scan-start');
    await examine(teller, 'scan-form');
    await teller.press('F9');
    await shows('scan-picture');
    await examine(teller, 'scanned');
    await teller.press('F9');
    await shows('scan-form');
  });

  it('a passbook, until a person is asked what is on the paper', async () => {
    await teller.open('/desk/passbook');
    await shows('book-account');
    await examine(teller, 'book-choice');
    await teller.type('book-account', '0038112');
    await teller.press('F5');
    await shows('book-0038112');
    await examine(teller, 'book-found');
    await teller.press('F9');
    await shows('book-step');
    await examine(teller, 'book-insert');
    await rig.branch.gesture('printer-1', 'insert-book', { book: '0038112', page: 1 });
    await teller.press('F9');
    await teller.page.locator('[data-line-state="printing"]').first().waitFor({ state: 'attached' });
    await rig.branch.pull('printer-1');
    await shows('doubt-dialog');
    await examine(teller, 'doubt');
    await teller.press('Escape');
    await examine(teller, 'doubt-later');
    await rig.branch.replug('printer-1');
  });

  it('the screens of everybody', async () => {
    await teller.open('/registers/journal');
    await shows('journal-grid');
    await examine(teller, 'journal');
    await teller.byTestId('journal-grid').focus();
    await teller.press('Enter');
    await shows('evidence-close');
    await examine(teller, 'evidence');
    await teller.press('Escape');
    await teller.open('/devices');
    await teller.page.getByRole('grid').waitFor();
    await examine(teller, 'devices');
    for (const device of ['printer-1', 'cash-1', 'scanner-1', 'panel']) {
      await teller.open(`/devices/${device}`);
      await shows('frames');
      await examine(teller, `device-${device}`);
    }
    await teller.open('/nowhere');
    await examine(teller, 'unknown');
  });

  it('the link that is lost', async () => {
    rig.hangDaemon();
    await shows('link-banner');
    await examine(teller, 'lost');
    rig.continueDaemon();
    await teller.byTestId('link-banner').waitFor({ state: 'detached', timeout: 60_000 });
    await teller.close();
  });

  it('the security officer, and an approval', async () => {
    teller = await Person.logIn(browser, { url: rig.url, personId: '0201', language });
    await teller.open('/security');
    await shows('zone-grid');
    await examine(teller, 'security-list');
    await teller.press('F7');
    await shows('plan');
    await examine(teller, 'security-plan');
    await teller.byTestId('request-submit').press('Enter');
    await shows('pending-stage');
    await teller.byTestId('pending-open').press('Enter');
    await shows('approval-dialog');
    await examine(teller, 'approval-own');
    await teller.byTestId('approval-withdraw').press('Enter');
    await shows('request-submit');
    await teller.press('Escape');
    await teller.open('/approvals');
    await examine(teller, 'approvals');
    await teller.close();
  });

  it('the virtual branch', async () => {
    const page = await openPage(browser, language);
    await page.goto(rig.control);
    await page.getByTestId('sim-panel').waitFor();
    expect.soft(await faultsOf(page, `${language}-branch`)).toEqual([]);
    for (const details of await page.locator('details').all()) await details.evaluate((box: HTMLDetailsElement) => (box.open = true));
    expect.soft(await faultsOf(page, `${language}-branch-open`)).toEqual([]);
    await page.context().close();
  });
});
