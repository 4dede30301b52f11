/**
 * A day of one simulated branch in minutes: people who come and go, commands, faults of the wire and of the panel,
 * drawn from a seed. It keeps what was done and when the wire was clean, for the checks in `alarm-truth.ts`.
 */
import type { Outcome } from '../../drivers/kit/outcome.ts';
import { model } from '../../drivers/alarm-panel/dsc-it100/driver.ts';
import { simulator } from '../../simulators/alarm-panel/dsc-it100.ts';
import type { Fault } from '../../simulators/kit/faults.ts';
import type { Random } from '../../simulators/kit/random.ts';
import { VirtualClock } from '../../simulators/kit/virtual-clock.ts';
import { MemoryRig } from '../../simulators/serve/memory.ts';

export interface GivenCommand {
  readonly name: string;
  readonly partition: number;
  readonly atMs: number;
  readonly box: { outcome?: Outcome; settleCount: number };
}

/** A time in which a line could be lost, damaged or late. */
export interface Disturbance {
  readonly kind: Fault['kind'];
  readonly fromMs: number;
  untilMs: number;
}

export interface AlarmDay {
  readonly rig: MemoryRig;
  readonly clock: VirtualClock;
  readonly commands: readonly GivenCommand[];
  readonly disturbances: readonly Disturbance[];
}

const doors = [1, 2, 5, 10, 12, 13, 17] as const;
const detectors = [3, 4, 6, 9, 11, 18] as const;
const buttons = [7, 8, 14] as const;
const people = ['周洁', '李强', '王敏'] as const;

const zoneOptions = [
  ...doors.map((zone) => ({ zone, kind: 'door' })),
  ...detectors.map((zone) => ({ zone, kind: 'motion' })),
  ...buttons.map((zone) => ({ zone, kind: 'holdUp', label: `button ${String(zone)}` })),
];

/** Lives through one day and ends it: faults cleared, the link opened again, everything asked for. */
export function liveThroughAlarmDay(random: Random, actionCount: number): AlarmDay {
  const day = startDay(random);
  const { rig, clock } = day;
  // Swarm: each day has some kinds of trouble turned off altogether.
  const hasFaults = random.chance(0.85);
  const faults = faultKinds.filter(() => random.chance(0.5));
  for (let action = 0; action < actionCount; action++) {
    clock.advance(random.pick([200, 900, 3_000, 3_000, 9_000, 30_000, 60_000]) * (0.5 + random.next()));
    const roll = random.next();
    if (roll < 0.55) gesture(day, random);
    else if (roll < 0.8 || !hasFaults) command(day, random);
    else disturb(day, random, faults);
  }
  clearFaults(day);
  clock.advance(30_000);
  begin(day, 'unplug');
  rig.fault({ kind: 'unplug' });
  clock.advance(1_000);
  clearFaults(day);
  // Alarms, delays, lock-outs and the unverified time run out; the longest command settles.
  clock.advance(330_000);
  rig.execute('refresh-status', {});
  clock.advance(15_000);
  return day;
}

interface OpenDay extends AlarmDay {
  readonly commands: GivenCommand[];
  readonly disturbances: Disturbance[];
}

function startDay(random: Random): OpenDay {
  const clock = new VirtualClock();
  const exitDelaySeconds = random.pick([0, 10, 45]);
  const options = {
    exitDelaySeconds,
    ...(random.chance(0.9) ? { code: '1234' } : {}),
    codeForm: random.pick(['6', '4']),
    partitions: [1, 2],
    zones: zoneOptions,
    ...(random.chance(0.5) ? { hasTimeBroadcast: random.chance(0.5) } : {}),
  };
  const world = {
    exitDelaySeconds,
    entryDelaySeconds: random.pick([10, 30]),
    bellSeconds: random.pick([20, 120]),
    canQuickArm: random.chance(0.4),
    needsCodeToBypass: random.chance(0.3),
    lockoutAfter: 4,
    lockoutSeconds: 60,
  };
  const rig = new MemoryRig({ model, simulator, clock, options, world, random: random.fork('rig') });
  const day: OpenDay = { rig, clock, commands: [], disturbances: [] };
  // The port is noisy when it opens, and nothing is known before the first snapshot.
  begin(day, 'corrupt');
  rig.start();
  clock.advance(4_000);
  end(day, 'corrupt');
  return day;
}

