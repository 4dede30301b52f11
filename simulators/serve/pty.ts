/**
 * A simulated serial line as a pseudo-terminal. Node cannot make one, so a small Python program does: it opens
 * the pair, makes PATH a link to the end that programs open, and copies. Everything else stays here.
 *
 * - It holds the slave open itself: without any holder, reading the master fails with EIO.
 * - The slave is raw before anybody can open it: a fresh one echoes, and turns "\n" into "\r\n".
 * - A pulled cable is the end of the process: the master closes, serialport reports `close`, PATH is gone.
 *   Put back, a new pair appears behind the same PATH.
 * - When nobody reads, bytes are dropped after a second, as a UART loses them, instead of arriving late.
 * - It ends with its standard input, so nothing is left behind when this process is killed.
 */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { reportPlugging, type LineEnd, type OpenLineEnd } from './line-end.ts';

const bridgeProgram = `
import os, pty, select, signal, sys, time, tty
signal.signal(signal.SIGINT, signal.SIG_IGN)
path = sys.argv[1]
master, slave = pty.openpty()
tty.setraw(slave)
name = os.ttyname(slave)
part = '%s.part-%d' % (path, os.getpid())
os.symlink(name, part)
os.rename(part, path)
os.set_blocking(master, False)
os.write(2, b'ready\\n')
waiting = bytearray()
moved = time.monotonic()
try:
    while True:
        readable, writable, _ = select.select([0, master], [master] if waiting else [], [], 1.0 if waiting else None)
        if 0 in readable:
            chunk = os.read(0, 65536)
            if not chunk:
                break
            if not waiting:
                moved = time.monotonic()
            waiting += chunk
            del waiting[:-1048576]
        if master in readable:
            rest = memoryview(os.read(master, 65536))
            while rest:
                rest = rest[os.write(1, rest):]
        if waiting:
            try:
                del waiting[:os.write(master, waiting[:4096])]
                moved = time.monotonic()
            except BlockingIOError:
                if time.monotonic() - moved > 1.0:
                    waiting.clear()
except BrokenPipeError:
    pass
finally:
    try:
        if os.readlink(path) == name:
            os.unlink(path)
    except OSError:
        pass
`;

type Bridge = ChildProcessByStdio<Writable, Readable, Readable>;

/** A line whose host side is the terminal that `path` links to. Refuses a `path` at which something else lies. */
export function ptyEnd(path: string): OpenLineEnd {
  const link = resolve(path);
  return async (received) => {
    refuseForeignFile(link);
    const end = new PtyEnd(link, received);
    await end.start();
    return end;
  };
}

class PtyEnd implements LineEnd {
  readonly address: string;
  readonly #link: string;
  readonly #received: (bytes: Uint8Array) => void;
  #bridge: Bridge | undefined;
  /** Plugging in and out happens one after the other. */
  #queue: Promise<void> = Promise.resolve();

  constructor(link: string, received: (bytes: Uint8Array) => void) {
    this.address = `serial:${link}`;
    this.#link = link;
    this.#received = received;
  }

  async start(): Promise<void> {
    if (this.#bridge !== undefined) return;
    const bridge = spawn('python3', ['-S', '-E', '-c', bridgeProgram, this.#link], { stdio: ['pipe', 'pipe', 'pipe'] });
    await untilReady(bridge, this.#link);
    bridge.stdin.on('error', () => undefined); // EPIPE: the bridge is gone, and so is the line; its end is what counts
    bridge.stdout.on('data', (bytes: Buffer) => {
      this.#received(new Uint8Array(bytes));
    });
    bridge.once('close', () => {
      if (this.#bridge === bridge) this.#bridge = undefined; // somebody killed it: the line is dead until it is plugged in anew
    });
    this.#bridge = bridge;
  }

  deliver(bytes: Uint8Array): void {
    this.#bridge?.stdin.write(bytes);
  }

  plug(isPlugged: boolean): void {
    this.#queue = this.#queue.then(() => (isPlugged ? this.start() : this.#stop())).catch(reportPlugging);
  }

  async close(): Promise<void> {
    this.#queue = this.#queue.then(() => this.#stop());
    await this.#queue;
  }

  #stop(): Promise<void> {
    const bridge = this.#bridge;
    this.#bridge = undefined;
    if (bridge === undefined) return Promise.resolve();
    return new Promise((stopped) => {
      bridge.once('close', () => {
        stopped();
      });
      bridge.stdout.destroy();
      bridge.stdin.end();
    });
  }
}

/** Resolves when PATH is there; says what went wrong otherwise. */
function untilReady(bridge: Bridge, link: string): Promise<void> {
  return new Promise((ready, fail) => {
    let said = '';
    bridge.stderr.setEncoding('utf8');
    bridge.stderr.on('data', (text: string) => {
      said += text;
      if (said === 'ready\n') ready();
    });
    bridge.once('error', (cause) => {
      fail(new CounterdError('CD_SIM_TERMINAL', 'python3 could not be started; install it', { cause }));
    });
    bridge.once('close', () => {
      fail(new CounterdError('CD_SIM_TERMINAL', `${link}: ${said.trim().split('\n').at(-1) ?? 'the bridge ended'}`));
    });
  });
}

/** A link that an earlier run left behind is replaced; anything else at PATH is somebody's file. */
function refuseForeignFile(link: string): void {
  const stat = lstatSync(link, { throwIfNoEntry: false });
  if (stat !== undefined && !stat.isSymbolicLink())
    throw new CounterdError('CD_SIM_TERMINAL', `${link} exists and is not a link; choose another path`);
}
