import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram, type ChildProgram } from '../../support/child-program.ts';
import { SimulatedBranch } from './simulated-branch.ts';

/**
 * A whole branch for a browser test: the simulated branch is one process, the daemon another, so that the daemon
 * can be killed while the world goes on. Everything lives in a folder of its own and is gone afterwards.
 */
export class BranchRig {
  readonly branch: SimulatedBranch;
  readonly url: string;
  /** Address of the virtual branch page. */
  readonly control: string;
  readonly #folder: string;
  readonly #simulators: ChildProgram;
  readonly #daemonArguments: readonly string[];
  #daemon: ChildProgram;

  private constructor(parts: { folder: string; simulators: ChildProgram; daemon: ChildProgram; daemonArguments: readonly string[] }) {
    this.#folder = parts.folder;
    this.#simulators = parts.simulators;
    this.#daemon = parts.daemon;
    this.#daemonArguments = parts.daemonArguments;
    this.control = String(parts.simulators.ready['control']);
    this.branch = new SimulatedBranch(this.control);
    this.url = String(parts.daemon.ready['url']);
  }

  static async start(): Promise<BranchRig> {
    const folder = await mkdtemp(join(tmpdir(), 'counterd-e2e-'));
    const simulators = await startProgram(['dist/counterd.mjs', 'sim', 'branch', 'quiet-day', '--dir', join(folder, 'terminals')]);
    const port = await freePort();
    const control = String(simulators.ready['control']);
    const daemonArguments = ['dist/counterd.mjs', 'start', '--simulate', control, '--data', join(folder, 'data'), '--port', String(port)];
    const daemon = await startProgram(daemonArguments);
    return new BranchRig({ folder, simulators, daemon, daemonArguments });
  }

  /** The daemon dies at once, as in a power cut. */
  async killDaemon(): Promise<void> {
    await this.#daemon.end('SIGKILL');
  }

  /** The daemon hangs: it keeps its sockets and says nothing. */
  hangDaemon(): void {
    this.#daemon.child.kill('SIGSTOP');
  }

  continueDaemon(): void {
    this.#daemon.child.kill('SIGCONT');
  }

  /** The same daemon again, at the same address, over the same data. */
  async restartDaemon(): Promise<void> {
    this.#daemon = await startProgram(this.#daemonArguments);
  }

  async close(): Promise<void> {
    await this.#daemon.end();
    await this.#simulators.end();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** A port nobody uses right now, so that a restarted daemon is where the browser left it. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
