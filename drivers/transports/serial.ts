/**
 * Serial ports, through the `serialport` package (13.0.0). What had to be known, each item measured:
 * - a write on a port that went away never calls back, and its bytes are sent at the next `open` of the same
 *   object: every open makes a new `SerialPort`, every slice has a time limit;
 * - closing with a write under way emits 'error' ("Canceled") and ends the process when nobody listens;
 * - its errors carry no code: the path is looked at first, and once more after a failure;
 * - on a pseudo-terminal `get`, `set` and `update` fail with ENOTTY: none of them is used. DTR and RTS go up
 *   at open and down at close by themselves;
 * - the lock is flock(): programs that do not flock are not kept out;
 * - a hung-up port may be read for ever without a 'close' event: see serial-read.ts;
 * - `drain` comes back at once on a pseudo-terminal, and early from USB adapters with a queue of their own:
 *   bytes count as having left no sooner than the line needs for them at its speed;
 * - closing a port whose output is stuck blocks a thread for up to 30 s unless it is flushed first.
 */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { SerialPort } from 'serialport';
import { CounterdError } from '../kit/errors.ts';
import type { Link, Transport } from '../kit/transport.ts';
import type { SerialLine, SerialPlace } from './address.ts';
import { abandonable, refuseIfAborted, systemCode } from './opening.ts';
import { watchForHangUp } from './serial-read.ts';
import { StreamLink, type StreamPort } from './stream-link.ts';

/** A port as the system lists it; ids are hex, in either case. */
export interface ListedPort {
  readonly path: string;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
  readonly serialNumber?: string | undefined;
}

export interface SerialParts {
  /** The address as the person wrote it. */
  readonly address: string;
  readonly place: SerialPlace;
  readonly line: SerialLine;
  /** Lists the ports present; the package's own unless a test brings another. */
  readonly list?: () => Promise<readonly ListedPort[]>;
  /** A line that takes nothing for this long, beyond the time its bytes need, is stuck. Default 10,000. */
  readonly stallMs?: number;
}

/** A serial port by path, or by USB identity resolved anew at every open. */
export function serialTransport(parts: SerialParts): Transport {
  return {
    address: parts.address,
    async open(signal) {
      refuseIfAborted(signal);
      return abandonable(signal, openLink(parts), (late) => void late.close());
    },
  };
}

/** 'close' comes within 165 ms of a pull (measured); a driver stuck longer than this is left to the kernel. */
const CLOSE_LIMIT_MS = 3_000;

async function openLink(parts: SerialParts): Promise<Link> {
  const path = await resolvePlace(parts.place, parts.list ?? (() => SerialPort.list()));
  await checkAccess(path);
  const { line } = parts;
  const port = new SerialPort({
    path,
    baudRate: line.baud,
    parity: line.parity,
    dataBits: line.dataBits,
    stopBits: line.stopBits,
    rtscts: line.flow === 'rtscts',
    xon: line.flow === 'xonxoff',
    xoff: line.flow === 'xonxoff',
    autoOpen: false,
  });
  const link = new StreamLink(streamPort(port, line, parts.stallMs ?? 10_000));
  // Before 'data': the first read begins in an 'open' listener of the package's own.
  port.once('open', () => watchForHangUp(port.port));
  port.on('data', (bytes: Uint8Array) => link.received(new Uint8Array(bytes)));
  port.on('close', () => link.gone('the port went away'));
  port.on('error', () => {
    link.gone('the port failed');
    if (port.isOpen) port.close(ignoreOutcome);
  });
  const failure = await new Promise<Error | null>((resolve) => port.open(resolve));
  if (failure !== null) throw await openFailure(path, failure);
  return link;
}

