import type { Effect, Input } from '../../../drivers/kit/machine.ts';
import type { Gesture, GroundTruth } from '../../kit/simulator.ts';
import { EMPTY_QUEUE, type ByteQueue } from '../byte-queue.ts';
import type { PrinterSetting } from '../printer-setting.ts';
import type { PrinterAction } from '../escp/printer-action.ts';
import { initialPrinter, type PrinterState } from '../escp/printer-state.ts';
import { emptyPath, type PaperPath } from '../paper-path.ts';

/** The unit that a serial printer receives is the byte. */
export interface ConsoleRx {
  readonly byte: number;
}

/** What the printer says: flow control, or a CSI sequence with the bytes that follow it. */
export type ConsoleTx = 'xoff' | 'xon' | { readonly csi: string };
export type ConsoleTimer = 'tick' | 'busy';
export type ConsoleInput = Input<ConsoleRx, Gesture, ConsoleTimer>;
export type ConsoleEffect = Effect<ConsoleTx, GroundTruth, ConsoleTimer>;
export type ConsoleStep = readonly [ConsoleState, readonly ConsoleEffect[]];

/** One thing to do, in the order it was asked for. */
export type ConsoleJob =
  | PrinterAction
  | { readonly kind: 'read-stripe' }
  | { readonly kind: 'write-stripe'; readonly text: string }
  | { readonly kind: 'insert' }
  | { readonly kind: 'measure' }
  | { readonly kind: 'mark'; readonly answer: string };

/** Why the printer is in ERROR. */
export type Trouble = 'no-paper' | 'jam' | 'cover';

/** A console printer of the 4915 kind: what it received, what it is doing, the paper in front of the head. */
export interface ConsoleState {
  readonly isPowered: boolean;
  readonly isCoverOpen: boolean;
  readonly isJammed: boolean;
  /** The STOP key was pressed: work waits. */
  readonly isStopped: boolean;
  readonly isBusy: boolean;
  readonly trouble: Trouble | undefined;
  readonly bufferBytes: number;
  readonly received: ByteQueue;
  /** Taken from `received`, not yet understood. */
  readonly unread: Uint8Array;
  /** A job stopped the reading; what is unread may hold whole commands. */
  readonly canReadOn: boolean;
  /** How much of CSI " z the newest bytes are. */
  readonly questionBytes: number;
  readonly isHostPaused: boolean;
  readonly hasOverflowed: boolean;
  readonly interpreter: PrinterState;
  readonly work: readonly ConsoleJob[];
  /** Of the first work: marks struck, and marks that fell beside the paper. */
  readonly struck: number;
  readonly missed: number;
  readonly isTicking: boolean;
  readonly bellCount: number;
  /** What becomes of the next echo. */
  readonly nextEcho: 'sent' | 'lost' | 'twice';
  /** The next write does not read back. */
  readonly isStripeHeadDirty: boolean;
  readonly path: PaperPath;
}

export const NOTHING_UNREAD = new Uint8Array(0);

/** A book comes to the head by itself and nothing follows it. */
const INTERPRETER = { pins: 24, isSinglePage: true, hasShiftingTop: true } as const;

/** What a machine that was just switched on, or that went to ERROR, has in its memory: nothing. */
const EMPTY_MEMORY = {
  received: EMPTY_QUEUE,
  unread: NOTHING_UNREAD,
  canReadOn: false,
  questionBytes: 0,
  hasOverflowed: false,
  work: [],
  struck: 0,
  missed: 0,
} as const;

export function initialConsole(setting: PrinterSetting): ConsoleState {
  return {
    ...EMPTY_MEMORY,
    isPowered: true,
    isCoverOpen: false,
    isJammed: false,
    isStopped: false,
    isBusy: false,
    trouble: undefined,
    bufferBytes: setting.bufferBytes,
    isHostPaused: false,
    interpreter: initialPrinter(INTERPRETER),
    isTicking: false,
    bellCount: 0,
    nextEcho: 'sent',
    isStripeHeadDirty: false,
    path: emptyPath(setting),
  };
}

/** Everything received and not done is gone; what was set stays. */
export function forgetJobs(state: ConsoleState): ConsoleState {
  return { ...state, ...EMPTY_MEMORY, interpreter: { ...state.interpreter, pending: [] } };
}

/** Without power everything but the paper is gone. */
export function withoutPower(state: ConsoleState): ConsoleState {
  return {
    ...state,
    ...EMPTY_MEMORY,
    isPowered: false,
    isStopped: false,
    isBusy: false,
    trouble: undefined,
    isHostPaused: false,
    isTicking: false,
    nextEcho: 'sent',
    interpreter: initialPrinter(INTERPRETER),
  };
}

/** Whether the machine goes on with its work. */
export function canWork(state: ConsoleState): boolean {
  return state.isPowered && !state.isStopped && !state.isBusy;
}

export function truth(type: string, data: Readonly<Record<string, unknown>> = {}): ConsoleEffect {
  return { kind: 'emit', event: { type, data } };
}

export function say(csi: string): ConsoleEffect {
  return { kind: 'send', frame: { csi } };
}

/** Global status: 0 ONLINE, 1 STOP, 2 ERROR. */
export function sayStatus(state: ConsoleState): ConsoleEffect {
  return say(`${state.trouble === undefined ? (state.isStopped ? 1 : 0) : 2}!z`);
}
