/** What the driver remembers, and how its jobs end. */
import type { ErrorCode } from '../../kit/errors.ts';
import type { CommandId, Effect } from '../../kit/machine.ts';
import { done, failed, inDoubt } from '../../kit/outcome.ts';
import type { PassbookPrinterEvent } from '../family.ts';
import { codec, type CsiRx, type CsiTx } from './codec.ts';

export type CsiTimer = 'start' | 'cause';
export type CsiEffect = Effect<CsiTx, PassbookPrinterEvent, CsiTimer>;
export type CsiStep = readonly [CsiState, readonly CsiEffect[]];

/** What ends a job well. */
export type Fence = { readonly kind: 'mark'; readonly mark: number } | { readonly kind: 'messages' };

export interface Job {
  readonly id: CommandId;
  /** `print`, `write-stripe`: a part of it may have changed the book. */
  readonly task: 'print' | 'load' | 'eject' | 'check' | 'read-stripe' | 'write-stripe';
  readonly fence: Fence;
  readonly rest: readonly CsiTx[];
  /** What is sent only once the printer has answered a question that follows `rest`: what strikes the line. */
  readonly gated: readonly CsiTx[];
  readonly hasSent: boolean;
  readonly events: readonly PassbookPrinterEvent[];
  /** Height of the page that is loaded once it is done. */
  readonly pageAfterMm: number | undefined;
  /** What the printer said of the stripe; it counts once the mark has come. */
  readonly stripe: StripeAnswer | undefined;
  /** ERROR ended it: the printer is being asked for the cause. */
  readonly isFailing: boolean;
  /** A line of before was printed while this page was being loaded. */
  readonly sawLateLine: boolean;
}

export type StripeAnswer = Extract<CsiRx, { kind: 'stripe' | 'stripe-written' }>;

/** A line that ended in doubt with its mark on the way: the echo may still come. */
export interface OwedMark {
  readonly mark: number;
  readonly events: readonly PassbookPrinterEvent[];
}

export interface CsiState {
  readonly phase: 'closed' | 'starting' | 'ready';
  readonly printer: 'unknown' | 'online' | 'stop' | 'error';
  readonly hasPaper: boolean | undefined;
  /** Measured by the last load, in 1/180 inch. */
  readonly widthUnits: number | undefined;
  readonly isPaused: boolean;
  /** A batch is on its way out of the host. */
  readonly isDraining: boolean;
  readonly pageHeightMm: number | undefined;
  readonly job: Job | undefined;
  readonly nextLineMark: number;
  readonly nextQuietMark: number;
  readonly lastEchoed: number | undefined;
  readonly owed: readonly OwedMark[];
}

/**
 * Marks of lines and of everything else come from two ranges: so an echo that nobody waits for is known to be
 * one of a line, even when another process sent it, and none is used again within thousands of commands.
 */
const QUIET_FROM = 9_000;
const MARKS = 10_000;
const OWED_MAX = 8;
const BATCH_BYTES = 128;

export const INITIAL: CsiState = {
  phase: 'closed',
  printer: 'unknown',
  hasPaper: undefined,
  widthUnits: undefined,
  isPaused: false,
  isDraining: false,
  pageHeightMm: undefined,
  job: undefined,
  nextLineMark: 1,
  nextQuietMark: QUIET_FROM,
  lastEchoed: undefined,
  owed: [],
};

export function isLineMark(mark: number): boolean {
  return mark < QUIET_FROM;
}

export function takeLineMark(state: CsiState): readonly [number, CsiState] {
  return [state.nextLineMark, { ...state, nextLineMark: (state.nextLineMark + 1) % QUIET_FROM }];
}

export function takeQuietMark(state: CsiState): readonly [number, CsiState] {
  const mark = state.nextQuietMark;
  return [mark, { ...state, nextQuietMark: mark + 1 === MARKS ? QUIET_FROM : mark + 1 }];
}

export function send(frame: CsiTx): CsiEffect {
  return { kind: 'send', frame };
}

/** The next batch of the job, unless one is under way or the printer said to wait. */
export function sendNext(state: CsiState, before: readonly CsiEffect[] = []): CsiStep {
  const { job } = state;
  if (job === undefined || job.isFailing || job.rest.length === 0 || state.isDraining || state.isPaused) return [state, before];
  const batch: CsiTx[] = [];
  for (let byteCount = 0; byteCount < BATCH_BYTES;) {
    const frame = job.rest[batch.length];
    if (frame === undefined) break;
    byteCount += codec.encode(frame).length;
    batch.push(frame);
  }
  return [
    { ...state, isDraining: true, job: { ...job, hasSent: true, rest: job.rest.slice(batch.length) } },
    [...before, ...batch.map(send)],
  ];
}

/** The fence came: the printer has carried out the job. */
export function finishJob(state: CsiState, job: Job): CsiStep {
  const confirmation = job.fence.kind === 'mark' ? 'mark' : 'status';
  return [
    { ...state, job: undefined, pageHeightMm: job.pageAfterMm },
    [...job.events.map((event) => ({ kind: 'emit', event }) as const), { kind: 'settle', id: job.id, outcome: done({ confirmation }) }],
  ];
}

/** The fence will not come, or nobody waits for it any more. What was sent of a printing job may be on the paper. */
export function abortJob(state: CsiState, code: ErrorCode, detail?: string): CsiStep {
  const { job } = state;
  if (job === undefined) return [state, []];
  const isUnsafe = job.task === 'print' || job.task === 'write-stripe';
  const outcome = isUnsafe && job.hasSent ? inDoubt(code, detail) : failed(code, detail);
  return [
    withoutJob(state),
    [
      { kind: 'disarm', timer: 'cause' },
      { kind: 'settle', id: job.id, outcome },
    ],
  ];
}

/** Its last frame, the mark, is on the way. */
export function isAllSent({ hasSent, rest, gated }: Job): boolean {
  return hasSent && rest.length === 0 && gated.length === 0;
}

/** Where the paper stands is not known any more; the mark of a line that is out may still come back. */
export function withoutJob(state: CsiState): CsiState {
  const { job } = state;
  const isOwed = job?.task === 'print' && job.fence.kind === 'mark' && isAllSent(job);
  const owed = isOwed ? [...state.owed, { mark: job.fence.mark, events: job.events }].slice(-OWED_MAX) : state.owed;
  return { ...state, job: undefined, pageHeightMm: undefined, owed };
}
