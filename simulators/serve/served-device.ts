/** One simulated device in time that passes: firmware, wire and faults behind a line that programs can open. */
import { assert } from '../../drivers/kit/assert.ts';
import type { Clock } from '../../drivers/kit/clock.ts';
import { Conversation } from '../../drivers/kit/conversation.ts';
import { CounterdError } from '../../drivers/kit/errors.ts';
import type { CommandId } from '../../drivers/kit/machine.ts';
import type { Outcome } from '../../drivers/kit/outcome.ts';
import { checker } from '../../drivers/kit/schema.ts';
import { faultVocabulary, type Fault, type FaultKind } from '../kit/faults.ts';
import { seededRandom } from '../kit/random.ts';
import type { AnySimulator, Firmware, Gesture, GroundTruth } from '../kit/simulator.ts';
import { Wire } from '../kit/wire.ts';
import type { LineEnd, OpenLineEnd } from './line-end.ts';
import { traceLine, type TraceLine } from './trace.ts';

export interface SeenTruth extends GroundTruth {
  /** Counts from 1 without a gap, so that a reader notices what it missed. */
  readonly number: number;
  readonly atMs: number;
}

/** What changed about a device; the new value is read from it. */
export type DeviceChange = { readonly kind: 'view' | 'faults' } | { readonly kind: 'truth'; readonly truth: SeenTruth };

export interface ServedDeviceParts {
  readonly id: string;
  readonly simulator: AnySimulator;
  /** Fits `simulator.world`; see `checkWorld`. */
  readonly world: unknown;
  readonly seed: string;
  readonly clock: Clock;
  readonly openEnd: OpenLineEnd;
  readonly trace?: (line: TraceLine) => void;
}

/** So many truths are kept for a page that opens late. */
const keptTruths = 500;

export class ServedDevice {
  readonly id: string;
  readonly simulator: AnySimulator;
  readonly #parts: ServedDeviceParts;
  readonly #firmware: Firmware<unknown, unknown, unknown>;
  readonly #conversation: Conversation<unknown, unknown, unknown, Gesture, GroundTruth, string>;
  readonly #wire: Wire;
  readonly #firmwareFaults = new Map<FaultKind, Fault>();
  readonly #truths: SeenTruth[] = [];
  readonly #listeners = new Set<(change: DeviceChange) => void>();
  #end: LineEnd | undefined;
  #truthCount = 0;
  #gestureCount = 0;

