/**
 * Driver of a mute printer. It can write and be told to wait; it is never answered.
 *
 * So `done` means that every byte of the command has left the host (`drained`), and says so: confirmation
 * `sent`. A link lost or a time-out after the first byte leaves a printing command in doubt; the conversation
 * sees to that. After either, where the paper stands is no longer known: printing is refused until a person
 * looked and `load` was called.
 *
 * Bytes leave in short batches, each after the one before has drained, so that XOFF from the printer stops a
 * line within one batch: the printer keeps 256 bytes free for exactly that.
 */
import type { CommandId, Effect, Input } from '../../kit/machine.ts';
import { defineModel, type Driver } from '../../kit/model.ts';
import { done, failed, inDoubt, refused } from '../../kit/outcome.ts';
import { Type, record, type Static } from '../../kit/schema.ts';
import { toHex } from '../../kit/bytes.ts';
import {
  passbookPrinter,
  type PassbookPrinter,
  type PassbookPrinterCapabilities,
  type PassbookPrinterCommand,
  type PassbookPrinterEvent,
  type PassbookPrinterStatus,
  type PlacedLine,
} from '../family.ts';
import type { PageGeometry } from '../escp/arrange-text.ts';
import { describeEscpText } from '../escp/text-frames.ts';
import { UNITS_PER_INCH, arrangeLine, type Arranged } from './arrange-line.ts';
import { codec, type EscpRx, type EscpTx } from './codec.ts';
import { manifest } from './manifest.ts';
import { selfTestPage } from '../layout/self-test-page.ts';

const Options = record({
  topOfFormMm: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 100,
      description: 'Distance from the top edge of the page to the first line the head prints after the page was taken in.',
    }),
  ),
  leftEdgeMm: Type.Optional(
    Type.Number({ minimum: 0, maximum: 100, description: 'Distance from the left edge of the page to the first column of the head.' }),
  ),
});
export type EscpOptions = Static<typeof Options>;

/** 1/6 inch: as near to an edge as the machines read about can print. */
const EDGE_MM = 25.4 / 6;
/** 11 inches: the page length a printer starts with. */
const DEFAULT_PAGE_HEIGHT_MM = 279.4;
const BATCH_BYTES = 128;
const START_MS = 10_000;

const capabilities: PassbookPrinterCapabilities = {
  languages: ['escp2', 'escp-k'],
  canConfirmLines: 'none',
  canReadStripe: false,
  canWriteStripe: false,
  canSenseMedia: false,
  canEject: true,
  hasHanzi: true,
  pitches: [10, 12, 15, 17, 20],
  pageMaxMm: { width: 243, height: 500 },
  unprintableMm: { top: EDGE_MM, left: EDGE_MM },
  positionStepMm: 25.4 / UNITS_PER_INCH,
};

interface Job {
  readonly id: CommandId;
  /** Whether paper may have been marked by a part of it. */
  readonly isPrinting: boolean;
  readonly rest: readonly EscpTx[];
  readonly events: readonly PassbookPrinterEvent[];
  /** Height of the page that is loaded once it is done. */
  readonly pageAfterMm: number | undefined;
}

interface State {
  readonly phase: 'closed' | 'starting' | 'ready';
  readonly isPaused: boolean;
  /** A batch is on its way out of the host. */
  readonly isDraining: boolean;
  readonly pageHeightMm: number | undefined;
  readonly job: Job | undefined;
}

type Timer = 'start';
type Step = readonly [State, readonly Effect<EscpTx, PassbookPrinterEvent, Timer>[]];

const CLOSED: State = { phase: 'closed', isPaused: false, isDraining: false, pageHeightMm: undefined, job: undefined };

/** Eight NULs end whatever command a lost link cut in two (none of ours is longer); then nothing is pending. */
const CLEAN_START: readonly EscpTx[] = [{ kind: 'padding', count: 8 }, { kind: 'cancel-line' }];

export const model = defineModel({
  family: passbookPrinter,
  manifest,
  capabilities,
  codec,
  options: Options,
  driver: (options: EscpOptions) => escpDriver(options),
  describe: describeFrame,
});

