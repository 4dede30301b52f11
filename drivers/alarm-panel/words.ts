/** The words and records of the alarm panel family; `family.ts` builds status, events and commands from them. */
import { Type, oneOf, record, type Static } from '../kit/schema.ts';
import { DoorState } from '../kit/vocabulary.ts';

export const PartitionNumber = Type.Integer({ minimum: 1, maximum: 8, description: 'Partition as the panel numbers it.' });
export const ZoneNumber = Type.Integer({ minimum: 1, maximum: 128, description: 'Zone as the panel numbers it.' });
export const UserNumber = Type.Integer({ minimum: 0, maximum: 9999, description: 'User number of the panel, never the code.' });

export const ArmMode = oneOf(['away', 'stay', 'awayNoDelay', 'stayNoDelay'], 'How a partition is armed.');
export type ArmMode = 'away' | 'stay' | 'awayNoDelay' | 'stayNoDelay';

export const PartitionState = oneOf(
  ['unknown', 'disarmed', 'exitDelay', 'armed', 'entryDelay', 'alarm'],
  '`alarm` does not end with the bell: it ends when somebody disarms.',
);
export type PartitionState = 'unknown' | 'disarmed' | 'exitDelay' | 'armed' | 'entryDelay' | 'alarm';

export const ZoneKind = oneOf(
  ['door', 'window', 'motion', 'vault', 'glass', 'holdUp', 'fire', 'tamper', 'other'],
  'What a zone watches. `holdUp`, `vault`, `fire` and `tamper` watch 24 hours and are never bypassed by counterd.',
);
export type ZoneKind = Static<typeof ZoneKind>;

export const LineState = oneOf(['ok', 'trouble', 'unknown'], 'A supervised supply or path. `unknown` is shown, never guessed.');
export type LineState = 'ok' | 'trouble' | 'unknown';

export const SupervisedLine = oneOf([
  'ac',
  'battery',
  'bell',
  'communication',
  'phoneLine1',
  'phoneLine2',
  'fire',
  'escort',
  'eventBuffer',
  'zoneBattery',
  'keyBattery',
  'keypadBattery',
]);
export type SupervisedLine = Static<typeof SupervisedLine>;

export const PartitionStatus = record({
  partition: PartitionNumber,
  label: Type.Optional(Type.String()),
  state: PartitionState,
  isReady: Type.Boolean({ description: 'Every zone is closed or bypassed: arming is possible.' }),
  canForceArm: Type.Boolean({ description: 'Only zones that may be left open are open.' }),
  mode: Type.Optional(ArmMode),
  isSounding: Type.Boolean({ description: 'In alarm and the bell time is not over.' }),
  hasTrouble: Type.Boolean(),
  isLockedOut: Type.Boolean({ description: 'Too many wrong codes at a keypad.' }),
});
export type PartitionStatus = Static<typeof PartitionStatus>;

export const ZoneStatus = record({
  zone: ZoneNumber,
  label: Type.Optional(Type.String()),
  partition: Type.Optional(PartitionNumber),
  kind: Type.Optional(ZoneKind),
  place: Type.Optional(Type.String({ description: 'The room it is in, as the branch calls it.' })),
  state: DoorState,
  isInAlarm: Type.Boolean(),
  isTampered: Type.Boolean(),
  isFaulty: Type.Boolean(),
  isBypassed: Type.Boolean({
    description: 'As last read on our order; true as well when that is in doubt. Keypads may have changed it since.',
  }),
  isBatteryLow: Type.Boolean(),
  verified: Type.Boolean({ description: 'False while the panel may still be telling its power-up defaults.' }),
});
export type ZoneStatus = Static<typeof ZoneStatus>;

export const LabelKind = oneOf(['zone', 'partition', 'output', 'fire', 'failedToArm', 'alarmWhenArmed']);
export type LabelKind = Static<typeof LabelKind>;

/** One thing that is not as it was believed to be before the panel was asked again. */
export const Difference = record({
  subject: oneOf(['partition', 'zone', 'ac', 'trouble', 'bypass', 'alarmMemory']),
  number: Type.Optional(Type.Integer({ minimum: 1, maximum: 128, description: 'Of the partition or zone.' })),
  was: Type.String(),
  is: Type.String(),
});
export type Difference = Static<typeof Difference>;

export const ResyncReason = oneOf(
  ['opened', 'restarted', 'damaged', 'periodic', 'settled', 'asked', 'unconfirmed'],
  'Why the panel was asked for everything: a new link, a panel that restarted, damaged or missing answers, the clock, the end of the unverified time, a person, a command without an answer.',
);
export type ResyncReason = Static<typeof ResyncReason>;