  /** Starts the device; resolves when its line can be opened. */
  static async start(parts: ServedDeviceParts): Promise<ServedDevice> {
    const device = new ServedDevice(parts);
    device.#end = await parts.openEnd(
      (bytes) => {
        device.#wire.send('to-device', bytes);
      },
      () => {
        device.#greetClient();
      },
    );
    device.#conversation.opened();
    return device;
  }

  private constructor(parts: ServedDeviceParts) {
    const { id, simulator, clock, seed } = parts;
    this.id = id;
    this.simulator = simulator;
    this.#parts = parts;
    this.#firmware = simulator.firmware(parts.world, seed);
    this.#wire = new Wire({
      clock,
      random: seededRandom(`${seed}/wire`),
      byteMs: simulator.baud === 0 ? 0 : 10_000 / simulator.baud,
      deliver: (direction, bytes) => {
        if (direction === 'to-device') this.#conversation.receive(bytes);
        else this.#end?.deliver(bytes);
      },
      plugged: (isPlugged) => this.#end?.plug(isPlugged),
    });
    this.#conversation = new Conversation<unknown, unknown, unknown, Gesture, GroundTruth, string>({
      machine: this.#firmware,
      codec: simulator.codec,
      clock,
      sinks: {
        send: (bytes) => {
          this.#wire.send('to-host', bytes, () => {
            this.#conversation.drained();
          });
        },
        event: (truth) => {
          this.#noteTruth(truth);
        },
        stepped: () => {
          this.#tell({ kind: 'view' });
        },
        ready: () => undefined,
        giveUp: () => undefined,
        frame: (direction, frame, raw) => parts.trace?.(traceLine({ ...this.#seen(direction), raw, frame })),
        junk: (reason, raw) => parts.trace?.(traceLine({ ...this.#seen('rx'), raw, junk: reason })),
      },
    });
  }

  /** In the form of `counterd.yaml`. */
  get address(): string {
    assert(this.#end !== undefined, 'a started device has a line');
    return this.#end.address;
  }

  /** What a person standing at the device sees. */
  view(): Readonly<Record<string, unknown>> {
    return this.#firmware.view(this.#conversation.state);
  }

  /** Pictures a person can look at, PNG by name; none for a device without paper. */
  async pictures(): Promise<Readonly<Record<string, Uint8Array>>> {
    return (await this.simulator.pictures?.(this.#conversation.state)) ?? {};
  }

  /** What happened in the world, oldest first; the newest 500. */
  get truths(): readonly SeenTruth[] {
    return this.#truths;
  }

  /** Faults that are set now. */
  get faults(): readonly Fault[] {
    return [...this.#wire.faults, ...this.#firmwareFaults.values()];
  }

  /** Performs a gesture; it settles at once. Throws CD_SIM_UNKNOWN or CD_INPUT_SHAPE when there is no such gesture or its arguments do not fit. */
  gesture(name: string, args: unknown): Outcome {
    const spec = Object.hasOwn(this.simulator.gestures, name) ? this.simulator.gestures[name] : undefined;
    if (spec === undefined) {
      throw new CounterdError(
        'CD_SIM_UNKNOWN',
        `gesture "${name}" of ${this.id} is none of: ${Object.keys(this.simulator.gestures).join(', ')}`,
      );
    }
    const misfits = checker(spec.args).misfits(args);
    if (misfits.length > 0)
      throw new CounterdError('CD_INPUT_SHAPE', misfits.map(({ path, message }) => `${path || '/'} ${message}`).join('; '));
    return this.#perform({ name, args: args as Gesture['args'] });
  }

  /** Sets a fault until it is cleared. Throws CD_SIM_UNKNOWN when this device cannot have it. */
  fault(fault: Fault): Outcome {
    const { kind } = fault;
    if (faultVocabulary[kind].place === 'wire') {
      this.#wire.set(fault);
      this.#tell({ kind: 'faults' });
      return { kind: 'done', result: {} };
    }
    if (!this.possibleFaults().includes(kind)) throw new CounterdError('CD_SIM_UNKNOWN', `${this.simulator.id} has no fault "${kind}"`);
    const outcome = this.#perform({ name: `fault:${kind}`, args: fault });
    if (outcome.kind === 'done') this.#firmwareFaults.set(kind, fault);
    if (fault.kind === 'busy') {
      // This one ends by itself.
      this.#parts.clock.after(fault.forMs, () => {
        if (this.#firmwareFaults.get(kind) === fault) this.#firmwareFaults.delete(kind);
        this.#tell({ kind: 'faults' });
      });
    }
    this.#tell({ kind: 'faults' });
    return outcome;
  }

  /** Clears a fault; clearing what is not set changes nothing. */
  clear(kind: FaultKind): Outcome {
    if (faultVocabulary[kind].place === 'wire') this.#wire.clear(kind);
    const outcome: Outcome = this.#firmwareFaults.delete(kind)
      ? this.#perform({ name: 'fault:clear', args: { kind } })
      : { kind: 'done', result: {} };
    this.#tell({ kind: 'faults' });
    return outcome;
  }

  /** The kinds of the vocabulary that this device supports. */
  possibleFaults(): readonly FaultKind[] {
    const kinds = Object.keys(faultVocabulary) as FaultKind[];
    const own: readonly string[] = this.simulator.firmwareFaults;
    return kinds.filter((kind) => faultVocabulary[kind].place === 'wire' || own.includes(kind));
  }

  /** Calls `listener` on every change until the returned function is called. */
  watch(listener: (change: DeviceChange) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  async close(): Promise<void> {
    this.#conversation.lost();
    this.#listeners.clear();
    await this.#end?.close();
  }

  /** Unlike a serial cable, a network connection is noticed by the device: some speak first. */
  #greetClient(): void {
    this.#conversation.lost();
    this.#conversation.opened();
  }

  #perform(gesture: Gesture): Outcome {
    const seen: Outcome[] = [];
    this.#gestureCount++;
    this.#conversation.execute({
      id: `gesture-${String(this.#gestureCount)}` as CommandId,
      command: gesture,
      terms: { timeoutMs: 60_000, repeat: 'safe' },
      settle: (outcome) => seen.push(outcome),
    });
    const outcome = seen[0];
    assert(outcome !== undefined, `gesture ${gesture.name} settles at once`);
    return outcome;
  }

  #noteTruth(truth: GroundTruth): void {
    this.#truthCount++;
    const seen = { ...truth, number: this.#truthCount, atMs: this.#parts.clock.nowMs() };
    this.#truths.push(seen);
    if (this.#truths.length > keptTruths) this.#truths.shift();
    this.#tell({ kind: 'truth', truth: seen });
  }

  #tell(change: DeviceChange): void {
    for (const listener of this.#listeners) listener(change);
  }

  #seen(direction: 'rx' | 'tx') {
    return {
      device: this.id,
      atMs: this.#parts.clock.nowMs(),
      direction: direction === 'rx' ? ('to-device' as const) : ('to-host' as const),
    };
  }
}

/** The world as the simulator's schema takes it. Throws CD_SIM_SCENARIO naming each place that does not fit. */
export function checkWorld(simulator: AnySimulator, world: unknown): unknown {
  const misfits = checker(simulator.world).misfits(world);
  if (misfits.length === 0) return world;
  throw new CounterdError(
    'CD_SIM_SCENARIO',
    `world of ${simulator.id}: ${misfits.map(({ path, message }) => `${path || '/'} ${message}`).join('; ')}`,
  );
}
