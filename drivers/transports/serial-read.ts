/**
 * A read that tells a port that was pulled out from one that is quiet.
 *
 * `@serialport/bindings-cpp` 13.0.0 takes "0 bytes read" for "try again at once". A terminal that was hung up
 * answers every read with 0 bytes, so a cable pulled while a read is about to begin leaves the package reading
 * for ever: no 'close' event, one core busy, memory growing (met in 1 of some 20 pulls with four ports at
 * once). The port is opened with VMIN=1 and O_NONBLOCK, where 0 bytes means hung up and nothing else
 * (termios(3), "non-canonical mode"; a quiet line gives EAGAIN).
 */
import { read } from 'node:fs';
import { CounterdError } from '../kit/errors.ts';
import { systemCode } from './opening.ts';

/** Puts the better read in place. `binding` is what a `SerialPort` keeps in `port` once open; without effect on Windows. */
export function watchForHangUp(binding: unknown): void {
  if (!isUnixPort(binding)) return;
  binding.read = async (buffer, offset, length) => ({ buffer, bytesRead: await readSome(binding, { buffer, offset, length }) });
}

interface UnixPort {
  readonly fd: number | null;
  readonly poller: { once: (event: 'readable', call: (error: Error | null) => void) => unknown };
  read: (buffer: Uint8Array, offset: number, length: number) => Promise<{ buffer: Uint8Array; bytesRead: number }>;
}

interface Room {
  readonly buffer: Uint8Array;
  readonly offset: number;
  readonly length: number;
}

function isUnixPort(binding: unknown): binding is UnixPort {
  return typeof binding === 'object' && binding !== null && 'fd' in binding && 'poller' in binding && 'read' in binding;
}

/** Rejects when the port is closed or hung up; the package turns the second into its 'close' event. */
async function readSome(port: UnixPort, room: Room): Promise<number> {
  for (;;) {
    if (port.fd === null) throw new CounterdError('CD_LINK_LOST', 'closed');
    const bytesRead = await readNow(port.fd, room);
    if (bytesRead === 0) throw new CounterdError('CD_LINK_LOST', 'hung up');
    if (bytesRead !== 'nothing yet') return bytesRead;
    await readable(port);
  }
}

function readNow(fd: number, { buffer, offset, length }: Room): Promise<number | 'nothing yet'> {
  return new Promise((resolve, reject) => {
    read(fd, buffer, offset, length, null, (error, bytesRead) => {
      const code = systemCode(error);
      if (error === null) resolve(bytesRead);
      else if (code === 'EAGAIN' || code === 'EINTR') resolve('nothing yet');
      else reject(error);
    });
  });
}

function readable(port: UnixPort): Promise<void> {
  return new Promise((resolve, reject) => {
    // `fd` became null while the read was under way: the poller is destroyed and would never call.
    if (port.fd === null) {
      resolve();
      return;
    }
    port.poller.once('readable', (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}