function gesture({ rig }: OpenDay, random: Random): void {
  const partition = random.pick([1, 1, 2]);
  const acts: readonly [() => unknown, ...(() => unknown)[]] = [
    () => rig.gesture('open-door', { zone: random.pick(doors) }),
    () => rig.gesture('close-door', { zone: random.pick(doors) }),
    () => doors.map((zone) => rig.gesture('close-door', { zone })),
    () => rig.gesture('walk', { zone: random.pick(detectors) }),
    () => rig.gesture('enter-code', { partition, person: random.pick(people) }),
    () => rig.gesture('enter-code', { partition, person: random.pick(people) }),
    () => rig.gesture('enter-code', { partition, person: random.pick(['周洁', '李强']), isDuress: true }),
    () => rig.gesture('press-keys', { partition, keys: random.pick(['9999', 'a', 'b', '*0', '*105#', '7', 'P', 'F']) }),
    () => rig.gesture('hold-up', random.chance(0.8) ? { zone: random.pick(buttons) } : {}),
    () => buttons.map((zone) => rig.gesture('reset-hold-up', { zone })),
    () => rig.gesture('turn-key', { partition }),
    () => rig.gesture(random.pick(['tamper', 'restore-tamper']), random.chance(0.5) ? { zone: random.pick(doors) } : {}),
    () =>
      rig.gesture(random.pick(['raise-trouble', 'clear-trouble', 'clear-trouble']), {
        kind: random.pick(['ac', 'battery', 'bell', 'communication', 'phoneLine1']),
      }),
    () => rig.gesture(random.pick(['enter-installer-mode', 'leave-installer-mode', 'leave-installer-mode'])),
    () => rig.gesture('drift-clock', { minutes: random.integer(-90, 90) }),
  ];
  random.pick(acts)();
}

function command({ rig, clock, commands }: OpenDay, random: Random): void {
  const partition = random.pick([1, 1, 2]);
  const [name, args] = random.pick<readonly [string, object]>([
    ['arm', { partition, mode: random.pick(['away', 'away', 'stay', 'awayNoDelay', 'stayNoDelay']) }],
    ['arm', { partition, mode: 'away' }],
    ['disarm', { partition }],
    ['disarm', { partition }],
    ['silence', { partition }],
    ['bypass', { partition, zones: random.pick([[5], [1, 13], [12], [7]]), isBypassed: random.chance(0.6) }],
    ['refresh-status', {}],
    ['check-health', {}],
    ['set-clock', { localTime: '2026-11-22T09:15' }],
    ['read-labels', {}],
    ['command-output', { partition, output: 2 }],
    ['raise-emergency', { kind: random.pick(['panic', 'fire', 'auxiliary']) }],
  ]);
  const atMs = clock.nowMs();
  const repeats = random.chance(0.15) ? 2 : 1;
  for (let i = 0; i < repeats; i++) commands.push({ name, partition, atMs, box: rig.execute(name, args) });
}

const faultKinds: readonly Fault['kind'][] = [
  'silence',
  'unplug',
  'corrupt',
  'drop',
  'split',
  'slow',
  'answer-twice',
  'answer-late',
  'busy',
  'power-cut',
  'wrong-identity',
];

function disturb(day: OpenDay, random: Random, kinds: readonly Fault['kind'][]): void {
  const { rig, disturbances } = day;
  const open = disturbances.filter(({ untilMs }) => untilMs === Infinity);
  const [kind] = kinds.slice(random.integer(0, Math.max(0, kinds.length - 1)));
  if (open.length > 0 && random.chance(0.7)) {
    clearFaults(day);
    return;
  }
  if (kind === undefined || open.some((one) => one.kind === kind)) return;
  begin(day, kind);
  rig.fault(faultOf(kind, random));
}

function faultOf(kind: Fault['kind'], random: Random): Fault {
  switch (kind) {
    case 'corrupt':
    case 'drop':
      return { kind, ratio: random.pick([0.002, 0.02, 0.2]) };
    case 'split':
      return { kind, everyBytes: random.integer(1, 8) };
    case 'slow':
    case 'answer-late':
      return { kind, byMs: random.pick([100, 1_500, 8_000]) };
    case 'busy':
      return { kind, forMs: random.integer(1_000, 60_000) };
    default:
      return { kind };
  }
}

function clearFaults(day: OpenDay): void {
  for (const { kind, untilMs } of [...day.disturbances]) {
    if (untilMs !== Infinity) continue;
    day.rig.clear(kind);
    end(day, kind);
  }
}

function begin({ clock, disturbances }: OpenDay, kind: Fault['kind']): void {
  disturbances.push({ kind, fromMs: clock.nowMs(), untilMs: Infinity });
}

function end({ clock, disturbances }: OpenDay, kind: Fault['kind']): void {
  for (const one of disturbances) {
    if (one.kind === kind && one.untilMs === Infinity) one.untilMs = clock.nowMs();
  }
}
