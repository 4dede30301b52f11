import { chromium, type Browser } from 'playwright-core';

/** Debian's Chromium, headless, without anything that would look for a network. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['COUNTERD_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
