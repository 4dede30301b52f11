/**
 * What the control server says about a running branch, as JSON. The page of the virtual branch draws from it
 * alone: it knows a front panel for each view it recognises, and lists gestures and faults from their schemas.
 */
import { faultVocabulary, type Fault } from '../kit/faults.ts';
import type { BranchDevice, ServedBranch } from '../serve/served-branch.ts';
import type { SeenTruth } from '../serve/served-device.ts';

interface Words {
  readonly zh: string;
  readonly en: string;
}

export interface GestureDescription {
  readonly name: string;
  readonly doc: Words;
  /** JSON Schema of the arguments. */
  readonly args: unknown;
}

export interface DeviceDescription {
  readonly id: string;
  readonly model: string;
  readonly family: string;
  readonly name: Words;
  readonly position?: string;
  readonly address: string;
  readonly gestures: readonly GestureDescription[];
  /** Faults this device can have. */
  readonly faults: readonly { readonly kind: string; readonly place: string; readonly doc: Words; readonly args: unknown }[];
  /** Faults it has now. */
  readonly activeFaults: readonly Fault[];
  /** What a person standing at it sees. */
  readonly view: Readonly<Record<string, unknown>>;
  /** The newest things that really happened, oldest first. */
  readonly truths: readonly SeenTruth[];
}

export interface ClockDescription {
  /** Simulated time, milliseconds since the epoch. */
  readonly nowMs: number;
  /** Simulated milliseconds per millisecond; 0 stands still. */
  readonly speed: number;
}

export interface BranchDescription {
  readonly scenario: string;
  readonly seed: number;
  readonly clock: ClockDescription;
  readonly devices: readonly DeviceDescription[];
}

const shownTruths = 100;

export function describeBranch(branch: ServedBranch): BranchDescription {
  return { scenario: branch.scenario, seed: branch.seed, clock: describeClock(branch), devices: branch.devices.map(describeDevice) };
}

export function describeClock({ clock }: ServedBranch): ClockDescription {
  return { nowMs: Math.round(clock.nowMs()), speed: clock.speed };
}

export function describeDevice({ served, name, position }: BranchDevice): DeviceDescription {
  const { id, simulator } = served;
  return {
    id,
    model: simulator.id,
    family: simulator.id.split('/')[0] ?? '',
    name,
    ...(position === undefined ? {} : { position }),
    address: served.address,
    gestures: Object.entries(simulator.gestures)
      .filter(([gesture]) => !gesture.startsWith('fault:'))
      .map(([gesture, { doc, args }]) => ({ name: gesture, doc, args })),
    faults: served.possibleFaults().map((kind) => {
      const { place, doc, args } = faultVocabulary[kind];
      return { kind, place, doc, args };
    }),
    activeFaults: served.faults,
    view: served.view(),
    truths: served.truths.slice(-shownTruths),
  };
}
