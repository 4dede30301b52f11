import { event } from '../../../drivers/kit/family.ts';
import { Type, oneOf, record } from '../../../drivers/kit/schema.ts';
import { DeviceId, ErrorCodeText, Instant, Text } from './words.ts';

const ApprovalId = Type.String({ pattern: '^[0-9A-Za-z-]{8,64}$' });

/** What an approval is about. The approval is bound to exactly this by `contentHash` (P-5). */
export const ApprovalContent = record({
  action: oneOf(['arm', 'disarm', 'bypass'], 'What will be done when granted.'),
  device: DeviceId,
  partition: Type.Integer({ minimum: 1, maximum: 8 }),
  mode: Type.Optional(oneOf(['away', 'stay'], 'Of arming, and only of it.')),
  zones: Type.Optional(
    Type.Array(Type.Integer({ minimum: 1, maximum: 128 }), {
      minItems: 1,
      maxItems: 8,
      uniqueItems: true,
      description: 'To be bypassed until the next disarming.',
    }),
  ),
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '\\S', description: 'Why zones are to be bypassed.' })),
});

/** Dual control (P-4, P-5, A-1): one person asks, another with a login of their own opens and decides. */
export const approvalEvents = {
  'approval.requested': event(
    'A person asked for something that needs a second one.',
    record({
      approvalId: ApprovalId,
      content: ApprovalContent,
      contentHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
      expiresAt: Instant,
    }),
  ),
  'approval.opened': event('Somebody who may decide has opened the content.', record({ approvalId: ApprovalId })),
  'approval.granted': event(
    'A second person granted it; it is carried out once, now.',
    record({ approvalId: ApprovalId, contentHash: Type.String() }),
  ),
  'approval.refused': event('A second person refused it.', record({ approvalId: ApprovalId, reason: Text })),
  'approval.withdrawn': event('Whoever asked took it back.', record({ approvalId: ApprovalId })),
  'approval.expired': event('Nobody decided in time.', record({ approvalId: ApprovalId })),
  'approval.used': event(
    'The granted act ended like this.',
    record({
      approvalId: ApprovalId,
      outcome: oneOf(['done', 'refused', 'failed', 'in-doubt']),
      code: Type.Optional(ErrorCodeText),
    }),
  ),
  'approval.missing': event(
    'The panel was armed or disarmed with no approval pending: at its own keypad, by key switch, or by somebody else (无批准).',
    record({
      action: oneOf(['arm', 'disarm']),
      partition: Type.Integer(),
      userNumber: Type.Optional(Type.Integer()),
      special: Type.Boolean(),
    }),
  ),
} as const;
