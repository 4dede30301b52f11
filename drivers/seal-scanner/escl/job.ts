/** One scan job from its command to its end. */
import type { CommandId } from '../../kit/machine.ts';
import { done, failed } from '../../kit/outcome.ts';
import type { EsclOp, EsclPage, EsclRequest, EsclResponse } from './codec.ts';
import type { EsclStatus } from './documents.ts';
import { noteStatus } from './polling.ts';
import { andThen, toMm, type EsclState, type Job, type JobEnding, type JobOrder, type Step } from './state.ts';
import { calledOff, completed, objection, verdict } from './verdict.ts';

/** Begins by asking for the scanner's state: what the last poll saw may be seconds old. */
export function beginJob(state: EsclState, commandId: CommandId, order: JobOrder): Step {
  const job: Job = {
    ...order,
    commandId,
    phase: 'asking',
    requestId: 0,
    fetchId: null,
    path: null,
    wasLoaded: false,
    isListed: false,
    pages: 0,
    unreadablePages: 0,
    tries: 0,
    stoppedBy: null,
    isCancelled: false,
    cancellers: [],
    ending: null,
  };
  return ask(state, job, { op: 'status', id: state.nextId });
}

/** True when `frame` answers something this job asked. */
export function isJobAnswer(job: Job, frame: EsclResponse): boolean {
  return frame.id === job.requestId || frame.id === job.fetchId;
}

export function onJobAnswer(state: EsclState, job: Job, frame: EsclResponse): Step {
  // A page may still come in after the job was cancelled: it is a page all the same.
  if (frame.id !== job.requestId) return takePage(state, { ...job, fetchId: null }, frame);
  return andThen([state, [{ kind: 'disarm', timer: 'job-timeout' }]], (next) => advance(next, job, frame));
}

/** The pause after a 503 is over: ask the same again. */
export function retryJob(state: EsclState, job: Job): Step {
  return job.path === null ? create(state, job) : fetch(state, job);
}

/** Calls the job off; `canceller` is the command that asked for it, if one did. */
export function cancelJob(state: EsclState, job: Job, canceller: CommandId | null): Step {
  const cancelled: Job = {
    ...job,
    isCancelled: true,
    cancellers: canceller === null ? job.cancellers : [...job.cancellers, canceller],
  };
  // Once accepted or while being created it has to be deleted at the scanner; creating waits to learn its name.
  if (job.phase === 'closing' || job.phase === 'creating') return [{ ...state, job: cancelled }, []];
  return close(state, cancelled, null);
}

/**
 * The link is gone. What never moves paper has failed; what may have is left open, and the conversation settles
 * it as in doubt, with the reason why the link went.
 */
export function loseJob(state: EsclState, job: Job): Step {
  const isHarmless = job.settings.source === 'platen' || (job.path === null && job.phase !== 'creating');
  const ending: JobEnding | null = job.ending ?? (isHarmless ? { outcome: failed('CD_LINK_LOST'), reason: 'link-lost' } : null);
  const hasName = job.path !== null && job.path !== '';
  const lost: EsclState = { ...state, job: null, orphan: hasName ? job.path : state.orphan };
  const said: Step = [lost, job.path === null ? [] : [jobEnded(job, ending?.reason ?? 'link-lost')]];
  if (ending === null) return said;
  return andThen(said, (next) => [next, [{ kind: 'settle', id: job.commandId, outcome: ending.outcome }]]);
}

/** How long an answer may take: a page at high resolution takes its time, and the answer may be held until it is there. */
const ANSWER_MS: Readonly<Record<EsclOp, number>> = {
  capabilities: 5_000,
  status: 5_000,
  'create-job': 30_000,
  'next-document': 120_000,
  'delete-job': 10_000,
};
/** "Not yet" is asked again up to 30 times, after what Retry-After says, between one and ten seconds. */
const RETRY_TRIES = 30;
const RETRY_MIN_MS = 1_000;
const RETRY_MAX_MS = 10_000;
/** A platen has one page; a scanner that goes on offering it would never end. */
const PLATEN_PAGES_MAX = 2;

