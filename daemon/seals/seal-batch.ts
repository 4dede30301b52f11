import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { Type, checker, record } from '../../drivers/kit/schema.ts';
import type { SealAnswer } from './seal-job.ts';
import { SealPool } from './seal-pool.ts';

const dpi = Type.Optional(Type.Number({ minimum: 1, maximum: 10_000 }));
const line = checker(
  record({
    id: Type.String({ minLength: 1, maxLength: 500 }),
    specimen: Type.String({ minLength: 1 }),
    impression: Type.String({ minLength: 1 }),
    specimenDpi: dpi,
    impressionDpi: dpi,
  }),
);

/** Jobs read ahead of those being worked on, for each thread. */
const AHEAD = 3;

export type BatchAnswer = SealAnswer & { readonly id: string };

/**
 * Compares the pairs of a JSON Lines file (`-`: standard input), as many at a time as there are processors, and gives each answer in
 * the order of the lines as soon as it and those before it are known. A line that is no request is answered by CD_SEAL_INPUT.
 */
export async function* sealBatch(path: string): AsyncGenerator<BatchAnswer> {
  const input = path === '-' ? process.stdin : createReadStream(path, 'utf8');
  const pool = new SealPool();
  const running: Promise<BatchAnswer>[] = [];
  let number = 0;
  try {
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      number++;
      if (text.trim() === '') continue;
      running.push(answered(pool, text, number));
      if (running.length > AHEAD * pool.size) yield (await running.shift()) as BatchAnswer;
    }
    while (running.length > 0) yield (await running.shift()) as BatchAnswer;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === undefined || cause instanceof CounterdError) throw cause;
    throw new CounterdError('CD_SEAL_INPUT', path, { cause });
  } finally {
    await pool.close();
  }
}

async function answered(pool: SealPool, text: string, number: number): Promise<BatchAnswer> {
  const value = parsed(text);
  if (!line.accepts(value)) {
    const id =
      typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? value.id : `line ${String(number)}`;
    return { id, verdict: 'refer', similarity: 0, ms: 0, because: 'CD_SEAL_INPUT', detail: `line ${String(number)}` };
  }
  const { id, ...job } = value;
  return { id, ...(await pool.compare(job)) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
