import { CounterdError } from '../../drivers/kit/errors.ts';
import type { PersonView, Role } from '../contract/index.ts';
import { brokenExclusion } from './roles.ts';

/** Everything a person can ask of the daemon, one word per decision. */
export type Action =
  | 'branch.watch'
  | 'entries.read'
  | 'position.take'
  | 'position.display'
  | 'passbook.read'
  | 'passbook-update.work'
  | 'cash-count.work'
  | 'slip-scan.work'
  | 'image.read'
  | 'device.read'
  | 'device.frames'
  | 'device.check'
  | 'device.test'
  | 'device.reconnect'
  | 'cash.allocate'
  | 'approval.request'
  | 'approval.decide'
  | 'security.watch';

/** How a person stands to the thing acted on. A grant that needs a relation holds only with it. */
export type Relation = 'own-position' | 'other-position' | 'facing-public';

/** A person, or somebody logged in, as far as a decision about roles goes. */
export type Holder = Pick<PersonView, 'roles'> & { readonly isDisabled?: boolean };

export interface Grant {
  readonly roles: readonly Role[];
  /** Only for things of the position the person is signed in at. */
  readonly only?: 'own-position';
  /** Never on a screen that a customer - or a robber - can see. */
  readonly never?: 'facing-public';
}

const everybody: readonly Role[] = [
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
];
const tellers: readonly Role[] = ['teller', 'cash-teller'];
const slipReaders: readonly Role[] = ['reconciliation-manager', 'reconciliation-operator', 'reconciliation-clerk'];

/** Who may do what. Rows follow the navigation table of the interface; whatever is not granted here is refused. */
export const policy: Readonly<Record<Action, readonly Grant[]>> = {
  'branch.watch': [{ roles: everybody }],
  'entries.read': [{ roles: everybody }],
  'position.take': [{ roles: [...tellers, ...slipReaders] }],
  'position.display': [{ roles: tellers, only: 'own-position' }, { roles: ['administrator', 'supervisor'] }],
  'passbook.read': [{ roles: [...tellers, 'supervisor', 'auditor'] }],
  'passbook-update.work': [{ roles: tellers, only: 'own-position' }],
  'cash-count.work': [{ roles: tellers, only: 'own-position' }],
  'slip-scan.work': [{ roles: [...tellers, ...slipReaders], only: 'own-position' }],
  'image.read': [{ roles: [...tellers, ...slipReaders, 'supervisor', 'reconciliation-reviewer', 'archivist', 'auditor'] }],
  'device.read': [{ roles: everybody.filter((role) => role !== 'reconciliation-reviewer' && role !== 'archivist') }],
  'device.frames': [{ roles: ['supervisor', 'auditor', 'administrator', 'rig'] }],
  // Internal checks move nothing; a teller proves the machines of the own desk with them (S-10).
  'device.check': [
    { roles: ['supervisor', 'administrator', 'rig'] },
    { roles: tellers, only: 'own-position' },
    { roles: ['security-officer'] },
  ],
  // External and interactive tests print, feed or sound.
  'device.test': [{ roles: ['supervisor', 'administrator', 'rig'] }, { roles: tellers, only: 'own-position' }],
  'device.reconnect': [{ roles: ['supervisor', 'administrator', 'rig'] }],
  // P-2: cash allocation belongs to the cash teller alone.
  'cash.allocate': [{ roles: ['cash-teller'], only: 'own-position' }],
  'approval.request': [{ roles: ['security-officer', 'supervisor'] }],
  'approval.decide': [{ roles: ['security-officer', 'supervisor'] }],
  // hold-up and duress.
  'security.watch': [{ roles: ['security-officer', 'supervisor'], never: 'facing-public' }],
};

/** Whether `person` may do `action`, standing in these relations to its object. Closed by default. */
export function may(person: Holder, action: Action, relations: readonly Relation[] = []): boolean {
  if (person.isDisabled === true || brokenExclusion(person.roles) !== undefined) return false;
  return policy[action].some(
    (grant) =>
      grant.roles.some((role) => person.roles.includes(role)) &&
      (grant.only === undefined || relations.includes(grant.only)) &&
      (grant.never === undefined || !relations.includes(grant.never)),
  );
}

/** Throws the refusal that fits when `person` may not. */
export function requireMay(person: Holder, action: Action, relations: readonly Relation[] = []): void {
  if (may(person, action, relations)) return;
  if (brokenExclusion(person.roles) !== undefined) throw new CounterdError('CD_AUTH_SEPARATION', action);
  // With a position of their own they could: say that rather than "not your role".
  if (!relations.includes('own-position') && !relations.includes('other-position') && may(person, action, [...relations, 'own-position'])) {
    throw new CounterdError('CD_AUTH_POSITION', action);
  }
  throw new CounterdError('CD_AUTH_ROLE', action);
}
