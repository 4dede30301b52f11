import { describe, expect, it } from 'vitest';
import { PacedClock, type HostTime } from '../../simulators/kit/paced-clock.ts';
import { VirtualClock } from '../../simulators/kit/virtual-clock.ts';

/** A host whose time the test moves. Its timers may be late, as a loaded host's are. */
function scriptedHost(): { host: HostTime; pass: (ms: number) => void } {
  const clock = new VirtualClock(0);
  return { host: { monotonicMs: () => clock.nowMs(), after: (ms, task) => clock.after(ms, task) }, pass: (ms) => clock.advance(ms) };
}

describe('paced clock', () => {
  it('lets simulated time pass as fast as the host’s', () => {
    const { host, pass } = scriptedHost();
    const clock = new PacedClock(1_000, host);
    const seen: number[] = [];
    clock.after(5, () => seen.push(clock.nowMs()));
    pass(4);
    expect(seen).toEqual([]);
    pass(1);
    expect(seen).toEqual([1_005]);
  });

  it('keeps the order of tasks that fall due within one millisecond', () => {
    const { host, pass } = scriptedHost();
    const clock = new PacedClock(0, host);
    const seen: string[] = [];
    clock.after(10.4, () => seen.push('first byte'));
    pass(1);
    clock.after(9.9, () => seen.push('second byte'));
    pass(20);
    expect(seen).toEqual(['first byte', 'second byte']);
  });

  it('stands still at speed 0, and a step moves it by exactly that much', () => {
    const { host, pass } = scriptedHost();
    const clock = new PacedClock(0, host);
    const seen: number[] = [];
    clock.after(100, () => seen.push(clock.nowMs()));
    clock.setSpeed(0);
    pass(60_000);
    expect(seen).toEqual([]);
    clock.step(99);
    expect(seen).toEqual([]);
    clock.step(1);
    expect(seen).toEqual([100]);
    expect(clock.nowMs()).toBe(100);
  });

  it('passes ten times as fast at speed 10, from the moment it is set', () => {
    const { host, pass } = scriptedHost();
    const clock = new PacedClock(0, host);
    const seen: number[] = [];
    clock.after(1_000, () => seen.push(clock.nowMs()));
    pass(500);
    clock.setSpeed(10);
    pass(49);
    expect(seen).toEqual([]);
    pass(2);
    expect(seen).toEqual([1_000]);
  });

  it('times a task that a task sets from the moment it was due, not from when the host woke', () => {
    const { host, pass } = scriptedHost();
    const clock = new PacedClock(0, host);
    const seen: number[] = [];
    const tick = (): void => {
      seen.push(clock.nowMs());
      if (seen.length < 4) clock.after(1.25, tick);
    };
    clock.after(1.25, tick);
    pass(10);
    expect(seen).toEqual([1.25, 2.5, 3.75, 5]);
  });

  it('runs nothing after it was stopped', () => {
    const { host, pass } = scriptedHost();
    const clock = new PacedClock(0, host);
    let isRun = false;
    clock.after(5, () => {
      isRun = true;
    });
    clock.stop();
    pass(1_000);
    expect(isRun).toBe(false);
  });
});