function advance(state: EsclState, job: Job, frame: EsclResponse): Step {
  switch (job.phase) {
    case 'asking':
      return onAsked(state, job, frame);
    case 'creating':
      return onCreated(state, job, frame);
    case 'fetching':
      return onFetched(state, { ...job, fetchId: null }, frame);
    case 'diagnosing':
      return withStatus(state, frame, (next, status) => close(next, job, verdict(job, status)));
    case 'closing':
      return finish(state, job);
    case 'pausing':
      return [state, []];
  }
}

function onAsked(state: EsclState, job: Job, frame: EsclResponse): Step {
  return withStatus(state, frame, (next, status) => {
    if (status === null) return close(next, job, verdict({ ...job, stoppedBy: statusOf(frame) }, null));
    const ending = objection(job, status);
    return ending === undefined ? create(next, { ...job, wasLoaded: status.adf === 'loaded' }) : close(next, job, ending);
  });
}

function onCreated(state: EsclState, job: Job, frame: EsclResponse): Step {
  if (frame.op === 'create-job' && frame.kind === 'ok') {
    const accepted: Job = { ...job, path: frame.job, tries: 0 };
    const { args, settings } = job;
    const { jobId, dpi, colorMode, format } = args;
    const data = { jobId, source: settings.source, dpi, colorMode, format, widthMm: toMm(settings.width), heightMm: toMm(settings.height) };
    const started: Step = [state, [{ kind: 'emit', event: { type: 'seal-scanner.job-started', data } }, ...lookNow(state)]];
    return andThen(started, (next) => (job.isCancelled ? close(next, accepted, null) : fetch(next, accepted)));
  }
  const isNotYet = statusOf(frame) === 503;
  if (isNotYet && job.isCancelled) return close(state, job, null);
  if (isNotYet && job.tries < RETRY_TRIES) return pause(state, job, frame);
  // Accepted, but under a name that cannot be used: it runs, and nobody can fetch its pages.
  if (frame.kind === 'unreadable') return close(state, { ...job, path: '' }, verdict({ ...job, path: '', stoppedBy: null }, null));
  return diagnose(state, { ...job, stoppedBy: statusOf(frame) });
}

/**
 * Looks at the scanner without waiting for the next poll. It should list a new job at once: knowing that it does is
 * what gives its later silence a meaning. And people wait to see it free again.
 */
function lookNow(state: EsclState): Step[1] {
  return state.pollId === null ? [{ kind: 'arm', timer: 'poll', ms: 0 }] : [];
}

function onFetched(state: EsclState, job: Job, frame: EsclResponse): Step {
  if (frame.op === 'next-document' && frame.kind === 'ok') {
    return andThen(takePage(state, job, frame), (next) => {
      const { job: counted } = next;
      if (counted === null) return [next, []];
      const isEndless = counted.settings.source === 'platen' && counted.pages + counted.unreadablePages >= PLATEN_PAGES_MAX;
      return isEndless ? close(next, counted, completed(counted)) : fetch(next, { ...counted, tries: 0 });
    });
  }
  const isStuck = state.seen?.adf === 'jam' || state.seen?.adf === 'door-open';
  if (statusOf(frame) === 503 && job.tries < RETRY_TRIES && !isStuck) return pause(state, job, frame);
  if (statusOf(frame) === 404 && job.settings.source === 'platen' && job.pages > 0) return close(state, job, completed(job));
  return diagnose(state, { ...job, stoppedBy: statusOf(frame) });
}

/** Reports the page in `frame`, whole or not; anything else in it is of no interest any more. */
function takePage(state: EsclState, job: Job, frame: EsclResponse): Step {
  if (frame.op !== 'next-document' || frame.kind !== 'ok') return [{ ...state, job }, []];
  const { picture, bytes } = frame.page;
  const isReadable = picture !== null;
  const counted: Job = isReadable ? { ...job, pages: job.pages + 1 } : { ...job, unreadablePages: job.unreadablePages + 1 };
  return [{ ...state, job: counted }, [pageEvent(counted, frame.page, { mediaType: picture?.mediaType ?? frame.page.mediaType, bytes })]];
}

