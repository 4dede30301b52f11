import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { assert } from '../../drivers/kit/assert.ts';

/**
 * The far end of a serial line: a pseudo-terminal held by a Python process, linked at `path`. What is written
 * to the port comes out of `onBytes`; `send` puts bytes on it. Killing the process is pulling the cable.
 */
export interface PtyPeer {
  readonly send: (bytes: Uint8Array) => void;
  readonly onBytes: (take: (bytes: Uint8Array) => void) => void;
  readonly goAway: () => Promise<void>;
}

// Raw before the path is announced, or the peer gets its own bytes echoed; the slave stays open here, or the
// master reads EIO whenever nobody else has it.
const PROGRAM = `
import os, pty, select, sys, tty
path, reads = sys.argv[1], sys.argv[2] == 'reads'
master, slave = pty.openpty()
tty.setraw(slave)
if os.path.islink(path): os.unlink(path)
os.symlink(os.ttyname(slave), path)
sys.stderr.write('ready\\n'); sys.stderr.flush()
sources = [0, master] if reads else [0]
while True:
    for fd in select.select(sources, [], [])[0]:
        data = os.read(fd, 65536)
        if fd == 0 and not data: sys.exit(0)
        while data: data = data[os.write(master if fd == 0 else 1, data):]
`;

/** Starts a peer and waits until its port can be opened. `never-reads` lets the port's output fill up. */
export async function startPtyPeer(path: string, reads: 'reads' | 'never-reads' = 'reads'): Promise<PtyPeer> {
  const child: ChildProcess = spawn('python3', ['-c', PROGRAM, path, reads], { stdio: 'pipe' });
  const { stdin, stdout, stderr } = child;
  assert(stdin !== null && stdout !== null && stderr !== null, 'the peer is started with pipes');
  await once(createInterface(stderr), 'line');
  const takers: ((bytes: Uint8Array) => void)[] = [];
  stdout.on('data', (bytes: Uint8Array) => {
    for (const take of takers) take(new Uint8Array(bytes));
  });
  return {
    send: (bytes) => void stdin.write(bytes),
    onBytes: (take) => void takers.push(take),
    async goAway() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
