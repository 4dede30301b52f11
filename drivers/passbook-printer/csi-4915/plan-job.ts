/** From a command to the frames of its job, or why it is refused before anything is sent. */
import type { ErrorCode } from '../../kit/errors.ts';
import type { CommandId } from '../../kit/machine.ts';
import { PLAIN_TEXT, arrangeText, type ArrangeRefused, type PageGeometry } from '../escp/arrange-text.ts';
import type { PassbookPrinterCapabilities, PassbookPrinterCommand, PassbookPrinterEvent, PlacedLine } from '../family.ts';
import { selfTestPage } from '../layout/self-test-page.ts';
import type { CsiTx } from './codec.ts';
import type { CsiSetting } from './options.ts';
import { withSentinels } from './stripe.ts';
import { takeLineMark, takeQuietMark, type CsiState, type Job } from './state.ts';

export const capabilities: PassbookPrinterCapabilities = {
  languages: ['csi-4915'],
  canConfirmLines: 'mark',
  canReadStripe: true,
  canWriteStripe: true,
  canSenseMedia: false,
  canEject: true,
  hasHanzi: true,
  pitches: [10, 12, 15, 17, 20],
  pageMaxMm: { width: 243, height: 500 },
  unprintableMm: { top: 25.4 / 180, left: 25.4 / 6 },
  positionStepMm: 25.4 / 60,
};

/** 11 inches, when nobody says how high the page is. */
const DEFAULT_PAGE_HEIGHT_MM = 279.4;

/** Four NULs end whatever command a lost link cut in two, CAN takes back the text that waits in the line buffer. */
export const CLEAN_START: readonly CsiTx[] = [{ kind: 'padding', count: 4 }, { kind: 'cancel-line' }];

/** Text waits in the line buffer until this comes: a line cut before it leaves no ink. */
const STRIKE: CsiTx = { kind: 'carriage-return' };

export const EJECTED: PassbookPrinterEvent = { type: 'passbook-printer.page-ejected', data: { confirmation: 'mark' } };

export type Planned = { readonly kind: 'planned'; readonly state: CsiState; readonly job: Job } | ArrangeRefused;

export interface Order {
  readonly id: CommandId;
  readonly command: PassbookPrinterCommand;
  readonly setting: CsiSetting;
}

export function planJob(state: CsiState, order: Order): Planned {
  const { id, command, setting } = order;
  if (command.name === 'check') return planCheck(state, id);
  if (state.printer === 'error')
    return refusal(state.hasPaper === false ? 'CD_PRINT_NO_MEDIA' : 'CD_DEVICE_FAULT', 'the printer is in ERROR');
  if (state.printer === 'stop') return refusal('CD_DEVICE_BUSY', 'the printer is at STOP');
  switch (command.name) {
    case 'load':
      return planLoad(state, { id, setting, heightMm: command.args.pageHeightMm ?? DEFAULT_PAGE_HEIGHT_MM });
    case 'eject': {
      const [mark, after] = takeQuietMark(state);
      return planned(after, { ...job(id, mark), task: 'eject', rest: [{ kind: 'eject' }, { kind: 'mark', mark }], events: [EJECTED] });
    }
    case 'read-stripe':
      return planStripe(state, { id, setting, task: 'read-stripe', order: { kind: 'read-stripe' } });
    case 'write-stripe': {
      const text = withSentinels(command.args.text, setting.stripe.format);
      if (text === undefined) return refusal('CD_COMMAND_ARGS', `the text holds the end sign of ${setting.stripe.format}`);
      return planStripe(state, { id, setting, task: 'write-stripe', order: { kind: 'write-stripe', text } });
    }
    case 'print-line':
    case 'print-page':
    case 'self-test':
      return planPrint(state, { id, command, setting });
  }
}

function planCheck(state: CsiState, id: CommandId): Planned {
  const fence = { kind: 'messages' } as const;
  return planned(state, { ...job(id, 0), task: 'check', fence, rest: [{ kind: 'ask-messages' }], pageAfterMm: state.pageHeightMm });
}

