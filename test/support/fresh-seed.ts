import { randomInt } from 'node:crypto';

/** `COUNTERD_SEED` when it is set - the way to see a failure again - or a fresh one. */
export const freshSeed = process.env['COUNTERD_SEED'] === undefined ? randomInt(2 ** 31 - 1) : Number(process.env['COUNTERD_SEED']);

/** How to see this run again, for the message of a failure. */
export function replayWith(seed: number, file: string): string {
  return `replay: COUNTERD_SEED=${String(seed)} npx vitest run ${file}`;
}
