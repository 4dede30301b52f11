/**
 * Alarm panels: partitions that people arm and disarm, zones that open, and what is raised in between.
 * A panel acts on its own and tells; what it told is never a proof of what it did not tell, so every model
 * merges its events with snapshots it asks for, and says of each fact whether it is verified.
 */
import { command, defineFamily, event } from '../kit/family.ts';
import { Type, record } from '../kit/schema.ts';
import {
  ArmMode,
  Difference,
  LabelKind,
  LineState,
  PartitionNumber,
  PartitionStatus,
  ResyncReason,
  SupervisedLine,
  UserNumber,
  ZoneNumber,
  ZoneStatus,
} from './words.ts';
import { oneOf } from '../kit/schema.ts';

const status = record({
  verified: Type.Boolean({ description: 'False until the panel has been asked for everything and its power-up time is over.' }),
  partitions: Type.Array(PartitionStatus, { maxItems: 8 }),
  zones: Type.Array(ZoneStatus, { maxItems: 128 }),
  alarmMemory: Type.Boolean(),
  tamper: Type.Boolean({ description: 'System tamper, or any zone tampered.' }),
  trouble: Type.Boolean(),
  lockout: Type.Boolean(),
  bypass: oneOf(['none', 'some', 'unknown'], 'Whether the panel says that zones are bypassed, known to us or not.'),
  ac: LineState,
  battery: LineState,
  bell: LineState,
  communication: LineState,
  phoneLine1: LineState,
  phoneLine2: LineState,
  fire: LineState,
  labels: Type.Array(record({ kind: LabelKind, number: Type.Integer({ minimum: 0 }), text: Type.String() }), { maxItems: 256 }),
  firmware: Type.Optional(Type.String()),
});

const partition = { partition: PartitionNumber };
const onePartition = record(partition);
const oneZone = record({ zone: ZoneNumber, partition: Type.Optional(PartitionNumber), label: Type.Optional(Type.String()) });
const whoOpened = {
  userNumber: Type.Optional(UserNumber),
  special: Type.Optional(Type.Boolean({ description: 'By key switch, remote or other means without a user number.' })),
};
const delay = record({
  ...partition,
  delaySeconds: Type.Optional(Type.Integer({ minimum: 0, description: 'As configured; the panel does not say.' })),
});
const trouble = record({
  kind: SupervisedLine,
  ...{ zone: Type.Optional(ZoneNumber), device: Type.Optional(Type.Integer({ minimum: 0 })) },
  partition: Type.Optional(PartitionNumber),
});
const holdUp = record({ source: oneOf(['zone', 'panicKey']), zone: Type.Optional(ZoneNumber), partition: Type.Optional(PartitionNumber) });
const emergency = record({ source: oneOf(['key', 'input']) });

