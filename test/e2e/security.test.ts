/** Two officers at two browsers: nobody arms or disarms alone, doors show at once, and a pulled cable is said. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './support/browser.ts';
import { BranchRig } from './support/branch-rig.ts';
import { Person } from './support/person.ts';

let rig: BranchRig;
let browser: Browser;
let first: Person;
let second: Person;

beforeAll(async () => {
  rig = await BranchRig.start();
  browser = await launchBrowser();
  first = await Person.logIn(browser, { url: rig.url, personId: '0201' });
  second = await Person.logIn(browser, { url: rig.url, personId: '0202' });
  await first.seesPhase('panel', 'online');
  for (const officer of [first, second]) await officer.goTo('4000');
});

afterAll(async () => {
  await browser.close();
  await rig.close();
});

const partition = (person: Person) => person.byTestId('partition-state');

/** The first officer asks, the second opens it, gives their own password and grants. */
async function decideTogether(): Promise<void> {
  await first.choose('request-submit');
  await first.byTestId('pending-stage').waitFor();
  await grantBySecond();
}

async function grantBySecond(): Promise<void> {
  await second.choose('pending-open');
  await second.type('approval-password', 'demo-2026');
  await second.choose('approval-grant');
  await second.byTestId('approval-password').waitFor({ state: 'detached' });
  await second.press('Escape');
}

it('shows a door the moment it opens, and refuses to arm while it is open', async () => {
  await rig.branch.gesture('panel', 'open-door', { zone: 1 });
  await first.byTestId('request-blocked').waitFor();
  expect(await first.byTestId('request-submit').isDisabled()).toBe(true);
  await rig.branch.gesture('panel', 'close-door', { zone: 1 });
  await first.byTestId('request-blocked').waitFor({ state: 'detached' });
});

it('arms and disarms by two people, and the applicant cannot grant their own request', async () => {
  await first.choose('request-submit');
  await first.choose('pending-open');
  await first.byTestId('approval-withdraw').waitFor();
  expect(await first.byTestId('approval-password').count()).toBe(0);
  await first.choose('approval-withdraw');
  await first.byTestId('request-submit').waitFor();
  await decideTogether();
  await expect.poll(() => partition(first).innerText(), { timeout: 90_000 }).toContain('已布防');
  expect((await rig.branch.view('panel'))['lamps']).toMatchObject({ armed: 'on' });
  await decideTogether();
  await expect.poll(() => partition(first).innerText(), { timeout: 60_000 }).toContain('已撤防');
});

it('bypasses an open zone by two people with a reason, arms over it, and the disarming ends it', async () => {
  await rig.branch.gesture('panel', 'open-door', { zone: 1 });
  await first.byTestId('bypass-submit').waitFor();
  expect(await first.byTestId('bypass-submit').isDisabled()).toBe(true);
  await first.choose(first.byTestId('bypass-zones').getByRole('checkbox').first());
  await first.type('bypass-reason', '门锁送修');
  await first.choose('bypass-submit');
  await first.byTestId('pending-stage').waitFor();
  await grantBySecond();
  await first.byTestId('bypassed-zones').waitFor({ timeout: 90_000 });
  await decideTogether();
  await expect.poll(() => partition(first).innerText(), { timeout: 90_000 }).toContain('已布防');
  expect(await first.byTestId('bypassed-zones').innerText()).toContain('大厅正门');
  await decideTogether();
  await expect.poll(() => partition(first).innerText(), { timeout: 60_000 }).toContain('已撤防');
  await first.byTestId('bypassed-zones').waitFor({ state: 'detached', timeout: 60_000 });
  await rig.branch.gesture('panel', 'close-door', { zone: 1 });
  await first.byTestId('request-blocked').waitFor({ state: 'detached' });
});

it('says that an arming is in doubt when the cable comes out in the middle of it, and what became of it', async () => {
  await decideTogether();
  await expect.poll(() => partition(first).innerText(), { timeout: 30_000 }).toContain('退出延时');
  await rig.branch.pull('panel');
  await first.seesPhase('panel', 'waiting');
  await expect.poll(() => first.byTestId('last-decision').innerText(), { timeout: 30_000 }).toContain('存疑');
  await expect.poll(async () => (await rig.branch.view('panel'))['lamps'], { timeout: 60_000 }).toMatchObject({ armed: 'on' });
  await rig.branch.replug('panel');
  await first.seesPhase('panel', 'online');
  await expect.poll(() => partition(first).innerText(), { timeout: 60_000 }).toContain('已布防');
  await decideTogether();
  await expect.poll(() => partition(first).innerText(), { timeout: 60_000 }).toContain('已撤防');
});

it('says that the panel is away, and what changed meanwhile when it is back', async () => {
  await rig.branch.pull('panel');
  await first.seesPhase('panel', 'waiting');
  await rig.branch.gesture('panel', 'open-door', { zone: 1 });
  await rig.branch.replug('panel');
  await first.seesPhase('panel', 'online');
  await expect.poll(() => first.byTestId('timeline').innerText(), { timeout: 60_000 }).toContain('差异');
  await first.byTestId('request-blocked').waitFor({ timeout: 60_000 });
  await rig.branch.gesture('panel', 'close-door', { zone: 1 });
});
