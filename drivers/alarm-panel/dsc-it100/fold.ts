/** Live events: each line of the panel folded into the picture, and told as an event of the family. */
import type { SupervisedLine } from '../words.ts';
import { KEYPAD_PARTITION, partitionOf, zoneOf, type Frame } from './frames.ts';
import { learnLabel, tellTime } from './fold-plain.ts';
import { mistrust } from './line.ts';
import { sawArmed, sawClosing, sawDisarmed, sawOpening } from './pairing.ts';
import { liveChange, partitionLines } from './partition-lines.ts';
import { partitionIn, withEveryZone, withLine, withPartition, withZone, zoneIn, type WatchedLine } from './picture.ts';
import type { EventName, Turn } from './turn.ts';

const ECHO_MS = 1_000;
/** Lines that tell a moment, not a state. */
const MOMENTS = new Set('601 602 620 621 622 623 624 625 626 631 632 658 670 672 700 701 702 750 751'.split(' '));

/** Folds one live line. Lines that are only about commands, displays and sounds change nothing. */
export function foldLive(turn: Turn, frame: Frame): void {
  const { code, data } = frame;
  if (isEcho(turn, frame)) return;
  if (partitionLines.has(code)) foldPartition(turn, frame);
  else if (/^60[1-6]$|^609$|^610$/.test(code)) foldZone(turn, frame);
  else if (/^6[23]\d$/.test(code)) foldEmergency(turn, code);
  else if (/^8\d\d$/.test(code)) foldTrouble(turn, frame);
  else if (code === '550') tellTime(turn, data);
  else if (code === '570') learnLabel(turn, data);
  else if (code === '903') foldLamp(turn, data);
  else foldPartitionMoment(turn, frame);
}

function foldPartition(turn: Turn, frame: Frame): void {
  const partition = partitionOf(frame.data);
  if (partition === undefined) return;
  const was = partitionIn(turn.picture, partition);
  const change = liveChange(turn.picture, frame);
  if (change === 'contradiction') {
    mistrust(turn);
    return;
  }
  turn.paint(withPartition(turn.picture, partition, change));
  const is = partitionIn(turn.picture, partition);
  if (frame.code === '652' && was.mode === undefined) sawArmed(turn, partition, was);
  if (frame.code === '655') {
    // Bypasses are known of the keypad's partition only; the disarming of another one ends none of them.
    if (partition === KEYPAD_PARTITION) turn.paint(withEveryZone(turn.picture, { isBypassed: false }));
    if (was.state !== 'disarmed') sawDisarmed(turn, partition);
  }
  const { exitDelaySeconds, entryDelaySeconds } = turn.options;
  if (is.state !== was.state && is.state === 'exitDelay') turn.emit('exit-delay-started', { partition, ...delay(exitDelaySeconds) });
  if (is.state !== was.state && is.state === 'entryDelay') turn.emit('entry-delay-started', { partition, ...delay(entryDelaySeconds) });
  if (is.isSounding && !was.isSounding) turn.emit('alarm-raised', { partition, zones: [...zonesInAlarm(turn, partition)], isLate: false });
  if (!is.isSounding && was.isSounding && is.state === 'alarm') turn.emit('alarm-silenced', { partition });
}

const delay = (delaySeconds: number | undefined) => (delaySeconds === undefined ? {} : { delaySeconds });

/** The zones in alarm that belong to a partition, or to nobody knows which. */
export function zonesInAlarm(turn: Turn, partition: number): readonly number[] {
  return Object.entries(turn.picture.zones)
    .filter(([, zone]) => zone.isInAlarm && (zone.partition === undefined || zone.partition === partition))
    .map(([zone]) => Number(zone));
}

// prettier-ignore
const zoneLines: Readonly<Record<string, { readonly change: object; readonly event: EventName & `zone-${string}` }>> = {
  '601': { change: { isInAlarm: true }, event: 'zone-alarm' },
  '602': { change: { isInAlarm: false }, event: 'zone-alarm-restored' },
  '603': { change: { isTampered: true }, event: 'zone-tampered' },
  '604': { change: { isTampered: false }, event: 'zone-tamper-restored' },
  '605': { change: { isFaulty: true }, event: 'zone-faulted' },
  '606': { change: { isFaulty: false }, event: 'zone-fault-restored' },
  '609': { change: { state: 'open', isVerified: true }, event: 'zone-opened' },
  '610': { change: { state: 'closed', isVerified: true }, event: 'zone-restored' },
};

