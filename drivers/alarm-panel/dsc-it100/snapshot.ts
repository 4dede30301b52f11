/**
 * The answer to 001, collected and compared. The module keeps no history: what happened while nobody listened
 * can only be found as a difference, and is told as one - never as an event with an invented time.
 */
import type { Difference, ResyncReason } from '../words.ts';
import { foldLamp, zonesInAlarm } from './fold.ts';
import { partitionOf, zoneOf, type Frame } from './frames.ts';
import { partitionLines, snapshotChange } from './partition-lines.ts';
import {
  partitionIn,
  withEveryZone,
  withLine,
  withPartition,
  withZone,
  partitionWords,
  type Picture,
  type WatchedLine,
} from './picture.ts';
import type { Collection, Turn } from './turn.ts';

/** No line for this long: the snapshot is over, whole or not. */
export const DUMP_QUIET_MS = 1_500;
const ZONE_COUNT = 64;
const LAMP_COUNT = 9;

const emptyCollection: Collection = {
  isAsked: true,
  hasVersion: false,
  hasDamage: false,
  partitions: {},
  troubles: {},
  zones: {},
  lamps: {},
};

/** Starts collecting; a snapshot that is already being collected goes on. */
export function startCollecting(turn: Turn, isAsked: boolean): void {
  if (turn.state.collection !== undefined) return;
  turn.set({ collection: { ...emptyCollection, isAsked } });
  turn.arm('dump', DUMP_QUIET_MS);
}

/** A 908 in a snapshot: what came before it belongs to an older one. */
export function restartCollecting(turn: Turn): void {
  const { collection } = turn.state;
  if (collection === undefined) return;
  const { isAsked, hasDamage } = collection;
  turn.set({
    collection: collection.hasVersion ? { ...emptyCollection, isAsked, hasDamage, hasVersion: true } : { ...collection, hasVersion: true },
  });
  turn.arm('dump', DUMP_QUIET_MS);
}

/** Takes a line into the snapshot; false when the line is not one of a snapshot. */
export function collect(turn: Turn, frame: Frame): boolean {
  const { collection } = turn.state;
  if (collection === undefined) return false;
  const next = withFrame(collection, frame);
  if (next === undefined) return false;
  turn.set({ collection: next });
  turn.arm('dump', DUMP_QUIET_MS);
  return true;
}

/** True when the last line of a whole snapshot has come, so that there is no need to wait for the quiet. */
export function isWhole({ zones, lamps, partitions }: Collection): boolean {
  return Object.keys(zones).length === ZONE_COUNT && Object.keys(lamps).length === LAMP_COUNT && Object.keys(partitions).length > 0;
}

/** Applies a collected snapshot, tells the differences, and says how many there were. */
export function applySnapshot(turn: Turn, reason: ResyncReason): { readonly isComplete: boolean; readonly differenceCount: number } {
  const { collection } = turn.state;
  if (collection === undefined) return { isComplete: false, differenceCount: 0 };
  turn.set({ collection: undefined });
  turn.disarm('dump');
  const before = turn.picture;
  const told = isSound(collection) ? namesTold(collection) : undefined;
  const isRepeated = told !== undefined && told === turn.state.lastTold;
  const isComplete = isRepeated || (told !== undefined && hasAllOf(collection, before, turn.options.partitions ?? []));
  turn.set({ lastTold: told, gapsInARow: isComplete ? 0 : turn.state.gapsInARow + 1 });
  for (const [lamp, shows] of Object.entries(collection.lamps)) foldLamp(turn, lamp + shows);
  applyTroubles(turn, collection, before.isFresh && reason !== 'opened' && reason !== 'restarted');
  for (const frame of Object.values(collection.partitions)) applyPartition(turn, frame);
  for (const [zone, state] of Object.entries(collection.zones)) {
    const isVerified = turn.picture.isSettled || (before.zones[Number(zone)]?.isVerified ?? false);
    turn.paint(withZone(turn.picture, Number(zone), { state, isVerified, ...(state === 'closed' ? { isInAlarm: false } : {}) }));
  }
  if (isRepeated) turn.paint(withoutStrangers(turn.picture, collection));
  if (turn.picture.isFresh !== isComplete) turn.paint({ ...turn.picture, isFresh: isComplete });
  const differences = differencesBetween(before, turn.picture);
  if (reason === 'opened' || reason === 'restarted' || differences.length > 0)
    turn.emit('resynchronised', { reason, isComplete, differences });
  return { isComplete, differenceCount: differences.length };
}

function withFrame(collection: Collection, frame: Frame): Collection | undefined {
  const { code, data } = frame;
  if (partitionLines.has(code) || code === '658') {
    const partition = partitionOf(data);
    // 658 stands in the place of a state line: the partition exists, its state is not told.
    if (partition === undefined || code === '658') return undefined;
    return { ...collection, partitions: { ...collection.partitions, [partition]: frame } };
  }
  if (code === '840' || code === '841') {
    const partition = partitionOf(data);
    return partition === undefined ? undefined : { ...collection, troubles: { ...collection.troubles, [partition]: code === '840' } };
  }
  if (code === '903') return { ...collection, lamps: { ...collection.lamps, [data.slice(0, 1)]: data.slice(1) } };
  if (code === '609' || code === '610') {
    const zone = zoneOf(data, 0);
    return zone === undefined ? undefined : { ...collection, zones: { ...collection.zones, [zone]: code === '609' ? 'open' : 'closed' } };
  }
  return undefined;
}

/** Nothing was lost as far as the answer itself can tell. */
function isSound({ hasDamage, hasVersion, partitions, zones, lamps }: Collection): boolean {
  const hasBoth = Object.keys(partitions).length > 0 && Object.keys(zones).length > 0;
  return !hasDamage && hasVersion && hasBoth && Object.keys(lamps).length === LAMP_COUNT;
}

