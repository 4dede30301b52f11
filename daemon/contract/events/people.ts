import { event } from '../../../drivers/kit/family.ts';
import { Type, oneOf, record } from '../../../drivers/kit/schema.ts';
import { Instant, PersonId, PositionId, RoleWord, Text } from './words.ts';

/** People, logins and who sits where. Passwords and their hashes are never in the journal. */
export const peopleEvents = {
  'person.registered': event('A person may log in from now on.', record({ personId: PersonId, name: Text, roles: Type.Array(RoleWord) })),
  'person.roles-changed': event('A person’s roles changed.', record({ personId: PersonId, roles: Type.Array(RoleWord) })),
  'person.disabled': event('A person may no longer log in; their logins ended at once.', record({ personId: PersonId, reason: Text })),
  'person.password-set': event(
    'A password was set by this person or for them; the password itself is nowhere in the record.',
    record({ personId: PersonId }),
  ),

  'login.succeeded': event('Somebody logged in.', record({ personId: PersonId })),
  'login.refused': event(
    'A login was refused; the number typed is kept only when such a person exists.',
    record({ personId: Type.Optional(PersonId) }),
  ),
  'login.locked': event('Too many wrong attempts: the number is locked for a while.', record({ personId: PersonId, untilAt: Instant })),
  'login.ended': event('A login ended.', record({ personId: PersonId, reason: oneOf(['logged-out', 'expired', 'disabled']) })),

  'position.signed-in': event('A person took a position (签到).', record({ positionId: PositionId, personId: PersonId })),
  'position.signed-off': event('A person gave a position back (签退).', record({ positionId: PositionId, personId: PersonId })),
  'position.left': event(
    'Temporary leave (暂离, P-6): the screen is locked, the pause sign is up.',
    record({ positionId: PositionId, personId: PersonId }),
  ),
  'position.resumed': event('The same person came back and unlocked.', record({ positionId: PositionId, personId: PersonId })),
  'display.paired': event('A customer display was connected to a position.', record({ positionId: PositionId })),
} as const;
