import type { FamilyEvent } from '../../kit/family.ts';
import type { CommandId, Effect } from '../../kit/machine.ts';
import type { CashCounter } from '../family.ts';
import type { Sums } from '../mechanism.ts';
import type { Batch, RejectCounting } from './batch.ts';
import type { Frame, Report } from './codec.ts';

/**
 * `resend`, `deadline`: the handshake under way. `probe`: the machine has been quiet for long. `listen`: after a
 * broken link, before asking. `pause`, `silence`: a batch is open and nothing comes, for long and for too long.
 */
export type TimerName = 'resend' | 'deadline' | 'probe' | 'listen' | 'pause' | 'silence';
export type ZmEvent = FamilyEvent<CashCounter>;
export type ZmEffect = Effect<Frame, ZmEvent, TimerName>;

export interface ZmOptions {
  /** A machine that is quiet for this long is asked whether it is still there. Default 10,000. */
  readonly probeEveryMs?: number;
  /** Whether the machine's total count includes rejected notes, where that is known. */
  readonly countsRejects?: boolean;
}

export interface Job {
  readonly id: string;
  readonly batchCount: number;
  readonly sums: Sums;
  readonly isComplete: boolean;
}

export interface State {
  readonly link: 'closed' | 'listening' | 'identifying' | 'online';
  /** The handshake under way: how often it was sent, how often a stranger answered, and who waits for it. */
  readonly asking: { readonly sent: number; readonly strangers: number; readonly commands: readonly CommandId[] } | undefined;
  /** What the machine does while no batch is open. */
  readonly resting: 'unknown' | 'idle' | 'standby';
  readonly batch: Batch | undefined;
  readonly batchCount: number;
  /** The end of the batch before, to know it when the line repeats it. */
  readonly lastEnd: Report | undefined;
  readonly job: Job | undefined;
  readonly counting: RejectCounting;
  readonly hasRejects: boolean;
}

/** One step in the making: the state so far, and what it asks for. Lives no longer than the step. */
export class Turn {
  readonly options: ZmOptions;
  readonly effects: ZmEffect[] = [];
  state: State;

  constructor(state: State, options: ZmOptions) {
    this.state = state;
    this.options = options;
  }

  change(part: Partial<State>): void {
    this.state = { ...this.state, ...part };
  }

  emit(event: ZmEvent): void {
    this.effects.push({ kind: 'emit', event });
  }

  arm(timer: TimerName, ms: number): void {
    this.effects.push({ kind: 'arm', timer, ms });
  }

  disarm(...timers: readonly TimerName[]): void {
    for (const timer of timers) this.effects.push({ kind: 'disarm', timer });
  }
}
