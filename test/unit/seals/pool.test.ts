import { afterEach, expect, it } from 'vitest';
import { SealPool } from '../../../daemon/seals/seal-pool.ts';

/** A thread that answers with the name of its picture, and falls on one called `fatal`. */
const program = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ impression }) => {
    if (impression === 'fatal') throw new Error('brought down');
    parentPort.postMessage({ verdict: 'pass', similarity: 1, ms: 0, detail: impression });
  });`;

let pool: SealPool | undefined;

afterEach(() => pool?.close());

it('a picture that brings its thread down costs its own comparison and nobody else’s', async () => {
  const threads = new SealPool(2, new URL(`data:text/javascript,${encodeURIComponent(program)}`));
  pool = threads;
  const names = ['a', 'fatal', 'b', 'fatal', 'fatal', 'c', 'd'];
  const answers = await Promise.all(names.map((impression) => threads.compare({ specimen: 's', impression })));
  expect(answers.map((answer) => answer.because ?? answer.detail)).toEqual(['a', 'CD_BUG', 'b', 'CD_BUG', 'CD_BUG', 'c', 'd']);
  expect(answers[1]).toMatchObject({ verdict: 'refer', similarity: 0 });
});
