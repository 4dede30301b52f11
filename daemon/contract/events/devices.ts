import { event } from '../../../drivers/kit/family.ts';
import { Type, oneOf, record } from '../../../drivers/kit/schema.ts';
import { ErrorCodeText, Instant, Text } from './words.ts';

export const OutcomeFacts = record({
  kind: oneOf(['done', 'refused', 'failed', 'in-doubt'], 'The four ways to end.'),
  code: Type.Optional(ErrorCodeText),
  detail: Type.Optional(Text),
  result: Type.Optional(Type.Unknown({ description: 'Present when done; shaped as the family’s command says.' })),
});

export const phaseWords = ['absent', 'opening', 'identifying', 'online', 'waiting', 'quarantined', 'stopped'] as const;
export type PhaseWord = (typeof phaseWords)[number];

/** What supervision says about any device, whatever its family. The entry’s `device` names it. */
export const deviceEvents = {
  'device.phase-changed': event(
    'Supervision moved a device to another phase.',
    record({
      phase: oneOf(phaseWords),
      attempt: Type.Optional(Type.Integer({ minimum: 0 })),
      because: Type.Optional(ErrorCodeText),
      untilAt: Type.Optional(Instant),
    }),
  ),
  'device.identified': event(
    'A device said who it is.',
    record({ maker: Type.Optional(Text), model: Type.Optional(Text), firmware: Type.Optional(Text), serial: Type.Optional(Text) }),
  ),
  'device.junk-received': event(
    'Bytes that are no frame came from a device (merged per second).',
    record({
      reason: oneOf(['checksum', 'length', 'unframed', 'overflow', 'unknown']),
      byteCount: Type.Integer({ minimum: 1 }),
      hexStart: Type.String({ maxLength: 64, description: 'The first bytes, as hex.' }),
    }),
  ),
  'device.claimed': event('A flow or a person holds the device for itself.', record({ owner: Text })),
  'device.released': event('The device is free again.', record({ owner: Text, isForced: Type.Boolean() })),
  'device.command-started': event(
    'A command is about to be given to a device; nothing has left yet.',
    record({ command: Text, args: Type.Unknown({ description: 'Arguments without secrets.' }), repeat: oneOf(['safe', 'unsafe']) }),
  ),
  'device.command-settled': event('A command ended, in one of four ways.', record({ command: Text, outcome: OutcomeFacts })),
} as const;
