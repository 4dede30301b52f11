import { defineModel, type Driver } from '../../kit/model.ts';
import { done, failed, refused } from '../../kit/outcome.ts';
import type { CommandId, Input } from '../../kit/machine.ts';
import { Type, oneOf, record, type Static } from '../../kit/schema.ts';
import { sealScanner } from '../family.ts';
import { codec, type EsclRequest, type EsclResponse } from './codec.ts';
import { hasResolution, type EsclSource } from './documents.ts';
import { beginJob, cancelJob, isJobAnswer, loseJob, onJobAnswer, retryJob } from './job.ts';
import { manifest } from './manifest.ts';
import { noteStatus, onPolled, poll } from './polling.ts';
import {
  abilitiesOf,
  andThen,
  initialState,
  statusOf,
  type Errand,
  type EsclState,
  type JobOrder,
  type ScanArgs,
  type ScannerCommand,
  type Step,
  type Timer,
} from './state.ts';

const Options = record({
  pollMs: Type.Optional(
    Type.Integer({ minimum: 250, maximum: 60_000, description: 'Pause between two looks at the state, in milliseconds. Default 2000.' }),
  ),
  hostHeader: Type.Optional(
    oneOf(
      ['localhost', 'address'],
      'What ScanJobs names as its host. Default: localhost for HP units, which accept nothing else, the address for all others.',
    ),
  ),
});
type Options = Static<typeof Options>;

/** Any scanner that speaks eSCL. */
export const model = defineModel({
  family: sealScanner,
  manifest,
  capabilities: {
    sources: ['platen', 'feeder'],
    colorModes: ['color', 'gray', 'bw'],
    formats: ['png', 'jpeg'],
    reportsPaperOnPlaten: false,
  },
  codec,
  options: Options,
  driver: esclDriver,
  describe,
});

type ScannerInput = Input<EsclResponse, ScannerCommand, Timer>;

function esclDriver(options: Options): Driver<typeof sealScanner, EsclState, EsclResponse, EsclRequest, Timer> {
  return { initial: initialState, step: (state, input) => step(state, input, options), status: statusOf };
}

function step(state: EsclState, input: ScannerInput, options: Options): Step {
  switch (input.kind) {
    case 'opened':
      return poll({ ...state, phase: 'identifying', seen: null, pollTries: 0, errands: [] });
    case 'frame':
      return onFrame(state, input.frame, options);
    case 'timer':
      return onTimer(state, input.timer);
    case 'command':
      return onCommand(state, input, options);
    case 'cancel':
      return state.job?.commandId === input.id ? cancelJob(state, state.job, null) : [state, []];
    case 'lost':
      return onLost(state);
    case 'junk':
    case 'drained':
      return [state, []];
  }
}

function onFrame(state: EsclState, frame: EsclResponse, options: Options): Step {
  if (frame.id === state.pollId) return onPolled(state, frame, options.pollMs ?? 2_000);
  if (state.job !== null && isJobAnswer(state.job, frame)) return onJobAnswer(state, state.job, frame);
  const errand = state.errands.find(({ requestId }) => requestId === frame.id);
  // Anything else was answered before, or belongs to a job that is over.
  return errand === undefined ? [state, []] : onErrand({ ...state, errands: state.errands.filter((e) => e !== errand) }, errand, frame);
}

function onTimer(state: EsclState, timer: Timer): Step {
  switch (timer) {
    case 'poll':
      return poll(state);
    case 'job-retry':
      return state.job === null ? [state, []] : retryJob(state, state.job);
    case 'poll-timeout':
    case 'job-timeout':
      return [state, [{ kind: 'give-up', code: 'CD_DEVICE_NO_ANSWER' }]];
  }
}

function onLost(state: EsclState): Step {
  const down: EsclState = { ...state, phase: 'down', pollId: null, errands: [] };
  return state.job === null ? [down, []] : loseJob(down, state.job);
}

function onCommand(
  state: EsclState,
  { id, command }: { readonly id: CommandId; readonly command: ScannerCommand },
  options: Options,
): Step {
  if (state.phase !== 'online') return settle(state, id, refused('CD_DEVICE_NOT_ONLINE'));
  switch (command.name) {
    case 'scan':
      return onScan(state, id, { args: command.args, host: hostFor(state, options) });
    case 'cancel-scan':
      if (state.job?.args.jobId !== command.args.jobId) return settle(state, id, refused('CD_SCAN_NO_JOB'));
      return cancelJob(state, state.job, id);
    case 'refresh-capabilities':
      return runErrand(state, { requestId: state.nextId, commandId: id, name: command.name });
    case 'check':
      return runErrand(state, { requestId: state.nextId, commandId: id, name: command.name });
  }
}

