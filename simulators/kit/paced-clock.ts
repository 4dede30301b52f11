import { assert } from '../../drivers/kit/assert.ts';
import type { CancelTimer, Clock } from '../../drivers/kit/clock.ts';
import { VirtualClock } from './virtual-clock.ts';

/** How the host measures and waits; the host's own in `hostTime`, a scripted one in tests. */
export interface HostTime {
  /** Milliseconds on a clock that never goes back. */
  monotonicMs(): number;
  after(ms: number, task: () => void): CancelTimer;
}

export const hostTime: HostTime = {
  monotonicMs: () => performance.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/**
 * Simulated time that passes with the host's: as fast, ten times as fast, or not at all. Served simulators run
 * on it rather than on bare host timers because it keeps the order of what falls due within one millisecond,
 * which is the order of bytes on a wire.
 */
export class PacedClock implements Clock {
  readonly #virtual: VirtualClock;
  readonly #host: HostTime;
  #speed = 1;
  /** The host's time at which the virtual clock stood where it stands. */
  #syncedMs: number;
  #isAdvancing = false;
  #cancelWait: CancelTimer | undefined;

  constructor(startMs: number, host: HostTime = hostTime) {
    this.#virtual = new VirtualClock(startMs);
    this.#host = host;
    this.#syncedMs = host.monotonicMs();
  }

  /** Simulated milliseconds per host millisecond: 0 stands still. */
  get speed(): number {
    return this.#speed;
  }

  nowMs(): number {
    return this.#virtual.nowMs() + this.#unspentMs();
  }

  after(ms: number, task: () => void): CancelTimer {
    const cancel = this.#virtual.after(this.#unspentMs() + Math.max(0, ms), task);
    this.#wait();
    return cancel;
  }

  /** Changes the pace from now on. */
  setSpeed(speed: number): void {
    assert(speed >= 0 && Number.isFinite(speed), 'time does not go back');
    this.#catchUp();
    this.#speed = speed;
    this.#wait();
  }

  /** Lets `ms` of simulated time pass at once; for stepping while time stands still. */
  step(ms: number): void {
    this.#advance(this.#unspentMs() + ms);
    this.#wait();
  }

  /** Nothing falls due any more; the host process may end. */
  stop(): void {
    this.#speed = 0;
    this.#cancelWait?.();
  }

  /** Host time that has passed since the virtual clock was moved last, as simulated time. */
  #unspentMs(): number {
    return this.#isAdvancing ? 0 : (this.#host.monotonicMs() - this.#syncedMs) * this.#speed;
  }

  #catchUp(): void {
    this.#advance(this.#unspentMs());
  }

  #advance(ms: number): void {
    if (this.#isAdvancing) return;
    this.#syncedMs = this.#host.monotonicMs();
    this.#isAdvancing = true;
    try {
      this.#virtual.advance(ms);
    } finally {
      this.#isAdvancing = false;
    }
  }

  /** Sleeps until the next task is due. */
  #wait(): void {
    this.#cancelWait?.();
    this.#cancelWait = undefined;
    const nextAtMs = this.#virtual.nextAtMs;
    if (this.#isAdvancing || nextAtMs === undefined || this.#speed === 0) return;
    const waitMs = Math.max(0, (nextAtMs - this.nowMs()) / this.#speed);
    this.#cancelWait = this.#host.after(Math.min(Math.ceil(waitMs), 60_000), () => {
      this.#catchUp();
      this.#wait();
    });
  }
}
