/** A worker process of `dataset.ts`: makes the identities it is sent, until none is left. The order is its argument. */
import sharp from 'sharp';
import { SetMaker } from './set-maker.ts';
import type { SetOrder } from './set-plan.ts';

// One core each: the pool of threads behind sharp would take the others.
sharp.concurrency(1);
const maker = new SetMaker(JSON.parse(process.argv[2] ?? '') as SetOrder);
process.on('message', (index: number) => {
  void maker.identity(index).then((made) => process.send?.(made));
});
