import { Conversation } from '../../drivers/kit/conversation.ts';
import { assert } from '../../drivers/kit/assert.ts';
import type { Clock } from '../../drivers/kit/clock.ts';
import { CounterdError } from '../../drivers/kit/errors.ts';
import type { CommandId } from '../../drivers/kit/machine.ts';
import type { Outcome } from '../../drivers/kit/outcome.ts';
import type { Link, Transport } from '../../drivers/kit/transport.ts';
import { ChunkQueue } from '../../drivers/transports/chunk-queue.ts';
import type { Fault } from '../../simulators/kit/faults.ts';
import { faultVocabulary } from '../../simulators/kit/faults.ts';
import type { Random } from '../../simulators/kit/random.ts';
import type { AnySimulator, Gesture, GroundTruth } from '../../simulators/kit/simulator.ts';
import { Wire } from '../../simulators/kit/wire.ts';

export interface CableParts {
  readonly simulator: AnySimulator;
  readonly world: unknown;
  readonly clock: Clock;
  readonly random: Random;
}

interface Plugged {
  readonly chunks: ChunkQueue;
  readonly lose: () => void;
}

/** A simulated device at the end of a cable, in virtual time. It outlives links and daemons. */
export class SimulatedCable {
  readonly device: Conversation<unknown, unknown, unknown, Gesture, GroundTruth, string>;
  readonly wire: Wire;
  #plugged: Plugged | undefined;
  #gestureCount = 0;
  #strike: { bytesLeft: number; readonly act: () => void } | undefined;

  constructor({ simulator, world, clock, random }: CableParts) {
    this.device = new Conversation<unknown, unknown, unknown, Gesture, GroundTruth, string>({
      machine: simulator.firmware(world, String(random.integer(0, 2 ** 31))),
      codec: simulator.codec,
      clock,
      sinks: {
        send: (bytes) => this.wire.send('to-host', bytes),
        event: () => undefined,
        ready: () => undefined,
        giveUp: () => undefined,
        junk: () => undefined,
      },
    });
    this.wire = new Wire({
      clock,
      random: random.fork('wire'),
      byteMs: simulator.baud === 0 ? 0 : 10_000 / simulator.baud,
      deliver: (direction, bytes) => {
        if (direction === 'to-host') this.#plugged?.chunks.push(bytes);
        else this.#deliver(bytes);
      },
      plugged: (isPlugged) => {
        if (!isPlugged) this.#lose();
      },
    });
    this.device.opened();
  }

  /** The host's end, for one daemon: once `isAlive` says no, it opens nothing and hears nothing. */
  transport(address: string, isAlive: () => boolean): Transport {
    return {
      address,
      open: (signal) => {
        if (signal.aborted) return Promise.reject(new CounterdError('CD_LINK_ABORTED'));
        if (!isAlive() || !this.wire.isPlugged) return Promise.reject(new CounterdError('CD_LINK_NOT_FOUND'));
        return Promise.resolve(this.#link());
      },
    };
  }

  /** The host's process is gone: nothing more comes from it and nothing reaches it. */
  dropHost(): void {
    this.#plugged = undefined;
  }

  /** Does something in the moment in which the device has received `byteCount` bytes more. */
  strikeAfter(byteCount: number, act: () => void): void {
    this.#strike = { bytesLeft: byteCount, act };
  }

  /** Takes back a strike that has not come. */
  spare(): void {
    this.#strike = undefined;
  }

  gesture(name: string, args: Readonly<Record<string, unknown>> = {}): Outcome {
    const seen: Outcome[] = [];
    this.device.execute({
      id: `g${String(++this.#gestureCount)}` as CommandId,
      command: { name, args },
      terms: { timeoutMs: 60_000, repeat: 'safe' },
      settle: (outcome) => seen.push(outcome),
    });
    const [outcome] = seen;
    assert(outcome !== undefined, `gesture ${name} settles at once`);
    return outcome;
  }

  fault(fault: Fault): void {
    if (faultVocabulary[fault.kind].place === 'wire') this.wire.set(fault);
    else this.gesture(`fault:${fault.kind}`, fault);
  }

  #deliver(bytes: Uint8Array): void {
    const strike = this.#strike;
    if (strike === undefined || bytes.length < strike.bytesLeft) {
      if (strike !== undefined) strike.bytesLeft -= bytes.length;
      this.device.receive(bytes);
      return;
    }
    this.#strike = undefined;
    this.device.receive(bytes.slice(0, strike.bytesLeft));
    strike.act();
    if (this.wire.isPlugged) this.device.receive(bytes.slice(strike.bytesLeft));
  }

  #link(): Link {
    this.#lose();
    const chunks = new ChunkQueue({ pause: () => undefined, resume: () => undefined });
    let lose: () => void = () => undefined;
    const gone = new Promise<never>((_resolve, reject) => {
      lose = () => reject(new CounterdError('CD_LINK_LOST'));
    });
    // Nobody may be writing when the cable comes out.
    gone.catch(() => undefined);
    const plugged: Plugged = { chunks, lose };
    this.#plugged = plugged;
    return {
      chunks,
      write: (bytes) => {
        if (this.#plugged !== plugged) return gone;
        return Promise.race([gone, new Promise<void>((resolve) => this.wire.send('to-device', bytes, resolve))]);
      },
      close: () => {
        chunks.end();
        if (this.#plugged === plugged) this.#plugged = undefined;
        return Promise.resolve();
      },
    };
  }

  #lose(): void {
    const plugged = this.#plugged;
    this.#plugged = undefined;
    plugged?.lose();
    plugged?.chunks.fail(new CounterdError('CD_LINK_LOST'));
  }
}