function streamPort(port: SerialPort, line: SerialLine, idleMs: number): StreamPort {
  const closed = new Promise<void>((resolve) => port.once('close', resolve));
  return {
    write(bytes, left) {
      const goneAtMs = performance.now() + bytes.length * byteMs(line);
      port.write(Buffer.from(bytes), (error) => {
        if (error !== null && error !== undefined) left(error);
        else port.drain((failure) => (failure === null ? callAt(goneAtMs, left) : left(failure)));
      });
    },
    async close(isWriting) {
      // Not open and not closing either: the port went away before, and 'close' has been heard.
      if (!port.isOpen && !port.closing) return;
      if (isWriting && port.isOpen) await new Promise((resolve) => port.flush(resolve));
      if (port.isOpen) port.close(ignoreOutcome);
      await atMost(CLOSE_LIMIT_MS, closed);
    },
    stallMs: (byteCount) => idleMs + Math.ceil(byteCount * byteMs(line)),
    pause: () => port.pause(),
    resume: () => port.resume(),
  };
}

/** Time one byte takes on the line: start bit, data, parity, stop bits. */
function byteMs({ baud, dataBits, parity, stopBits }: SerialLine): number {
  return ((1 + dataBits + (parity === 'none' ? 0 : 1) + stopBits) * 1000) / baud;
}

function callAt(atMs: number, task: () => void): void {
  const waitMs = atMs - performance.now();
  if (waitMs <= 0) task();
  else setTimeout(task, waitMs);
}

/** Finds the path of a port; a USB identity moves from ttyUSB0 to ttyUSB1 between two plugs. */
async function resolvePlace(place: SerialPlace, list: () => Promise<readonly ListedPort[]>): Promise<string> {
  if (place.kind === 'path') return place.path;
  const ports = await list().catch((cause: unknown) => {
    // Linux: `list` starts udevadm, which may be missing.
    throw new CounterdError('CD_LINK_FAILED', 'the ports could not be listed', { cause });
  });
  const fits = ports.filter(
    (port) =>
      port.vendorId?.toLowerCase() === place.vendorId &&
      port.productId?.toLowerCase() === place.productId &&
      (place.serial === undefined || port.serialNumber === place.serial),
  );
  const [only, another] = fits;
  const identity = `usb-${place.vendorId}:${place.productId}${place.serial === undefined ? '' : `:${place.serial}`}`;
  if (only === undefined) throw new CounterdError('CD_LINK_NOT_FOUND', identity);
  if (another !== undefined) {
    // Cheap adapters share one serial number, or have none. Opening whichever comes first would swap two devices.
    throw new CounterdError('CD_CONFIG_ADDRESS', `${identity} is ${fits.map((port) => port.path).join(' and ')}: use /dev/serial/by-path`);
  }
  return only.path;
}

async function checkAccess(path: string): Promise<void> {
  if (!path.startsWith('/')) return;
  try {
    await access(path, constants.R_OK | constants.W_OK);
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new CounterdError('CD_LINK_NOT_FOUND', path, { cause });
    if (code === 'EACCES' || code === 'EPERM') throw new CounterdError('CD_LINK_FORBIDDEN', path, { cause });
    throw new CounterdError('CD_LINK_FAILED', path, { cause });
  }
}

/** Says why `path` did not open. The package gives a sentence only, so its one sentence about the lock is looked for. */
async function openFailure(path: string, cause: Error): Promise<CounterdError> {
  try {
    await checkAccess(path);
  } catch (gone) {
    if (gone instanceof CounterdError) return gone;
    throw gone;
  }
  const isHeld = /Cannot lock port|Device or resource busy/.test(cause.message);
  return new CounterdError(isHeld ? 'CD_LINK_BUSY' : 'CD_LINK_FAILED', path, { cause });
}

/** Waits for `event`, but not longer than `limitMs`. */
async function atMost(limitMs: number, event: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([event, limit]);
  clearTimeout(timer);
}

/** A port that cannot be closed is gone already; 'close' or the limit ends the wait. */
function ignoreOutcome(): void {
  // Nothing to do: see above.
}
