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
  for (const seed of seedsOf(failedOnce)) {
    try {
      live(seed);
    } catch (cause) {
      throw told(cause, seed, file);
    }
  }
  return run;
}

/** As `throughSeeds`, one after the other, for what takes real input and output. */
export async function throughSeedsInTurn(
  file: string,
  live: (seed: number) => Promise<void>,
  failedOnce: readonly number[] = [],
): Promise<SeedRun> {
  for (const seed of seedsOf(failedOnce)) {
    try {
      await live(seed);
    } catch (cause) {
      throw told(cause, seed, file);
    }
  }
  return run;
}

const isReplay = process.env['COUNTERD_SEED'] !== undefined;
const count = isReplay ? 1 : Number(process.env['COUNTERD_SEEDS'] ?? 200);
const run: SeedRun = { count, first: freshSeed, isTelling: count >= 100 };

function seedsOf(failedOnce: readonly number[]): readonly number[] {
  const fresh = Array.from({ length: count }, (_, at) => freshSeed + at);
  return isReplay ? fresh : [...failedOnce, ...fresh];
}

function told(cause: unknown, seed: number, file: string): unknown {
  process.stderr.write(`seed ${String(seed)} failed; ${replayWith(seed, file)}\n`);
  return cause;
}
