import type { FamilyStatus } from '../../drivers/kit/family.ts';
import type { Static } from '../../drivers/kit/schema.ts';
import type { Family } from './entry.ts';
import type { ApprovalContent } from './events/approvals.ts';
import type { PhaseWord } from './events/devices.ts';
import type { DeviceFacts, PositionFacts } from './events/branch.ts';
import type { BookLine, Tally } from './events/flows.ts';
import type { Role } from './events/words.ts';

/** What anybody at the branch may know right now: a fold of the journal, the same in the daemon and in the browser. */
export interface BranchState {
  /** The last entry folded in; 0 before the first. */
  readonly seq: number;
  readonly at: string;
  readonly branch: { readonly id: string; readonly name: string; readonly version: string; readonly isSimulated: boolean } | undefined;
  readonly people: Readonly<Record<string, PersonView>>;
  readonly positions: Readonly<Record<string, PositionView>>;
  readonly devices: Readonly<Record<string, DeviceView>>;
  readonly approvals: Readonly<Record<string, ApprovalView>>;
  /** Open workflow instances, and the last finished one of each position. */
  readonly flows: Readonly<Record<string, FlowView>>;
}

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly isDisabled: boolean;
}

export type PositionView = Static<typeof PositionFacts> & {
  readonly personId?: string;
  readonly sinceAt?: string;
  /** Temporary leave: locked, the pause sign is up. */
  readonly isLeft: boolean;
  readonly hasDisplay: boolean;
};

/** The status of each family, as its driver reports it. */
export type StatusOf<K extends Family['kind']> = FamilyStatus<Extract<Family, { kind: K }>>;
export type AnyStatus = { [K in Family['kind']]: StatusOf<K> }[Family['kind']];

interface ViewOfAnyDevice {
  readonly phase: PhaseWord;
  readonly phaseAt: string;
  readonly attempt?: number;
  readonly because?: string;
  readonly untilAt?: string;
  readonly identity?: { readonly maker?: string; readonly model?: string; readonly firmware?: string; readonly serial?: string };
  readonly claimedBy?: string;
  /** When `status` was last said; older than the last loss of the link means stale. */
  readonly statusAt?: string;
  /** Commands of this device that ended in doubt and that no person has answered. */
  readonly openDoubts: readonly string[];
}

export type DeviceView = Static<typeof DeviceFacts> & ViewOfAnyDevice & { readonly status?: AnyStatus };

export type ApprovalStage = 'asked' | 'opened' | 'granted' | 'refused' | 'withdrawn' | 'expired' | 'used';

export interface ApprovalView {
  readonly id: string;
  readonly content: Static<typeof ApprovalContent>;
  readonly contentHash: string;
  readonly askedBy: string;
  readonly askedAt: string;
  readonly expiresAt: string;
  readonly stage: ApprovalStage;
  readonly openedBy?: string;
  readonly decidedBy?: string;
  readonly reason?: string;
  readonly outcome?: 'done' | 'refused' | 'failed' | 'in-doubt';
  /** Why it did not end well. */
  readonly code?: string;
}

interface ViewOfAnyFlow {
  readonly id: string;
  readonly positionId: string;
  readonly deviceId: string;
  readonly startedBy: string;
  readonly startedAt: string;
  readonly isOpen: boolean;
}

export type LineState = 'waiting' | 'printing' | 'sent' | 'confirmed' | 'not-printed' | 'doubted' | 'void';

export interface PassbookUpdateView extends ViewOfAnyFlow {
  readonly kind: 'passbook-update';
  readonly step: 'check' | 'printing' | 'paused' | 'check-paper' | 'turn-page' | 'in-doubt' | 'finished' | 'cancelled';
  readonly accountMasked: string;
  readonly passbookId: string;
  readonly holderMasked: string;
  readonly layout: string;
  readonly lines: readonly (Static<typeof BookLine> & { readonly state: LineState; readonly by?: string; readonly code?: string })[];
  readonly page: number;
  /** A stop was asked for; the line in work is finished first. */
  readonly isStopping: boolean;
  readonly code?: string;
}

export interface CashCountView extends ViewOfAnyFlow {
  readonly kind: 'cash-count';
  readonly step: 'counting' | 'compare' | 'finished' | 'cancelled';
  readonly currency: string;
  readonly slip: readonly Static<typeof Tally>[];
  readonly slipTotalMinor: string;
  /** Attempts at this slip, oldest first: a recount adds one, and all stay. Batches of one attempt add up. */
  readonly results: readonly CashCountResult[];
  /** The running count, note by note, newest last. */
  readonly running: CashCountResult & { readonly notes: readonly CountedNote[] };
  readonly difference?: { readonly kind: 'shortage' | 'surplus'; readonly differenceMinor: string };
}

export interface CashCountResult {
  readonly tallies: readonly Static<typeof Tally>[];
  readonly totalMinor: string;
  readonly noteCount: number;
  readonly rejectCount: number;
  readonly isComplete: boolean;
}

export interface CountedNote {
  readonly number: number;
  readonly denominationMinor: string;
  readonly serial: string;
  readonly isRejected: boolean;
  readonly errorCode?: number;
}

export interface SlipScanView extends ViewOfAnyFlow {
  readonly kind: 'slip-scan';
  readonly step: 'scanning' | 'finished' | 'closed';
  readonly pages: readonly {
    readonly pageNumber: number;
    readonly sha256: string;
    readonly mediaType: string;
    readonly widthPx: number;
    readonly heightPx: number;
    readonly dpi: number;
  }[];
  readonly outcome?: 'done' | 'refused' | 'failed' | 'in-doubt';
  readonly code?: string;
}

export type FlowView = PassbookUpdateView | CashCountView | SlipScanView;
export type FlowKind = FlowView['kind'];
