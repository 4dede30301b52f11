import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { assert } from '../../drivers/kit/assert.ts';
import { readSeen, type SeenCase } from './seen-case.ts';

const engine = fileURLToPath(new URL('../../daemon/seals/engine/', import.meta.url));

/**
 * Compares what has not been compared yet by this engine of these sets, a process to each processor, and reads what was seen, in the
 * order of names. What was seen is kept beside the set, under a name that changes with the engine.
 */
export async function seenOf(folders: readonly string[]): Promise<SeenCase[]> {
  const workers = availableParallelism();
  const program = fileURLToPath(new URL('./figures-of-set.ts', import.meta.url));
  const parts = folders.flatMap((folder) => Array.from({ length: workers }, (_, part) => ({ folder, part, file: seenFile(folder, part) })));
  await Promise.all(
    parts.map(async ({ folder, part, file }) => {
      const worker = fork(program, [folder, file, String(part), String(workers)]);
      const [code] = (await once(worker, 'exit')) as [number | null];
      assert(code === 0, `the comparison of ${folder} ended well`);
    }),
  );
  return readSeen(parts.map(({ file }) => file)).sort((a, b) => (a.truth.case < b.truth.case ? -1 : 1));
}

function seenFile(folder: string, part: number): string {
  const code = createHash('sha256');
  for (const name of readdirSync(engine).sort()) if (name.endsWith('.ts')) code.update(readFileSync(`${engine}${name}`));
  return `${folder.replace(/\/$/, '')}.seen-${code.digest('hex').slice(0, 12)}-${String(part)}.jsonl`;
}
