import type { Browser, Page } from 'playwright-core';

/** What the browser was sent, in the order it came, over all its connections. */
export interface FedEntry {
  readonly seq: number;
  readonly type: string;
  readonly device?: string;
}

/** A person at a browser of their own: keyboard first, as at a counter. */
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
    const feed: FedEntry[] = [];
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        const text = typeof payload === 'string' ? payload : '';
        const [, entry] = /^42\["entry",(\{.*\})\]$/s.exec(text) ?? [];
        if (entry !== undefined) feed.push(JSON.parse(entry) as FedEntry);
      });
    });
    await page.goto(at.url);
    await page.getByTestId('login-person').fill(at.personId);
    await page.getByTestId('login-password').fill('demo-2026');
    await page.keyboard.press('F9');
    const positions = page.getByTestId('position-screen');
    if (at.position === undefined) {
      await page.getByTestId('no-position').or(page.getByTestId('rail')).first().waitFor();
      if (await page.getByTestId('no-position').isVisible()) await page.getByTestId('no-position').click();
    } else {
      await positions.waitFor();
      await page
        .getByRole('listitem')
        .nth(at.position - 1)
        .getByRole('button')
        .click();
    }
    await page.getByTestId('rail').waitFor();
    return new Person(page, feed);
  }

  async open(route: string): Promise<void> {
    await this.page.evaluate((hash) => {
      window.location.hash = hash;
    }, route);
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