const events = {
  'status-changed': event('What is believed about the panel changed.', status),
  'zone-opened': event('A zone opened.', oneZone),
  'zone-restored': event('A zone closed.', oneZone),
  'zone-alarm': event('A zone raised an alarm.', oneZone),
  'zone-alarm-restored': event('A zone that had raised an alarm is quiet again.', oneZone),
  'zone-tampered': event('A detector or its wiring was tampered with.', oneZone),
  'zone-tamper-restored': event('A zone’s tamper is over.', oneZone),
  'zone-faulted': event('A zone has a fault.', oneZone),
  'zone-fault-restored': event('A zone’s fault is over.', oneZone),
  'zone-bypassed': event('A zone was bypassed on our order.', oneZone),
  'zone-unbypassed': event('A zone’s bypass ended on our order.', oneZone),
  'exit-delay-started': event('Arming began; people have the exit delay to leave.', delay),
  'entry-delay-started': event('An entry door of an armed partition opened; a code is due.', delay),
  'partition-armed': event(
    'A partition is armed, by whom the panel says.',
    record({ ...partition, mode: Type.Optional(ArmMode), ...whoOpened }),
  ),
  'partition-disarmed': event('A partition was disarmed, by whom the panel says.', record({ ...partition, ...whoOpened })),
  'arming-failed': event('The panel could not arm at the end of the exit delay.', onePartition),
  'partial-closing': event('A partition was armed with zones bypassed.', onePartition),
  'special-closing': event('A partition was armed without a user: quick arm, schedule, key switch, remote.', onePartition),
  'special-opening': event('A partition was disarmed without a user: key switch, remote.', onePartition),
  'alarm-raised': event(
    'A partition went into alarm.',
    record({
      ...partition,
      zones: Type.Array(ZoneNumber, { maxItems: 128 }),
      isLate: Type.Boolean({ description: 'Found by asking, not told: it may have begun earlier.' }),
    }),
  ),
  'alarm-silenced': event('The bell time of an alarm is over. The alarm is not.', onePartition),
  'hold-up-raised': event('Somebody called for help: hold-up button or panic key.', holdUp),
  'hold-up-restored': event('A hold-up button or panic key is back at rest.', holdUp),
  'duress-used': event('A duress code was used. Never shown where a robber can see it.', record({})),
  'fire-raised': event('A fire key or fire loop raised an alarm.', emergency),
  'fire-restored': event('The fire key or loop is back at rest.', emergency),
  'auxiliary-raised': event('An auxiliary (medical) key or input raised an alarm.', emergency),
  'auxiliary-restored': event('The auxiliary key or input is back at rest.', emergency),
  'code-rejected': event('The panel did not accept a code we sent.', onePartition),
  'keypad-locked-out': event('Too many wrong codes: the keypads of a partition are locked.', onePartition),
  'trouble-raised': event('A supervised supply or path failed.', trouble),
  'trouble-restored': event('A supervised supply or path is well again.', trouble),
  'tamper-raised': event('The panel, a module or a keypad was tampered with.', record({})),
  'tamper-restored': event('The system tamper is over.', record({})),
  'time-broadcast': event(
    'The panel told its clock.',
    record({ localTime: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d$' }) }),
  ),
  'label-learnt': event(
    'The panel told the name of something.',
    record({ kind: LabelKind, number: Type.Integer({ minimum: 0 }), text: Type.String() }),
  ),
  resynchronised: event(
    'The panel was asked for everything; the differences were missed while offline or lost on the line.',
    record({ reason: ResyncReason, isComplete: Type.Boolean(), differences: Type.Array(Difference, { maxItems: 256 }) }),
  ),
};

const commands = {
  arm: command({
    doc: 'Arm a partition. Done when the panel says it is armed, which is after the exit delay.',
    args: record({ ...partition, mode: ArmMode }),
    result: record({ ...partition, mode: Type.Optional(ArmMode) }),
    timeoutMs: 300_000,
    repeat: 'unsafe',
  }),
  disarm: command({
    doc: 'Disarm a partition with the service code of the configuration. Also ends a running alarm.',
    args: onePartition,
    result: onePartition,
    timeoutMs: 30_000,
    repeat: 'unsafe',
  }),
  silence: command({
    doc: 'End the alarm of a partition that is not armed. Refused while it is armed: silencing would disarm it.',
    args: onePartition,
    result: onePartition,
    timeoutMs: 30_000,
    repeat: 'unsafe',
  }),
  bypass: command({
    doc: 'Bypass zones of a disarmed partition, or end their bypass. Reads back what the panel shows.',
    args: record({ ...partition, zones: Type.Array(ZoneNumber, { minItems: 1, maxItems: 8 }), isBypassed: Type.Boolean() }),
    result: record({ zones: Type.Array(record({ zone: ZoneNumber, isBypassed: Type.Boolean() })) }),
    timeoutMs: 90_000,
    repeat: 'unsafe',
  }),
  'refresh-status': command({
    doc: 'Ask the panel for everything and compare.',
    args: record({}),
    result: record({ differenceCount: Type.Integer({ minimum: 0 }) }),
    timeoutMs: 20_000,
    repeat: 'safe',
  }),
  'set-clock': command({
    doc: 'Set the panel’s clock to this local time.',
    args: record({ localTime: Type.String({ pattern: '^20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d$' }) }),
    result: record({}),
    timeoutMs: 15_000,
    repeat: 'safe',
  }),
  'read-labels': command({
    doc: 'Ask the panel for the names of zones, partitions and outputs.',
    args: record({}),
    result: record({ labelCount: Type.Integer({ minimum: 0 }) }),
    timeoutMs: 60_000,
    repeat: 'safe',
  }),
  'command-output': command({
    doc: 'Activate a command output, such as a door strike.',
    args: record({ ...partition, output: Type.Integer({ minimum: 1, maximum: 4 }) }),
    result: record({}),
    timeoutMs: 20_000,
    repeat: 'unsafe',
  }),
  'raise-emergency': command({
    doc: 'Raise a panic, fire or auxiliary alarm at once, as the keypad’s keys do.',
    args: record({ kind: oneOf(['panic', 'fire', 'auxiliary']) }),
    result: record({}),
    timeoutMs: 15_000,
    repeat: 'unsafe',
  }),
  'check-health': command({
    doc: 'Ask whether the panel answers.',
    args: record({}),
    result: record({}),
    timeoutMs: 15_000,
    repeat: 'safe',
    health: 'internal',
  }),
};

export const alarmPanel = defineFamily({
  kind: 'alarm-panel',
  status,
  capabilities: record({
    partitionMax: Type.Integer({ minimum: 1, maximum: 8 }),
    zoneMax: Type.Integer({ minimum: 1, maximum: 128 }),
    armModes: Type.Array(ArmMode),
    bypassPartitions: Type.Array(PartitionNumber, { description: 'Partitions whose zones can be bypassed over this interface.' }),
    hasLabels: Type.Boolean(),
    hasClock: Type.Boolean(),
    outputMax: Type.Integer({ minimum: 0 }),
    tellsUser: Type.Boolean({ description: 'Arming and disarming come with the panel’s user number.' }),
  }),
  events,
  commands,
});
export type AlarmPanel = typeof alarmPanel;
