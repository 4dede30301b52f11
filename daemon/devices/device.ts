import { isDeepStrictEqual } from 'node:util';
import type { CancelTimer, Clock } from '../../drivers/kit/clock.ts';
import { Conversation, type CommandOrder } from '../../drivers/kit/conversation.ts';
import type { ErrorCode } from '../../drivers/kit/errors.ts';
import type { Attachment, Identity } from '../../drivers/kit/machine.ts';
import type { AnyModel } from '../../drivers/kit/model.ts';
import { refused } from '../../drivers/kit/outcome.ts';
import type { Transport } from '../../drivers/kit/transport.ts';
import type { NewEntry } from '../journal/entry.ts';
import { DeviceLink, type AnyConversation } from './device-link.ts';
import { FrameTrace, type TracePage } from './frame-trace.ts';
import { JunkTally } from './junk-tally.ts';
import type { Recorder } from './recorder.ts';
import { DeviceStatistics } from './statistics.ts';
import {
  initialSupervision,
  supervise,
  type DevicePhase,
  type SupervisorEffect,
  type SupervisorInput,
  type SupervisorTimer,
} from './supervisor.ts';

export interface DeviceParts {
  readonly id: string;
  readonly model: AnyModel;
  /** Checked against the model's schema. */
  readonly options: unknown;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Throws CD_CONFIG_ADDRESS when the address has no known form. */
  readonly transport: () => Transport;
  readonly recorder: Recorder;
  /** Adds position, flow and whatever else is known to an entry of this device. */
  readonly stamp: (entry: NewEntry) => NewEntry;
  /** A mistake in the driver or in us: the device is quarantined, the others go on. */
  readonly onBug: (cause: unknown) => void;
}

/** One configured device: its supervisor, its links, its conversation, and what it says, written down. */
export class Device {
  readonly #parts: DeviceParts;
  readonly #conversation: AnyConversation;
  readonly #link: DeviceLink;
  readonly #trace: FrameTrace;
  readonly #statistics = new DeviceStatistics();
  readonly #junk: JunkTally;
  readonly #timers = new Map<SupervisorTimer, CancelTimer>();
  readonly #statusOf: (state: unknown) => object;
  #supervision = initialSupervision;
  #identity: Identity | undefined;
  #saidStatus: object | undefined;
  #isStatusDue = false;

