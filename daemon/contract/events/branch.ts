import { event } from '../../../drivers/kit/family.ts';
import { Type, oneOf, record } from '../../../drivers/kit/schema.ts';
import { DeviceId, PositionId, Text } from './words.ts';

export const PositionFacts = record({ id: PositionId, name: Text, englishName: Type.Optional(Text), facesPublic: Type.Boolean() });
export const DeviceFacts = record({
  id: DeviceId,
  name: Text,
  englishName: Type.Optional(Text),
  family: oneOf(['passbook-printer', 'cash-counter', 'seal-scanner', 'alarm-panel']),
  model: Text,
  modelName: Text,
  evidence: oneOf(['manual', 'capture', 'public-code', 'unverified']),
  position: Type.Optional(PositionId),
  isSimulated: Type.Boolean(),
});

/** What the branch is: said once at each start, so that everything else can be a fold of the journal. */
export const branchEvents = {
  'branch.started': event(
    'The daemon started with this branch, these positions and these devices.',
    record({
      branchId: Text,
      branchName: Text,
      version: Text,
      isSimulated: Type.Boolean(),
      positions: Type.Array(PositionFacts),
      devices: Type.Array(DeviceFacts),
    }),
  ),
  'branch.stopped': event('The daemon stopped in good order.', record({ reason: oneOf(['signal', 'bug', 'command']) })),
  'branch.demo-prepared': event(
    'Demo people and accounts were created for a simulated branch.',
    record({ personCount: Type.Integer(), accountCount: Type.Integer() }),
  ),
} as const;
