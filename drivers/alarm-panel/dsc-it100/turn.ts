/** The state of the conversation with one panel, and the one step in progress over it. */
import type { ErrorCode } from '../../kit/errors.ts';
import type { FamilyCommand, FamilyEvent } from '../../kit/family.ts';
import type { CommandId, Effect, Identity } from '../../kit/machine.ts';
import { failed, inDoubt, refused, type Outcome } from '../../kit/outcome.ts';
import type { Static } from '../../kit/schema.ts';
import { alarmPanel, type AlarmPanel } from '../family.ts';
import type { ArmMode, ResyncReason } from '../words.ts';
import type { Frame } from './frames.ts';
import { emptyPicture, type Picture } from './picture.ts';
import type { PanelOptions } from './options.ts';

export type PanelCommand = FamilyCommand<AlarmPanel>;
export type PanelEvent = FamilyEvent<AlarmPanel>;
export type EventName = keyof AlarmPanel['events'];
export type PanelEffect = Effect<Frame, PanelEvent, Timer>;

/**
 * settle: between the first poll and the first question. ack: the answer to a request. quiet: nothing heard.
 * dump: nothing more of a snapshot. task: the next sign of a command. verify: end of the power-up time.
 * resync: a pause before asking again. waiting: commands wait no longer. echo: a repeated line is news again.
 * late: an unanswered 001 is answered no more. pair: the other half of "armed" and "closed by", per partition.
 * exit: the exit delay of a partition may be over.
 */
export type Timer =
  | 'settle'
  | 'ack'
  | 'quiet'
  | 'dump'
  | 'task'
  | 'verify'
  | 'reconcile'
  | 'resync'
  | 'waiting'
  | 'echo'
  | 'late'
  | `pair:${number}`
  | `exit:${number}`;

/** The one line that waits for its 500 or 501. */
export interface Request {
  readonly frame: Frame;
  readonly attemptsLeft: number;
}

export interface CommandTask {
  readonly kind: 'command';
  readonly id: CommandId;
  readonly command: PanelCommand;
  /** The panel acknowledged it: a 502 from here on is about this command. */
  readonly isAcked: boolean;
  /** The code was sent once in answer to 900; it is never sent again. */
  readonly hasSentCode: boolean;
  /** Labels heard so far. */
  readonly labelCount: number;
  readonly bypass: BypassProgress | undefined;
}

/** Where the walk through the bypass menu stands; see `bypass.ts`. */
export interface BypassProgress {
  /** Key presses still to be sent, breaks included. */
  readonly keys: string;
  readonly stage: 'entering' | 'toggling' | 'leaving';
  /** The zone whose display line is awaited, and those after it. */
  readonly zones: readonly number[];
  readonly pressesOfZone: number;
  /** What the display showed since the last key of the row. */
  readonly display: string | undefined;
  readonly results: readonly { readonly zone: number; readonly isBypassed: boolean }[];
  readonly outcome: Outcome | undefined;
}

export type Task =
  | { readonly kind: 'snapshot'; readonly reason: ResyncReason; readonly commands: readonly CommandId[] }
  | { readonly kind: 'poll'; readonly id: CommandId | undefined }
  | { readonly kind: 'setup'; readonly code: string }
  | CommandTask;

/** A command the panel must still prove by a partition event or a snapshot. */
export interface Pledge {
  readonly id: CommandId;
  readonly partition: number;
  readonly goal: 'armed' | 'disarmed';
  /**
   * `asked`: on the line. `delayed`: the exit delay runs, the line is free, the proof is still to come. `due`: the delay
   * may be over, so that a disarming need not be the end of the delay.
   */
  readonly stage: 'asked' | 'delayed' | 'due';
}

/** The lines of an answer to 001 while they come in; the last line about a thing counts. */
export interface Collection {
  /** False when a 908 came that nobody asked for. */
  readonly isAsked: boolean;
  readonly hasVersion: boolean;
  readonly hasDamage: boolean;
  /** Partition -> code and data of its state line. */
  readonly partitions: Readonly<Record<number, Frame>>;
  readonly troubles: Readonly<Record<number, boolean>>;
  readonly zones: Readonly<Record<number, 'open' | 'closed'>>;
  /** Lamp number -> `0`, `1` or `2`. */
  readonly lamps: Readonly<Record<string, string>>;
}

