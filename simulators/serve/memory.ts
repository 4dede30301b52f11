/**
 * A driver and a simulated device joined by a wire inside one process, in whatever time the clock gives:
 * virtual in tests, which makes a thousand branch days a matter of seconds.
 */
import type { Clock } from '../../drivers/kit/clock.ts';
import { Conversation, type CommandTerms } from '../../drivers/kit/conversation.ts';
import type { Attachment, CommandId, Identity } from '../../drivers/kit/machine.ts';
import type { AnyModel } from '../../drivers/kit/model.ts';
import type { JunkReason } from '../../drivers/kit/codec.ts';
import type { Outcome } from '../../drivers/kit/outcome.ts';
import { assert } from '../../drivers/kit/assert.ts';
import type { Fault, FaultKind } from '../kit/faults.ts';
import type { Random } from '../kit/random.ts';
import type { AnySimulator, Gesture, GroundTruth } from '../kit/simulator.ts';
import { faultVocabulary } from '../kit/faults.ts';
import { Wire } from '../kit/wire.ts';

export interface SeenEvent {
  readonly atMs: number;
  readonly type: string;
  readonly data: unknown;
  readonly attachment?: Attachment;
}

export interface MemoryRigParts {
  readonly model: AnyModel;
  readonly options?: unknown;
  readonly simulator: AnySimulator;
  readonly world?: unknown;
  readonly clock: Clock;
  readonly random: Random;
  /** The driver's link is opened again this long after it was lost; a supervisor in miniature. */
  readonly reopenMs?: number;
}

/** Runs one driver against one simulated device. Everything seen is kept, in order. */
export class MemoryRig {
  readonly events: SeenEvent[] = [];
  readonly truths: (GroundTruth & { readonly atMs: number })[] = [];
  readonly statuses: { readonly atMs: number; readonly status: unknown }[] = [];
  readonly junk: JunkReason[] = [];
  readonly identities: Identity[] = [];
  readonly givenUp: string[] = [];
  readonly host: Conversation<unknown, unknown, unknown, unknown, unknown, string>;
  readonly device: Conversation<unknown, unknown, unknown, Gesture, GroundTruth, string>;
  readonly wire: Wire;
  readonly #parts: MemoryRigParts;
  readonly #firmwareView: (state: unknown) => Readonly<Record<string, unknown>>;
  #lastStatus = '';
  /** Most steps change nothing, and a driver that remembers its status gives the same object. */
  #lastStatusSeen: unknown;
  #gestureCount = 0;
  /** Writes of this link that have not left the host; `drained` means that there are none. */
  #leavingCount = 0;
  #linkNumber = 0;

  constructor(parts: MemoryRigParts) {
    this.#parts = parts;
    const { model, simulator, clock, random } = parts;
    const driver = model.driver(parts.options ?? {});
    const firmware = simulator.firmware(parts.world ?? {}, String(random.integer(0, 2 ** 31)));
    this.#firmwareView = (state) => firmware.view(state);
    this.wire = new Wire({
      clock,
      random: random.fork('wire'),
      byteMs: simulator.baud === 0 ? 0 : 10_000 / simulator.baud,
      deliver: (direction, bytes) => {
        if (direction === 'to-device') this.device.receive(bytes);
        else this.host.receive(bytes);
      },
      plugged: (isPlugged) => {
        if (isPlugged) this.#reopen();
        else this.#drop();
      },
    });
    this.host = new Conversation({
      machine: driver,
      codec: model.codec,
      clock,
      sinks: {
        send: (bytes) => {
          this.#sendToDevice(bytes);
        },
        event: (event, attachment) => {
          const { type, data } = event as { type: string; data: unknown };
          this.events.push({ atMs: clock.nowMs(), type, data, ...(attachment === undefined ? {} : { attachment }) });
        },
        stepped: () => {
          this.#noteStatus(driver.status(this.host.state));
        },
        ready: (identity) => this.identities.push(identity),
        giveUp: (code) => {
          this.givenUp.push(code);
          this.#drop();
          this.#reopen();
        },
        junk: (reason) => this.junk.push(reason),
      },
    });
    this.device = new Conversation<unknown, unknown, unknown, Gesture, GroundTruth, string>({
      machine: firmware,
      codec: simulator.codec,
      clock,
      sinks: {
        send: (bytes) => {
          this.wire.send('to-host', bytes);
        },
        event: (truth) => this.truths.push({ ...truth, atMs: clock.nowMs() }),
        ready: () => undefined,
        giveUp: () => undefined,
        junk: () => undefined,
      },
    });
  }

  /** Both ends see the line come up. */
  start(): void {
    this.device.opened();
    this.host.opened();
  }

  /** Sends a driver command; the outcome lands in the returned box when it settles. */
  execute(name: string, args: unknown, id = `c${String(++this.#gestureCount)}`): { outcome?: Outcome; settleCount: number } {
    const spec = this.#parts.model.family.commands[name];
    assert(spec !== undefined, `the family has no command ${name}`);
    const terms: CommandTerms = { timeoutMs: spec.timeoutMs, repeat: spec.repeat };
    const box: { outcome?: Outcome; settleCount: number } = { settleCount: 0 };
    this.host.execute({
      id: id as CommandId,
      command: { name, args },
      terms,
      settle: (outcome) => {
        box.outcome = outcome;
        box.settleCount++;
      },
    });
    return box;
  }

  /** Performs a gesture in the world and says how it ended; gestures settle at once. */
  gesture(name: string, args: Readonly<Record<string, unknown>> = {}): Outcome {
    const seen: Outcome[] = [];
    const id = `g${String(++this.#gestureCount)}` as CommandId;
    this.device.execute({
      id,
      command: { name, args },
      terms: { timeoutMs: 60_000, repeat: 'safe' },
      settle: (outcome) => seen.push(outcome),
    });
    const outcome = seen[0];
    assert(outcome !== undefined, `gesture ${name} settles at once`);
    return outcome;
  }

  fault(fault: Fault): void {
    if (faultVocabulary[fault.kind].place === 'wire') this.wire.set(fault);
    else this.gesture(`fault:${fault.kind}`, fault);
  }

  clear(kind: FaultKind): void {
    if (faultVocabulary[kind].place === 'wire') this.wire.clear(kind);
    else this.gesture('fault:clear', { kind });
  }

  /** What a person standing at the device sees. */
  view(): Readonly<Record<string, unknown>> {
    return this.#firmwareView(this.device.state);
  }

  #noteStatus(status: unknown): void {
    if (status === this.#lastStatusSeen) return;
    this.#lastStatusSeen = status;
    const text = JSON.stringify(status);
    if (text === this.#lastStatus) return;
    this.#lastStatus = text;
    this.statuses.push({ atMs: this.#parts.clock.nowMs(), status });
  }

  #sendToDevice(bytes: Uint8Array): void {
    const linkNumber = this.#linkNumber;
    this.#leavingCount++;
    this.wire.send('to-device', bytes, () => {
      if (linkNumber !== this.#linkNumber) return;
      this.#leavingCount--;
      if (this.#leavingCount === 0) this.host.drained();
    });
  }

  /** The cable is out. The device keeps running: its firmware does not notice a pulled serial cable. */
  #drop(): void {
    this.#linkNumber++;
    this.#leavingCount = 0;
    this.host.lost();
  }

  #reopen(): void {
    this.#parts.clock.after(this.#parts.reopenMs ?? 1_000, () => {
      if (this.wire.isPlugged && !this.host.isOpen) this.host.opened();
    });
  }
}