/** Everything left behind is put back, the document is taken in and measured; its mark clears the way of older echoes. */
function planLoad(state: CsiState, { id, setting, heightMm }: { id: CommandId; setting: CsiSetting; heightMm: number }): Planned {
  const [mark, after] = takeQuietMark(state);
  const rest: CsiTx[] = [
    ...CLEAN_START,
    { kind: 'neutral' },
    ...setting.configuration.map((number) => ({ kind: 'configuration', number }) as const),
    { kind: 'insert' },
    { kind: 'ask-width' },
    { kind: 'mark', mark },
  ];
  const events = [{ type: 'passbook-printer.page-loaded', data: { pageHeightMm: heightMm } } as const];
  return planned(
    { ...after, pageHeightMm: undefined, widthUnits: undefined },
    { ...job(id, mark), task: 'load', rest, events, pageAfterMm: heightMm },
  );
}

interface StripeOrder {
  readonly id: CommandId;
  readonly setting: CsiSetting;
  readonly task: 'read-stripe' | 'write-stripe';
  readonly order: CsiTx;
}

/** Where the page stands after a pass over the stripe is not known: the next line needs a load. */
function planStripe(state: CsiState, { id, setting, task, order }: StripeOrder): Planned {
  const [mark, after] = takeQuietMark(state);
  const rest: readonly CsiTx[] = [...CLEAN_START, setting.stripe, order, { kind: 'mark', mark }];
  return planned({ ...after, pageHeightMm: undefined }, { ...job(id, mark), task, rest });
}

type PrintOrder = Order & { readonly command: Extract<PassbookPrinterCommand, { name: 'print-line' | 'print-page' | 'self-test' }> };

function planPrint(state: CsiState, { id, command, setting }: PrintOrder): Planned {
  const { pageHeightMm } = state;
  if (pageHeightMm === undefined) return refusal('CD_PRINT_NO_MEDIA', 'no page was loaded since the printer last started or stopped');
  const page = { ...setting, pageHeightMm, rightMaxMm: capabilities.pageMaxMm.width };
  const frames: CsiTx[] = [];
  for (const line of linesOf(command, setting)) {
    const arranged = arrangeLine(line, page);
    if (arranged.kind === 'refused') return arranged;
    frames.push(...arranged.frames, STRIKE);
  }
  const [mark, after] = takeLineMark(state);
  const print = { ...job(id, mark), task: 'print' } as const;
  if (command.name === 'print-line') {
    const rest: readonly CsiTx[] = [...frames.slice(0, -1), { kind: 'ask-messages' }];
    const gated: readonly CsiTx[] = [STRIKE, { kind: 'mark', mark }];
    return planned(after, { ...print, rest, gated, events: [linePrinted(command.args.line)], pageAfterMm: pageHeightMm });
  }
  return planned(after, { ...print, rest: [...frames, { kind: 'eject' }, { kind: 'mark', mark }], events: [EJECTED] });
}

/**
 * The commands for one line: everything it relies on, its place and its text, which waits for `STRIKE`. Refused as
 * `arrangeText` refuses, and above the first position that the language can name.
 */
export function arrangeLine(
  line: PlacedLine,
  page: PageGeometry,
): { readonly kind: 'arranged'; readonly frames: readonly CsiTx[] } | ArrangeRefused {
  const text = arrangeText(line, page, { xPerInch: 60, yPerInch: 180 });
  if (text.kind === 'refused') return text;
  if (text.y < 1) return refusal('CD_PRINT_LAYOUT', `y ${line.yMm} mm is above the first printable line`);
  return { kind: 'arranged', frames: [...PLAIN_TEXT, { kind: 'vertical', units: text.y }, ...text.frames] };
}

function linesOf(command: PrintOrder['command'], setting: CsiSetting): readonly PlacedLine[] {
  if (command.name === 'print-line') return [command.args.line];
  if (command.name === 'print-page') return command.args.lines;
  return selfTestPage('CSI 4915', { topMm: setting.topOfFormMm, leftMm: setting.leftEdgeMm });
}

function job(id: CommandId, mark: number): Omit<Job, 'task' | 'rest'> {
  return {
    id,
    fence: { kind: 'mark', mark },
    gated: [],
    stripe: undefined,
    hasSent: false,
    events: [],
    pageAfterMm: undefined,
    isFailing: false,
    sawLateLine: false,
  };
}

function planned(state: CsiState, made: Job): Planned {
  return { kind: 'planned', state, job: made };
}

function refusal(code: ErrorCode, detail: string): ArrangeRefused {
  return { kind: 'refused', code, detail };
}

function linePrinted({ lineNumber, yMm }: PlacedLine): PassbookPrinterEvent {
  const numbered = lineNumber === undefined ? {} : { lineNumber };
  return { type: 'passbook-printer.line-printed', data: { ...numbered, yMm, confirmation: 'mark' } };
}