/** As sane-airscan does it: see the codec's quirks. */
function hostFor({ capabilities }: EsclState, { hostHeader }: Options): string | null {
  const isHp = /^(HP|Hewlett)\b/i.test(capabilities?.makeAndModel ?? '');
  return hostHeader === 'localhost' || (hostHeader === undefined && isHp) ? 'localhost' : null;
}

function onScan(state: EsclState, id: CommandId, { args, host }: Omit<JobOrder, 'settings'>): Step {
  if (state.job !== null) return settle(state, id, refused('CD_DEVICE_BUSY'));
  const source = state.capabilities?.sources.find((known) => known.source === args.source);
  if (source === undefined) return settle(state, id, refused('CD_COMMAND_ARGS', `this scanner has no ${args.source}`));
  const misfit = misfitOf(source, args);
  if (misfit !== undefined) return settle(state, id, refused('CD_COMMAND_ARGS', misfit));
  const { dpi, colorMode, format } = args;
  const [width, height] = [toUnits(args.widthMm, source.maxWidth), toUnits(args.heightMm, source.maxHeight)];
  const settings = { source: source.source, dpi, colorMode, format, width, height, hasFormatExt: source.hasFormatExt };
  return beginJob(state, id, { args, settings, host });
}

/** Why this scanner cannot do it; undefined when it can. */
function misfitOf(source: EsclSource, { dpi, colorMode, format, widthMm, heightMm }: ScanArgs): string | undefined {
  if (!hasResolution(source.resolutions, dpi)) return `${dpi} dpi is not offered`;
  if (!source.colorModes.includes(colorMode)) return `${colorMode} is not offered`;
  if (!source.formats.includes(format)) return `${format} is not offered`;
  if (toUnits(widthMm, 0) > source.maxWidth) return `wider than the ${source.source}`;
  return toUnits(heightMm, 0) > source.maxHeight ? `longer than the ${source.source}` : undefined;
}

/** Millimetres in 1/300 inch. */
function toUnits(mm: number | undefined, otherwise: number): number {
  return mm === undefined ? otherwise : Math.max(1, Math.round((mm * 300) / 25.4));
}

function runErrand(state: EsclState, errand: Errand): Step {
  const op = errand.name === 'check' ? 'status' : 'capabilities';
  return [
    { ...state, nextId: errand.requestId + 1, errands: [...state.errands, errand] },
    [{ kind: 'send', frame: { op, id: errand.requestId } }],
  ];
}

function onErrand(state: EsclState, { commandId }: Errand, frame: EsclResponse): Step {
  if (frame.op === 'capabilities' && frame.kind === 'ok') {
    return settle({ ...state, capabilities: frame.capabilities }, commandId, done({ abilities: abilitiesOf(frame.capabilities) }));
  }
  if (frame.op !== 'status' || frame.kind !== 'ok') {
    return settle(state, commandId, failed('CD_PROTOCOL_UNEXPECTED', frame.kind === 'status' ? `HTTP ${frame.status}` : undefined));
  }
  return andThen(noteStatus(state, frame.status), (known) => {
    const { device, feeder, cover } = statusOf(known);
    return settle(known, commandId, done({ device, feeder, cover }));
  });
}

function settle(state: EsclState, id: CommandId, outcome: ReturnType<typeof refused> | ReturnType<typeof done>): Step {
  return [state, [{ kind: 'settle', id, outcome }]];
}

/** A frame in words. Nothing in it is secret; page bytes are counted, not shown. */
function describe(frame: EsclResponse | EsclRequest): string {
  if (!('kind' in frame)) {
    if (frame.op === 'create-job') return `ask to scan: ${JSON.stringify(frame.settings)}`;
    return 'job' in frame ? `${frame.op} ${frame.job}` : `ask for ${frame.op}`;
  }
  if (frame.kind === 'status') return `${frame.op}: HTTP ${frame.status}`;
  if (frame.kind === 'unreadable') return `${frame.op}: unreadable, ${frame.why}`;
  switch (frame.op) {
    case 'capabilities':
      return `capabilities of ${frame.capabilities.makeAndModel ?? 'a scanner'}`;
    case 'status':
      return `status: ${frame.status.state}, feeder ${frame.status.adf}, ${frame.status.jobs.length} jobs`;
    case 'create-job':
      return `job accepted as ${frame.job}`;
    case 'next-document': {
      const { picture, bytes } = frame.page;
      return picture === null
        ? `unreadable page, ${bytes.length} bytes`
        : `page, ${picture.widthPx} by ${picture.heightPx}, ${bytes.length} bytes`;
    }
    case 'delete-job':
      return 'job deleted';
  }
}