function escpDriver(options: EscpOptions): Driver<PassbookPrinter, State, EscpRx, EscpTx, Timer> {
  const edges = { topOfFormMm: options.topOfFormMm ?? EDGE_MM, leftEdgeMm: options.leftEdgeMm ?? EDGE_MM };
  return {
    initial: CLOSED,
    status: statusOf,
    step(state, input) {
      if (input.kind === 'command') return startCommand(state, { id: input.id, command: input.command, edges });
      return react(state, input);
    },
  };
}

function statusOf(state: State): PassbookPrinterStatus {
  const device = { closed: 'offline', starting: 'starting', ready: 'online' } as const;
  return {
    device: state.phase === 'ready' && state.isPaused ? 'deviceBusy' : device[state.phase],
    media: 'unknown',
    cover: 'unknown',
    ribbon: 'unknown',
    isLoaded: state.pageHeightMm !== undefined,
  };
}

function react(state: State, input: Exclude<Input<EscpRx, PassbookPrinterCommand, Timer>, { kind: 'command' }>): Step {
  switch (input.kind) {
    case 'opened':
      return [
        { ...CLOSED, phase: 'starting', isDraining: true },
        [...CLEAN_START.map(send), { kind: 'arm', timer: 'start', ms: START_MS }],
      ];
    case 'drained':
      return afterDrained({ ...state, isDraining: false });
    case 'frame':
      return input.frame.kind === 'pause' ? [{ ...state, isPaused: true }, []] : sendNext({ ...state, isPaused: false });
    case 'timer':
      return state.phase === 'starting' ? [state, [{ kind: 'give-up', code: 'CD_DEVICE_NO_ANSWER' }]] : [state, []];
    case 'cancel':
      return cancelJob(state, input.id);
    case 'lost':
      return [CLOSED, []];
    case 'junk':
      return [state, []];
  }
}

function afterDrained(state: State): Step {
  if (state.phase === 'starting') {
    return [
      { ...state, phase: 'ready' },
      [
        { kind: 'disarm', timer: 'start' },
        { kind: 'ready', identity: {} },
      ],
    ];
  }
  const job = state.job;
  if (job === undefined) return [state, []];
  if (job.rest.length > 0) return sendNext(state);
  return [
    { ...state, job: undefined, pageHeightMm: job.pageAfterMm },
    [
      ...job.events.map((event) => ({ kind: 'emit', event }) as const),
      { kind: 'settle', id: job.id, outcome: done({ confirmation: 'sent' }) },
    ],
  ];
}

/** The next batch of the job, unless one is under way or the printer said to wait. */
function sendNext(state: State): Step {
  const { job } = state;
  if (job === undefined || job.rest.length === 0 || state.isDraining || state.isPaused) return [state, []];
  const batch: EscpTx[] = [];
  for (let byteCount = 0; byteCount < BATCH_BYTES;) {
    const frame = job.rest[batch.length];
    if (frame === undefined) break;
    byteCount += codec.encode(frame).length;
    batch.push(frame);
  }
  return [{ ...state, isDraining: true, job: { ...job, rest: job.rest.slice(batch.length) } }, batch.map(send)];
}

/** Stops at the next whole command. The paper may carry a part of it, and where it stands is not known any more. */
function cancelJob(state: State, id: CommandId): Step {
  if (state.job?.id !== id) return [state, []];
  const outcome = state.job.isPrinting ? inDoubt('CD_DEVICE_CANCELLED') : failed('CD_DEVICE_CANCELLED');
  return [{ ...state, job: undefined, pageHeightMm: undefined }, [{ kind: 'settle', id, outcome }]];
}

interface Order {
  readonly id: CommandId;
  readonly command: PassbookPrinterCommand;
  readonly edges: { readonly topOfFormMm: number; readonly leftEdgeMm: number };
}

function startCommand(state: State, order: Order): Step {
  const settle = (outcome: ReturnType<typeof refused>): Step => [state, [{ kind: 'settle', id: order.id, outcome }]];
  if (state.phase !== 'ready') return settle(refused('CD_DEVICE_NOT_ONLINE'));
  if (state.job !== undefined || state.isDraining || state.isPaused) return settle(refused('CD_DEVICE_BUSY'));
  const planned = planJob(order, state.pageHeightMm);
  if (planned.kind === 'refused') return settle(refused(planned.code, planned.detail));
  return sendNext({ ...state, job: planned.job });
}

