import { isErrorCode, type ErrorCode } from '../../drivers/kit/errors.ts';
import type { DeviceView, EntryBody, EntryOf, FlowAction, PassbookUpdateView } from '../contract/index.ts';
import { bookProfile } from './book-layout.ts';
import { answerDoubt, askForLook, checkPaper, hasSentLines } from './paper-check.ts';
import { placeLine } from './place-line.ts';
import { nothing, refuse, write, type Decision, type DeviceOrder, type FlowContext, type Workflow } from './workflow.ts';

/**
 * Passbook update (补登折, B-1 to B-4). For each line: intent written, bytes sent, what the language can confirm
 * awaited, result written; only then the next. A line that may be on the paper is never sent again by the
 * program: a person looks at the book and says.
 */
export const passbookUpdate: Workflow<PassbookUpdateView> = {
  kind: 'passbook-update',
  act(flow, action: FlowAction, context): Decision {
    switch (action.name) {
      case 'print':
        return startPrinting(flow, context);
      case 'page-turned':
        return flow.step === 'turn-page'
          ? write([{ type: 'passbook-update.page-turned', data: { page: flow.page } }], { orders: [load(flow)] })
          : refuse('CD_FLOW_STEP', flow.step);
      case 'stop':
        return flow.step === 'printing' ? write([{ type: 'passbook-update.stop-asked', data: {} }]) : refuse('CD_FLOW_STEP', flow.step);
      case 'answer-doubt':
        return answerDoubt(flow, action);
      case 'look-at-paper':
        return flow.step === 'paused' && hasSentLines(flow) ? askForLook([], flow.page) : refuse('CD_FLOW_STEP', flow.step);
      case 'check-paper':
        return checkPaper(flow, action.answers);
      case 'cancel':
        return cancel(flow, action.reason);
      default:
        return refuse('CD_FLOW_STEP', action.name);
    }
  },
  react(flow, entry): Decision {
    if (entry.type !== 'device.command-settled') return nothing;
    if (entry.data.command === 'load') return flow.step === 'printing' ? afterLoad(flow, entry) : nothing;
    if (entry.data.command === 'print-line') return afterLine(flow, entry);
    return nothing;
  },
  resume(flow, since): Decision {
    const line = lineInWork(flow);
    if (line === undefined)
      return flow.step === 'printing' ? write([{ type: 'passbook-update.paused', data: { code: 'CD_FLOW_INTERRUPTED' } }]) : nothing;
    const settled = since.find(
      (entry): entry is EntryOf<'device.command-settled'> => entry.type === 'device.command-settled' && entry.data.command === 'print-line',
    );
    const bodies = settled === undefined ? [doubted(line, 'CD_FLOW_INTERRUPTED')] : [resultOf(line, settled)];
    const isDone = doneStates[bodies[0]?.type ?? ''] !== undefined;
    return write(isDone ? [...bodies, { type: 'passbook-update.paused', data: { code: 'CD_FLOW_INTERRUPTED' } }] : bodies);
  },
};

type Line = PassbookUpdateView['lines'][number];

function lineInWork(flow: PassbookUpdateView): Line | undefined {
  return flow.lines.find(({ state }) => state === 'printing');
}

function nextLine(flow: PassbookUpdateView): Line | undefined {
  return flow.lines.find(({ state }) => state === 'waiting' || state === 'not-printed');
}

function startPrinting(flow: PassbookUpdateView, { device }: FlowContext): Decision {
  if (flow.step !== 'check' && flow.step !== 'paused') return refuse('CD_FLOW_STEP', flow.step);
  const line = nextLine(flow);
  if (line === undefined) return finish(flow);
  if (device?.phase !== 'online') return refuse('CD_DEVICE_NOT_ONLINE');
  const asked: EntryBody = { type: 'passbook-update.printing-asked', data: {} };
  if (flow.step === 'paused' && line.page !== flow.page) return leavePage(flow, [asked], line);
  // A clean stop left the page where it is. After anything else the person has put the book in afresh.
  if (flow.step === 'paused' && flow.code === undefined && isLoaded(device)) return intend(flow, [asked], line);
  return write([asked], { orders: [load(flow)] });
}

function isLoaded(device: DeviceView): boolean {
  return device.status !== undefined && 'isLoaded' in device.status && device.status.isLoaded;
}

/** The book's profile decides how far down the page goes; the printer needs its height to know where the end is. */
function load(flow: PassbookUpdateView): DeviceOrder {
  return { name: 'load', args: { pageHeightMm: bookProfile(flow.layout).page.heightMm } };
}

