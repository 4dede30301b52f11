/**
 * CSI sequences read as the printer reads them, from the command table of the T5023 guide alone; what is no CSI
 * is text in the ESC/P manner. Shares nothing with the driver's codec.
 */
import { toLatin1 } from '../../../drivers/kit/bytes.ts';
import { TICKS_PER_INCH } from '../../world/paper.ts';
import { takeCommand } from '../escp/interpret.ts';
import { flushThen } from '../escp/printer-action.ts';
import { atTopOfPage, type PrinterState } from '../escp/printer-state.ts';
import type { ConsoleJob } from './console-state.ts';

export interface ReadCommand {
  readonly interpreter: PrinterState;
  readonly jobs: readonly ConsoleJob[];
  readonly length: number;
}

const STEP = TICKS_PER_INCH / 180;
/** Digits and semicolons; a longer list of parameters is none. */
const PARAMETER_BYTES_MAX = 40;

/** The one command at the front of `bytes`; undefined when its end has not come. */
export function readCommand(interpreter: PrinterState, bytes: Uint8Array, heightTicks: number): ReadCommand | undefined {
  if (bytes[0] === 0x1b && bytes[1] === undefined) return undefined;
  if (bytes[0] === 0x1b && bytes[1] === 0x5b) return readCsi(interpreter, bytes, heightTicks);
  const taken = takeCommand(interpreter, bytes);
  return taken === undefined ? undefined : { interpreter: taken.state, jobs: taken.actions, length: taken.length };
}

function readCsi(interpreter: PrinterState, bytes: Uint8Array, heightTicks: number): ReadCommand | undefined {
  const matched = /^\x1b\[([0-9;]*)(.?)(.?)/s.exec(toLatin1(bytes.subarray(0, PARAMETER_BYTES_MAX + 4)));
  const [head = '', parameters = '', intermediate = '', final = ''] = matched ?? [];
  const ignored = (what: string, length: number): ReadCommand => ({ interpreter, jobs: [{ kind: 'ignored', what }], length });
  if (parameters.length > PARAMETER_BYTES_MAX) return ignored('CSI without end', head.length);
  if (intermediate === '') return undefined;
  // A byte that cannot belong to the sequence ends it, and is read for itself.
  if (!/[ -/]/.test(intermediate)) return ignored('CSI cut short', head.length - intermediate.length - final.length);
  if (final === '') return undefined;
  if (!/[p-z]/.test(final)) return ignored('CSI cut short', head.length - final.length);
  const numbers = parameters.split(';').map(Number);
  const name = intermediate + final;
  if (name === '#r') return readStripeText(interpreter, bytes, head.length);
  return { ...carryOut(interpreter, { name, n: numbers[0] ?? 0 }, heightTicks), length: head.length };
}

function carryOut(
  interpreter: PrinterState,
  { name, n }: { readonly name: string; readonly n: number },
  heightTicks: number,
): Omit<ReadCommand, 'length'> {
  const to = (y: number): Omit<ReadCommand, 'length'> => {
    const { state, actions } = flushThen(interpreter, (flushed) => ({ ...flushed, y: Math.max(0, y) }));
    return { interpreter: state, jobs: actions };
  };
  const job = (...jobs: readonly ConsoleJob[]): Omit<ReadCommand, 'length'> => {
    const { state, actions } = flushThen(interpreter, (flushed) => flushed);
    return { interpreter: state, jobs: [...actions, ...jobs] };
  };
  switch (name) {
    case '!p':
      return to(Math.max(1, n) * STEP);
    case '"p':
      return to(heightTicks - n * STEP);
    case '#p':
      return to(interpreter.y - n * STEP);
    case '$p': {
      const { interpreter: flushed, jobs } = job({ kind: n === 0 ? 'eject' : 'insert' });
      return { interpreter: atTopOfPage(flushed), jobs };
    }
    case '!t':
      return job({ kind: 'mark', answer: `${n}!t` });
    case ')t':
      return job({ kind: 'mark', answer: `${n})t` });
    case '"t':
      return job({ kind: 'measure' });
    case '"r':
      return job({ kind: 'read-stripe' });
    case '%r':
      return job({ kind: 'write-stripe', text: '' });
    case '!r':
      // Where the stripe is and how it is written is a matter of the head; the book keeps its text either way.
      return { interpreter, jobs: [] };
    case '"z':
    case '#z':
      // The question was answered when it came; configuration has no effect on where ink goes.
      return { interpreter, jobs: [] };
    default:
      return job({ kind: 'ignored', what: `CSI ${name}` });
  }
}

/** CSI # r 02 text 03: a torn text writes nothing. */
function readStripeText(interpreter: PrinterState, bytes: Uint8Array, headLength: number): ReadCommand | undefined {
  const ignored = (what: string, length: number): ReadCommand => ({ interpreter, jobs: [{ kind: 'ignored', what }], length });
  if (bytes.length === headLength) return undefined;
  if (bytes[headLength] !== 0x02) return ignored('stripe text without STX', headLength);
  let end = headLength + 1;
  while (end < bytes.length && (bytes[end] ?? 0) >= 0x30 && (bytes[end] ?? 0) <= 0x3f) end++;
  if (end - headLength > 108) return ignored('stripe text too long', end);
  if (end === bytes.length) return undefined;
  if (bytes[end] !== 0x03) return ignored('stripe text cut short', end);
  const text = toLatin1(bytes.subarray(headLength + 1, end));
  return { interpreter, jobs: [{ kind: 'write-stripe', text }], length: end + 1 };
}
