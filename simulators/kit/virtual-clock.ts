import type { CancelTimer, Clock } from '../../drivers/kit/clock.ts';

interface Task {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
  isCancelled: boolean;
}

/**
 * Virtual time: nothing happens until `advance`. Tasks due at one moment run in the order they were set.
 * A binary heap, because a simulated branch sets a timer per byte.
 */
export class VirtualClock implements Clock {
  readonly #heap: Task[] = [];
  #nowMs: number;
  #order = 0;

  constructor(startMs = Date.UTC(2026, 10, 22, 0, 30)) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  /** When the next task falls due; undefined when nothing waits. */
  get nextAtMs(): number | undefined {
    while (this.#heap[0]?.isCancelled === true) this.#pop();
    return this.#heap[0]?.atMs;
  }

  after(ms: number, run: () => void): CancelTimer {
    const task: Task = { atMs: this.#nowMs + Math.max(0, ms), order: this.#order++, run, isCancelled: false };
    this.#push(task);
    return () => {
      task.isCancelled = true;
    };
  }

  /** Lets `ms` milliseconds pass and runs everything that falls due, in order. */
  advance(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (let next = this.#heap[0]; next !== undefined && next.atMs <= untilMs; next = this.#heap[0]) {
      this.#pop();
      if (next.isCancelled) continue;
      this.#nowMs = next.atMs;
      next.run();
    }
    this.#nowMs = untilMs;
  }

  /** Lets time pass in steps until `isDone` or `limitMs` is over; says whether it was done. */
  advanceUntil(isDone: () => boolean, limitMs: number, stepMs = 10): boolean {
    for (let passed = 0; passed < limitMs && !isDone(); passed += stepMs) this.advance(stepMs);
    return isDone();
  }

  #push(task: Task): void {
    const heap = this.#heap;
    heap.push(task);
    let at = heap.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(heap[at], heap[parent])) break;
      swap(heap, at, parent);
      at = parent;
    }
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = at;
      if (isBefore(heap[left], heap[least])) least = left;
      if (isBefore(heap[right], heap[least])) least = right;
      if (least === at) return;
      swap(heap, at, least);
      at = least;
    }
  }
}

function isBefore(a: Task | undefined, b: Task | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

function swap(heap: Task[], a: number, b: number): void {
  const one = heap[a];
  const other = heap[b];
  if (one === undefined || other === undefined) return;
  heap[a] = other;
  heap[b] = one;
}
