/** Identifying the scanner and watching its state: one request at a time, apart from the scan job's own. */
import type { ErrorCode } from '../../kit/errors.ts';
import type { EsclResponse } from './codec.ts';
import type { EsclStatus } from './documents.ts';
import { andThen, factsOf, type EsclState, type ScannerEvent, type Step } from './state.ts';

/** An answer to a look takes this long at most. */
const ANSWER_MS = 5_000;
const RETRY_MS = 1_000;
/** While it warms up it may say 503 this often; anything else that is not an answer is asked again twice. */
const BUSY_TRIES = 30;
const ODD_TRIES = 3;

/** Asks for the capabilities while identifying, for the state afterwards. */
export function poll(state: EsclState): Step {
  const op = state.phase === 'identifying' ? 'capabilities' : 'status';
  const id = state.nextId;
  return [
    { ...state, nextId: id + 1, pollId: id },
    [
      { kind: 'send', frame: { op, id } },
      { kind: 'arm', timer: 'poll-timeout', ms: ANSWER_MS },
    ],
  ];
}

/** The answer to a look. */
export function onPolled(state: EsclState, frame: EsclResponse, pollMs: number): Step {
  const answered: EsclState = { ...state, pollId: null };
  return andThen([answered, [{ kind: 'disarm', timer: 'poll-timeout' }]], (next) =>
    state.phase === 'identifying' ? onCapabilities(next, frame) : onStatus(next, frame, pollMs),
  );
}

/** Takes over what the scanner said about itself, and tells what changed. Used for every status, whoever asked. */
export function noteStatus(state: EsclState, status: EsclStatus): Step {
  const before = state.seen?.adf ?? 'unknown';
  const seen = { state: status.state, adf: status.adf };
  const isNewlyListed = state.job?.isListed === false && factsOf(status, state.job.path) !== undefined;
  const job = isNewlyListed ? { ...state.job, isListed: true } : state.job;
  return [{ ...state, seen, job, pollTries: 0 }, changes(before, seen.adf).map((event) => ({ kind: 'emit', event }))];
}

function onCapabilities(state: EsclState, frame: EsclResponse): Step {
  if (frame.op === 'capabilities' && frame.kind === 'ok') return online({ ...state, capabilities: frame.capabilities, pollTries: 0 });
  if (frame.kind === 'status' && frame.status === 503) return lookAgain(state, frame.retryAfterMs, 'CD_DEVICE_NO_ANSWER');
  // A web server without these pages is no scanner, or its address lacks the path.
  if (frame.kind === 'status' && frame.status >= 400 && frame.status < 500) return giveUp(state, 'CD_DEVICE_WRONG_IDENTITY');
  return lookAgain(state, null, 'CD_PROTOCOL_UNEXPECTED');
}

function online(state: EsclState): Step {
  const { makeAndModel, serial } = state.capabilities ?? {};
  const identity = { ...(makeAndModel === undefined ? {} : { model: makeAndModel }), ...(serial === undefined ? {} : { serial }) };
  const ready: Step = [{ ...state, phase: 'online' }, [{ kind: 'ready', identity }]];
  return andThen(andThen(ready, deleteOrphan), poll);
}

/** The job the last link left behind would hold the scanner, or feed on: nobody waits for its pages any more. */
function deleteOrphan(state: EsclState): Step {
  if (state.orphan === null) return [state, []];
  const id = state.nextId;
  return [{ ...state, nextId: id + 1, orphan: null }, [{ kind: 'send', frame: { op: 'delete-job', id, job: state.orphan } }]];
}

function lookAgain(state: EsclState, afterMs: number | null, code: ErrorCode): Step {
  const tries = state.pollTries + 1;
  if (tries >= (code === 'CD_DEVICE_NO_ANSWER' ? BUSY_TRIES : ODD_TRIES)) return giveUp(state, code);
  return [{ ...state, pollTries: tries }, [{ kind: 'arm', timer: 'poll', ms: Math.max(afterMs ?? RETRY_MS, RETRY_MS) }]];
}

function giveUp(state: EsclState, code: ErrorCode): Step {
  return [{ ...state, pollTries: 0 }, [{ kind: 'give-up', code }]];
}

function onStatus(state: EsclState, frame: EsclResponse, pollMs: number): Step {
  const noted = frame.op === 'status' && frame.kind === 'ok' ? noteStatus(state, frame.status) : noteNothing(state);
  return andThen(noted, (next) => [next, [{ kind: 'arm', timer: 'poll', ms: pollMs }]]);
}

/** One odd answer changes nothing; several in a row mean that nothing is known. */
function noteNothing(state: EsclState): Step {
  const pollTries = state.pollTries + 1;
  return [{ ...state, pollTries, seen: pollTries >= ODD_TRIES ? null : state.seen }, []];
}

type Adf = EsclStatus['adf'];

function changes(before: Adf, after: Adf): ScannerEvent[] {
  if (before === after) return [];
  const events: ScannerEvent[] = [];
  if (before === 'jam') events.push({ type: 'seal-scanner.jam-cleared', data: { source: 'feeder' } });
  if (before === 'door-open') events.push({ type: 'seal-scanner.cover-closed', data: {} });
  if (after === 'jam') events.push({ type: 'seal-scanner.jammed', data: { source: 'feeder' } });
  if (after === 'door-open') events.push({ type: 'seal-scanner.cover-opened', data: {} });
  if (after === 'loaded' && before === 'empty') events.push({ type: 'seal-scanner.feeder-loaded', data: {} });
  if (after === 'empty' && (before === 'loaded' || before === 'processing')) events.push({ type: 'seal-scanner.feeder-emptied', data: {} });
  return events;
}
