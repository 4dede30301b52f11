/** A worker process of `dataset.ts`: does the jobs it is sent, until none is left. The order is its argument. */
import sharp from 'sharp';
import { SetMaker } from './set-maker.ts';
import type { SetJob, SetOrder } from './set-plan.ts';

// One core each: the pool of threads behind sharp would take the others.
sharp.concurrency(1);
const maker = new SetMaker(JSON.parse(process.argv[2] ?? '') as SetOrder);
process.on('message', (job: SetJob) => {
  void maker.make(job).then((made) => process.send?.(made));
});
