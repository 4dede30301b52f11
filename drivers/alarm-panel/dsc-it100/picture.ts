/** What is believed about the panel: plain, immutable, and with the age of each belief left to `verified`. */
import type { ArmMode, LabelKind, LineState, PartitionState, SupervisedLine } from '../words.ts';

export interface PartitionPicture {
  readonly state: PartitionState;
  readonly isReady: boolean;
  readonly canForceArm: boolean;
  readonly mode: ArmMode | undefined;
  readonly isSounding: boolean;
  readonly hasTrouble: boolean;
  readonly isLockedOut: boolean;
}

export interface ZonePicture {
  readonly state: 'open' | 'closed' | 'unknown';
  readonly isInAlarm: boolean;
  readonly isTampered: boolean;
  readonly isFaulty: boolean;
  readonly isBypassed: boolean;
  readonly isBatteryLow: boolean;
  /** The partition a zone alarm or tamper named, if one did. */
  readonly partition: number | undefined;
  /** True once an event, or a snapshot after the panel's power-up time, told it. */
  readonly isVerified: boolean;
}

/** Supervised lines that are shown as a state of the panel as a whole. */
export type WatchedLine = Exclude<SupervisedLine, 'zoneBattery' | 'keyBattery' | 'keypadBattery'>;

export interface Picture {
  readonly partitions: Readonly<Record<number, PartitionPicture>>;
  readonly zones: Readonly<Record<number, ZonePicture>>;
  readonly lines: Readonly<Partial<Record<WatchedLine, LineState>>>;
  readonly hasSystemTamper: boolean;
  readonly hasAlarmMemory: boolean;
  readonly bypass: 'none' | 'some' | 'unknown';
  readonly labels: Readonly<Record<string, Label>>;
  readonly firmware: string | undefined;
  /** Five minutes have passed since the module may have been powered up. */
  readonly isSettled: boolean;
  /** Nothing was lost on the line since the last whole snapshot. */
  readonly isFresh: boolean;
}

export interface Label {
  readonly kind: LabelKind;
  readonly number: number;
  readonly text: string;
}

export const emptyPicture: Picture = {
  partitions: {},
  zones: {},
  lines: {},
  hasSystemTamper: false,
  hasAlarmMemory: false,
  bypass: 'unknown',
  labels: {},
  firmware: undefined,
  isSettled: false,
  isFresh: false,
};

const unknownPartition: PartitionPicture = {
  state: 'unknown',
  isReady: false,
  canForceArm: false,
  mode: undefined,
  isSounding: false,
  hasTrouble: false,
  isLockedOut: false,
};

const unknownZone: ZonePicture = {
  state: 'unknown',
  isInAlarm: false,
  isTampered: false,
  isFaulty: false,
  isBypassed: false,
  isBatteryLow: false,
  partition: undefined,
  isVerified: false,
};

export const partitionIn = (picture: Picture, partition: number): PartitionPicture => picture.partitions[partition] ?? unknownPartition;
export const zoneIn = (picture: Picture, zone: number): ZonePicture => picture.zones[zone] ?? unknownZone;

export function withPartition(picture: Picture, partition: number, change: Partial<PartitionPicture>): Picture {
  const was = partitionIn(picture, partition);
  if (picture.partitions[partition] !== undefined && isWithin(change, was)) return picture;
  return { ...picture, partitions: { ...picture.partitions, [partition]: { ...was, ...change } } };
}

export function withZone(picture: Picture, zone: number, change: Partial<ZonePicture>): Picture {
  const was = zoneIn(picture, zone);
  if (picture.zones[zone] !== undefined && isWithin(change, was)) return picture;
  return { ...picture, zones: { ...picture.zones, [zone]: { ...was, ...change } } };
}

export function withLine(picture: Picture, line: WatchedLine, state: LineState): Picture {
  return picture.lines[line] === state ? picture : { ...picture, lines: { ...picture.lines, [line]: state } };
}

/** Every zone changed alike. */
export function withEveryZone(picture: Picture, change: Partial<ZonePicture>): Picture {
  let next = picture;
  for (const zone of Object.keys(picture.zones)) next = withZone(next, Number(zone), change);
  return next;
}

/** A partition's state in words for people, as differences tell it. */
export function partitionWords({ state, mode, isReady }: PartitionPicture): string {
  if (state === 'disarmed') return isReady ? 'disarmed ready' : 'disarmed not ready';
  return mode === undefined ? state : `${state} ${mode}`;
}

/** The arming mode of the second character of a 652, or undefined when the guide has no such mode. */
export function modeOf(digit: string): ArmMode | undefined {
  return (['away', 'stay', 'awayNoDelay', 'stayNoDelay'] as const)[digit === '' ? -1 : Number(digit)];
}

/** True when every member of `change` is already so in `was`: nothing to do, so nothing changes. */
function isWithin<V extends object>(change: Partial<V>, was: V): boolean {
  return (Object.keys(change) as (keyof V)[]).every((key) => change[key] === was[key]);
}
