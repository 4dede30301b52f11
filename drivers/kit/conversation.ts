/**
 * A conversation: one codec and one machine, wired to a clock and a way to send bytes. It is the same for
 * drivers and for simulated firmware, and it is synchronous, so that a test can run thousands of hours of it
 * in virtual time. The asynchronous rest - opening links, pumping chunks - is `runner.ts`.
 *
 * What it guarantees whatever the machine does:
 * - every command settles exactly once;
 * - a command still open when the link is lost, or when its time is up, is *in doubt* if it is unsafe and
 *   bytes left for the device since it began, and *failed* otherwise;
 * - timers die with the link;
 * - a link's life starts with `opened` and ends with `lost`.
 */
import { assert } from './assert.ts';
import type { CancelTimer, Clock } from './clock.ts';
import type { Codec, Decoder, JunkReason } from './codec.ts';
import type { ErrorCode } from './errors.ts';
import type { Attachment, CommandId, Effect, Identity, Input, Machine } from './machine.ts';
import { failed, inDoubt, refused, type Outcome } from './outcome.ts';

export interface CommandTerms {
  readonly timeoutMs: number;
  readonly repeat: 'safe' | 'unsafe';
}

/** Where a conversation's results go. All are called synchronously, in order. */
export interface ConversationSinks<E> {
  /** Bytes for the other end. The caller reports back with `drained()` when they have left. */
  send(bytes: Uint8Array): void;
  event(event: E, attachment: Attachment | undefined): void;
  /** Called after every step that changed the state. */
  stepped?(): void;
  ready(identity: Identity): void;
  giveUp(code: ErrorCode): void;
  /** Every frame and every piece of junk, both ways; for traces and the frame inspector. */
  frame?(direction: 'rx' | 'tx', frame: unknown, raw: Uint8Array): void;
  junk(reason: JunkReason, raw: Uint8Array): void;
}

export interface ConversationCounts {
  framesReceived: number;
  framesSent: number;
  bytesReceived: number;
  bytesSent: number;
  junkBytes: number;
  done: number;
  refused: number;
  failed: number;
  inDoubt: number;
}

/** One command to carry out, and where its one outcome goes. */
export interface CommandOrder<C> {
  readonly id: CommandId;
  readonly command: C;
  readonly terms: CommandTerms;
  readonly settle: (outcome: Outcome) => void;
}

interface OpenCommand {
  readonly terms: CommandTerms;
  readonly settle: (outcome: Outcome) => void;
  readonly cancelBackstop: CancelTimer;
  hasSent: boolean;
}

export class Conversation<S, Rx, Tx, C, E, T extends string> {
  readonly counts: ConversationCounts = {
    framesReceived: 0,
    framesSent: 0,
    bytesReceived: 0,
    bytesSent: 0,
    junkBytes: 0,
    done: 0,
    refused: 0,
    failed: 0,
    inDoubt: 0,
  };
  readonly #machine: Machine<S, Rx, Tx, C, E, T>;
  readonly #codec: Codec<Rx, Tx>;
  readonly #clock: Clock;
  readonly #sinks: ConversationSinks<E>;
  readonly #decoder: Decoder<Rx>;
  readonly #timers = new Map<T, CancelTimer>();
  readonly #commands = new Map<CommandId, OpenCommand>();
  /** Inputs that arrived while a step was running; steps never nest. */
  readonly #pending: Input<Rx, C, T>[] = [];
  #state: S;
  #isStepping = false;
  #isOpen = false;
  #lostWith: ErrorCode = 'CD_LINK_LOST';

  constructor(parts: { machine: Machine<S, Rx, Tx, C, E, T>; codec: Codec<Rx, Tx>; clock: Clock; sinks: ConversationSinks<E> }) {
    this.#machine = parts.machine;
    this.#codec = parts.codec;
    this.#clock = parts.clock;
    this.#sinks = parts.sinks;
    this.#decoder = parts.codec.decoder();
    this.#state = parts.machine.initial;
  }