type Planned = { readonly kind: 'job'; readonly job: Job } | Extract<Arranged, { kind: 'refused' }>;

function planJob({ id, command, edges }: Order, pageHeightMm: number | undefined): Planned {
  const moving = { id, isPrinting: false, events: [], pageAfterMm: pageHeightMm };
  switch (command.name) {
    case 'check':
      return { kind: 'job', job: { ...moving, rest: [{ kind: 'padding', count: 1 }] } };
    case 'load':
      return { kind: 'job', job: loadJob(id, command.args.pageHeightMm ?? DEFAULT_PAGE_HEIGHT_MM) };
    case 'eject':
      return { kind: 'job', job: { ...moving, rest: [{ kind: 'form-feed' }], events: [EJECTED], pageAfterMm: undefined } };
    case 'read-stripe':
    case 'write-stripe':
      return { kind: 'refused', code: 'CD_COMMAND_UNKNOWN', detail: 'ESC/P knows no magnetic stripe' };
    case 'print-line':
    case 'print-page':
    case 'self-test':
      break;
  }
  if (pageHeightMm === undefined) return { kind: 'refused', code: 'CD_PRINT_NO_MEDIA', detail: 'no page was loaded on this link' };
  const lines = linesOf(command, edges);
  const frames: EscpTx[] = [];
  for (const line of lines) {
    const arranged = arrangeLine(line, { ...edges, pageHeightMm, rightMaxMm: capabilities.pageMaxMm.width } satisfies PageGeometry);
    if (arranged.kind === 'refused') return arranged;
    frames.push(...arranged.frames);
  }
  if (command.name === 'print-line') {
    return { kind: 'job', job: { id, isPrinting: true, rest: frames, events: lines.map(linePrinted), pageAfterMm: pageHeightMm } };
  }
  return {
    kind: 'job',
    job: { id, isPrinting: true, rest: [...frames, { kind: 'form-feed' }], events: [EJECTED], pageAfterMm: undefined },
  };
}

function loadJob(id: CommandId, pageHeightMm: number): Job {
  const rest: EscpTx[] = [...CLEAN_START, { kind: 'neutral' }, { kind: 'unit', per3600: 3600 / UNITS_PER_INCH }];
  if (pageHeightMm > DEFAULT_PAGE_HEIGHT_MM) rest.push({ kind: 'page-length', units: Math.round((pageHeightMm / 25.4) * UNITS_PER_INCH) });
  return {
    id,
    isPrinting: false,
    rest,
    events: [{ type: 'passbook-printer.page-loaded', data: { pageHeightMm } }],
    pageAfterMm: pageHeightMm,
  };
}

function linesOf(
  command: Extract<PassbookPrinterCommand, { name: 'print-line' | 'print-page' | 'self-test' }>,
  edges: Order['edges'],
): readonly PlacedLine[] {
  if (command.name === 'print-line') return [command.args.line];
  if (command.name === 'print-page') return command.args.lines;
  return selfTestPage('ESC/P-K', { topMm: edges.topOfFormMm, leftMm: edges.leftEdgeMm });
}

const EJECTED: PassbookPrinterEvent = { type: 'passbook-printer.page-ejected', data: { confirmation: 'sent' } };

function linePrinted(line: PlacedLine): PassbookPrinterEvent {
  const { lineNumber, yMm } = line;
  return {
    type: 'passbook-printer.line-printed',
    data: { ...(lineNumber === undefined ? {} : { lineNumber }), yMm, confirmation: 'sent' },
  };
}

function send(frame: EscpTx): Effect<EscpTx, PassbookPrinterEvent, Timer> {
  return { kind: 'send', frame };
}

function describeFrame(frame: EscpRx | EscpTx): string {
  switch (frame.kind) {
    case 'pause':
      return 'XOFF: the buffer is nearly full';
    case 'resume':
      return 'XON: there is room again';
    case 'vertical':
      return `y = ${frame.units}/${UNITS_PER_INCH} inch`;
    case 'unit':
    case 'page-length':
    case 'form-feed':
    case 'neutral':
    case 'padding':
      return `${frame.kind} (${toHex(codec.encode(frame))})`;
    default:
      return describeEscpText(frame);
  }
}
