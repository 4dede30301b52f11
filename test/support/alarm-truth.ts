/** Holds what the driver told against what happened in the building: the oracle of the alarm panel's simulation. */
import { expect } from 'vitest';
import type { AlarmDay, Disturbance } from './alarm-day.ts';

interface Told {
  readonly atMs: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A fault's effects last on: late bytes arrive, and the next snapshot has to be asked for and applied. */
const AFTERMATH_MS = 25_000;
/** How late a line can be: the slowest fault both ways, a pair that waits, and a long snapshot in front of it. */
const LATE_MS = 40_000;
/** On a clean line an event waits at most for its other half and for a snapshot or a list of labels in front of it. */
const PROMPT_MS = 9_000;
const SERVICE_USER = 1;
const told: Readonly<Record<string, string>> = {
  armed: 'alarm-panel.partition-armed',
  disarmed: 'alarm-panel.partition-disarmed',
  'hold-up': 'alarm-panel.hold-up-raised',
  duress: 'alarm-panel.duress-used',
};
const modes = ['away', 'stay', 'awayNoDelay', 'stayNoDelay'];

/** Every command settled exactly once, and nothing is left behind. */
export function checkSettled({ rig, commands }: AlarmDay): void {
  for (const { name, box } of commands) expect(box.settleCount, `${name} settles exactly once`).toBe(1);
  expect(rig.host.openCommandCount, 'open commands').toBe(0);
  expect(rig.host.armedTimerCount, 'timers of the driver').toBeLessThanOrEqual(3);
  expect(rig.device.armedTimerCount, 'timers of the firmware').toBeLessThanOrEqual(2);
  const state = rig.host.state as Readonly<Record<string, unknown>>;
  for (const list of ['waiting', 'pledges', 'setup']) expect(state[list], list).toEqual([]);
  expect(state['pairs'], 'pairs').toEqual({});
  expect(JSON.stringify(state).length, 'size of the driver’s state').toBeLessThan(20_000);
}

/** What happened on a clean wire is told exactly once, and nothing is told that did not happen. */
export function checkTruths({ rig, disturbances }: AlarmDay): void {
  const events = rig.events as readonly Told[];
  for (const [type, eventType] of Object.entries(told)) {
    const truths = rig.truths.filter((truth) => truth.type === type);
    const open = events.filter((event) => event.type === eventType);
    for (const truth of truths.filter(({ atMs }) => isClean(disturbances, atMs))) {
      const event = take(open, truth, PROMPT_MS);
      expect(event, `${type} at ${String(truth.atMs)} is told: ${JSON.stringify(truth.data)}`).toBeDefined();
      expect(event?.data, `${type} is told whole`).toMatchObject(wholeOf(type, truth.data));
    }
    // What happened while something was wrong may be told late, in part, or as a difference instead.
    for (const truth of truths.filter(({ atMs }) => !isClean(disturbances, atMs))) take(open, truth, LATE_MS);
    // A checksum of one byte lets some damage pass; while bytes are altered nobody can promise more.
    const invented = open.filter((event) => !isNear(disturbances, event.atMs, ['corrupt', 'drop']));
    expect(invented, `${eventType} without a cause`).toEqual([]);
  }
}

/** Done means it happened; refused and failed mean it did not; nothing happened twice. */
export function checkOutcomes({ rig, commands, disturbances }: AlarmDay): void {
  for (const [name, type] of [
    ['arm', 'armed'],
    ['disarm', 'disarmed'],
  ] as const) {
    const given = commands.filter((command) => command.name === name || (name === 'disarm' && command.name === 'silence'));
    const mine = rig.truths.filter((truth) => truth.type === type && truth.data['userNumber'] === SERVICE_USER);
    for (const truth of mine) {
      const sources = given.filter(({ partition, atMs }) => partition === truth.data['partition'] && atMs <= truth.atMs);
      const isMeant = sources.some(({ box }) => box.outcome?.kind === 'done' || box.outcome?.kind === 'in-doubt');
      if (isNear(disturbances, truth.atMs, ['corrupt', 'drop'])) continue;
      expect(isMeant, `${type} at ${String(truth.atMs)} comes from a command that did not deny it`).toBe(true);
    }
    const effects = given.filter(({ box }) => box.outcome?.kind === 'done' || box.outcome?.kind === 'in-doubt').length;
    expect(mine.length, `${type} by the service code at most once per command`).toBeLessThanOrEqual(effects);
  }
}

/** With the faults gone and the panel asked, what is believed is what is. */
export function checkPicture({ rig }: AlarmDay): void {
  const status = rig.statuses.at(-1)?.status as StatusSeen;
  const view = rig.view() as unknown as ViewSeen;
  expect(status.verified, 'verified').toBe(true);
  for (const real of view.partitions) {
    const believed = status.partitions.find(({ partition }) => partition === real.partition);
    expect(believed, `partition ${String(real.partition)}`).toMatchObject(partitionExpected(real, believed));
  }
  for (const real of view.zones) {
    const believed = status.zones.find(({ zone }) => zone === real.zone);
    expect(believed?.state, `zone ${String(real.zone)}`).toBe(real.isOpen ? 'open' : 'closed');
    expect(believed?.verified, `zone ${String(real.zone)} verified`).toBe(true);
    if (!real.isOpen) expect(believed?.isInAlarm, `zone ${String(real.zone)} in alarm`).toBe(false);
  }
  const hasBypass = view.zones.some(({ partition, isBypassed }) => partition === 1 && isBypassed);
  expect(status.bypass, 'bypass').toBe(hasBypass ? 'some' : 'none');
  // Which zones people bypass at a keypad, the protocol does not tell; that none is, it does.
  if (!hasBypass) expect(status.zones.filter(({ isBypassed }) => isBypassed)).toEqual([]);
  expect(status.ac, 'ac').toBe(view.troubles.includes('ac') ? 'trouble' : 'ok');
  for (const line of ['battery', 'bell', 'communication', 'phoneLine1'] as const) {
    const allowed = view.troubles.includes(line) ? ['trouble', 'unknown'] : ['ok', 'unknown'];
    expect(allowed, line).toContain(status[line]);
  }
}

interface StatusSeen {
  readonly verified: boolean;
  readonly partitions: readonly { readonly partition: number; readonly state: string; readonly mode?: string }[];
  readonly zones: readonly {
    readonly zone: number;
    readonly state: string;
    readonly verified: boolean;
    readonly isInAlarm: boolean;
    readonly isBypassed: boolean;
  }[];
  readonly bypass: string;
  readonly ac: string;
  readonly battery: string;
  readonly bell: string;
  readonly communication: string;
  readonly phoneLine1: string;
}

interface PartitionSeen {
  readonly partition: number;
  readonly phase: string;
  readonly mode: string;
  readonly isReady: boolean;
  readonly isSounding: boolean;
  readonly hasMemory: boolean;
}

interface ViewSeen {
  readonly partitions: readonly PartitionSeen[];
  readonly zones: readonly { readonly zone: number; readonly partition: number; readonly isOpen: boolean; readonly isBypassed: boolean }[];
  readonly troubles: readonly string[];
}

/** An alarm is kept after the bell as long as the panel's memory lamp is on; see the family. */
function partitionExpected(real: PartitionSeen, believed: StatusSeen['partitions'][number] | undefined): object {
  const { phase, mode, isReady, isSounding, hasMemory } = real;
  const isKept = isSounding || (believed?.state === 'alarm' && hasMemory);
  const isArmed = phase === 'armed';
  const state = isKept ? 'alarm' : isArmed ? 'armed' : 'disarmed';
  return { state, isSounding, ...(isArmed ? { mode } : {}), ...(isArmed || isKept ? {} : { isReady }) };
}

/** Takes the first event that can be this truth's out of `open`. */
function take(open: Told[], truth: Told, withinMs: number): Told | undefined {
  const at = open.findIndex((event) => isOf(event, truth) && event.atMs >= truth.atMs && event.atMs <= truth.atMs + withinMs);
  return at === -1 ? undefined : open.splice(at, 1)[0];
}

/** The event's own words do not contradict the truth; a lost half may be missing. */
function isOf(event: Told, truth: { readonly type: string; readonly data: Readonly<Record<string, unknown>> }): boolean {
  const whole = wholeOf(truth.type, truth.data);
  return Object.entries(whole).every(([key, value]) => event.data[key] === undefined || event.data[key] === value);
}

function wholeOf(type: string, data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (type === 'duress') return {};
  const { mode, ...rest } = data;
  return mode === undefined ? rest : { ...rest, mode: modes[Number(mode)] };
}

/** Nothing was wrong with wire or panel from well before until the line is through. */
function isClean(disturbances: readonly Disturbance[], atMs: number): boolean {
  return !disturbances.some(({ fromMs, untilMs }) => atMs >= fromMs - PROMPT_MS && atMs <= untilMs + AFTERMATH_MS);
}

function isNear(disturbances: readonly Disturbance[], atMs: number, kinds: readonly string[]): boolean {
  return disturbances.some(({ kind, fromMs, untilMs }) => kinds.includes(kind) && atMs >= fromMs && atMs <= untilMs + LATE_MS);
}
