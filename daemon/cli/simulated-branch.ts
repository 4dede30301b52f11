import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { parseReadyLine, type SimulatedBranch } from '../config/demo-config.ts';
import { startSimulators } from './simulators-process.ts';

export interface BranchProcess {
  /** What the first start said: devices and the address of the virtual branch page. */
  readonly branch: SimulatedBranch;
  /** Where a device is now; its port may be another one after a restart. */
  addressOf(deviceId: string): string | undefined;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;
const RESTART_MIN_MS = 500;
const RESTART_MAX_MS = 30_000;

/**
 * Keeps a simulated branch running as a process of its own: the daemon knows it only through addresses. When it
 * dies it is started again, later each time, with its terminals under the same names in `folder`.
 */
export async function runSimulatedBranch(options: {
  readonly scenario: string;
  readonly folder: string;
  onTrouble(text: string): void;
}): Promise<BranchProcess> {
  let isStopping = false;
  let delayMs = RESTART_MIN_MS;
  let timer: NodeJS.Timeout | undefined;
  const { child: first, branch } = await startOnce(options, '127.0.0.1:0');
  let child = first;
  let addresses = addressesIn(branch);
  const control = new URL(branch.control).host;

  const watch = (): void => {
    child.once('close', () => {
      if (isStopping) return;
      options.onTrouble(`the simulated branch ended; it is started again in ${delayMs / 1000} s`);
      timer = setTimeout(() => void restart(), delayMs);
      delayMs = Math.min(delayMs * 2, RESTART_MAX_MS);
    });
  };
  const restart = async (): Promise<void> => {
    try {
      const again = await startOnce(options, control);
      child = again.child;
      addresses = addressesIn(again.branch);
      watch();
    } catch (cause) {
      options.onTrouble(cause instanceof CounterdError ? cause.message : String(cause));
      timer = setTimeout(() => void restart(), delayMs);
      delayMs = Math.min(delayMs * 2, RESTART_MAX_MS);
    }
  };
  watch();

  return {
    branch,
    addressOf: (deviceId) => addresses.get(deviceId),
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      await end(child);
    },
  };
}

async function startOnce(
  options: { readonly scenario: string; readonly folder: string },
  control: string,
): Promise<{ readonly child: ChildProcess; readonly branch: SimulatedBranch }> {
  const args = ['sim', 'branch', options.scenario, '--with-parent', '--dir', options.folder, '--control', control];
  // Standard input stays open as long as this process lives: when it ends, however, so does the branch.
  const child = startSimulators(args, ['pipe', 'pipe', 'inherit']);
  try {
    return { child, branch: parseReadyLine(await firstLine(child)) };
  } catch (cause) {
    await end(child);
    throw cause;
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const refuse = (why: string): void => reject(new CounterdError('CD_SIM_SCENARIO', why));
    const timer = setTimeout(() => refuse('the simulated branch did not start within a minute'), READY_WITHIN_MS);
    const { stdout } = child;
    if (stdout === null) {
      refuse('the simulated branch has no output');
      return;
    }
    const lines = createInterface({ input: stdout });
    lines.once('line', (line) => {
      clearTimeout(timer);
      resolve(line);
    });
    child.once('error', (cause) => refuse(cause.message));
    child.once('close', (code) => {
      clearTimeout(timer);
      refuse(`the simulated branch ended at once (status ${String(code)})`);
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
    child.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    // Its standard input, too: a branch that waits on it ends with it.
    child.stdin?.end();
    child.kill('SIGTERM');
  });
}

function addressesIn(branch: SimulatedBranch): ReadonlyMap<string, string> {
  return new Map(branch.devices.map(({ id, address }) => [id, address]));
}
