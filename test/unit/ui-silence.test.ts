import { describe, expect, it } from 'vitest';
import { SILENT_AFTER_MS, Silence } from '../../ui/feed/silence.ts';
import { CLOCK_EVERY_MS } from '../../daemon/contract/socket.ts';

/** Looks every 200 ms until `untilMs`, a word coming every `wordMs`; says the longest silence it saw. */
function longest(untilMs: number, wordMs: number): number {
  const silence = new Silence(0);
  const seen = [];
  for (let now = 200; now <= untilMs; now += 200) {
    if (now >= wordMs) silence.heard(now - (now % wordMs));
    seen.push(silence.lasts(now));
  }
  return Math.max(...seen);
}

describe('silence of the daemon', () => {
  it('is told within two seconds, and two late words are not silence', () => {
    expect(SILENT_AFTER_MS + 200).toBeLessThanOrEqual(2000);
    expect(longest(60_000, 3 * CLOCK_EVERY_MS)).toBeLessThan(SILENT_AFTER_MS);
    expect(longest(2_000, 100_000)).toBeGreaterThan(SILENT_AFTER_MS);
  });

  it('is not told by a page that slept itself, until it had a turn to read what came meanwhile', () => {
    const silence = new Silence(0);
    expect(silence.lasts(60_000)).toBe(0);
    silence.heard(60_100);
    expect(silence.lasts(60_200)).toBe(100);
  });

  it('is told by a page that slept when nothing came meanwhile', () => {
    const silence = new Silence(0);
    silence.lasts(60_000);
    expect(silence.lasts(60_200)).toBeGreaterThan(SILENT_AFTER_MS);
  });
});
