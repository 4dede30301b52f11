import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { startProgram, type ChildProgram } from '../../support/child-program.ts';
import { SimulatedBranch } from './simulated-branch.ts';

interface ReadyDevice {
  readonly id: string;
  readonly family: string;
  readonly model: string;
  readonly address: string;
  readonly name: string;
  readonly position?: string;
}

/**
 * A whole branch for a browser test: the simulated branch is one process, the daemon another, so that the daemon
 * can be killed while the world goes on. Everything lives in a folder of its own and is gone afterwards.
 */
export class BranchRig {
  readonly branch: SimulatedBranch;
  readonly url: string;
  readonly #folder: string;
  readonly #simulators: ChildProgram;
  readonly #arguments: readonly string[];
  #daemon: ChildProgram;

  private constructor(parts: { folder: string; simulators: ChildProgram; daemon: ChildProgram; daemonArguments: readonly string[] }) {
    this.#folder = parts.folder;
    this.#simulators = parts.simulators;
    this.#daemon = parts.daemon;
    this.#arguments = parts.daemonArguments;
    this.branch = new SimulatedBranch(String(parts.simulators.ready['control']));
    this.url = String(parts.daemon.ready['url']);
  }

  static async start(): Promise<BranchRig> {
    const folder = await mkdtemp(join(tmpdir(), 'counterd-e2e-'));
    const simulators = await startProgram(['dist/simulators.mjs', 'branch', 'quiet-day']);
    const config = join(folder, 'counterd.yaml');
    await writeFile(config, stringify(configOf(simulators.ready['devices'] as ReadyDevice[])), { mode: 0o600 });
    const port = await freePort();
    const daemonArguments = ['dist/counterd.mjs', 'start', '--config', config, '--data', join(folder, 'data'), '--port', String(port)];
    const daemon = await startProgram(daemonArguments);
    return new BranchRig({ folder, simulators, daemon, daemonArguments });
  }

  /** The daemon dies at once, as in a power cut. */
  async killDaemon(): Promise<void> {
    await this.#daemon.end('SIGKILL');
  }

  /** The same daemon again, at the same address, over the same data. */
  async restartDaemon(): Promise<void> {
    this.#daemon = await startProgram(this.#arguments);
  }

  async close(): Promise<void> {
    await this.#daemon.end();
    await this.#simulators.end();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function configOf(devices: readonly ReadyDevice[]): object {
  return {
    branch: { id: 'demo', name: '城东支行' },
    demo: true,
    positions: [{ id: '1', name: '现金1号', facesPublic: true }],
    devices: devices.map(({ id, family, model, address, name, position }) => ({
      id,
      name,
      model: model.includes('/') ? model : `${family}/${model}`,
      address,
      simulated: true,
      ...(position === undefined ? {} : { position }),
    })),
  };
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
