import { SECRET, Type, oneOf, record, type Static } from '../../kit/schema.ts';
import { PartitionNumber, ZoneKind, ZoneNumber } from '../words.ts';

/** What a branch configures about one panel. */
export const options = record({
  code: Type.Optional(
    Type.String({
      pattern: '^(\\d{4}|\\d{6})$',
      description: 'The service code counterd arms and disarms with. Maintenance codes do not work.',
      ...SECRET,
    }),
  ),
  codeForm: Type.Optional(
    oneOf(
      ['6', '4'],
      'How a code is sent when the panel asks for one: six digits padded with 00, or partition and four digits. The guide has both.',
    ),
  ),
  partitions: Type.Optional(
    Type.Array(PartitionNumber, { minItems: 1, maxItems: 8, uniqueItems: true, description: 'Partitions in use; 1 if absent.' }),
  ),
  zones: Type.Optional(
    Type.Array(
      record({
        zone: ZoneNumber,
        partition: Type.Optional(PartitionNumber),
        kind: Type.Optional(ZoneKind),
        place: Type.Optional(Type.String({ maxLength: 40, description: 'The room or area, for the plan.' })),
        label: Type.Optional(Type.String({ maxLength: 64, description: 'Instead of the panel’s own.' })),
      }),
      { maxItems: 64, description: 'Zones in use, and what the protocol does not tell about them. All 64 if absent.' },
    ),
  ),
  exitDelaySeconds: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 255,
      description: 'As programmed in the panel; for the count-down on the screen, and to tell a cancelled arming from a disarming.',
    }),
  ),
  entryDelaySeconds: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 255, description: 'As programmed in the panel; for the count-down on the screen.' }),
  ),
  hasTimeBroadcast: Type.Optional(
    Type.Boolean({ description: 'Ask the panel to tell its clock every four minutes, or not to. Left as it is if absent.' }),
  ),
  pollSeconds: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 14, description: 'Quiet time before the panel is asked whether it lives; 10 if absent.' }),
  ),
  reconcileSeconds: Type.Optional(
    Type.Integer({ minimum: 30, maximum: 3600, description: 'Time between full comparisons; 300 if absent.' }),
  ),
});
export type PanelOptions = Static<typeof options>;
