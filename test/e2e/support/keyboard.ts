import type { BrowserContext, Locator, Page } from 'playwright-core';

/** More stops than any screen of ours has. */
const STOPS_MAX = 120;

/** Nothing that a mouse, a finger or a pen does reaches the pages of this browser: what works in it works from the keyboard (U1). */
export async function blockPointers(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    for (const type of ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'touchstart', 'wheel']) {
      window.addEventListener(
        type,
        (event) => {
          // A click that Enter or Space made counts no presses.
          if (!event.isTrusted || (type === 'click' && (event as MouseEvent).detail === 0)) return;
          event.preventDefault();
          event.stopImmediatePropagation();
        },
        { capture: true, passive: false },
      );
    }
  });
}

/** Moves the focus to `target` as a person does: stop by stop, with arrows inside a group of choices. */
export async function reach(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stop = 0; stop < STOPS_MAX; stop++) {
    const place = await target.evaluate(placeOfFocus);
    if (place === 'here') return;
    await page.keyboard.press(place === 'beside' ? 'ArrowDown' : 'Tab');
  }
  throw new Error(`the keyboard does not reach ${String(target)}`);
}

/** Presses a button, or ticks a choice. */
export async function choose(page: Page, target: Locator): Promise<void> {
  await reach(page, target);
  const isChoice = await page.evaluate(() => document.activeElement instanceof HTMLInputElement);
  await page.keyboard.press(isChoice ? 'Space' : 'Enter');
}

/** Types over whatever the field holds. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await reach(page, field);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

/** Runs in the page. */
function placeOfFocus(target: Element): 'here' | 'beside' | 'elsewhere' {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return 'elsewhere';
  const choice = target.closest('label') ?? target;
  if (choice.contains(focused)) return 'here';
  const group = target.closest('[role="radiogroup"]');
  return group !== null && focused instanceof HTMLInputElement && focused.type === 'radio' && group.contains(focused)
    ? 'beside'
    : 'elsewhere';
}
