import { randomInt } from 'node:crypto';

/**
 * Resolves when the process is asked to end: SIGINT, SIGTERM, the end of the `counterd` that started it, or - for
 * the child of another program - the end of its standard input.
 */
export function untilStopped(isChild: boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off('disconnect', stop);
      process.channel?.unref();
      resolve();
    };
    process.once('disconnect', stop);
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    if (!isChild) return;
    process.stdin.once('end', stop);
    process.stdin.once('close', stop);
    process.stdin.resume();
  });
}

/** The seed that was asked for, or a fresh one that the person is told, so that the day can be had again. */
export function chosenSeed(asked: number | undefined): number {
  if (asked !== undefined) return asked;
  const seed = randomInt(2 ** 31);
  process.stderr.write(`seed ${String(seed)}; the same again: --seed ${String(seed)}\n`);
  return seed;
}
