/** Time as an argument: the runner has the real one, tests have a virtual one. */
export interface Clock {
  /** Milliseconds since the epoch. May go backwards when the host's clock is set: never measure with it. */
  nowMs(): number;
  /** Calls `task` once, `ms` milliseconds (>= 0) from now, unless cancelled. */
  after(ms: number, task: () => void): CancelTimer;
}

export type CancelTimer = () => void;

/** The host's clock. */
export const hostClock: Clock = {
  nowMs: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};