function foldZone(turn: Turn, { code, data }: Frame): void {
  const hasPartition = data.length === 4;
  const zone = zoneOf(data, hasPartition ? 1 : 0);
  const line = zoneLines[code];
  if (zone === undefined || line === undefined) return;
  const configured = turn.options.zones?.find((entry) => entry.zone === zone);
  const partition = hasPartition ? partitionOf(data) : (configured?.partition ?? zoneIn(turn.picture, zone).partition);
  const before = zoneIn(turn.picture, zone);
  turn.paint(withZone(turn.picture, zone, { ...line.change, partition }));
  // A contact line that repeats what is known is a repetition; an alarm is told each time it is raised.
  const isNews =
    MOMENTS.has(code) || Object.entries(line.change).some(([key, is]) => key !== 'isVerified' && before[key as keyof typeof before] !== is);
  if (!isNews) return;
  const where = { zone, ...(partition === undefined ? {} : { partition }) };
  turn.emit(line.event, { ...where, ...(configured?.label === undefined ? {} : { label: configured.label }) });
  if (configured?.kind !== 'holdUp') return;
  if (code === '601') turn.emit('hold-up-raised', { source: 'zone', ...where });
  if (code === '602') turn.emit('hold-up-restored', { source: 'zone', ...where });
}

function foldEmergency(turn: Turn, code: string): void {
  switch (code) {
    case '620':
      turn.emit('duress-used', {});
      return;
    case '621':
      turn.emit('fire-raised', { source: 'key' });
      return;
    case '622':
      turn.emit('fire-restored', { source: 'key' });
      return;
    case '623':
      turn.emit('auxiliary-raised', { source: 'key' });
      return;
    case '624':
      turn.emit('auxiliary-restored', { source: 'key' });
      return;
    case '625':
      turn.emit('hold-up-raised', { source: 'panicKey' });
      return;
    case '626':
      turn.emit('hold-up-restored', { source: 'panicKey' });
      return;
    case '631':
      turn.emit('auxiliary-raised', { source: 'input' });
      return;
    case '632':
      turn.emit('auxiliary-restored', { source: 'input' });
      return;
    default:
      return;
  }
}

// prettier-ignore
const troubleLines: Readonly<Record<string, readonly [kind: SupervisedLine, isRaised: boolean]>> = {
  '800': ['battery', true], '801': ['battery', false], '802': ['ac', true], '803': ['ac', false], '806': ['bell', true], '807': ['bell', false],
  '810': ['phoneLine1', true], '811': ['phoneLine1', false], '812': ['phoneLine2', true], '813': ['phoneLine2', false],
  '814': ['communication', true], '816': ['eventBuffer', true], '821': ['zoneBattery', true], '822': ['zoneBattery', false],
  '825': ['keyBattery', true], '826': ['keyBattery', false], '827': ['keypadBattery', true], '828': ['keypadBattery', false],
  '831': ['escort', true], '832': ['escort', false], '842': ['fire', true], '843': ['fire', false],
};

function foldTrouble(turn: Turn, { code, data }: Frame): void {
  if (code === '840' || code === '841') {
    foldTroubleLamp(turn, partitionOf(data), code === '840');
    return;
  }
  if (code === '829' || code === '830') {
    const hasSystemTamper = code === '829';
    if (turn.picture.hasSystemTamper === hasSystemTamper) return;
    turn.paint({ ...turn.picture, hasSystemTamper });
    turn.emit(hasSystemTamper ? 'tamper-raised' : 'tamper-restored', {});
    return;
  }
  const line = troubleLines[code];
  if (line === undefined) return;
  const [kind, isRaised] = line;
  const before = turn.picture;
  let where = {};
  if (kind === 'zoneBattery') {
    const zone = zoneOf(data, 0);
    if (zone === undefined) return;
    turn.paint(withZone(turn.picture, zone, { isBatteryLow: isRaised }));
    where = { zone };
  } else if (kind === 'keyBattery' || kind === 'keypadBattery') {
    where = { device: Number(data) || 0 };
  } else {
    turn.paint(withLine(turn.picture, kind, isRaised ? 'trouble' : 'ok'));
  }
  const isDevice = kind === 'keyBattery' || kind === 'keypadBattery';
  if (isDevice || turn.picture !== before) turn.emit(isRaised ? 'trouble-raised' : 'trouble-restored', { kind, ...where });
}

