/** The memory of a simulated PowerSeries panel with its IT-100 module: everything, as plain immutable data. */
import { branchBuilding, type Building } from '../../world/building.ts';
import { branchPeople, type Person } from '../../world/people.ts';

/** How a zone reacts. The last three watch 24 hours, armed or not. */
export type ZoneType = 'entry' | 'instant' | 'interior' | 'vault' | 'holdUp' | 'fire';

export interface ZoneWiring {
  readonly zone: number;
  /** The building's point on this loop. */
  readonly point: string;
  readonly partition: number;
  readonly type: ZoneType;
  /** May be open when the partition is armed; it is then left out. */
  readonly canForceArm: boolean;
}

export interface Programming {
  readonly partitions: readonly { readonly partition: number; readonly label: string }[];
  readonly zones: readonly ZoneWiring[];
  readonly exitDelaySeconds: number;
  readonly entryDelaySeconds: number;
  readonly bellSeconds: number;
  readonly codeLength: 4 | 6;
  /** Arming without a code, by function key, `*0` or 030. */
  readonly canQuickArm: boolean;
  readonly needsCodeToBypass: boolean;
  readonly lockoutAfter: number;
  readonly lockoutSeconds: number;
  /** Envisalink instead of IT-100: a network module that wants this password. */
  readonly tpiPassword: string | undefined;
  /** The guide does not state the order of 652/700 and 655/750: each simulated panel has its own. */
  readonly isUserFirst: boolean;
  readonly hasNoise: boolean;
}

export interface Actor {
  readonly userNumber?: number;
  readonly isDuress?: boolean;
}

export interface Partition {
  readonly phase: 'disarmed' | 'exit' | 'armed' | 'entry';
  /** 0 away, 1 stay, 2 away without entry delay, 3 stay without entry delay. */
  readonly mode: number;
  readonly secondsLeft: number;
  readonly armedBy: Actor;
  readonly entryZone: number;
  readonly bellSecondsLeft: number;
  readonly hasMemory: boolean;
  /** An alarm that nobody has ended with a code. */
  readonly isAlarmOpen: boolean;
  readonly wrongCodes: number;
  readonly lockoutSecondsLeft: number;
}

export interface Keypad {
  readonly menu: 'idle' | 'star' | 'bypassCode' | 'bypass';
  readonly digits: string;
  /** What a menu shows; the idle display is made from the panel's state. */
  readonly text: string;
  readonly secondsLeft: number;
}

export interface Module {
  readonly hasStamps: boolean;
  readonly hasTimeBroadcast: boolean;
  readonly hasVirtualKeypad: boolean;
  readonly isLoggedIn: boolean;
  readonly loginSecondsLeft: number;
  /** The next line is taken for noise and answered 501. */
  readonly isNoisy: boolean;
  readonly question: { readonly partition: number; readonly act: QuestionedAct; readonly secondsLeft: number } | undefined;
  /** After power-up the module tells defaults for what did not change since. */
  readonly learningSecondsLeft: number;
  readonly learnt: Readonly<Record<string, string>>;
}

export type QuestionedAct =
  | { readonly kind: 'arm'; readonly mode: number }
  | { readonly kind: 'output'; readonly output: number }
  | { readonly kind: 'clock'; readonly minutes: number };

/** What was last told over the line, to tell changes only. */
export interface Told {
  readonly zones: Readonly<Record<number, boolean>>;
  readonly ready: Readonly<Record<number, string>>;
  readonly troubles: Readonly<Record<number, boolean>>;
  readonly lamps: string;
  readonly text: string;
}

export const troubleKinds = ['battery', 'ac', 'bell', 'phoneLine1', 'phoneLine2', 'communication', 'tamper'] as const;
export type TroubleKind = (typeof troubleKinds)[number];

export interface Panel {
  readonly programming: Programming;
  readonly building: Building;
  readonly people: readonly Person[];
  readonly partitions: Readonly<Record<number, Partition>>;
  readonly bypassed: readonly number[];
  readonly zonesInAlarm: readonly number[];
  readonly keypads: Readonly<Record<string, Keypad>>;
  readonly module: Module;
  readonly told: Told;
  readonly troubles: readonly TroubleKind[];
  /** Minutes since 2000-01-01 00:00, local time, as the panel's clock has it. */
  readonly clockMinutes: number;
  /** Points that come back to rest by themselves, with the seconds until they do. */
  readonly passing: Readonly<Record<string, number>>;
  /** [F], [A] and [P] restore themselves. */
  readonly emergencies: Readonly<Record<string, number>>;
  readonly isPowered: boolean;
  readonly isForeign: boolean;
  readonly isInstallerMode: boolean;
  readonly busySecondsLeft: number;
  readonly hasSecondTimer: boolean;
  /** The last thing each keypad said by beeping, for the view. */
  readonly lastBeep: string;
}

export const restingPartition: Partition = {
  phase: 'disarmed',
  mode: 0,
  secondsLeft: 0,
  armedBy: {},
  entryZone: 0,
  bellSecondsLeft: 0,
  hasMemory: false,
  isAlarmOpen: false,
  wrongCodes: 0,
  lockoutSecondsLeft: 0,
};

export const idleKeypad: Keypad = { menu: 'idle', digits: '', text: '', secondsLeft: 0 };

export const nothingTold: Told = { zones: {}, ready: {}, troubles: {}, lamps: '', text: '' };

export function newPanel(programming: Programming, people: readonly Person[] = branchPeople(), building = branchBuilding()): Panel {
  return {
    programming,
    building,
    people,
    partitions: Object.fromEntries(programming.partitions.map(({ partition }) => [partition, restingPartition])),
    bypassed: [],
    zonesInAlarm: [],
    keypads: {},
    module: {
      hasStamps: false,
      hasTimeBroadcast: false,
      hasVirtualKeypad: true,
      isLoggedIn: programming.tpiPassword === undefined,
      loginSecondsLeft: 0,
      isNoisy: false,
      question: undefined,
      learningSecondsLeft: 0,
      learnt: {},
    },
    told: nothingTold,
    troubles: [],
    clockMinutes: Date.UTC(2026, 10, 22, 7, 30) / 60_000 - Date.UTC(2000, 0, 1) / 60_000,
    passing: {},
    emergencies: {},
    isPowered: true,
    isForeign: false,
    isInstallerMode: false,
    busySecondsLeft: 0,
    hasSecondTimer: false,
    lastBeep: '',
  };
}

// prettier-ignore
export const branchWiring: readonly ZoneWiring[] = ([
  [1, 'hall-door', 1, 'entry'], [2, 'hall-window', 1, 'instant'], [3, 'hall-motion', 1, 'interior'], [4, 'hall-glass', 1, 'instant'],
  [5, 'cash-door', 1, 'entry'], [6, 'cash-motion', 1, 'interior'], [7, 'cash-hold-up-1', 1, 'holdUp'], [8, 'cash-hold-up-2', 1, 'holdUp'],
  [9, 'vault-shock', 1, 'vault'], [10, 'vault-door', 1, 'instant'], [11, 'office-motion', 1, 'interior'], [12, 'back-window', 1, 'instant'],
  [13, 'back-door', 1, 'entry'], [14, 'hall-hold-up', 1, 'holdUp'], [17, 'atm-door', 2, 'entry'], [18, 'atm-shock', 2, 'vault'],
] as const).map(([zone, point, partition, type]) => ({ zone, point, partition, type, canForceArm: zone === 12 }));
