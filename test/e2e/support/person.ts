import type { Browser, Locator, Page } from 'playwright-core';
import { blockPointers, choose, typeInto } from './keyboard.ts';

/** What the browser was sent, in the order it came, over all its connections. */
export interface FedEntry {
  readonly seq: number;
  readonly type: string;
  readonly device?: string;
}

/** A person at a browser of their own that has a keyboard and nothing else, as U1 promises is enough. */
export class Person {
  readonly page: Page;
  readonly feed: readonly FedEntry[];

  private constructor(page: Page, feed: readonly FedEntry[]) {
    this.page = page;
    this.feed = feed;
  }

  /** Opens a browser, logs in and takes `position` (a digit), or goes on without one. */
  static async logIn(
    browser: Browser,
    at: { readonly url: string; readonly personId: string; readonly position?: number; readonly language?: 'zh-CN' | 'en' },
  ): Promise<Person> {
    const page = await openPage(browser, at.language);
    await blockPointers(page.context());
    const feed: FedEntry[] = [];
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        const text = typeof payload === 'string' ? payload : '';
        const [, entry] = /^42\["entry",(\{.*\})\]$/s.exec(text) ?? [];
        if (entry !== undefined) feed.push(JSON.parse(entry) as FedEntry);
      });
    });
    await page.goto(at.url);
    await typeInto(page, page.getByTestId('login-person'), at.personId);
    await typeInto(page, page.getByTestId('login-password'), 'demo-2026');
    await page.keyboard.press('F9');
    const positions = page.getByTestId('position-screen');
    if (at.position === undefined) {
      await page.getByTestId('no-position').or(page.getByTestId('rail')).first().waitFor();
      if (await page.getByTestId('no-position').isVisible()) await choose(page, page.getByTestId('no-position'));
    } else {
      await positions.waitFor();
      await choose(
        page,
        page
          .getByRole('listitem')
          .nth(at.position - 1)
          .getByRole('button'),
      );
    }
    await page.getByTestId('rail').waitFor();
    return new Person(page, feed);
  }

  /** Finds a function by its four digits, as tellers know them. */
  async goTo(code: string): Promise<void> {
    await this.press('F2');
    await typeInto(this.page, this.byTestId('palette-input'), code);
    await this.press('Enter');
    await this.byTestId('palette').waitFor({ state: 'detached' });
  }

  /** By its address: for what no function code leads to. */
  async open(route: string): Promise<void> {
    await this.page.evaluate((hash) => {
      window.location.hash = hash;
    }, route);
  }

  /** Presses the button or ticks the choice with this test id. */
  choose(target: string | Locator): Promise<void> {
    return choose(this.page, typeof target === 'string' ? this.byTestId(target) : target);
  }

  type(testId: string, text: string): Promise<void> {
    return typeInto(this.page, this.byTestId(testId), text);
  }

  press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }

  byTestId(id: string) {
    return this.page.getByTestId(id);
  }

  /** Waits until supervision says this of a device, as the device strip shows it. */
  async seesPhase(device: string, phase: 'online' | 'waiting'): Promise<void> {
    await this.page.locator(`[data-testid="chip-${device}"][data-phase="${phase}"]`).waitFor({ timeout: 60_000 });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** A page of a browser of its own, at the size of a counter’s screen, its screens in `language`. */
export async function openPage(browser: Browser, language: 'zh-CN' | 'en' = 'zh-CN'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: language });
  await context.addInitScript((chosen) => {
    for (const key of ['counterd.language', 'counterd.branch.language']) localStorage.setItem(key, chosen);
  }, language);
  context.setDefaultTimeout(30_000);
  return context.newPage();
}
