import { freshSeed, replayWith } from './fresh-seed.ts';

/** What a run went through. */
export interface SeedRun {
  readonly count: number;
  readonly first: number;
  /** Enough days that each kind of thing must have happened in some of them. */
  readonly isTelling: boolean;
}

/**
 * Lives through `COUNTERD_SEEDS` seeds (200 unless told): first those that ever failed, then fresh ones. With
 * `COUNTERD_SEED` set, that one alone. A failure says how to see it again.
 */
export function throughSeeds(file: string, live: (seed: number) => void, failedOnce: readonly number[] = []): SeedRun {
  const isReplay = process.env['COUNTERD_SEED'] !== undefined;
  const count = isReplay ? 1 : Number(process.env['COUNTERD_SEEDS'] ?? 200);
  const fresh = Array.from({ length: count }, (_, at) => freshSeed + at);
  for (const seed of isReplay ? fresh : [...failedOnce, ...fresh]) {
    try {
      live(seed);
    } catch (cause) {
      process.stderr.write(`seed ${String(seed)} failed; ${replayWith(seed, file)}\n`);
      throw cause;
    }
  }
  return { count, first: freshSeed, isTelling: count >= 100 };
}
