import { event } from '../../../drivers/kit/family.ts';
import { Type, oneOf, record } from '../../../drivers/kit/schema.ts';
import { Instant } from './words.ts';

/** What the journal says about itself. */
export const journalEvents = {
  'journal.clock-set-back': event(
    'The host’s clock went back; order in the journal is by number, never by time.',
    record({ previousAt: Instant, byMs: Type.Integer({ minimum: 1 }) }),
  ),
  'journal.storage-recovered': event(
    'Recording works again after the disk refused.',
    record({ refusedCount: Type.Integer({ minimum: 1 }), code: oneOf(['CD_STORAGE_FULL', 'CD_STORAGE_IO']) }),
  ),
} as const;
