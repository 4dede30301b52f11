/** Feeder, paper path, lamp: what moves, and what it does to the job that makes it move. */
import { finishPage, lightLamp, readStrip, stripCount, type ScannedPage } from './lamp.ts';
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

/** So many pages wait in memory; then the feeder waits for the client. */
const PAGES_AHEAD = 2;

/** Goes on with the job under way, if the mechanism is free and there is room for another page. */
export function continueJob(state: ScannerState): FirmwareStep {
  const job = activeJob(state);
  if (job?.state !== 'Processing' || state.lamp !== null || state.path !== null || job.pages.length >= PAGES_AHEAD) return [state, []];
  const isScanned = job.imagesCompleted > 0 && (job.ticket.source === 'platen' || state.feeder.length === 0);
  // A job is complete once its last page has been fetched: SANE's escl backend gives up on an emptied feeder before.
  if (isScanned) return job.pages.length > 0 ? [state, []] : endJob(state, job, 'Completed');
  if (job.ticket.source === 'platen') return light(state, job);
  if (state.isJammed || state.isCoverOpen) return endJob(state, job, 'Aborted');
  if (state.feeder.length === 0) return endJob(state, job, 'Aborted');
  return [state, [{ kind: 'arm', timer: 'feed', ms: state.traits.feedMs }]];
}

/** The roller takes the topmost sheet. */
export function feedSheet(state: ScannerState): FirmwareStep {
  const job = activeJob(state);
  const [sheet, ...rest] = state.feeder;
  if (job?.state !== 'Processing' || sheet === undefined) return continueJob(state);
  const fed: FirmwareStep = [{ ...state, feeder: rest, path: sheet }, [truth('sheet-fed', { slip: sheet.number, job: job.uuid })]];
  return andThen(fed, (next) => (next.isJamDue ? jam(next) : light(next, job)));
}

/** The lamp reads on; after the last strip the page is done and the sheet drops into the output. */
export function moveLamp(state: ScannerState): FirmwareStep {
  if (state.lamp === null) return [state, []];
  const lamp = readStrip(state.lamp);
  if (lamp.row < lamp.heightPx) return [{ ...state, lamp }, [armLamp(state, lamp.heightPx)]];
  const job = state.jobs.find(({ uuid }) => uuid === lamp.jobUuid);
  const page = finishPage(lamp);
  const dark: FirmwareStep = [{ ...state, lamp: null }, [truth('page-imaged', { slip: page.slip, job: lamp.jobUuid })]];
  const out = andThen(dark, dropSheet);
  return andThen(out, (next) => (job === undefined ? [next, []] : andThen(addPage(next, job, page), continueJob)));
}

/** Paper stuck in the path: the feeder's job is over. */
export function jam(state: ScannerState): FirmwareStep {
  const stuck: FirmwareStep = [{ ...state, isJammed: true, isJamDue: false }, [truth('jammed', { slip: state.path?.number ?? null })]];
  return andThen(stuck, abortFeeding);
}

/** Ends a feeder job because of something at the feeder; the sheet stays where it is. */
export function abortFeeding(state: ScannerState): FirmwareStep {
  const job = activeJob(state);
  return job?.state === 'Processing' && job.ticket.source === 'feeder' ? endJob(state, job, 'Aborted') : [state, []];
}

/** A client or a person stops the job; the sheet on its way goes out without becoming a picture. */
export function cancelJob(state: ScannerState, job: SimulatedJob): FirmwareStep {
  if (job.state !== 'Processing') {
    // A job whose pages were thrown away did not complete, whatever it said before.
    const end = job.pages.length > 0 ? ({ state: 'Canceled', reason: REASONS.Canceled } as const) : {};
    return [withJob(state, { ...job, ...end, pages: [] }), []];
  }
  return andThen(endJob(state, { ...job, pages: [] }, 'Canceled'), (next) => (next.isJammed ? [next, []] : dropSheet(next)));
}

const REASONS = { Completed: 'JobCompletedSuccessfully', Canceled: 'JobCanceledByUser', Aborted: 'ResourcesAreNotReady' } as const;
/** What NextDocument says when no page is left. */
const LAST_WORDS = { Completed: 404, Canceled: 410, Aborted: 409 } as const;

/** The answer to NextDocument of a job that is over. */
export function lastWord(job: SimulatedJob): number {
  return job.state === 'Processing' ? 503 : LAST_WORDS[job.state];
}

function endJob(state: ScannerState, job: SimulatedJob, end: keyof typeof REASONS): FirmwareStep {
  const ended: SimulatedJob = { ...job, state: end, reason: REASONS[end], held: [] };
  const effects: FirmwareEffect[] = [
    { kind: 'disarm', timer: 'feed' },
    { kind: 'disarm', timer: 'lamp' },
    ...job.held.map((id) => answer(id, LAST_WORDS[end])),
    truth('job-ended', { job: job.uuid, end, imagesCompleted: job.imagesCompleted }),
  ];
  return [{ ...withJob(state, ended), lamp: null }, effects];
}

function light(state: ScannerState, job: SimulatedJob): FirmwareStep {
  const slip = job.ticket.source === 'platen' ? state.platen : state.path;
  const lamp = lightLamp(job.uuid, { ticket: job.ticket, slip, offPx: state.traits.sizeOffPx });
  return [{ ...state, lamp }, [armLamp(state, lamp.heightPx)]];
}

function armLamp(state: ScannerState, heightPx: number): FirmwareEffect {
  return { kind: 'arm', timer: 'lamp', ms: Math.max(1, Math.round(state.traits.pageMs / stripCount(heightPx))) };
}

function dropSheet(state: ScannerState): FirmwareStep {
  const { path } = state;
  if (path === null) return [state, []];
  return [{ ...state, path: null, output: [...state.output, path] }, [truth('sheet-out', { slip: path.number })]];
}

function addPage(state: ScannerState, job: SimulatedJob, page: ScannedPage): FirmwareStep {
  const counted: SimulatedJob = { ...job, imagesCompleted: job.imagesCompleted + 1, pages: [...job.pages, page] };
  const [waiting, ...stillHeld] = counted.held;
  if (waiting === undefined) return [withJob(state, counted), []];
  return sendPage(state, { ...counted, held: stillHeld }, waiting);
}

/** Hands the oldest page to request `id`. */
export function sendPage(state: ScannerState, job: SimulatedJob, id: string): FirmwareStep {
  const [page, ...rest] = job.pages;
  if (page === undefined) return [withJob(state, { ...job, held: [...job.held, id] }), []];
  const { bytes, mediaType, slip } = page;
  return [
    withJob(state, { ...job, pages: rest, lastSent: page }),
    [
      { kind: 'send', frame: { id, status: 200, headers: { 'content-type': mediaType }, body: bytes } },
      truth('page-sent', { slip, job: job.uuid }),
    ],
  ];
}
