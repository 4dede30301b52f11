/** A driver and its simulated device, taken through random commands and gestures in virtual time. */
import fc from 'fast-check';
import type { Codec, Decoded } from '../../drivers/kit/codec.ts';
import type { Machine } from '../../drivers/kit/machine.ts';
import type { AnyModel } from '../../drivers/kit/model.ts';
import type { Outcome } from '../../drivers/kit/outcome.ts';
import { seededRandom, type Random } from '../../simulators/kit/random.ts';
import type { AnySimulator } from '../../simulators/kit/simulator.ts';
import { VirtualClock } from '../../simulators/kit/virtual-clock.ts';
import { MemoryRig } from '../../simulators/serve/memory.ts';
import { arbitraryOf } from './schema-arbitrary.ts';
import type { ModelPair } from './model-pairs.ts';

/** A frame that was encoded during a walk, with its bytes. */
export interface SentFrame {
  readonly from: 'driver' | 'device';
  readonly frame: unknown;
  readonly bytes: Uint8Array;
}

export interface GivenCommand {
  readonly name: string;
  readonly args: unknown;
  readonly box: { readonly outcome?: Outcome; readonly settleCount: number };
}

export class Walk {
  readonly clock = new VirtualClock();
  readonly rig: MemoryRig;
  readonly frames: SentFrame[] = [];
  readonly commands: GivenCommand[] = [];
  readonly gestures: { readonly name: string; readonly args: unknown; readonly outcome: Outcome }[] = [];
  readonly #pair: ModelPair;
  readonly #random: Random;

  constructor(pair: ModelPair, seed: number, world: unknown = {}) {
    this.#pair = pair;
    this.#random = seededRandom(`${String(seed)}/${pair.id}`);
    const note = (from: SentFrame['from']) => (frame: unknown, bytes: Uint8Array) => this.frames.push({ from, frame, bytes });
    this.rig = new MemoryRig({
      model: watchedModel(pair.model, note('driver')),
      simulator: watchedSimulator(pair.simulator, note('device')),
      world,
      clock: this.clock,
      random: this.#random.fork('rig'),
    });
  }

  /** Starts both ends and lets time pass until the device is online; says whether it came. */
  goOnline(limitMs = 300_000): boolean {
    this.rig.start();
    return this.clock.advanceUntil(() => this.rig.identities.length > 0, limitMs);
  }

  /** One random thing: a command, a gesture, or time. */
  step(): void {
    const what = this.#random.integer(0, 9);
    if (what < 3) this.giveCommand(this.#random.pick(namesOf(this.#pair.model.family.commands)));
    else if (what < 7) this.performGesture(this.#random.pick(namesOf(this.#pair.simulator.gestures)));
    else this.clock.advance(this.#random.pick([1, 40, 500, 5_000, 70_000]));
  }

  giveCommand(name: string): void {
    const args = this.#sample(this.#pair.model.family.commands[name]?.args);
    this.commands.push({ name, args, box: this.rig.execute(name, args) });
  }

  performGesture(name: string): void {
    const args = this.#sample(this.#pair.simulator.gestures[name]?.args) as Readonly<Record<string, unknown>>;
    this.gestures.push({ name, args, outcome: this.rig.gesture(name, args) });
  }

  #sample(schema: unknown): unknown {
    return fc.sample(arbitraryOf(schema), { numRuns: 1, seed: this.#random.integer(0, 2 ** 31 - 1) })[0];
  }
}

/** The model, with every state frozen: a machine that changes its state instead of making a new one throws. */
function watchedModel(model: AnyModel, sent: (frame: unknown, bytes: Uint8Array) => void): AnyModel {
  return {
    ...model,
    codec: watchedCodec(model.codec, sent),
    driver: (options) => {
      const driver = model.driver(options);
      return { ...frozen(driver), status: (state) => driver.status(state) };
    },
  };
}

function watchedSimulator(simulator: AnySimulator, sent: (frame: unknown, bytes: Uint8Array) => void): AnySimulator {
  return {
    ...simulator,
    codec: watchedCodec(simulator.codec, sent),
    firmware: (world, seed) => {
      const firmware = simulator.firmware(world, seed);
      return { ...frozen(firmware), view: (state) => firmware.view(state) };
    },
  };
}

function watchedCodec(codec: Codec<unknown, unknown>, sent: (frame: unknown, bytes: Uint8Array) => void): Codec<unknown, unknown> {
  return {
    frameMaxBytes: codec.frameMaxBytes,
    decoder: () => codec.decoder(),
    encode: (frame) => {
      const bytes = codec.encode(frame);
      sent(frame, bytes);
      return bytes;
    },
  };
}

function frozen<S, Rx, Tx, C, E, T extends string>(machine: Machine<S, Rx, Tx, C, E, T>): Machine<S, Rx, Tx, C, E, T> {
  return {
    initial: deepFreeze(machine.initial),
    step: (state, input) => {
      const [next, effects] = machine.step(state, input);
      return [deepFreeze(next), effects];
    },
  };
}

/** What is frozen already was frozen whole, so a step costs what it changed. Bytes cannot be frozen. */
function deepFreeze<V>(value: V): V {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const member of Object.values(value)) deepFreeze(member);
  return value;
}

function namesOf(table: Readonly<Record<string, unknown>>): readonly [string, ...string[]] {
  return Object.keys(table) as [string, ...string[]];
}

/** Everything a decoder gives for `bytes` pushed in pieces of the given sizes (the last one repeats), and what it keeps. */
export function decodeAll(
  codec: Codec<unknown, unknown>,
  bytes: Uint8Array,
  sizes: readonly number[],
): { pieces: Decoded<unknown>[]; buffered: number } {
  const decoder = codec.decoder();
  const pieces: Decoded<unknown>[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, sizes[Math.min(turn, sizes.length - 1)] ?? bytes.length);
    pieces.push(...decoder.push(bytes.subarray(at, at + size)));
    at += size;
  }
  return { pieces, buffered: decoder.buffered };
}
