import type { CancelTimer, Clock } from '../../drivers/kit/clock.ts';

/** Runs `task` every `ms` milliseconds, for the first time after `ms`, until it is stopped. */
export function repeat(clock: Clock, ms: number, task: () => void): CancelTimer {
  let cancel = clock.after(ms, again);
  function again(): void {
    task();
    cancel = clock.after(ms, again);
  }
  return () => cancel();
}
