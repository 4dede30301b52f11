import { CounterdError } from '../../drivers/kit/errors.ts';
import type { AnySimulator } from '../kit/simulator.ts';
import { httpEnd } from './http.ts';
import type { OpenLineEnd } from './line-end.ts';
import { ptyEnd } from './pty.ts';
import { parseListenPlace, tcpEnd } from './tcp.ts';

/** Where a device is to be reached: exactly one of the two. */
export interface EndPlace {
  /** Path of the link to make. */
  readonly pty?: string | undefined;
  /** `HOST:PORT` */
  readonly tcp?: string | undefined;
}

/** The end of a device's wire at `place`, in the form its model has. Throws CD_USE_ARGUMENTS when it cannot be there. */
export function openEndOf(simulator: AnySimulator, { pty, tcp }: EndPlace): OpenLineEnd {
  if ((pty === undefined) === (tcp === undefined)) throw new CounterdError('CD_USE_ARGUMENTS', 'say where: --pty PATH or --tcp HOST:PORT');
  if (simulator.wire === 'http') {
    if (tcp === undefined) throw new CounterdError('CD_USE_ARGUMENTS', `${simulator.id} speaks HTTP: --tcp HOST:PORT`);
    return httpEnd(parseListenPlace(tcp));
  }
  if (pty !== undefined) return ptyEnd(pty);
  return tcpEnd(parseListenPlace(tcp ?? ''));
}