function afterLoad(flow: PassbookUpdateView, entry: EntryOf<'device.command-settled'>): Decision {
  const { outcome } = entry.data;
  if (outcome.kind !== 'done') return write([{ type: 'passbook-update.paused', data: { code: codeOf(outcome.code) } }]);
  return continueWith(flow, []);
}

function afterLine(flow: PassbookUpdateView, entry: EntryOf<'device.command-settled'>): Decision {
  const line = lineInWork(flow);
  if (line === undefined) return nothing;
  const result = resultOf(line, entry);
  const state = doneStates[result.type];
  if (state === undefined) return write([result]);
  const lines = flow.lines.map((other) => (other === line ? { ...other, state } : other));
  return continueWith({ ...flow, lines }, [result]);
}

const doneStates: Readonly<Partial<Record<string, 'confirmed' | 'sent'>>> = {
  'passbook-update.line-confirmed': 'confirmed',
  'passbook-update.line-sent': 'sent',
};

/** What the settled command says about its line. */
function resultOf(line: Line, entry: EntryOf<'device.command-settled'>): EntryBody {
  const { entryId, page, line: number } = line;
  const { outcome } = entry.data;
  switch (outcome.kind) {
    case 'done': {
      const by = confirmationOf(outcome.result);
      const at = { entryId, page, line: number };
      return by === 'sent'
        ? { type: 'passbook-update.line-sent', data: at }
        : { type: 'passbook-update.line-confirmed', data: { ...at, by } };
    }
    case 'in-doubt':
      return doubted(line, codeOf(outcome.code));
    case 'refused':
    case 'failed':
      return { type: 'passbook-update.line-not-printed', data: { entryId, page, line: number, code: codeOf(outcome.code) } };
  }
}

function doubted({ entryId, page, line }: Line, code: ErrorCode): EntryBody {
  return { type: 'passbook-update.line-doubted', data: { entryId, page, line, code } };
}

function continueWith(flow: PassbookUpdateView, bodies: readonly EntryBody[]): Decision {
  const line = nextLine(flow);
  if (line === undefined) return finish(flow, bodies);
  if (flow.isStopping) return write([...bodies, { type: 'passbook-update.paused', data: {} }]);
  if (line.page !== flow.page) return leavePage(flow, bodies, line);
  return intend(flow, bodies, line);
}

/** The page is full. What nobody has confirmed on it is looked at first. */
function leavePage(flow: PassbookUpdateView, bodies: readonly EntryBody[], line: Line): Decision {
  if (hasSentLines(flow)) return askForLook(bodies, flow.page);
  return write([...bodies, { type: 'passbook-update.page-turn-asked', data: { page: line.page } }], {
    orders: [{ name: 'eject', args: {} }],
  });
}

function intend(flow: PassbookUpdateView, bodies: readonly EntryBody[], line: Line): Decision {
  const { entryId, page, line: number } = line;
  return write([...bodies, { type: 'passbook-update.line-intended', data: { entryId, page, line: number } }], {
    orders: [{ name: 'print-line', args: { line: placeLine(flow.layout, line) } }],
  });
}

function finish(flow: PassbookUpdateView, bodies: readonly EntryBody[] = []): Decision {
  if (hasSentLines(flow)) return askForLook(bodies, flow.page);
  const printedCount = flow.lines.filter(({ state }) => state === 'confirmed').length;
  return write([...bodies, { type: 'passbook-update.finished', data: { printedCount } }], {
    orders: [{ name: 'eject', args: {} }],
    hasEnded: true,
  });
}

function cancel(flow: PassbookUpdateView, reason: string): Decision {
  if (flow.step === 'printing') return refuse('CD_FLOW_STEP', 'printing: stop first');
  if (flow.step === 'in-doubt') return refuse('CD_DEVICE_IN_DOUBT');
  if (hasSentLines(flow)) return refuse('CD_FLOW_PAPER');
  return write([{ type: 'passbook-update.cancelled', data: { reason } }], { hasEnded: true });
}

function codeOf(code: string | undefined): ErrorCode {
  return code !== undefined && isErrorCode(code) ? code : 'CD_PROTOCOL_UNEXPECTED';
}

function confirmationOf(result: unknown): 'mark' | 'status' | 'sent' {
  const said = typeof result === 'object' && result !== null && 'confirmation' in result ? result.confirmation : undefined;
  return said === 'mark' || said === 'status' ? said : 'sent';
}
