/** What somebody who stands in the branch and at the keypad sees. */
import { roomOf } from '../../world/building.ts';
import { displayText, keypadOf } from './keypad.ts';
import type { Panel } from './panel.ts';
import { readyCode } from './partitions.ts';
import { lampsOf } from './report.ts';
import { Step, clockDigits } from './step.ts';

const LAMPS = ['ready', 'armed', 'memory', 'bypass', 'trouble', 'program', 'fire', 'backlight', 'ac'];
const LAMP_STATES = ['off', 'on', 'flashing'];

export function viewOf(panel: Panel): Readonly<Record<string, unknown>> {
  const step = new Step(panel);
  const lamps = lampsOf(step);
  return {
    isPowered: panel.isPowered,
    isInstallerMode: panel.isInstallerMode,
    clock: clockDigits(panel.clockMinutes),
    lamps: Object.fromEntries(LAMPS.map((name, at) => [name, LAMP_STATES[Number(lamps[at])] ?? 'off'])),
    lastBeep: panel.lastBeep,
    troubles: panel.troubles,
    partitions: panel.programming.partitions.map(({ partition, label }) => partitionView(step, partition, label)),
    zones: panel.programming.zones.map((wiring) => zoneView(step, wiring.zone)),
    people: panel.people.map(({ name, role, userNumber, duress }) => ({ name, role, userNumber, hasDuress: duress !== undefined })),
  };
}

function partitionView(step: Step, partition: number, label: string): Readonly<Record<string, unknown>> {
  const { phase, mode, secondsLeft, bellSecondsLeft, hasMemory, isAlarmOpen, lockoutSecondsLeft } = step.partition(partition);
  const text = displayText(step, keypadOf(partition));
  return {
    partition,
    label,
    phase,
    mode: ['away', 'stay', 'awayNoDelay', 'stayNoDelay'][mode],
    secondsLeft,
    isReady: readyCode(step, partition) === '650',
    canForceArm: readyCode(step, partition) === '653',
    isSounding: bellSecondsLeft > 0,
    bellSecondsLeft,
    hasMemory,
    isAlarmOpen,
    isLockedOut: lockoutSecondsLeft > 0,
    display: [text.slice(0, 16), text.slice(16)],
  };
}

function zoneView(step: Step, zone: number): Readonly<Record<string, unknown>> {
  const wiring = step.wiring(zone);
  const point = step.point(zone);
  const room = point === undefined ? undefined : roomOf(step.panel.building, point);
  return {
    zone,
    partition: wiring?.partition,
    type: wiring?.type,
    kind: point?.kind,
    label: point?.name,
    room: room?.name,
    isOpen: point?.isActive === true,
    isTampered: point?.isTampered === true,
    isFaulty: point?.isFaulty === true,
    isBypassed: step.panel.bypassed.includes(zone),
    isInAlarm: step.panel.zonesInAlarm.includes(zone),
  };
}
