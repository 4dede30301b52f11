/** What people do to the scanner, and what its panel shows them. */
import { done, refused, type Outcome } from '../../../drivers/kit/outcome.ts';
import type { CommandId } from '../../../drivers/kit/machine.ts';
import { Type, record } from '../../../drivers/kit/schema.ts';
import { decodePng } from '../../kit/png.ts';
import type { Gesture, GestureSpec } from '../../kit/simulator.ts';
import { drawSlip, pictureSlip, readSlipWord, type Slip } from '../../world/slips.ts';
import { stripCount } from './lamp.ts';
import { abortFeeding, cancelJob, continueJob, jam } from './mechanism.ts';
import { SlipWord, activeJob, andThen, truth, type FirmwareStep, type ScannerState } from './scanner-state.ts';

const FEEDER_CAPACITY = 50;
const Picture = {
  pngBase64: Type.String({ maxLength: 20_000_000, description: 'A PNG of one’s own instead of a drawn slip: 8 bits, not interlaced.' }),
  dpi: Type.Integer({ minimum: 50, maximum: 1200 }),
};
const nothing = record({});

export const gestures: Readonly<Record<string, GestureSpec>> = {
  'put-on-platen': { doc: { zh: '把一张纸放到玻璃上', en: 'Put a sheet on the glass' }, args: record({ slip: SlipWord }) },
  'put-picture-on-platen': {
    doc: { zh: '把自带的图片当作纸放到玻璃上', en: 'Put a picture of your own on the glass' },
    args: record(Picture),
  },
  'take-from-platen': { doc: { zh: '取走玻璃上的纸', en: 'Take the sheet off the glass' }, args: nothing },
  'load-feeder': {
    doc: { zh: '把一叠纸放进进纸器', en: 'Put sheets into the feeder' },
    args: record({ slips: Type.Array(SlipWord, { minItems: 1, maxItems: FEEDER_CAPACITY }) }),
  },
  'unload-feeder': { doc: { zh: '取出进纸器里的纸', en: 'Take the sheets out of the feeder' }, args: nothing },
  'take-pages': { doc: { zh: '取走出纸盘里的纸', en: 'Take the sheets from the output' }, args: nothing },
  jam: { doc: { zh: '卡纸 (正在走的或下一张)', en: 'The sheet under way, or the next one, gets stuck' }, args: nothing },
  'clear-jam': { doc: { zh: '取出卡住的纸', en: 'Pull the stuck sheet out' }, args: nothing },
  'open-cover': { doc: { zh: '打开进纸器盖板', en: 'Open the feeder’s cover' }, args: nothing },
  'close-cover': { doc: { zh: '合上盖板', en: 'Close the cover' }, args: nothing },
  'press-cancel': { doc: { zh: '按设备上的取消键', en: 'Press the cancel key of the scanner' }, args: nothing },
};

/** Performs a gesture of a person, or a fault of the firmware; settles at once. */
export function onGesture(state: ScannerState, id: CommandId, gesture: Gesture): FirmwareStep {
  const step = gesture.name.startsWith('fault:') ? onFault(state, gesture) : perform(state, gesture);
  const outcome: Outcome = step === undefined ? refused('CD_SIM_GESTURE', gesture.name) : done({});
  return andThen(step ?? [state, []], (next) => [next, [{ kind: 'settle', id, outcome }]]);
}

/** What a person standing at the scanner sees. */
export function viewOf(state: ScannerState): Readonly<Record<string, unknown>> {
  const { lamp, path } = state;
  return {
    display: displayOf(state),
    lamp: lamp === null ? 'off' : 'on',
    progressPercent: lamp === null ? null : Math.floor((100 * lamp.row) / lamp.heightPx),
    platen: state.platen === null ? null : nameOf(state.platen),
    feeder: state.feeder.map(nameOf),
    path: path === null ? null : nameOf(path),
    output: state.output.map(nameOf),
    isJammed: state.isJammed,
    isCoverOpen: state.isCoverOpen,
  };
}

type Performed = FirmwareStep | undefined;

/** Undefined when the gesture is not possible now, or not known. */
function perform(state: ScannerState, { name, args }: Gesture): Performed {
  switch (name) {
    case 'put-on-platen':
      return layDown(state, takeSlips(state, [args['slip']]));
    case 'put-picture-on-platen':
      return layDown(state, bringPicture(state, args));
    case 'take-from-platen':
      return state.platen === null ? undefined : [{ ...state, platen: null }, []];
    case 'load-feeder':
      return loadFeeder(state, takeSlips(state, Array.isArray(args['slips']) ? args['slips'] : []));
    case 'unload-feeder':
      return state.feeder.length === 0 ? undefined : [{ ...state, feeder: [] }, []];
    case 'take-pages':
      return state.output.length === 0 ? undefined : [{ ...state, output: [] }, []];
    case 'jam':
      if (state.isJammed || (state.path === null && state.feeder.length === 0)) return undefined;
      return state.path === null ? [{ ...state, isJamDue: true }, []] : jam(state);
    case 'clear-jam':
      return state.isJammed ? liftSheet({ ...state, isJammed: false }) : undefined;
    case 'open-cover':
      return state.isCoverOpen ? undefined : andThen(abortFeeding({ ...state, isCoverOpen: true }), liftSheet);
    case 'close-cover':
      return state.isCoverOpen ? [{ ...state, isCoverOpen: false }, []] : undefined;
    case 'press-cancel': {
      const job = activeJob(state);
      return job === undefined ? undefined : cancelJob(state, job);
    }
    default:
      return undefined;
  }
}

