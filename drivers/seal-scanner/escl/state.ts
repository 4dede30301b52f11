import type { FamilyCommand, FamilyEvent, FamilyStatus } from '../../kit/family.ts';
import type { CommandId, Effect } from '../../kit/machine.ts';
import type { Outcome } from '../../kit/outcome.ts';
import type { ScanEnd, sealScanner } from '../family.ts';
import { jobPathOf, type EsclRequest, type EsclScanSettings } from './codec.ts';
import {
  resolutionList,
  type EsclAdfState,
  type EsclCapabilities,
  type EsclJobFacts,
  type EsclSource,
  type EsclStatus,
} from './documents.ts';

export type ScannerCommand = FamilyCommand<typeof sealScanner>;
export type ScannerEvent = FamilyEvent<typeof sealScanner>;
export type ScannerStatus = FamilyStatus<typeof sealScanner>;
export type ScanArgs = Extract<ScannerCommand, { name: 'scan' }>['args'];

/**
 * `poll`: the next look is due. `poll-timeout`, `job-timeout`: an answer is overdue.
 * `job-retry`: the scanner asked to be asked again.
 */
export type Timer = 'poll' | 'poll-timeout' | 'job-timeout' | 'job-retry';
export type ScannerEffect = Effect<EsclRequest, ScannerEvent, Timer>;
export type Step = readonly [EsclState, readonly ScannerEffect[]];

export interface EsclState {
  readonly nextId: number;
  readonly phase: 'down' | 'identifying' | 'online';
  readonly capabilities: EsclCapabilities | null;
  /** The last status that could be read. */
  readonly seen: Pick<EsclStatus, 'state' | 'adf'> | null;
  /** The poll under way. */
  readonly pollId: number | null;
  /** Looks in a row that brought nothing usable. */
  readonly pollTries: number;
  readonly errands: readonly Errand[];
  readonly job: Job | null;
  /** A job that was under way when the link broke; it is deleted on the next one. */
  readonly orphan: string | null;
}

/** A command that is one request and its answer. */
export interface Errand {
  readonly requestId: number;
  readonly commandId: CommandId;
  readonly name: 'check' | 'refresh-capabilities';
}

/** What a job is asked to do. */
export interface JobOrder {
  readonly args: ScanArgs;
  readonly settings: EsclScanSettings;
  /** Host header of ScanJobs; null: the address's own. */
  readonly host: string | null;
}

export interface Job extends JobOrder {
  readonly commandId: CommandId;
  /**
   * asking: the scanner's state, before anything moves · creating: ScanJobs · fetching: NextDocument ·
   * pausing: after a 503 · diagnosing: its state, to learn why it stopped · closing: DELETE
   */
  readonly phase: 'asking' | 'creating' | 'fetching' | 'pausing' | 'diagnosing' | 'closing';
  /** The request this phase waits for. */
  readonly requestId: number;
  /** The NextDocument under way: its page is taken even after the job was cancelled. */
  readonly fetchId: number | null;
  /** What `Location` named; null until the scanner accepted the job. */
  readonly path: string | null;
  /** Whether the feeder said it was loaded before the job began. */
  readonly wasLoaded: boolean;
  /** Whether a status has named it among the scanner's jobs. */
  readonly isListed: boolean;
  readonly pages: number;
  readonly unreadablePages: number;
  /** How often in a row this request was answered 503. */
  readonly tries: number;
  /** HTTP status that led to diagnosing; null when the answer could not be read. */
  readonly stoppedBy: number | null;
  readonly isCancelled: boolean;
  /** Commands that asked for the cancellation. */
  readonly cancellers: readonly CommandId[];
  /** How it will settle, once decided. */
  readonly ending: JobEnding | null;
}

export interface JobEnding {
  readonly outcome: Outcome;
  readonly reason: ScanEnd;
}

export const initialState: EsclState = {
  nextId: 1,
  phase: 'down',
  capabilities: null,
  seen: null,
  pollId: null,
  pollTries: 0,
  errands: [],
  job: null,
  orphan: null,
};

/** Runs `next` on the state of `step` and keeps the effects of both. */
export function andThen(step: Step, next: (state: EsclState) => Step): Step {
  const [state, effects] = next(step[0]);
  return [state, [...step[1], ...effects]];
}

/**
 * What a status says about the job called `path`. Its URI there may be written in another form than `Location`
 * was: what both end in is the scanner's own name of the job.
 */
export function factsOf(status: EsclStatus, path: string | null): EsclJobFacts | undefined {
  const name = path === null ? undefined : lastSegment(path);
  return name === undefined ? undefined : status.jobs.find((facts) => lastSegment(jobPathOf(facts.uri) ?? '') === name);
}

/** What a person is told about the scanner. */
export function statusOf(state: EsclState): ScannerStatus {
  const adf = state.seen?.adf ?? 'unknown';
  const hasFeeder = state.capabilities?.sources.some((source) => source.source === 'feeder') ?? false;
  const { job } = state;
  return {
    device: deviceState(state),
    platen: 'unknown',
    feeder: hasFeeder ? FEEDER_STATE[adf] : 'unknown',
    cover: coverState(adf),
    isBusy: job !== null || state.seen?.state === 'processing' || state.seen?.state === 'testing',
    job: job === null ? null : { jobId: job.args.jobId, source: job.args.source, pages: job.pages + job.unreadablePages },
    abilities: abilitiesOf(state.capabilities),
  };
}

export function abilitiesOf(capabilities: EsclCapabilities | null): ScannerStatus['abilities'] {
  return (capabilities?.sources ?? []).map((source: EsclSource) => ({
    source: source.source,
    maxWidthMm: toMm(source.maxWidth),
    maxHeightMm: toMm(source.maxHeight),
    resolutionsDpi: [...resolutionList(source.resolutions)],
    colorModes: [...source.colorModes],
    formats: [...source.formats],
  }));
}

/** 1/300 inch in millimetres, to the tenth. */
export function toMm(units: number): number {
  return Math.round((units * 254) / 300) / 10;
}

const FEEDER_STATE: Readonly<Record<EsclAdfState, ScannerStatus['feeder']>> = {
  loaded: 'present',
  empty: 'notPresent',
  jam: 'jammed',
  'door-open': 'unknown',
  processing: 'entering',
  unknown: 'unknown',
};

function lastSegment(path: string): string | undefined {
  return /[^/]+$/.exec(path)?.[0];
}

function coverState(adf: EsclAdfState): ScannerStatus['cover'] {
  if (adf === 'unknown') return 'unknown';
  return adf === 'door-open' ? 'open' : 'closed';
}

function deviceState({ phase, seen, job }: EsclState): ScannerStatus['device'] {
  if (phase === 'down') return 'offline';
  if (phase === 'identifying' || seen?.state === 'testing') return 'starting';
  if (seen?.state === 'stopped' || seen?.adf === 'jam' || seen?.adf === 'door-open') return 'userError';
  return job !== null || seen?.state === 'processing' ? 'deviceBusy' : 'online';
}
