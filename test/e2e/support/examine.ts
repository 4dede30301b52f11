import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Set it to a folder to look at every screen with your own eyes. */
const pictureFolder = process.env['COUNTERD_SCREENSHOTS'];
const wide = { width: 1366, height: 768 };
/** The same window at 200 % zoom. */
const zoomed = { width: 683, height: 384 };

/** What is wrong with the screen that `page` shows now: accessibility, and text that is cut off, also at 200 % zoom. */
export async function faultsOf(page: Page, name: string): Promise<readonly string[]> {
  await page.locator('.skeleton').waitFor({ state: 'detached' });
  const faults: string[] = [];
  for (const [size, viewport] of [
    ['', wide],
    ['@200%', zoomed],
  ] as const) {
    await page.setViewportSize(viewport);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    if (pictureFolder !== undefined) await page.screenshot({ path: join(pictureFolder, `${name}${size}.png`) });
    const found = [...(await axeViolations(page)), ...(await page.evaluate(cutOffText))];
    faults.push(...found.map((fault) => `${name}${size}: ${fault}`));
  }
  await page.setViewportSize(wide);
  return faults;
}

async function axeViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(await axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
    );
  });
}

/** Runs in the page. A row that opens to its whole text may shorten it. Finds text that nobody can bring into view, because it is clipped, or outside a page that does not scroll. */
function cutOffText(): string[] {
  const faults: string[] = [];
  const scrolls = (element: Element): boolean => /auto|scroll/.test(getComputedStyle(element).overflowX);
  const parents = (element: Element): Element[] =>
    element.parentElement === null ? [] : [element.parentElement, ...parents(element.parentElement)];
  if (document.documentElement.scrollWidth > window.innerWidth) faults.push('the page scrolls sideways');
  for (const control of document.body.querySelectorAll('main input, main button')) {
    const card = control.closest('main, .panel, [role="dialog"]')?.getBoundingClientRect();
    const { right, width } = control.getBoundingClientRect();
    const isInScroller = control.closest('[style*="overflow"], .palette-list, table') !== null;
    if (card !== undefined && width > 1 && !isInScroller && right > card.right + 1)
      faults.push(`sticks out of its card: ${control.outerHTML.slice(0, 90)}`);
  }
  for (const element of document.body.querySelectorAll('*')) {
    const ownText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '');
    const box = element.getBoundingClientRect();
    if (
      !ownText ||
      box.width <= 1 ||
      element.closest('.hidden-text, .skip-link, [data-opens="true"] [role="gridcell"], option, [aria-hidden="true"], svg') !== null
    )
      continue;
    const around = [element, ...parents(element)];
    const clipping = around.find((each) => {
      const { overflowX, textOverflow } = getComputedStyle(each);
      return overflowX !== 'visible' && !scrolls(each) && textOverflow !== 'ellipsis' && each.getBoundingClientRect().right < box.right - 1;
    });
    const isOutside = (box.right > window.innerWidth + 1 || box.left < -1) && !around.some(scrolls);
    const isEllipsed = getComputedStyle(element).textOverflow === 'ellipsis' && element.scrollWidth > element.clientWidth + 1;
    const hasWhole = isEllipsed && around.slice(0, 3).some((each) => (each.getAttribute('title') ?? '') !== '');
    if (clipping !== undefined || isOutside || (isEllipsed && !hasWhole))
      faults.push(`cut off: <${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent.trim().slice(0, 60)}`);
  }
  return faults;
}
