/** Why a scan job stopped, from the HTTP status that stopped it and what the scanner says about itself afterwards. */
import type { ErrorCode } from '../../kit/errors.ts';
import { done, failed, inDoubt, refused, type Outcome } from '../../kit/outcome.ts';
import type { ScanEnd } from '../family.ts';
import type { EsclStatus } from './documents.ts';
import { factsOf, type Job, type JobEnding } from './state.ts';

/** Why nothing may be started; undefined when nothing speaks against it. */
export function objection(job: Job, status: EsclStatus): JobEnding | undefined {
  if (status.state === 'stopped') return { outcome: refused('CD_DEVICE_FAULT'), reason: 'fault' };
  if (job.settings.source === 'platen') return undefined;
  const trouble = feederTrouble(status);
  if (trouble !== undefined) return { outcome: refused(trouble.code), reason: trouble.reason };
  return status.adf === 'empty' ? { outcome: refused('CD_SCAN_NO_MEDIA'), reason: 'empty' } : undefined;
}

/** `status` is null when the scanner could not say. */
export function verdict(job: Job, status: EsclStatus | null): JobEnding {
  if (job.path === null) return notAccepted(job, status);
  return job.settings.source === 'platen' ? platenStopped(job) : feederStopped(job, status);
}

/** A job that ran to its end. */
export function completed(job: Job): JobEnding {
  return { outcome: doneWith(job, 'complete'), reason: 'complete' };
}

/**
 * A job that was called off. From the platen it is known what happened; a feeder may have let a sheet through
 * whose picture never came, and no counter of the protocol says so: a person counts the sheets.
 */
export function calledOff(job: Job): JobEnding {
  const reason = 'cancelled';
  if (job.path !== null && job.settings.source === 'feeder') return { outcome: inDoubt('CD_DEVICE_CANCELLED', pagesText(job)), reason };
  return { outcome: job.pages > 0 ? doneWith(job, reason) : failed('CD_DEVICE_CANCELLED'), reason };
}

/** HTTP statuses that say "no further page", with or without a reason. */
const END_STATUSES: ReadonlySet<number> = new Set([404, 409, 410]);

/** The scanner did not take the job: nothing moved. */
function notAccepted(job: Job, status: EsclStatus | null): JobEnding {
  const known = status === null ? undefined : objection(job, status);
  if (known !== undefined) return known;
  const isBusy = job.stoppedBy === 503 || status?.state === 'processing' || status?.state === 'testing';
  if (isBusy) return { outcome: refused('CD_DEVICE_BUSY'), reason: 'fault' };
  return { outcome: refused('CD_DEVICE_REJECTED', httpText(job)), reason: 'fault' };
}

/** Nothing moves on a platen: with its page it is done, whatever followed; without, it is known not to be. */
function platenStopped(job: Job): JobEnding {
  return job.pages > 0 ? completed(job) : { outcome: failed(faultCode(job), httpText(job)), reason: 'fault' };
}

function feederStopped(job: Job, status: EsclStatus | null): JobEnding {
  const trouble = status === null ? undefined : feederTrouble(status);
  if (trouble !== undefined) return { outcome: inDoubt(trouble.code, pagesText(job)), reason: trouble.reason };
  if (END_STATUSES.has(job.stoppedBy ?? 0)) return job.pages + job.unreadablePages > 0 ? lastPage(job, status) : noPage(job, status);
  return { outcome: inDoubt(faultCode(job), pagesText(job)), reason: 'fault' };
}

/**
 * After at least one page. A scanner that lists its jobs has to say that this one completed: one that was switched
 * off and on, or is another one by now, answers 404 too. One that never listed it is taken at its word.
 */
function lastPage(job: Job, status: EsclStatus | null): JobEnding {
  const state = status === null ? undefined : factsOf(status, job.path)?.state;
  if (state === 'canceled') return calledOff(job);
  if (state === 'completed') return completed(job);
  const isEmpty = status?.adf === 'empty';
  const isBroken = status === null || state === 'aborted' || (job.isListed && state === undefined);
  const isEnd = (job.stoppedBy === 404 && (isEmpty || state === undefined)) || (job.stoppedBy === 409 && isEmpty);
  if (isEnd && !isBroken) return completed(job);
  return job.stoppedBy === 410 ? calledOff(job) : { outcome: inDoubt('CD_DEVICE_FAULT', pagesText(job)), reason: 'fault' };
}

/** Without a page: nothing was in it - unless the feeder had said otherwise, then a sheet may have gone through unseen. */
function noPage(job: Job, status: EsclStatus | null): JobEnding {
  if (status !== null && factsOf(status, job.path)?.state === 'canceled') return calledOff(job);
  if (status?.adf === 'empty' && !job.wasLoaded) return { outcome: failed('CD_SCAN_NO_MEDIA'), reason: 'empty' };
  return { outcome: inDoubt('CD_PROTOCOL_UNEXPECTED', httpText(job)), reason: 'fault' };
}

function feederTrouble(status: EsclStatus): { readonly code: ErrorCode; readonly reason: ScanEnd } | undefined {
  if (status.adf === 'jam') return { code: 'CD_SCAN_JAM', reason: 'jam' };
  return status.adf === 'door-open' ? { code: 'CD_SCAN_COVER', reason: 'cover' } : undefined;
}

function faultCode(job: Job): ErrorCode {
  if (job.stoppedBy === 503) return 'CD_PROTOCOL_NO_ANSWER';
  return job.stoppedBy === null || job.stoppedBy === 0 ? 'CD_PROTOCOL_UNEXPECTED' : 'CD_DEVICE_FAULT';
}

function doneWith({ args, pages, unreadablePages }: Job, reason: ScanEnd): Outcome {
  return done({ jobId: args.jobId, pages, unreadablePages, reason });
}

function httpText(job: Job): string {
  return job.stoppedBy === null ? 'an answer that cannot be read' : `HTTP ${job.stoppedBy}`;
}

function pagesText(job: Job): string {
  return `${job.pages} pages arrived`;
}
