import type { Codec } from './codec.ts';
import type { FamilyCapabilities, FamilyCommand, FamilyDefinition, FamilyEvent, FamilyStatus } from './family.ts';
import type { Machine } from './machine.ts';
import type { Manifest } from './manifest.ts';
import type { TObject } from './schema.ts';

/** A driver: a machine that can also say what it believes about its device right now. */
export interface Driver<F extends FamilyDefinition, S, Rx, Tx, T extends string = string> extends Machine<
  S,
  Rx,
  Tx,
  FamilyCommand<F>,
  FamilyEvent<F>,
  T
> {
  /**
   * The status as a pure function of the state. The runner reports it whenever it changes, as the event
   * `<family>.status-changed`, so no change is ever told by an event alone.
   */
  status(state: S): FamilyStatus<F>;
}

/** One device model: `drivers/<family>/<maker-model>/driver.ts` exports it as `model`. */
export interface DeviceModel<
  F extends FamilyDefinition = FamilyDefinition,
  S = unknown,
  Rx = unknown,
  Tx = unknown,
  T extends string = string,
  O = unknown,
> {
  readonly family: F;
  readonly manifest: Manifest;
  readonly capabilities: FamilyCapabilities<F>;
  readonly codec: Codec<Rx, Tx>;
  /** Schema of `options`: what a branch may configure about one device of this model. Every member optional. */
  readonly options: TObject;
  driver(options: O): Driver<F, S, Rx, Tx, T>;
  /** What a raw frame says, in words for the frame inspector; secrets (codes, PINs) masked. */
  describe(frame: Rx | Tx): string;
}

/** Checks a model's types and forgets them, so that models of different families fit one list. */
export function defineModel<F extends FamilyDefinition, S, Rx, Tx, T extends string, O>(model: DeviceModel<F, S, Rx, Tx, T, O>): AnyModel {
  return model;
}

/** A model whose family and frames are not known statically; the runner needs no more. */
export type AnyModel = DeviceModel;

/** `alarm-panel/dsc-it100` */
export function modelId(manifest: Manifest): string {
  return `${manifest.family}/${manifest.model}`;
}
