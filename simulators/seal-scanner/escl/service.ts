/** The web server of the simulated scanner: one request in, one answer out, now or when a page is there. */
import type { HttpRequest } from '../../../drivers/kit/http-message.ts';
import { seededRandom } from '../../kit/random.ts';
import { capabilitiesXml, imageInfoXml, statusXml } from './documents.ts';
import { cancelJob, continueJob, lastWord, sendPage } from './mechanism.ts';
import {
  activeJob,
  andThen,
  answer,
  truth,
  withJob,
  type FirmwareEffect,
  type FirmwareStep,
  type ScannerState,
  type SimulatedJob,
} from './scanner-state.ts';
import { readTicket } from './ticket.ts';

/** Finished jobs that are remembered. */
const JOBS_KEPT = 5;
/** A job nobody asks about is dropped. */
const IDLE_SECONDS_MAX = 60;

export function onRequest(state: ScannerState, request: HttpRequest): FirmwareStep {
  if (state.power === 'off') return [state, []];
  const path = request.path.replace(/^\/+(eSCL\/+)?/, '');
  if (state.isForeign) return [state, [answer(request.id, 404, { 'content-type': 'text/html' })]];
  const [head = '', uuid, tail, ...rest] = path.split('/');
  if (rest.length > 0) return [state, [answer(request.id, 404)]];
  const verb = `${request.method} ${head}`;
  if (uuid === undefined) {
    if (verb === 'GET ScannerCapabilities') return [state, [xml(request.id, capabilitiesXml(uuidOf(state, 0)))]];
    if (verb === 'GET ScannerStatus') return [state, [xml(request.id, statusXml(state))]];
    if (verb === 'POST ScanJobs') return createJob(state, request);
    return [state, [answer(request.id, /^(ScannerCapabilities|ScannerStatus|ScanJobs)$/.test(head) ? 405 : 404)]];
  }
  const job = head === 'ScanJobs' ? state.jobs.find((known) => known.uuid === uuid) : undefined;
  if (job === undefined) return [state, [answer(request.id, 404)]];
  return onJobRequest(state, { ...job, idleSeconds: 0 }, { request, tail });
}

/** A second has passed: jobs grow old, the forgotten one gives the scanner back. */
export function growOlder(state: ScannerState): FirmwareStep {
  const aged: ScannerState = {
    ...state,
    jobs: state.jobs.map((job) => ({ ...job, ageSeconds: job.ageSeconds + 1, idleSeconds: job.held.length > 0 ? 0 : job.idleSeconds + 1 })),
  };
  const active = activeJob(aged);
  const dropped = active !== undefined && active.idleSeconds > IDLE_SECONDS_MAX ? cancelJob(aged, active) : ([aged, []] as const);
  return andThen(dropped, (next) => [next, next.jobs.length === 0 ? [] : [{ kind: 'arm', timer: 'second', ms: 1_000 }]]);
}

function createJob(state: ScannerState, request: HttpRequest): FirmwareStep {
  const isTaken = state.power === 'warming' || state.isBusy || activeJob(state) !== undefined;
  if (isTaken) return [state, [answer(request.id, 503, { 'retry-after': '1' })]];
  const reading = readTicket(request.body);
  if (reading.kind !== 'ticket') return [state, [answer(request.id, reading.kind === 'bad' ? 400 : 409)]];
  const { ticket } = reading;
  const isStuck = ticket.source === 'feeder' && (state.isJammed || state.isCoverOpen || state.feeder.length === 0);
  if (isStuck) return [state, [answer(request.id, 409)]];
  const uuid = uuidOf(state, state.jobCount + 1);
  const job: SimulatedJob = {
    uuid,
    ticket,
    state: 'Processing',
    reason: 'JobScanning',
    imagesCompleted: 0,
    pages: [],
    held: [],
    lastSent: null,
    ageSeconds: 0,
    idleSeconds: 0,
  };
  const taken: FirmwareStep = [
    { ...state, jobCount: state.jobCount + 1, jobs: [job, ...state.jobs].slice(0, JOBS_KEPT) },
    [
      answer(request.id, 201, { location: locationOf(state, request, uuid) }),
      { kind: 'arm', timer: 'second', ms: 1_000 },
      truth('job-accepted', { job: uuid, source: ticket.source }),
    ],
  ];
  return andThen(taken, continueJob);
}

function onJobRequest(
  state: ScannerState,
  job: SimulatedJob,
  { request, tail }: { request: HttpRequest; tail: string | undefined },
): FirmwareStep {
  const { id, method } = request;
  if (method === 'DELETE' && tail === undefined) return andThen(cancelJob(state, job), (next) => [next, [answer(id, 200)]]);
  if (method !== 'GET') return [state, [answer(id, 405)]];
  if (tail === 'ScanImageInfo') return [state, [job.lastSent === null ? answer(id, 404) : xml(id, imageInfoXml(job, job.lastSent))]];
  if (tail !== 'NextDocument') return [state, [answer(id, 404)]];
  if (job.pages.length > 0) return andThen(sendPage(state, job, id), continueJob);
  if (job.state !== 'Processing') return [withJob(state, job), [answer(id, lastWord(job))]];
  if (state.traits.waiting === 'retry') return [withJob(state, job), [answer(id, 503, { 'retry-after': '1' })]];
  return sendPage(state, job, id);
}

function locationOf(state: ScannerState, request: HttpRequest, uuid: string): string {
  if (state.traits.location === 'relative') return `ScanJobs/${uuid}`;
  const path = `/eSCL/ScanJobs/${uuid}`;
  return state.traits.location === 'absolute' ? `http://${request.headers['host'] ?? 'localhost'}${path}` : path;
}

function uuidOf(state: ScannerState, number: number): string {
  const random = seededRandom(`${state.seed}/job/${String(number)}`);
  const digits = Array.from({ length: 32 }, () => random.integer(0, 15).toString(16)).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function xml(id: string, text: string): FirmwareEffect {
  return { kind: 'send', frame: { id, status: 200, headers: { 'content-type': 'text/xml' }, body: new TextEncoder().encode(text) } };
}
