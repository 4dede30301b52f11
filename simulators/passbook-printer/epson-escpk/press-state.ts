import type { Effect, Input } from '../../../drivers/kit/machine.ts';
import type { Gesture, GroundTruth } from '../../kit/simulator.ts';
import type { PrinterAction } from '../escp/printer-action.ts';
import { atTopOfPage, initialPrinter, type PrinterState } from '../escp/printer-state.ts';
import { EMPTY_QUEUE, type ByteQueue } from '../byte-queue.ts';
import { emptyPath, visiblePaper, type PaperPath } from '../paper-path.ts';
import type { PrinterSetting } from '../printer-setting.ts';

/** The unit that a serial printer receives is the byte. */
export interface PressRx {
  readonly byte: number;
}
/** XOFF and XON: all that such a printer ever says. */
export type PressTx = 'xoff' | 'xon';
export type PressTimer = 'tick' | 'busy';
export type PressInput = Input<PressRx, Gesture, PressTimer>;
export type PressEffect = Effect<PressTx, GroundTruth, PressTimer>;
export type PressStep = readonly [PressState, readonly PressEffect[]];

/** An ESC/P printer of its own: what it received, what it is striking, the paper in front of the head. */
export interface PressState {
  readonly isPowered: boolean;
  readonly isCoverOpen: boolean;
  readonly isJammed: boolean;
  readonly isBusy: boolean;
  readonly bufferBytes: number;
  readonly received: ByteQueue;
  readonly isHostPaused: boolean;
  readonly hasOverflowed: boolean;
  readonly interpreter: PrinterState;
  /** Interpreted and not yet done: the head works through it, `struck` marks of the first one so far. */
  readonly work: readonly PrinterAction[];
  readonly struck: number;
  /** Of the first work: marks that fell beside the paper. */
  readonly missed: number;
  readonly isTicking: boolean;
  readonly bellCount: number;
  readonly path: PaperPath;
}

/** A book comes to the head by itself, nothing follows it, and ESC @ or a page length moves its top: the worst kind of machine. */
const INTERPRETER = { pins: 24, isSinglePage: true, hasShiftingTop: true } as const;

export function initialPress(setting: PrinterSetting): PressState {
  return {
    isPowered: true,
    isCoverOpen: false,
    isJammed: false,
    isBusy: false,
    bufferBytes: setting.bufferBytes,
    received: EMPTY_QUEUE,
    isHostPaused: false,
    hasOverflowed: false,
    interpreter: initialPrinter(INTERPRETER),
    work: [],
    struck: 0,
    missed: 0,
    isTicking: false,
    bellCount: 0,
    path: emptyPath(setting),
  };
}

/** Without power everything but the paper is gone, a line half struck included. */
export function withoutPower(state: PressState): PressState {
  return {
    ...state,
    isPowered: false,
    isBusy: false,
    received: EMPTY_QUEUE,
    isHostPaused: false,
    hasOverflowed: false,
    interpreter: initialPrinter(INTERPRETER),
    work: [],
    struck: 0,
    missed: 0,
  };
}

/** A medium was taken in: the head is at its top. */
export function atTop(state: PressState): PressState {
  return { ...state, interpreter: atTopOfPage(state.interpreter) };
}

/** Whether the machine goes on with its work; without paper it stops and keeps what it received. */
export function isOnline(state: PressState): boolean {
  return state.isPowered && !state.isCoverOpen && !state.isJammed && !state.isBusy && visiblePaper(state.path) !== undefined;
}

export function truth(type: string, data: Readonly<Record<string, unknown>> = {}): PressEffect {
  return { kind: 'emit', event: { type, data } };
}
