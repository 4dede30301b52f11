import type { Effect } from '../../../drivers/kit/machine.ts';
import type { HttpResponse } from '../../../drivers/kit/http-message.ts';
import { Type, oneOf, record, type Static } from '../../../drivers/kit/schema.ts';
import type { GroundTruth } from '../../kit/simulator.ts';
import { SLIP_WORD, type Slip } from '../../world/slips.ts';
import type { Lamp, ScannedPage } from './lamp.ts';
import type { ScanTicket } from './ticket.ts';

export const SlipWord = Type.String({
  pattern: SLIP_WORD,
  description:
    'A reply slip or a voucher (A5), a card of specimen seals or a blank sheet (A6). Sealed by the first customer as it should be, ' +
    'unless it says otherwise: `reply-slip:forged` has a false seal of the firm, `voucher:missing` lacks the person’s, `seal-card@2` is the second customer’s.',
});
const Milliseconds = Type.Integer({ minimum: 0, maximum: 600_000 });

export const World = record({
  slipDpi: Type.Optional(Type.Integer({ minimum: 50, maximum: 600, description: 'How finely slips are drawn. Default 300.' })),
  platen: Type.Optional(SlipWord),
  feeder: Type.Optional(Type.Array(SlipWord, { maxItems: 50 })),
  warmUpMs: Type.Optional(Milliseconds),
  feedMs: Type.Optional(Milliseconds),
  pageMs: Type.Optional(Milliseconds),
  waiting: Type.Optional(
    oneOf(['hold', 'retry'], 'Whether NextDocument holds its answer until the page is there, or says 503. Default hold.'),
  ),
  location: Type.Optional(oneOf(['absolute', 'path', 'relative'], 'How a job is named to the client. Default path.')),
  sizeOffPx: Type.Optional(
    Type.Integer({ minimum: -8, maximum: 8, description: 'Pictures come out this much wider and lower than asked. Default 0.' }),
  ),
});
export type ScannerWorld = Static<typeof World>;
export type ScannerTraits = Required<Omit<ScannerWorld, 'platen' | 'feeder'>>;

/** `feed`: a sheet is drawn in. `lamp`: the next strip is read. `second`: jobs grow old. */
export type ScannerTimer = 'warm' | 'feed' | 'lamp' | 'second' | 'busy';
export type FirmwareEffect = Effect<HttpResponse, GroundTruth, ScannerTimer>;
export type FirmwareStep = readonly [ScannerState, readonly FirmwareEffect[]];

export interface ScannerState {
  readonly traits: ScannerTraits;
  readonly seed: string;
  readonly power: 'off' | 'warming' | 'on';
  readonly isForeign: boolean;
  readonly isBusy: boolean;
  readonly platen: Slip | null;
  readonly feeder: readonly Slip[];
  /** The sheet between feeder and output. */
  readonly path: Slip | null;
  readonly output: readonly Slip[];
  readonly isJammed: boolean;
  readonly isJamDue: boolean;
  readonly isCoverOpen: boolean;
  /** Newest first; a handful is remembered. */
  readonly jobs: readonly SimulatedJob[];
  readonly lamp: Lamp | null;
  readonly jobCount: number;
  readonly slipCount: number;
}

export interface SimulatedJob {
  readonly uuid: string;
  readonly ticket: ScanTicket;
  readonly state: 'Processing' | 'Completed' | 'Canceled' | 'Aborted';
  readonly reason: string;
  readonly imagesCompleted: number;
  /** Pages that wait to be fetched, oldest first. */
  readonly pages: readonly ScannedPage[];
  /** NextDocument requests that wait for a page, oldest first. */
  readonly held: readonly string[];
  readonly lastSent: ScannedPage | null;
  readonly ageSeconds: number;
  /** Since a client asked for anything of it. */
  readonly idleSeconds: number;
}

export function andThen(step: FirmwareStep, next: (state: ScannerState) => FirmwareStep): FirmwareStep {
  const [state, effects] = next(step[0]);
  return [state, [...step[1], ...effects]];
}

/** The job that has the scanner: it still scans, or its pages have not all been fetched. */
export function activeJob(state: ScannerState): SimulatedJob | undefined {
  return state.jobs.find((job) => job.state === 'Processing' || job.pages.length > 0);
}

export function withJob(state: ScannerState, changed: SimulatedJob): ScannerState {
  return { ...state, jobs: state.jobs.map((job) => (job.uuid === changed.uuid ? changed : job)) };
}

export function truth(type: string, data: GroundTruth['data']): FirmwareEffect {
  return { kind: 'emit', event: { type, data } };
}

export function answer(id: string, status: number, headers: HttpResponse['headers'] = {}): FirmwareEffect {
  return { kind: 'send', frame: { id, status, headers, body: new Uint8Array(0) } };
}
