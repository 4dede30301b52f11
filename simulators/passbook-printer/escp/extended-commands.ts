/** ESC ( letter nL nH …: the commands that carry their own length. */
import { TICKS_PER_INCH } from '../../world/paper.ts';
import { flushThen, only, type Stepped } from './printer-action.ts';
import { topFrom, type PrinterState } from './printer-state.ts';

/** Default unit of ESC ( C, ( c, ( V and ( v. */
const UNIT_360 = TICKS_PER_INCH / 360;

/** Carries out ESC ( `letter`; undefined when the letter means nothing here. */
export function applyExtended(state: PrinterState, letter: string, parameters: Uint8Array): Stepped | undefined {
  const unit = state.unit ?? UNIT_360;
  const word = (at: number): number => (parameters[at] ?? 0) | ((parameters[at + 1] ?? 0) << 8);
  switch (letter) {
    case 'U':
      return only({ ...state, unit: (parameters[0] ?? 10) * (TICKS_PER_INCH / 3600) });
    case 'C':
      return only({ ...state, pageLength: word(0) * unit, top: topFrom(state) });
    case 'c':
      return only({ ...state, top: word(0) * unit, y: Math.max(state.y, word(0) * unit) });
    case 'V':
      return moveTo(state, state.top + word(0) * unit);
    case 'v':
      return moveTo(state, state.y + ((word(0) << 16) >> 16) * unit);
    case '-':
      return only({ ...state, isUnderlined: parameters[0] === 1 && (parameters[2] ?? 0) !== 0 });
    case 'G':
    case 'i':
    case 'K':
    case 'e':
    case 't':
      return only(state);
    default:
      return undefined;
  }
}

function moveTo(state: PrinterState, y: number): Stepped {
  return flushThen(state, (flushed) => ({ ...flushed, y: Math.max(0, y) }));
}
