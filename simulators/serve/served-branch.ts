/** A simulated branch that is being served: its devices, its time, its day. */
import { join } from 'node:path';
import { assert } from '../../drivers/kit/assert.ts';
import type { PacedClock } from '../kit/paced-clock.ts';
import type { Fault } from '../kit/faults.ts';
import type { AnySimulator } from '../kit/simulator.ts';
import { momentMs, type Scenario, type ScenarioDevice, type ScenarioMoment } from '../scenarios/scenario.ts';
import { openEndOf } from './open-end.ts';
import { ServedDevice } from './served-device.ts';
import type { TraceLine } from './trace.ts';

export interface BranchDevice {
  readonly served: ServedDevice;
  readonly name: { readonly zh: string; readonly en: string };
  readonly position?: string;
  /** Options of the driver, for the daemon. */
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface ServedBranch {
  /** Name of the scenario; empty for a single device. */
  readonly scenario: string;
  readonly seed: number;
  readonly clock: PacedClock;
  readonly devices: readonly BranchDevice[];
  close(): Promise<void>;
}

export interface BranchParts {
  readonly id: string;
  readonly scenario: Scenario;
  readonly simulators: readonly AnySimulator[];
  readonly seed: number;
  readonly clock: PacedClock;
  /** Where the pseudo-terminals go. */
  readonly folder: string;
  readonly trace?: (line: TraceLine) => void;
  /** A moment of the timeline that the world refused. */
  refused?(moment: ScenarioMoment, why: string): void;
}

/** Starts every device of a scenario that `parseScenario` accepted, then its timeline. */
export async function serveBranch(parts: BranchParts): Promise<ServedBranch> {
  const { id, scenario, seed, clock } = parts;
  const devices: BranchDevice[] = [];
  const close = async (): Promise<void> => {
    clock.stop();
    await Promise.all(devices.map((device) => device.served.close()));
  };
  try {
    for (const device of scenario.devices) devices.push(await startDevice(device, parts));
  } catch (cause) {
    await close();
    throw cause;
  }
  for (const moment of scenario.timeline ?? []) {
    clock.after(momentMs(moment.at), () => {
      perform(moment, devices, parts);
    });
  }
  return { scenario: id, seed, clock, devices, close };
}

async function startDevice(device: ScenarioDevice, parts: BranchParts): Promise<BranchDevice> {
  const { simulators, seed, clock, folder, trace } = parts;
  const simulator = simulators.find((each) => each.id === device.model);
  assert(simulator !== undefined, 'a checked scenario names simulators that exist');
  const place = device.wire === 'pty' ? { pty: join(folder, device.id) } : { tcp: '127.0.0.1:0' };
  const served = await ServedDevice.start({
    id: device.id,
    simulator,
    world: device.world ?? {},
    seed: `${String(seed)}/${device.id}`,
    clock,
    openEnd: openEndOf(simulator, place),
    ...(trace === undefined ? {} : { trace }),
  });
  const { name, position, options } = device;
  return { served, name, ...(position === undefined ? {} : { position }), ...(options === undefined ? {} : { options }) };
}

function perform(moment: ScenarioMoment, devices: readonly BranchDevice[], parts: BranchParts): void {
  const device = devices.find((each) => each.served.id === moment.device)?.served;
  assert(device !== undefined, 'a checked scenario names devices that exist');
  const { gesture, fault, clear, args = {} } = moment;
  if (clear !== undefined) device.clear(clear);
  const outcome =
    gesture !== undefined
      ? device.gesture(gesture, args)
      : fault !== undefined
        ? device.fault({ kind: fault, ...args } as Fault)
        : undefined;
  if (outcome !== undefined && outcome.kind !== 'done') parts.refused?.(moment, outcome.detail ?? outcome.code);
}
