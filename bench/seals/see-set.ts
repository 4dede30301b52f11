import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { assert } from '../../drivers/kit/assert.ts';
import { readSeen, type SeenCase } from './seen-case.ts';

/** Compares what has not been compared yet of these sets, a process to each processor, and reads what was seen, in the order of names. */
export async function seenOf(folders: readonly string[]): Promise<SeenCase[]> {
  const workers = availableParallelism();
  const program = fileURLToPath(new URL('./figures-of-set.ts', import.meta.url));
  const parts = folders.flatMap((folder) =>
    Array.from({ length: workers }, (_, part) => ({ folder, part, file: `${folder.replace(/\/$/, '')}.seen-${String(part)}.jsonl` })),
  );
  await Promise.all(
    parts.map(async ({ folder, part, file }) => {
      const worker = fork(program, [folder, file, String(part), String(workers)]);
      const [code] = (await once(worker, 'exit')) as [number | null];
      assert(code === 0, `the comparison of ${folder} ended well`);
    }),
  );
  return readSeen(parts.map(({ file }) => file)).sort((a, b) => (a.truth.case < b.truth.case ? -1 : 1));
}