  get state(): S {
    return this.#state;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Commands that have not settled. */
  get openCommandCount(): number {
    return this.#commands.size;
  }

  /** Timers that are armed. */
  get armedTimerCount(): number {
    return this.#timers.size;
  }

  /** A link is there. */
  opened(): void {
    assert(!this.#isOpen, 'a conversation has one link at a time');
    this.#isOpen = true;
    this.#decoder.reset();
    this.#feed({ kind: 'opened' });
  }

  /** Bytes came from the other end. */
  receive(bytes: Uint8Array): void {
    if (!this.#isOpen) return;
    this.counts.bytesReceived += bytes.length;
    for (const piece of this.#decoder.push(bytes)) {
      if (piece.kind === 'frame') {
        this.counts.framesReceived++;
        this.#sinks.frame?.('rx', piece.frame, piece.raw);
        this.#feed({ kind: 'frame', frame: piece.frame });
      } else {
        this.counts.junkBytes += piece.raw.length;
        this.#sinks.junk(piece.reason, piece.raw);
        this.#feed({ kind: 'junk', reason: piece.reason, raw: piece.raw });
      }
    }
  }

  /** Everything sent so far has left the host. */
  drained(): void {
    if (this.#isOpen) this.#feed({ kind: 'drained' });
  }

  /** The link is gone: timers die, the machine hears `lost`, whatever is still open settles. */
  lost(code: ErrorCode = 'CD_LINK_LOST'): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    this.#lostWith = code;
    this.#feed({ kind: 'lost' });
  }

  /** Gives the machine a command; `settle` is called exactly once, possibly before this returns. */
  execute({ id, command, terms, settle }: CommandOrder<C>): void {
    if (!this.#isOpen) {
      settle(refused('CD_DEVICE_NOT_ONLINE'));
      return;
    }
    if (this.#commands.has(id)) {
      settle(refused('CD_COMMAND_DUPLICATE'));
      return;
    }
    const cancelBackstop = this.#clock.after(terms.timeoutMs, () => {
      const open = this.#commands.get(id);
      if (open === undefined) return;
      this.#settle(id, endOf(open, 'CD_PROTOCOL_NO_ANSWER'));
      this.#feed({ kind: 'cancel', id });
    });
    this.#commands.set(id, { terms, settle, cancelBackstop, hasSent: false });
    this.#feed({ kind: 'command', id, command });
  }

  /** Asks the machine to stop command `id`. It settles when the machine says so. */
  cancel(id: CommandId): void {
    if (this.#isOpen && this.#commands.has(id)) this.#feed({ kind: 'cancel', id });
  }

  #feed(input: Input<Rx, C, T>): void {
    this.#pending.push(input);
    if (this.#isStepping) return;
    this.#isStepping = true;
    try {
      for (let next = this.#pending.shift(); next !== undefined; next = this.#pending.shift()) {
        this.#step(next);
        if (next.kind === 'lost') this.#settleRest();
      }
    } finally {
      this.#isStepping = false;
    }
  }

  /** Only after the machine has heard `lost`: it may know better how a command ended. */
  #settleRest(): void {
    for (const [id, open] of [...this.#commands]) this.#settle(id, endOf(open, this.#lostWith));
  }

  #step(input: Input<Rx, C, T>): void {
    const [state, effects] = this.#machine.step(this.#state, input);
    const hasChanged = state !== this.#state;
    this.#state = state;
    for (const effect of effects) this.#apply(effect);
    if (hasChanged) this.#sinks.stepped?.();
  }

  #apply(effect: Effect<Tx, E, T>): void {
    switch (effect.kind) {
      case 'send':
        this.#send(effect.frame);
        return;
      case 'arm':
        this.#arm(effect.timer, effect.ms);
        return;
      case 'disarm':
        this.#timers.get(effect.timer)?.();
        this.#timers.delete(effect.timer);
        return;
      case 'emit':
        this.#sinks.event(effect.event, effect.attachment);
        return;
      case 'settle':
        this.#settle(effect.id, effect.outcome);
        return;
      case 'ready':
        if (this.#isOpen) this.#sinks.ready(effect.identity);
        return;
      case 'give-up':
        if (this.#isOpen) this.#sinks.giveUp(effect.code);
        return;
    }
  }

  #send(frame: Tx): void {
    if (!this.#isOpen) return;
    const bytes = this.#codec.encode(frame);
    this.counts.framesSent++;
    this.counts.bytesSent += bytes.length;
    for (const open of this.#commands.values()) open.hasSent = true;
    this.#sinks.frame?.('tx', frame, bytes);
    this.#sinks.send(bytes);
  }

  #arm(timer: T, ms: number): void {
    this.#timers.get(timer)?.();
    if (!this.#isOpen) return;
    const cancel = this.#clock.after(ms, () => {
      this.#timers.delete(timer);
      this.#feed({ kind: 'timer', timer });
    });
    this.#timers.set(timer, cancel);
  }

  #settle(id: CommandId, outcome: Outcome): void {
    const open = this.#commands.get(id);
    if (open === undefined) return;
    this.#commands.delete(id);
    open.cancelBackstop();
    this.counts[outcome.kind === 'in-doubt' ? 'inDoubt' : outcome.kind]++;
    open.settle(outcome);
  }
}

function endOf(open: OpenCommand, code: ErrorCode): Outcome {
  return open.terms.repeat === 'unsafe' && open.hasSent ? inDoubt(code) : failed(code);
}
