import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { whyNotGrant, whyNotOpen, whyNotRefuse, whyNotWithdraw, type ApprovalFacts } from '../../daemon/authority/approval-rules.ts';
import { canonicalJson, contentHash } from '../../daemon/authority/content-hash.ts';
import type { ApprovalStage, Role } from '../../daemon/contract/index.ts';

const HASH = 'a'.repeat(64);
const expiresMs = Date.parse('2026-11-22T08:02:00.000Z');

function facts(
  change: Partial<{
    asker: string;
    askerRoles: Role[];
    decider: string;
    deciderRoles: Role[];
    sameLogin: boolean;
    stage: ApprovalStage;
    openedBy: string;
    nowMs: number;
    isAskerPresent: boolean;
  }> = {},
): ApprovalFacts {
  const asker = change.asker ?? '0201';
  const decider = change.decider ?? '0101';
  return {
    approval: {
      id: 'approval-1',
      content: { action: 'disarm', device: 'panel-1', partition: 1 },
      contentHash: HASH,
      askedBy: asker,
      askedAt: '2026-11-22T08:00:00.000Z',
      expiresAt: '2026-11-22T08:02:00.000Z',
      stage: change.stage ?? 'opened',
      openedBy: change.openedBy ?? decider,
    },
    asker: { id: asker, roles: change.askerRoles ?? ['security-officer'], isDisabled: false },
    isAskerPresent: change.isAskerPresent ?? true,
    askedLoginId: 'login-1',
    decider: { id: decider, roles: change.deciderRoles ?? ['supervisor'], isDisabled: false },
    deciderLoginId: change.sameLogin === true ? 'login-1' : 'login-2',
    nowMs: change.nowMs ?? expiresMs - 1,
  };
}

describe('granting', () => {
  it('takes two people, two logins, the opened content and one security officer', () => {
    expect(whyNotGrant(facts(), HASH)).toBeUndefined();
    expect(whyNotGrant(facts({ askerRoles: ['supervisor'], deciderRoles: ['security-officer'] }), HASH)).toBeUndefined();
    expect(whyNotGrant(facts({ deciderRoles: ['security-officer'] }), HASH)).toBeUndefined();
  });

  it.each([
    ['the same person', facts({ decider: '0201' }), 'CD_AUTH_SELF'],
    ['the same login', facts({ sameLogin: true }), 'CD_AUTH_SAME_LOGIN'],
    ['two supervisors', facts({ askerRoles: ['supervisor'] }), 'CD_AUTH_OFFICER'],
    ['a teller', facts({ deciderRoles: ['teller'] }), 'CD_AUTH_ROLE'],
    ['an asker who lost the role meanwhile', facts({ askerRoles: ['teller'], deciderRoles: ['security-officer'] }), 'CD_AUTH_ROLE'],
    ['an asker who is gone', facts({ isAskerPresent: false }), 'CD_AUTH_ABSENT'],
    ['content nobody opened', facts({ stage: 'asked' }), 'CD_AUTH_UNOPENED'],
    ['content somebody else opened', facts({ openedBy: '0202' }), 'CD_AUTH_UNOPENED'],
    ['the last millisecond over', facts({ nowMs: expiresMs }), 'CD_AUTH_EXPIRED'],
    ['an expired one', facts({ stage: 'expired' }), 'CD_AUTH_EXPIRED'],
    ['one granted before', facts({ stage: 'granted' }), 'CD_AUTH_DECIDED'],
    ['one used before', facts({ stage: 'used' }), 'CD_AUTH_DECIDED'],
    ['a refused one', facts({ stage: 'refused' }), 'CD_AUTH_DECIDED'],
    ['a withdrawn one', facts({ stage: 'withdrawn' }), 'CD_AUTH_DECIDED'],
  ] as const)('is refused for %s', (_name, given, code) => {
    expect(whyNotGrant(given, HASH)).toBe(code);
  });

  it('is refused when one character of the content differs', () => {
    expect(whyNotGrant(facts(), `b${HASH.slice(1)}`)).toBe('CD_AUTH_CONTENT');
  });

  it('never passes with one person, without an officer, or out of time, whatever else holds', () => {
    const roles = fc.subarray<Role>(['teller', 'supervisor', 'security-officer', 'auditor']);
    const drawn = fc.record({
      askerRoles: roles,
      deciderRoles: roles,
      decider: fc.constantFrom('0201', '0101'),
      ms: fc.integer({ min: -5, max: 5 }),
    });
    fc.assert(
      fc.property(drawn, ({ askerRoles, deciderRoles, decider, ms }) => {
        const isGranted = whyNotGrant(facts({ askerRoles, deciderRoles, decider, nowMs: expiresMs + ms }), HASH) === undefined;
        const isSafe = decider !== '0201' && ms < 0 && [...askerRoles, ...deciderRoles].includes('security-officer');
        return !isGranted || isSafe;
      }),
    );
  });
});

describe('opening, refusing, withdrawing', () => {
  it('needs somebody else who may decide', () => {
    expect(whyNotOpen(facts({ stage: 'asked' }))).toBeUndefined();
    expect(whyNotOpen(facts({ decider: '0201' }))).toBe('CD_AUTH_SELF');
    expect(whyNotOpen(facts({ deciderRoles: ['auditor'] }))).toBe('CD_AUTH_ROLE');
    expect(whyNotRefuse(facts())).toBeUndefined();
    expect(whyNotRefuse(facts({ stage: 'asked' }))).toBe('CD_AUTH_UNOPENED');
  });

  it('lets only whoever asked take it back, and only while nobody decided', () => {
    const { approval } = facts();
    expect(whyNotWithdraw(approval, '0201', expiresMs - 1)).toBeUndefined();
    expect(whyNotWithdraw(approval, '0101', expiresMs - 1)).toBe('CD_AUTH_ROLE');
    expect(whyNotWithdraw({ ...approval, stage: 'granted' }, '0201', expiresMs - 1)).toBe('CD_AUTH_DECIDED');
    expect(whyNotWithdraw(approval, '0201', expiresMs)).toBe('CD_AUTH_EXPIRED');
  });
});

describe('the content’s hash', () => {
  it('does not depend on the order of members and on nothing but the content', () => {
    expect(contentHash({ a: 1, b: [1, { c: null, d: 'x' }] })).toBe(contentHash({ b: [1, { d: 'x', c: null }], a: 1 }));
    expect(canonicalJson({ b: undefined, a: '"' })).toBe('{"a":"\\""}');
    // printf '{"action":"disarm","device":"panel-1","partition":1}' | sha256sum
    expect(contentHash({ partition: 1, device: 'panel-1', action: 'disarm' })).toBe(
      'fecb8c2138bbba0af80f8f7764c38cc3af87543c727c675de6ec72d2912a1663',
    );
  });
});
