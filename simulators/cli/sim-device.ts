import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { serveControl } from '../control/control-server.ts';
import { PacedClock } from '../kit/paced-clock.ts';
import type { AnySimulator } from '../kit/simulator.ts';
import { openEndOf } from '../serve/open-end.ts';
import { ServedDevice, checkWorld } from '../serve/served-device.ts';
import { parseListenPlace } from '../serve/tcp.ts';
import { openTrace } from '../serve/trace.ts';
import { simulators } from '../simulators.generated.ts';
import { printLine } from './run-program.ts';
import { chosenSeed, untilStopped } from './serving.ts';

export interface SimDeviceOptions {
  readonly pty?: string;
  readonly tcp?: string;
  readonly world?: string;
  readonly control?: string;
  readonly trace?: string;
  readonly seed?: number;
  readonly withParent?: boolean;
}

/** Serves one simulated device until the process is asked to end. */
export async function simulateDevice(model: string, options: SimDeviceOptions): Promise<void> {
  const simulator = findSimulator(model);
  const openEnd = openEndOf(simulator, options);
  const world = checkWorld(simulator, options.world === undefined ? {} : readWorld(options.world));
  const seed = chosenSeed(options.seed);
  const clock = new PacedClock(Date.now());
  const trace = options.trace === undefined ? undefined : openTrace(options.trace);
  const id = model.split('/')[1] ?? model;
  const served = await ServedDevice.start({
    id,
    simulator,
    world,
    seed: String(seed),
    clock,
    openEnd,
    ...(trace === undefined ? {} : { trace: trace.write }),
  });
  const branch = {
    scenario: '',
    seed,
    clock,
    devices: [{ served, name: simulator.name }],
    close: async () => {
      clock.stop();
      await served.close();
    },
  };
  try {
    // Before the ready line: whoever reads it may tell us to stop at once.
    const stopped = untilStopped(options.withParent === true);
    const control = options.control === undefined ? undefined : await serveControl(branch, parseListenPlace(options.control));
    printLine({ ready: true, address: served.address, ...(control === undefined ? {} : { control: control.url }) });
    await stopped;
    await control?.close();
  } finally {
    await branch.close();
    trace?.close();
  }
}

function findSimulator(model: string): AnySimulator {
  const found = simulators.find((each) => each.id === model);
  if (found !== undefined) return found;
  throw new CounterdError('CD_SIM_UNKNOWN', `"${model}" is none of: ${simulators.map((each) => each.id).join(', ')}`);
}

/** JSON is YAML, so one reader does. */
function readWorld(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new CounterdError(
      'CD_SIM_SCENARIO',
      `${file}: ${cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'cannot be read'}`,
      { cause },
    );
  }
}