function pageEvent(job: Job, page: EsclPage, attachment: { mediaType: string; bytes: Uint8Array }): Step[1][number] {
  const facts = {
    jobId: job.args.jobId,
    pageNumber: job.pages + job.unreadablePages,
    mediaType: attachment.mediaType,
    source: job.settings.source,
  };
  if (page.picture === null) {
    const data = { ...facts, byteCount: page.bytes.length };
    return { kind: 'emit', event: { type: 'seal-scanner.page-unreadable', data }, attachment };
  }
  const { widthPx, heightPx } = page.picture;
  return {
    kind: 'emit',
    event: { type: 'seal-scanner.page-scanned', data: { ...facts, widthPx, heightPx, dpi: job.args.dpi } },
    attachment,
  };
}

function create(state: EsclState, job: Job): Step {
  const { settings, host } = job;
  const id = state.nextId;
  return ask(state, { ...job, phase: 'creating' }, { op: 'create-job', id, settings, ...(host === null ? {} : { host }) });
}

function fetch(state: EsclState, job: Job): Step {
  const id = state.nextId;
  return ask(state, { ...job, phase: 'fetching', fetchId: id }, { op: 'next-document', id, job: job.path ?? '' });
}

function diagnose(state: EsclState, job: Job): Step {
  return ask(state, { ...job, phase: 'diagnosing' }, { op: 'status', id: state.nextId });
}

/**
 * Tidies up at the scanner, then settles; a job it never took, or took under no usable name, settles at once.
 * `ending` is null for a job that is called off: pages may come in until the scanner has let go of it.
 */
function close(state: EsclState, job: Job, ending: JobEnding | null): Step {
  const decided: Job = { ...job, phase: 'closing', ending };
  const calm: Step = [
    state,
    [
      { kind: 'disarm', timer: 'job-retry' },
      { kind: 'disarm', timer: 'job-timeout' },
    ],
  ];
  return andThen(calm, (next) =>
    job.path === null || job.path === '' ? finish(next, decided) : ask(next, decided, { op: 'delete-job', id: next.nextId, job: job.path }),
  );
}

function finish(state: EsclState, job: Job): Step {
  const ending = job.ending ?? calledOff(job);
  const settled: Step = [{ ...state, job: null }, job.path === null ? [] : [jobEnded(job, ending.reason)]];
  const cancelled = job.cancellers.map((id) => ({ kind: 'settle', id, outcome: done({ jobId: job.args.jobId }) }) as const);
  return andThen(settled, (next) => [
    next,
    [{ kind: 'settle', id: job.commandId, outcome: ending.outcome }, ...cancelled, ...lookNow(next)],
  ]);
}

function jobEnded(job: Job, reason: JobEnding['reason']): Step[1][number] {
  const data = { jobId: job.args.jobId, pages: job.pages + job.unreadablePages, reason };
  return { kind: 'emit', event: { type: 'seal-scanner.job-ended', data } };
}

function pause(state: EsclState, job: Job, frame: EsclResponse): Step {
  const afterMs = frame.kind === 'status' ? (frame.retryAfterMs ?? RETRY_MIN_MS) : RETRY_MIN_MS;
  const ms = Math.min(Math.max(afterMs, RETRY_MIN_MS), RETRY_MAX_MS);
  return [{ ...state, job: { ...job, phase: 'pausing', tries: job.tries + 1 } }, [{ kind: 'arm', timer: 'job-retry', ms }]];
}

/** Sends the job's next request and waits for its answer. */
function ask(state: EsclState, job: Job, frame: EsclRequest): Step {
  return [
    { ...state, nextId: frame.id + 1, job: { ...job, requestId: frame.id } },
    [
      { kind: 'send', frame },
      { kind: 'arm', timer: 'job-timeout', ms: ANSWER_MS[frame.op] },
    ],
  ];
}

/** Takes over the status in `frame`, if it is one, then goes on. */
function withStatus(state: EsclState, frame: EsclResponse, next: (state: EsclState, status: EsclStatus | null) => Step): Step {
  if (frame.op !== 'status' || frame.kind !== 'ok') return next(state, null);
  return andThen(noteStatus(state, frame.status), (known) => next(known, frame.status));
}

/** The HTTP status of an answer that was not the good one; null when it could not be read. */
function statusOf(frame: EsclResponse): number | null {
  return frame.kind === 'status' ? frame.status : null;
}
