import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SealAnswer, SealJob } from './seal-job.ts';

interface Asked {
  readonly number: number;
  readonly job: SealJob;
  readonly resolve: (answer: SealAnswer) => void;
  readonly reject: (cause: unknown) => void;
}

/** Threads that compare seals, as many as there are processors, each with one comparison at a time. */
export class SealPool {
  readonly #idle: Worker[] = [];
  readonly #workers: Worker[] = [];
  readonly #waiting: Asked[] = [];
  readonly #running = new Map<number, Asked>();
  #count = 0;

  constructor(size = availableParallelism()) {
    for (let i = 0; i < size; i++) this.#workers.push(this.#hire());
    this.#idle.push(...this.#workers);
  }

  get size(): number {
    return this.#workers.length;
  }

  /** Rejects only for a bug; what is wrong with the pictures is in the answer. */
  compare(job: SealJob): Promise<SealAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ number: this.#count++, job, resolve, reject });
      this.#assign();
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #hire(): Worker {
    const worker = new Worker(workerPlace(import.meta.url));
    worker.on('message', ({ number, answer }: { readonly number: number; readonly answer: SealAnswer }) => {
      this.#running.get(number)?.resolve(answer);
      this.#running.delete(number);
      this.#idle.push(worker);
      this.#assign();
    });
    worker.on('error', (cause) => {
      for (const { reject } of [...this.#running.values(), ...this.#waiting.splice(0)]) reject(cause);
      this.#running.clear();
    });
    return worker;
  }

  #assign(): void {
    for (;;) {
      const worker = this.#waiting.length === 0 ? undefined : this.#idle.pop();
      const asked = worker === undefined ? undefined : this.#waiting.shift();
      if (worker === undefined || asked === undefined) return;
      this.#running.set(asked.number, asked);
      worker.postMessage({ number: asked.number, job: asked.job });
    }
  }
}

/** From sources, the sources; chunks lie one folder below the programs in dist/. */
function workerPlace(here: string): URL {
  if (here.endsWith('.ts')) return new URL('./seal-worker.ts', here);
  return new URL(here.includes('/chunks/') ? '../seal-worker.mjs' : './seal-worker.mjs', here);
}
