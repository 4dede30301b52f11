/**
 * Driver of a printer that says what it has done.
 *
 * Ways a line can end, and what each is worth:
 * - its mark is echoed: done, `confirmedBy` the printer itself;
 * - ERROR, or ONLINE when nothing had stopped it (it was switched off and on): the printer forgot what it had not
 *   finished, and how much of the line it had struck nobody knows: in doubt;
 * - the link goes, or no echo comes in time, or somebody cancels: in doubt once a byte has left;
 * - refused by us, or no byte has left: known not printed.
 * After every one but the first, where the paper stands is not known: nothing is printed before the next `load`.
 *
 * A printer at STOP keeps a line and may print it much later. So an echo of a line that comes while a page is
 * being loaded fails the load: the book that a person just looked at has changed. One that comes at another
 * moment is told as `line-printed`, however the command ended.
 */
import type { Input } from '../../kit/machine.ts';
import { defineModel, type Driver } from '../../kit/model.ts';
import { refused, type Outcome } from '../../kit/outcome.ts';
import { passbookPrinter, type PassbookPrinter, type PassbookPrinterCommand, type PassbookPrinterStatus } from '../family.ts';
import { codec, type CsiRx, type CsiTx } from './codec.ts';
import { describeFrame } from './describe.ts';
import { hear } from './hear.ts';
import { manifest } from './manifest.ts';
import { Options, csiSetting, type CsiOptions, type CsiSetting } from './options.ts';
import { CLEAN_START, capabilities, planJob, type Order } from './plan-job.ts';
import { INITIAL, abortJob, send, sendNext, takeQuietMark, withoutJob, type CsiState, type CsiStep, type CsiTimer } from './state.ts';

const START_MS = 10_000;

export const model = defineModel({
  family: passbookPrinter,
  manifest,
  capabilities,
  codec,
  options: Options,
  driver: (options: CsiOptions) => csiDriver(csiSetting(options)),
  describe: describeFrame,
});

function csiDriver(setting: CsiSetting): Driver<PassbookPrinter, CsiState, CsiRx, CsiTx, CsiTimer> {
  return {
    initial: INITIAL,
    status: statusOf,
    step(state, input) {
      if (input.kind === 'command') return startCommand(state, { id: input.id, command: input.command, setting });
      return react(state, input, setting);
    },
  };
}

function statusOf(state: CsiState): PassbookPrinterStatus {
  return {
    device: deviceOf(state),
    media: state.hasPaper === false ? 'notPresent' : state.pageHeightMm === undefined ? 'unknown' : 'present',
    cover: 'unknown',
    ribbon: 'unknown',
    isLoaded: state.pageHeightMm !== undefined,
  };
}

function deviceOf(state: CsiState): PassbookPrinterStatus['device'] {
  if (state.phase === 'closed') return 'offline';
  if (state.phase === 'starting') return 'starting';
  if (state.printer === 'error') return state.hasPaper === false ? 'userError' : 'hardwareError';
  return state.printer === 'stop' || state.isPaused ? 'deviceBusy' : 'online';
}

function react(
  state: CsiState,
  input: Exclude<Input<CsiRx, PassbookPrinterCommand, CsiTimer>, { kind: 'command' }>,
  setting: CsiSetting,
): CsiStep {
  switch (input.kind) {
    case 'opened':
      return open(state);
    case 'drained':
      return afterDrained({ ...state, isDraining: false });
    case 'frame':
      return hear(state, input.frame, setting);
    case 'timer':
      if (input.timer === 'cause') return abortJob(state, 'CD_DEVICE_FAULT', 'the printer does not say why');
      return state.phase === 'starting' ? [state, [{ kind: 'give-up', code: 'CD_DEVICE_NO_ANSWER' }]] : [state, []];
    case 'cancel':
      return state.job?.id === input.id ? abortJob(state, 'CD_DEVICE_CANCELLED') : [state, []];
    case 'lost':
      return [closed(state), []];
    case 'junk':
      return [state, []];
  }
}

/** Only what is about the printer's memory outlives a link: marks already used, and those still owed. */
function closed(state: CsiState): CsiState {
  const { nextLineMark, nextQuietMark, owed } = withoutJob(state);
  return { ...INITIAL, nextLineMark, nextQuietMark, owed };
}

function open(before: CsiState): CsiStep {
  const [mark, state] = takeQuietMark(closed(before));
  return [
    { ...state, phase: 'starting', isDraining: true },
    [...CLEAN_START.map(send), send({ kind: 'mark', mark }), send({ kind: 'ask-messages' }), { kind: 'arm', timer: 'start', ms: START_MS }],
  ];
}

/** A cancelled job's last batch may drain after the next has begun to wait for it. */
function afterDrained(state: CsiState): CsiStep {
  return state.phase === 'ready' ? sendNext(state) : [state, []];
}

function startCommand(state: CsiState, order: Order): CsiStep {
  const settle = (outcome: Outcome): CsiStep => [state, [{ kind: 'settle', id: order.id, outcome }]];
  if (state.phase !== 'ready') return settle(refused('CD_DEVICE_NOT_ONLINE'));
  if (state.job !== undefined || state.isDraining || state.isPaused) return settle(refused('CD_DEVICE_BUSY'));
  const made = planJob(state, order);
  if (made.kind === 'refused') return settle(refused(made.code, made.detail));
  return sendNext({ ...made.state, job: made.job });
}
