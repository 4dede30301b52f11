import { describe, expect, it } from 'vitest';
import { may, policy, requireMay, type Action, type Relation } from '../../daemon/authority/policy.ts';
import { brokenExclusion, checkRoles, exclusions } from '../../daemon/authority/roles.ts';
import { roleWords, type Role } from '../../daemon/contract/index.ts';

const relations: readonly (readonly Relation[])[] = [[], ['own-position'], ['other-position'], ['facing-public']];

/**
 * Written by hand from the navigation table and P-1 to P-3, not from the policy: action × role × relation.
 * `*` in every relation, `own` only at the own position, `hidden` in every relation but facing the public.
 */
const expected: Readonly<Record<Action, Partial<Record<Role, '*' | 'own' | 'hidden'>>>> = {
  'branch.watch': Object.fromEntries(roleWords.map((role) => [role, '*'])),
  'entries.read': Object.fromEntries(roleWords.map((role) => [role, '*'])),
  'position.take': {
    teller: '*',
    'cash-teller': '*',
    'reconciliation-manager': '*',
    'reconciliation-operator': '*',
    'reconciliation-clerk': '*',
  },
  'position.display': { teller: 'own', 'cash-teller': 'own', supervisor: '*', administrator: '*' },
  'passbook.read': { teller: '*', 'cash-teller': '*', supervisor: '*', auditor: '*' },
  'passbook-update.work': { teller: 'own', 'cash-teller': 'own' },
  'cash-count.work': { teller: 'own', 'cash-teller': 'own' },
  'slip-scan.work': {
    teller: 'own',
    'cash-teller': 'own',
    'reconciliation-manager': 'own',
    'reconciliation-operator': 'own',
    'reconciliation-clerk': 'own',
  },
  'image.read': {
    teller: '*',
    'cash-teller': '*',
    supervisor: '*',
    auditor: '*',
    archivist: '*',
    'reconciliation-manager': '*',
    'reconciliation-operator': '*',
    'reconciliation-clerk': '*',
    'reconciliation-reviewer': '*',
  },
  'device.read': Object.fromEntries(
    roleWords.filter((role) => role !== 'archivist' && role !== 'reconciliation-reviewer').map((role) => [role, '*']),
  ),
  'device.frames': { supervisor: '*', auditor: '*', administrator: '*', rig: '*' },
  'device.check': { supervisor: '*', administrator: '*', rig: '*', 'security-officer': '*', teller: 'own', 'cash-teller': 'own' },
  'device.test': { supervisor: '*', administrator: '*', rig: '*', teller: 'own', 'cash-teller': 'own' },
  'device.reconnect': { supervisor: '*', administrator: '*', rig: '*' },
  'cash.allocate': { 'cash-teller': 'own' },
  'approval.request': { 'security-officer': '*', supervisor: '*' },
  'approval.decide': { 'security-officer': '*', supervisor: '*' },
  'security.watch': { 'security-officer': 'hidden', supervisor: 'hidden' },
};

function isExpected(action: Action, role: Role, relation: readonly Relation[]): boolean {
  const grant = expected[action][role];
  if (grant === undefined) return false;
  if (grant === 'own') return relation.includes('own-position');
  return grant === '*' || !relation.includes('facing-public');
}

describe('who may do what', () => {
  it('grants exactly what the table says, for every action, role and relation', () => {
    const cases = (Object.keys(policy) as Action[]).flatMap((action) =>
      roleWords.flatMap((role) => relations.map((relation) => ({ action, role, relation }))),
    );
    const differences = cases.filter(
      ({ action, role, relation }) => may({ roles: [role] }, action, relation) !== isExpected(action, role, relation),
    );
    expect(differences).toEqual([]);
    expect(cases).toHaveLength(Object.keys(expected).length * roleWords.length * relations.length);
  });

  it('grants nothing to a disabled person, to nobody’s roles, and to roles that exclude each other', () => {
    for (const action of Object.keys(policy) as Action[]) {
      expect(may({ roles: roleWords, isDisabled: false }, action, ['own-position'])).toBe(false);
      expect(may({ roles: [], isDisabled: false }, action, ['own-position'])).toBe(false);
      expect(may({ roles: ['teller', 'supervisor', 'security-officer'], isDisabled: true }, action, ['own-position'])).toBe(false);
    }
  });

  it('says "sign in at a position" where that is what is missing, and "not your role" otherwise', () => {
    expect(() => requireMay({ roles: ['teller'] }, 'cash-count.work')).toThrow(/CD_AUTH_POSITION/);
    expect(() => requireMay({ roles: ['teller'] }, 'cash-count.work', ['other-position'])).toThrow(/CD_AUTH_ROLE/);
    expect(() => requireMay({ roles: ['auditor'] }, 'cash-count.work')).toThrow(/CD_AUTH_ROLE/);
    expect(() => requireMay({ roles: ['administrator', 'teller'] }, 'entries.read')).toThrow(/CD_AUTH_SEPARATION/);
  });

  it('leaves cash allocation to the cash teller alone (P-2)', () => {
    expect(policy['cash.allocate'].flatMap(({ roles }) => roles)).toEqual(['cash-teller']);
  });
});

describe('roles that exclude each other (P-3)', () => {
  const business = roleWords.filter((role) => !['administrator', 'auditor', 'rig'].includes(role));
  const forbidden = new Set([
    ...['teller', 'cash-teller', 'reconciliation-reviewer'].map((role) => pair('reconciliation-clerk', role)),
    ...business.map((role) => pair('administrator', role)),
  ]);

  it('holds for every pair of roles, in either order', () => {
    for (const one of roleWords) {
      for (const other of roleWords) {
        if (one === other) continue;
        expect([one, other, brokenExclusion([one, other]) !== undefined]).toEqual([one, other, forbidden.has(pair(one, other))]);
      }
    }
  });

  it('finds a forbidden pair in any set that holds one', () => {
    expect(() => checkRoles(['supervisor', 'reconciliation-clerk', 'archivist', 'teller'])).toThrow(/CD_AUTH_SEPARATION/);
    expect(() => checkRoles(['teller', 'cash-teller', 'supervisor'])).not.toThrow();
    expect(exclusions.every(({ role, excludes }) => !excludes.includes(role))).toBe(true);
  });
});

function pair(one: string, other: string): string {
  return [one, other].sort().join('+');
}