interface Brought {
  readonly slips: readonly Slip[];
  readonly slipCount: number;
}

function takeSlips(state: ScannerState, words: readonly unknown[]): Brought | undefined {
  const slips: Slip[] = [];
  for (const word of words) {
    if (typeof word !== 'string' || readSlipWord(word) === undefined) return undefined;
    slips.push(drawSlip(word, state.slipCount + slips.length + 1, state.traits.slipDpi));
  }
  return { slips, slipCount: state.slipCount + slips.length };
}

function bringPicture(state: ScannerState, args: Gesture['args']): Brought | undefined {
  const { pngBase64, dpi } = args;
  const decoded = typeof pngBase64 === 'string' ? decodePng(new Uint8Array(Buffer.from(pngBase64, 'base64'))) : undefined;
  if (decoded === undefined || typeof dpi !== 'number') return undefined;
  return { slips: [pictureSlip(state.slipCount + 1, { ...decoded, dpi })], slipCount: state.slipCount + 1 };
}

function layDown(state: ScannerState, brought: Brought | undefined): Performed {
  const slip = brought?.slips[0];
  if (slip === undefined || brought === undefined || state.platen !== null) return undefined;
  return [
    { ...state, platen: slip, slipCount: brought.slipCount },
    [truth('slip-laid', { slip: slip.number, kind: slip.kind, ...slip.sealed })],
  ];
}

function loadFeeder(state: ScannerState, brought: Brought | undefined): Performed {
  if (brought === undefined || state.feeder.length + brought.slips.length > FEEDER_CAPACITY) return undefined;
  const numbers = brought.slips.map(({ number }) => number);
  const sealed = brought.slips.map((slip) => slip.sealed ?? null);
  return [
    { ...state, feeder: [...state.feeder, ...brought.slips], slipCount: brought.slipCount },
    [truth('feeder-loaded', { slips: numbers, sealed })],
  ];
}

/** A person takes the sheet out of the path. */
function liftSheet(state: ScannerState): FirmwareStep {
  const { path } = state;
  if (path === null) return [state, []];
  return [{ ...state, path: null, isJammed: false }, [truth('sheet-removed', { slip: path.number })]];
}

function onFault(state: ScannerState, { name, args }: Gesture): Performed {
  switch (name === 'fault:clear' ? `clear:${String(args['kind'])}` : name) {
    case 'fault:wrong-identity':
      return [{ ...state, isForeign: true }, []];
    case 'clear:wrong-identity':
      return [{ ...state, isForeign: false }, []];
    case 'fault:busy':
      return [{ ...state, isBusy: true }, [{ kind: 'arm', timer: 'busy', ms: Number(args['forMs']) }]];
    case 'clear:busy':
      return [{ ...state, isBusy: false }, [{ kind: 'disarm', timer: 'busy' }]];
    case 'fault:power-cut':
      return switchOff(state);
    case 'clear:power-cut':
      return switchOn(state);
    default:
      return undefined;
  }
}

/** Jobs, their pages and who waits for them are gone; the sheet stays where it stopped. */
function switchOff(state: ScannerState): FirmwareStep {
  const dark: ScannerState = { ...state, power: 'off', jobs: [], lamp: null, isBusy: false };
  const timers = ['warm', 'feed', 'lamp', 'second', 'busy'] as const;
  return [dark, [...timers.map((timer) => ({ kind: 'disarm', timer }) as const), truth('power-lost', {})]];
}

/** Warms up; a sheet left in the path is put out first. */
export function switchOn(state: ScannerState): FirmwareStep {
  const { path } = state;
  const out: FirmwareStep =
    path === null || state.isJammed
      ? [{ ...state, power: 'warming' }, []]
      : [{ ...state, power: 'warming', path: null, output: [...state.output, path] }, [truth('sheet-out', { slip: path.number })]];
  return andThen(out, (next) => [next, [{ kind: 'arm', timer: 'warm', ms: next.traits.warmUpMs }]]);
}

/** The timer that ends warming up or being busy. */
export function becomeReady(state: ScannerState, timer: 'warm' | 'busy'): FirmwareStep {
  return continueJob(timer === 'warm' ? { ...state, power: 'on' } : { ...state, isBusy: false });
}

function nameOf(slip: Slip): { readonly kind: string; readonly number: number } {
  return { kind: slip.kind, number: slip.number };
}

function displayOf(state: ScannerState): { readonly zh: string; readonly en: string } {
  if (state.power === 'off') return { zh: '', en: '' };
  if (state.isCoverOpen) return { zh: '盖板已打开', en: 'Cover open' };
  if (state.isJammed) return { zh: '卡纸', en: 'Paper jam' };
  if (state.power === 'warming') return { zh: '预热中', en: 'Warming up' };
  if (state.lamp !== null) return { zh: `扫描中 ${stripsText(state)}`, en: `Scanning ${stripsText(state)}` };
  return activeJob(state) === undefined && !state.isBusy ? { zh: '就绪', en: 'Ready' } : { zh: '处理中', en: 'Processing' };
}

function stripsText({ lamp }: ScannerState): string {
  return lamp === null ? '' : `${stripCount(lamp.row)}/${stripCount(lamp.heightPx)}`;
}
