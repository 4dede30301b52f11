import type { Effect } from '../../../drivers/kit/machine.ts';
import type { Random } from '../../kit/random.ts';
import type { GroundTruth } from '../../kit/simulator.ts';
import type { Note } from '../../world/notes.ts';
import { reportPacket, type Packet, type ReportFields } from './packet.ts';

/** `feed`: the next note is drawn in. `finish`: nothing followed the last one. `boot`: self-test after power-up. `ready`: no longer busy. */
export type TimerName = 'feed' | 'finish' | 'boot' | 'ready';
export type FirmwareEffect = Effect<Packet, GroundTruth, TimerName>;

export const STATUS = { start: 0, note: 1, finished: 2, pocketFull: 3, standby: 4 } as const;

/** What the machine has counted since the batch began; lost with the power. */
export interface BatchFigures {
  readonly count: number;
  readonly rejects: number;
  readonly amount: number;
}

export interface Settings {
  readonly stackerCapacity: number;
  /** Starts by itself when notes are laid in and when a full stacker is emptied. */
  readonly isAutoStart: boolean;
  /** The total count includes rejected notes. */
  readonly countsRejects: boolean;
  /** The last report of a batch carries the totals. */
  readonly closesWithTotals: boolean;
}

export interface MachineState {
  readonly isPowered: boolean;
  readonly isBooting: boolean;
  readonly isBusy: boolean;
  readonly isForeign: boolean;
  readonly isCoverOpen: boolean;
  readonly isRunning: boolean;
  /** The next note will get stuck. */
  readonly isJamComing: boolean;
  readonly notesPerMin: number;
  readonly figures: BatchFigures | undefined;
  readonly message: string;
  /** Trays: what will be counted next lies first in the hopper, what came last lies last in the others. */
  readonly hopper: readonly Note[];
  readonly path: readonly Note[];
  readonly stacker: readonly Note[];
  readonly rejects: readonly Note[];
  readonly stackCount: number;
}

/** One step of the machine in the making. */
export class MachineTurn {
  readonly settings: Settings;
  readonly random: Random;
  readonly effects: FirmwareEffect[] = [];
  state: MachineState;

  constructor(state: MachineState, parts: { readonly settings: Settings; readonly random: Random }) {
    this.state = state;
    this.settings = parts.settings;
    this.random = parts.random;
  }

  change(part: Partial<MachineState>): void {
    this.state = { ...this.state, ...part };
  }

  truth(type: string, data: Readonly<Record<string, unknown>>): void {
    this.effects.push({ kind: 'emit', event: { type, data } });
  }

  arm(timer: TimerName, ms: number): void {
    this.effects.push({ kind: 'arm', timer, ms });
  }

  disarm(...timers: readonly TimerName[]): void {
    for (const timer of timers) this.effects.push({ kind: 'disarm', timer });
  }

  send(packet: Packet): void {
    this.effects.push({ kind: 'send', frame: packet });
  }

  /** Sends a report with the totals so far; fields that are not given are zero. */
  report(status: number, fields: Partial<ReportFields> = {}): void {
    const { count, rejects, amount } = this.state.figures ?? { count: 0, rejects: 0, amount: 0 };
    const totals = { count: count + (this.settings.countsRejects ? rejects : 0), amount };
    this.send(reportPacket({ ...totals, face: 0, currency: '', serial: '', errorCode: 0, status, ...fields }));
  }
}