/**
 * Which partitions and zones an answer is about. Two sound answers in a row that agree are all there is: a partition
 * known otherwise came from a damaged line that the one byte of its sum let pass, or from the configuration.
 */
function namesTold({ partitions, zones }: Collection): string {
  return `${Object.keys(partitions).join(' ')}/${Object.keys(zones).join(' ')}`;
}

/** Every zone and partition of before, and the configured partitions. A locked-out one tells no state. */
function hasAllOf(collection: Collection, before: Picture, configured: readonly number[]): boolean {
  const partitions = new Set([...configured, ...Object.keys(before.partitions).map(Number)]);
  return (
    [...partitions].every((partition) => collection.partitions[partition] !== undefined || before.partitions[partition]?.isLockedOut) &&
    Object.keys(before.zones).every((zone) => collection.zones[Number(zone)] !== undefined)
  );
}

function withoutStrangers(picture: Picture, collection: Collection): Picture {
  const partitions = Object.entries(picture.partitions).filter(
    ([partition, { isLockedOut }]) => isLockedOut || collection.partitions[Number(partition)] !== undefined,
  );
  const zones = Object.entries(picture.zones).filter(([zone]) => collection.zones[Number(zone)] !== undefined);
  return { ...picture, partitions: Object.fromEntries(partitions), zones: Object.fromEntries(zones) };
}

function applyPartition(turn: Turn, frame: Frame): void {
  const partition = partitionOf(frame.data);
  if (partition === undefined) return;
  const was = partitionIn(turn.picture, partition);
  turn.paint(withPartition(turn.picture, partition, snapshotChange(turn.picture, frame)));
  const is = partitionIn(turn.picture, partition);
  // What runs now is news whenever it is found; the delays are told without a length, some of it is over.
  if (is.state === 'exitDelay' && was.state !== 'exitDelay') turn.emit('exit-delay-started', { partition });
  if (is.state === 'entryDelay' && was.state !== 'entryDelay') turn.emit('entry-delay-started', { partition });
  if (is.isSounding && !was.isSounding) turn.emit('alarm-raised', { partition, zones: [...zonesInAlarm(turn, partition)], isLate: true });
  if (!is.isSounding && was.isSounding && is.state === 'alarm') turn.emit('alarm-silenced', { partition });
}

const allLines: readonly WatchedLine[] = ['battery', 'bell', 'communication', 'phoneLine1', 'phoneLine2', 'fire', 'escort', 'eventBuffer'];

/**
 * The snapshot has only a trouble lamp per partition and the AC lamp. No lamp: everything is well. A lamp, and
 * events may have been missed: which line it is, is not known.
 */
function applyTroubles(turn: Turn, collection: Collection, hasHeardAll: boolean): void {
  const told = Object.entries(collection.troubles);
  for (const [partition, hasTrouble] of told) turn.paint(withPartition(turn.picture, Number(partition), { hasTrouble }));
  if (told.length === 0) return;
  if (Object.values(turn.picture.partitions).every(({ hasTrouble }) => !hasTrouble)) {
    for (const line of allLines) turn.paint(withLine(turn.picture, line, 'ok'));
    turn.paint(withEveryZone(turn.picture, { isTampered: false, isFaulty: false, isBatteryLow: false }));
    if (turn.picture.hasSystemTamper) turn.paint({ ...turn.picture, hasSystemTamper: false });
    return;
  }
  if (hasHeardAll && isExplained(turn.picture)) return;
  for (const line of allLines) turn.paint(withLine(turn.picture, line, 'unknown'));
}

function isExplained(picture: Picture): boolean {
  const zones = Object.values(picture.zones);
  return (
    picture.hasSystemTamper ||
    Object.values(picture.lines).includes('trouble') ||
    zones.some(({ isTampered, isFaulty, isBatteryLow }) => isTampered || isFaulty || isBatteryLow)
  );
}

/** What was known before and is otherwise now. What was not known is no difference. */
function differencesBetween(before: Picture, after: Picture): Difference[] {
  const differences: Difference[] = [];
  for (const [key, was] of Object.entries(before.partitions)) {
    const number = Number(key);
    const is = partitionIn(after, number);
    const [wasWords, isWords] = [partitionWords(was), partitionWords(is)];
    if (was.state !== 'unknown' && wasWords !== isWords) differences.push({ subject: 'partition', number, was: wasWords, is: isWords });
    if (was.state !== 'unknown' && was.hasTrouble !== is.hasTrouble) {
      differences.push({ subject: 'trouble', number, was: String(was.hasTrouble), is: String(is.hasTrouble) });
    }
  }
  for (const [key, was] of Object.entries(before.zones)) {
    const is = after.zones[Number(key)]?.state ?? 'unknown';
    if (was.state !== 'unknown' && was.state !== is) differences.push({ subject: 'zone', number: Number(key), was: was.state, is });
  }
  const ac = { was: before.lines.ac, is: after.lines.ac ?? 'unknown' };
  if (ac.was !== undefined && ac.was !== 'unknown' && ac.was !== ac.is) differences.push({ subject: 'ac', was: ac.was, is: ac.is });
  if (before.bypass !== 'unknown' && before.bypass !== after.bypass)
    differences.push({ subject: 'bypass', was: before.bypass, is: after.bypass });
  if (before.firmware !== undefined && before.hasAlarmMemory !== after.hasAlarmMemory) {
    differences.push({ subject: 'alarmMemory', was: String(before.hasAlarmMemory), is: String(after.hasAlarmMemory) });
  }
  return differences;
}
