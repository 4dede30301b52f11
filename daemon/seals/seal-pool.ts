import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SealAnswer, SealJob } from './seal-job.ts';

interface Asked {
  readonly job: SealJob;
  readonly answer: (answer: SealAnswer) => void;
}

/**
 * Threads that compare seals, as many as there are processors, each with one comparison at a time. A picture that brings its thread down
 * costs its own comparison and nobody else's: it is referred as CD_BUG, and another thread takes the place of the one that fell.
 */
export class SealPool {
  readonly size: number;
  readonly #place: URL;
  readonly #workers = new Set<Worker>();
  readonly #idle: Worker[] = [];
  readonly #waiting: Asked[] = [];
  readonly #running = new Map<Worker, Asked>();

  /** `place` is the program of a thread; another one only in tests. */
  constructor(size = availableParallelism(), place = workerPlace(import.meta.url)) {
    this.size = size;
    this.#place = place;
  }

  /** Always comes to an answer; what is wrong with the pictures is in it. */
  compare(job: SealJob): Promise<SealAnswer> {
    return new Promise((answer) => {
      this.#waiting.push({ job, answer });
      this.#assign();
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  #assign(): void {
    while (this.#waiting.length > 0) {
      const worker = this.#idle.pop() ?? (this.#workers.size < this.size ? this.#hire() : undefined);
      const asked = worker === undefined ? undefined : this.#waiting.shift();
      if (worker === undefined || asked === undefined) return;
      this.#running.set(worker, asked);
      worker.postMessage(asked.job);
    }
  }

  #hire(): Worker {
    const worker = new Worker(this.#place);
    this.#workers.add(worker);
    worker.on('message', (answer: SealAnswer) => {
      this.#idle.push(worker);
      this.#settle(worker, answer);
    });
    worker.on('error', (cause) => {
      this.#workers.delete(worker);
      this.#settle(worker, { verdict: 'refer', similarity: 0, ms: 0, because: 'CD_BUG', detail: String(cause) });
    });
    return worker;
  }

  #settle(worker: Worker, answer: SealAnswer): void {
    this.#running.get(worker)?.answer(answer);
    this.#running.delete(worker);
    this.#assign();
  }
}

/** From sources, the sources; chunks lie one folder below the programs in dist/. */
function workerPlace(here: string): URL {
  if (here.endsWith('.ts')) return new URL('./seal-worker.ts', here);
  return new URL(here.includes('/chunks/') ? '../seal-worker.mjs' : './seal-worker.mjs', here);
}