  constructor(parts: DeviceParts) {
    this.#parts = parts;
    const { model, clock } = parts;
    const driver = model.driver(parts.options);
    this.#statusOf = (state) => driver.status(state);
    this.#trace = new FrameTrace((frame) => model.describe(frame));
    this.#junk = new JunkTally(clock, (junk) => {
      this.#say('device.junk-received', junk);
    });
    this.#conversation = new Conversation({ machine: driver, codec: model.codec, clock: this.#guardedClock(), sinks: this.#sinks() });
    this.#link = new DeviceLink({
      transport: parts.transport,
      conversation: this.#conversation,
      news: {
        opened: () => this.#opened(),
        openFailed: (code) => this.#openFailed(code),
        ended: (code) => this.#ended(code),
        broke: (cause) => this.#break(cause),
      },
    });
  }

  get phase(): DevicePhase {
    return this.#supervision.phase;
  }

  start(): void {
    this.#feed({ kind: 'start' });
  }

  /** Opens again now, out of back-off and quarantine. */
  reconnect(): void {
    this.#feed({ kind: 'reconnect' });
  }

  /** Resolves when the link is over and every open command has settled. */
  async stop(): Promise<void> {
    this.#feed({ kind: 'stop' });
    await this.#link.close();
    this.#junk.flush();
    this.#sayStatus();
  }

  /** The disk refuses what this device says: it is let go and comes back when there may be room. */
  letGo(code: ErrorCode): void {
    this.#feed({ kind: 'link-ended', code });
  }

  /** Gives the driver a command; it settles exactly once, at once when the device is not online. */
  execute(order: CommandOrder<unknown>): void {
    if (this.phase.phase !== 'online') {
      order.settle(refused('CD_DEVICE_NOT_ONLINE'));
      return;
    }
    this.#guard(() => {
      this.#conversation.execute({
        ...order,
        settle: (outcome) => {
          // Whoever reads the outcome next finds the status that goes with it.
          this.#sayStatus();
          order.settle(outcome);
        },
      });
    });
  }

  frames(afterId: number): TracePage {
    return this.#trace.page(afterId);
  }

  statistics(): Readonly<Record<string, number>> {
    return this.#statistics.snapshot(this.#conversation.counts, this.#parts.clock.nowMs());
  }

  #sinks(): ConstructorParameters<typeof Conversation<unknown, unknown, unknown, unknown, unknown, string>>[0]['sinks'] {
    const { clock } = this.#parts;
    return {
      send: (bytes) => this.#link.send(bytes),
      event: (event, attachment) => this.#sayEvent(event, attachment),
      stepped: () => this.#noteStatus(),
      ready: (identity) => this.#ready(identity),
      giveUp: (code) => this.#giveUp(code),
      frame: (direction, frame, raw) => {
        const atMs = clock.nowMs();
        if (direction === 'tx') this.#statistics.sent(atMs);
        else this.#statistics.received(atMs);
        this.#trace.keep({ atMs, direction, frame, raw });
      },
      junk: (reason, raw) => {
        this.#trace.keep({ atMs: clock.nowMs(), direction: 'junk', frame: reason, raw });
        this.#junk.add(reason, raw);
      },
    };
  }

  #opened(): void {
    this.#statistics.opened();
    this.#feed({ kind: 'opened' });
  }

  #openFailed(code: ErrorCode): void {
    this.#statistics.openFailed(code);
    this.#feed({ kind: 'open-failed', code });
  }

  #ended(code: ErrorCode): void {
    this.#statistics.ended(code, this.#parts.clock.nowMs());
    this.#feed({ kind: 'link-ended', code });
  }

  #giveUp(code: ErrorCode): void {
    this.#statistics.ended(code, this.#parts.clock.nowMs());
    this.#feed({ kind: 'given-up', code });
  }

  #ready(identity: Identity): void {
    if (this.phase.phase !== 'identifying') return;
    this.#statistics.online(this.#parts.clock.nowMs());
    if (!isDeepStrictEqual(identity, this.#identity)) this.#say('device.identified', identity);
    this.#identity = identity;
    this.#feed({ kind: 'identified' });
  }

  #feed(input: SupervisorInput): void {
    const moment = { nowMs: this.#parts.clock.nowMs(), jitter: this.#parts.random() };
    const [state, effects] = supervise(this.#supervision, input, moment);
    this.#supervision = state;
    for (const effect of effects) this.#apply(effect);
  }

  #apply(effect: SupervisorEffect): void {
    switch (effect.kind) {
      case 'open':
        this.#link.open();
        return;
      case 'close':
        void this.#link.close();
        return;
      case 'arm':
        this.#disarm(effect.timer);
        this.#timers.set(
          effect.timer,
          this.#parts.clock.after(effect.ms, () => {
            this.#feed({ kind: 'timer', timer: effect.timer });
          }),
        );
        return;
      case 'disarm':
        this.#disarm(effect.timer);
        return;
      case 'say':
        this.#say('device.phase-changed', phaseFacts(effect.phase));
        return;
    }
  }

  #disarm(timer: SupervisorTimer): void {
    this.#timers.get(timer)?.();
    this.#timers.delete(timer);
  }

  #sayEvent(event: unknown, attachment: Attachment | undefined): void {
    const { type, data } = event as { readonly type: string; readonly data: object };
    this.#say(type, data, attachment);
  }

  #say(type: string, data: object, attachment?: Attachment): void {
    this.#parts.recorder.say(this.#parts.stamp({ type, data }), attachment);
  }

  /** Many steps of one chunk of bytes make one status. */
  #noteStatus(): void {
    if (this.#isStatusDue) return;
    this.#isStatusDue = true;
    queueMicrotask(() => {
      this.#guard(() => this.#sayStatus());
    });
  }

  #sayStatus(): void {
    if (!this.#isStatusDue) return;
    this.#isStatusDue = false;
    const status = this.#statusOf(this.#conversation.state);
    if (isDeepStrictEqual(status, this.#saidStatus)) return;
    this.#saidStatus = status;
    this.#say(`${this.#parts.model.family.kind}.status-changed`, status);
  }

  /** The driver's timers: what one throws is this device's misfortune and nobody else's. */
  #guardedClock(): Clock {
    const { clock } = this.#parts;
    return {
      nowMs: () => clock.nowMs(),
      after: (ms, task) =>
        clock.after(ms, () => {
          this.#guard(task);
        }),
    };
  }

  #guard(task: () => void): void {
    try {
      task();
    } catch (cause) {
      this.#break(cause);
    }
  }

  /** A bug in a driver: this device stands still until a person says `reconnect`. */
  #break(cause: unknown): void {
    this.#parts.onBug(cause);
    this.#feed({ kind: 'given-up', code: 'CD_BUG' });
    try {
      this.#conversation.lost('CD_BUG');
    } catch (again) {
      // The same driver on its last input; its commands still settle when their time is up.
      this.#parts.onBug(again);
    }
  }
}

/** A phase as the contract's `device.phase-changed` says it. */
function phaseFacts(phase: DevicePhase): object {
  switch (phase.phase) {
    case 'stopped':
    case 'online':
      return { phase: phase.phase };
    case 'opening':
    case 'identifying':
      return { phase: phase.phase, attempt: phase.attempt };
    case 'absent':
    case 'quarantined':
      return { phase: phase.phase, because: phase.because };
    case 'waiting':
      return { phase: phase.phase, attempt: phase.attempt, because: phase.because, untilAt: new Date(phase.untilMs).toISOString() };
  }
}
