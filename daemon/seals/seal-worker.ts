/** A thread that compares seals: a job in, its answer out, one at a time. */
import { parentPort } from 'node:worker_threads';
import { answerJob, type SealJob } from './seal-job.ts';

parentPort?.on('message', (job: SealJob) => {
  void answerJob(job).then((answer) => parentPort?.postMessage(answer));
});