export interface Who {
  readonly userNumber?: number;
  readonly special?: boolean;
}

/** The halves of an arming or disarming that have been heard and not yet told as one event. */
export interface Pair {
  readonly kind: 'closing' | 'opening';
  readonly hasState: boolean;
  /** What the partition was before, in words, when nothing foretold the change: no exit delay was seen. */
  readonly unforeseenFrom: string | undefined;
  readonly mode: ArmMode | undefined;
  readonly who: Who | undefined;
}

export interface State {
  readonly phase: 'closed' | 'settling' | 'identifying' | 'online';
  readonly picture: Picture;
  readonly request: Request | undefined;
  readonly task: Task | undefined;
  readonly waiting: readonly { readonly id: CommandId; readonly command: PanelCommand }[];
  readonly pledges: readonly Pledge[];
  readonly collection: Collection | undefined;
  readonly pairs: Readonly<Record<number, Pair>>;
  /** The last line, if it told a moment, for a second. */
  readonly lastMoment: string | undefined;
  /** Quiet periods in a row without a single good frame. */
  readonly silentRounds: number;
  /** Why a snapshot is due, if one is. */
  readonly wanted: ResyncReason | undefined;
  readonly isResyncPending: boolean;
  /** Answers to 001 in a row that were not whole. */
  readonly gapsInARow: number;
  /** What the last answer to 001 was about, if nothing of it was lost; see `snapshot.ts`. */
  readonly lastTold: string | undefined;
  /** Settings still to be sent to the module. */
  readonly setup: readonly Frame[];
  /** A 001 went unanswered lately: its answer may come yet, look like that of a younger one, and prove nothing. */
  readonly hasLateAnswer: boolean;
  /** 001 sent while nobody of this model had answered. */
  readonly questions: number;
  readonly goodFrames: number;
  readonly junkBytes: number;
}

export const initialState: State = {
  phase: 'closed',
  picture: emptyPicture,
  request: undefined,
  task: undefined,
  waiting: [],
  pledges: [],
  collection: undefined,
  pairs: {},
  lastMoment: undefined,
  silentRounds: 0,
  wanted: undefined,
  isResyncPending: false,
  gapsInARow: 0,
  lastTold: undefined,
  setup: [],
  hasLateAnswer: false,
  questions: 0,
  goodFrames: 0,
  junkBytes: 0,
};

/** One step in progress: the state so far and the effects so far. It lives for one call of `step`. */
export class Turn {
  readonly effects: PanelEffect[] = [];
  readonly options: PanelOptions;
  #state: State;

  constructor(state: State, options: PanelOptions) {
    this.#state = state;
    this.options = options;
  }

  get state(): State {
    return this.#state;
  }

  get picture(): Picture {
    return this.#state.picture;
  }

  set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
  }

  paint(picture: Picture): void {
    if (picture !== this.#state.picture) this.set({ picture });
  }

  send(code: string, data = ''): void {
    this.effects.push({ kind: 'send', frame: { code, data } });
  }

  arm(timer: Timer, ms: number): void {
    this.effects.push({ kind: 'arm', timer, ms });
  }

  disarm(timer: Timer): void {
    this.effects.push({ kind: 'disarm', timer });
  }

  emit<K extends EventName>(name: K, data: Static<AlarmPanel['events'][K]['data']>): void {
    this.effects.push({ kind: 'emit', event: { type: `alarm-panel.${name}`, data } as PanelEvent });
  }

  ready(identity: Identity): void {
    this.effects.push({ kind: 'ready', identity });
  }

  giveUp(code: ErrorCode): void {
    this.effects.push({ kind: 'give-up', code });
  }

  settle(id: CommandId, outcome: Outcome): void {
    this.effects.push({ kind: 'settle', id, outcome });
  }

  refuse(id: CommandId, code: ErrorCode, detail?: string): void {
    this.settle(id, refused(code, detail));
  }

  fail(id: CommandId, code: ErrorCode, detail?: string): void {
    this.settle(id, failed(code, detail));
  }

  doubt(id: CommandId, code: ErrorCode): void {
    this.settle(id, inDoubt(code));
  }
}

/** True when doing the command twice could change something. */
export function isUnsafe(command: PanelCommand): boolean {
  return alarmPanel.commands[command.name].repeat === 'unsafe';
}
