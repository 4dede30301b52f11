import type { Codec } from '../../drivers/kit/codec.ts';
import type { Machine } from '../../drivers/kit/machine.ts';
import type { TObject } from '../../drivers/kit/schema.ts';

/** Something a person does to the device or its surroundings: presses a key, puts in paper, opens a door. */
export interface GestureSpec {
  readonly doc: { readonly zh: string; readonly en: string };
  readonly args: TObject;
}

/** One gesture performed: the `command` of a firmware machine. Settles `done`, or `refused` (CD_SIM_GESTURE). */
export interface Gesture {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/**
 * What really happened in the simulated world: the `event` of a firmware machine. Tests compare the driver's
 * events with these, never with frames. `type` is the model's own word, e.g. `note-moved`, `line-inked`.
 */
export interface GroundTruth {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Simulated firmware: a machine with the roles swapped, over a mechanism kept in its state. */
export interface Firmware<S, Rx, Tx, T extends string = string> extends Machine<S, Rx, Tx, Gesture, GroundTruth, T> {
  /** What a person standing at the device sees, as plain JSON: lamps, display text, paper, doors. */
  view(state: S): Readonly<Record<string, unknown>>;
}

/**
 * One simulated model: `simulators/<family>/<maker-model>.ts` exports it as `simulator`.
 * Firmware must accept the gestures `fault:wrong-identity`, `fault:busy` and `fault:power-cut` (and
 * `fault:clear` with `{ kind }`) for the faults it lists in `faults`.
 */
export interface SimulatorModel<S = unknown, Rx = unknown, Tx = unknown, T extends string = string, W = unknown> {
  /** `alarm-panel/dsc-it100`: the device model it plays. */
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  /** How its wire ends: a serial line (pty or TCP), or HTTP requests. */
  readonly wire: 'line' | 'http';
  /** Line speed for wire time, in baud; 0 for a network. */
  readonly baud: number;
  /** The firmware's codec: receives what the driver's codec sends. Shares no parsing code with it. */
  readonly codec: Codec<Rx, Tx>;
  readonly gestures: Readonly<Record<string, GestureSpec>>;
  readonly firmwareFaults: readonly ('wrong-identity' | 'busy' | 'power-cut')[];
  /** Schema of the world this device stands in: what is in its trays, who walks past. Every member optional. */
  readonly world: TObject;
  firmware(world: W, seed: string): Firmware<S, Rx, Tx, T>;
  /** Pictures a person can look at: name -> PNG bytes. Only for models with paper. */
  pictures?(state: S): Promise<Readonly<Record<string, Uint8Array>>>;
}

export type AnySimulator = SimulatorModel;

/** Checks a simulator's types and forgets them, so that simulators of different families fit one list. */
export function defineSimulator<S, Rx, Tx, T extends string, W>(simulator: SimulatorModel<S, Rx, Tx, T, W>): AnySimulator {
  return simulator;
}
