import { Type, oneOf } from '../../../drivers/kit/schema.ts';

/** Words and value shapes that several areas of the contract share. */

export const PersonId = Type.String({ pattern: '^[0-9A-Za-z]{1,16}$', description: 'Person number (工号).' });
export const PositionId = Type.String({ pattern: '^[0-9A-Za-z-]{1,32}$', description: 'Position (柜口) id from the configuration.' });
export const DeviceId = Type.String({ pattern: '^[0-9A-Za-z-]{1,64}$', description: 'Device id from the configuration.' });
export const FlowId = Type.String({
  pattern: '^[0-9A-Za-z-]{8,64}$',
  description: 'One instance of a workflow; chosen by whoever starts it.',
});
export const CommandKey = Type.String({
  pattern: '^[0-9A-Za-z-]{8,64}$',
  description: 'One intention of one person. The same id again is the same intention.',
});
export const Instant = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$',
  description: 'UTC, by the daemon’s clock.',
});
export const AmountMinor = Type.String({ pattern: '^-?(0|[1-9]\\d*)$', description: 'Whole minor units (fen for CNY), as a string.' });
export const Currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.' });
export const NoteCount = Type.Integer({ minimum: 0, maximum: 1_000_000 });
export const ErrorCodeText = Type.String({ pattern: '^CD_[A-Z_]+$', description: 'A code of docs/ERRORS.md.' });
export const Text = Type.String({ maxLength: 400 });

/** The roles of P-1. */
export const roleWords = [
  'teller',
  'cash-teller',
  'supervisor',
  'cash-supervisor',
  'security-officer',
  'reconciliation-manager',
  'reconciliation-operator',
  'reconciliation-reviewer',
  'reconciliation-clerk',
  'archivist',
  'auditor',
  'administrator',
  'rig',
] as const;
export type Role = (typeof roleWords)[number];
export const RoleWord = oneOf(roleWords, 'Role of P-1.');