/** No partition in trouble: whatever has no restore code of its own (814, 816) is over too. */
function foldTroubleLamp(turn: Turn, partition: number | undefined, hasTrouble: boolean): void {
  if (partition === undefined) return;
  turn.paint(withPartition(turn.picture, partition, { hasTrouble }));
  if (hasTrouble || Object.values(turn.picture.partitions).some((other) => other.hasTrouble)) return;
  for (const kind of ['communication', 'eventBuffer'] as const satisfies readonly WatchedLine[]) {
    if (turn.picture.lines[kind] !== 'trouble') continue;
    turn.paint(withLine(turn.picture, kind, 'ok'));
    turn.emit('trouble-restored', { kind });
  }
}

/** Lamps 3 (memory), 4 (bypass) and 9 (AC) say what no event says as well. */
export function foldLamp(turn: Turn, data: string): void {
  const [lamp, shows] = [data[0], data[1]];
  if (lamp === '3') turn.paint(withMemory(turn, shows !== '0'));
  if (lamp === '4') {
    turn.paint({ ...turn.picture, bypass: shows === '0' ? 'none' : 'some' });
    // On the way through the bypass menu the lamp blinks out between two presses; there the display tells of each zone.
    const isInMenu = turn.state.task?.kind === 'command' && turn.state.task.bypass !== undefined;
    if (shows === '0' && !isInMenu) turn.paint(withEveryZone(turn.picture, { isBypassed: false }));
  }
  if (lamp === '9' && shows !== '2') turn.paint(withLine(turn.picture, 'ac', shows === '1' ? 'ok' : 'trouble'));
}

function withMemory(turn: Turn, hasAlarmMemory: boolean) {
  return turn.picture.hasAlarmMemory === hasAlarmMemory ? turn.picture : { ...turn.picture, hasAlarmMemory };
}

function foldPartitionMoment(turn: Turn, { code, data }: Frame): void {
  const partition = partitionOf(data);
  if (partition === undefined) return;
  const userNumber = Number(data.slice(1, 5));
  switch (code) {
    case '658':
      turn.paint(withPartition(turn.picture, partition, { isLockedOut: true }));
      {
        turn.emit('keypad-locked-out', { partition });
        return;
      }
    case '670':
      turn.emit('code-rejected', { partition });
      return;
    case '672':
      turn.emit('arming-failed', { partition });
      return;
    case '700':
      sawClosing(turn, partition, { userNumber });
      return;
    case '701':
      turn.emit('special-closing', { partition });
      {
        sawClosing(turn, partition, { special: true });
        return;
      }
    case '702':
      turn.emit('partial-closing', { partition });
      return;
    case '750':
      sawOpening(turn, partition, { userNumber });
      return;
    case '751':
      turn.emit('special-opening', { partition });
      {
        sawOpening(turn, partition, { special: true });
        return;
      }
    default:
      return;
  }
}

/**
 * The same moment again as the very next line and at once: the line repeats, not the panel. Anything in between
 * makes it news, for an alarm told twice is better than one not told.
 */
function isEcho(turn: Turn, { code, data }: Frame): boolean {
  const moment = MOMENTS.has(code) ? code + data : undefined;
  const isSame = moment !== undefined && turn.state.lastMoment === moment;
  if (turn.state.lastMoment !== moment) turn.set({ lastMoment: moment });
  if (moment !== undefined && !isSame) turn.arm('echo', ECHO_MS);
  return isSame;
}
