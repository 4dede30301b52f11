import { afterEach, describe, expect, it } from 'vitest';
import { panelWatch } from '../../daemon/authority/panel-watch.ts';
import { said } from '../../daemon/authority/said.ts';
import type { Entry, EntryBody } from '../../daemon/contract/index.ts';
import { done, inDoubt, refused, type Outcome } from '../../drivers/kit/outcome.ts';
import { VirtualClock } from '../../simulators/kit/virtual-clock.ts';
import { GatewayRig, PASSWORD, newId, problemIn, type Person, type RigOptions } from '../support/gateway-rig.ts';

const rigs: GatewayRig[] = [];
async function open(options: RigOptions = {}): Promise<GatewayRig> {
  const rig = await GatewayRig.open(options);
  rigs.push(rig);
  return rig;
}
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});

const content = { action: 'disarm', device: 'panel-1', partition: 1 } as const;
const entriesIn = (rig: GatewayRig): readonly Entry[] =>
  rig.authority.journal.read({ afterSeq: 0 as never, limit: 10_000 }) as unknown as readonly Entry[];
const ofType = (rig: GatewayRig, type: string): readonly Entry[] => entriesIn(rig).filter((entry) => entry.type === type);

async function say(rig: GatewayRig, body: EntryBody): Promise<void> {
  await rig.authority.journal.append([said(body, { device: 'panel-1' })]);
}

async function codeOf(answer: Promise<Response>): Promise<string> {
  const response = await answer;
  return response.status < 300 ? 'ok' : (await problemIn(response)).code;
}

interface Asked {
  readonly approvalId: string;
  readonly contentHash: string;
}

async function ask(rig: GatewayRig, person: Person, what: object = content): Promise<Asked> {
  const approvalId = newId();
  const answer = await rig.post('/approvals', { approvalId, content: what }, person);
  return { approvalId, contentHash: ((await answer.json()) as { contentHash: string }).contentHash };
}

const grant = (
  rig: GatewayRig,
  person: Person,
  asked: Asked & { readonly commandId?: string; readonly password?: string },
): Promise<Response> => {
  const { approvalId, contentHash, commandId = newId(), password = PASSWORD } = asked;
  return rig.post(`/approvals/${approvalId}/grant`, { commandId, contentHash, password }, person);
};
const openIt = (rig: GatewayRig, person: Person, { approvalId }: Asked): Promise<Response> =>
  rig.post(`/approvals/${approvalId}/open`, {}, person);

describe('disarming by two people', () => {
  it('sends the panel one command after the second person granted exactly what was asked', async () => {
    const rig = await open();
    const [officer, supervisor] = [await rig.login('0201'), await rig.login('0101')];
    const asked = await ask(rig, officer);
    expect(await codeOf(grant(rig, supervisor, asked))).toBe('CD_AUTH_UNOPENED');
    expect(await codeOf(openIt(rig, supervisor, asked))).toBe('ok');
    expect(await codeOf(grant(rig, supervisor, { ...asked, contentHash: '0'.repeat(64) }))).toBe('CD_AUTH_CONTENT');
    expect(await codeOf(grant(rig, supervisor, { ...asked, password: 'wrong' }))).toBe('CD_AUTH_WRONG');
    expect(rig.authority.orders).toEqual([]);
    expect(await codeOf(grant(rig, supervisor, asked))).toBe('ok');
    await rig.authority.approvals.idle();
    expect(rig.authority.orders).toEqual([
      { deviceId: 'panel-1', order: { name: 'disarm', args: { partition: 1 }, commandId: asked.approvalId, actor: '0101' } },
    ]);
    expect(
      entriesIn(rig)
        .filter(({ type }) => type.startsWith('approval.'))
        .map(({ type, actor }) => [type, actor]),
    ).toEqual([
      ['approval.requested', '0201'],
      ['approval.opened', '0101'],
      ['approval.granted', '0101'],
      ['approval.used', undefined],
    ]);
    expect(await codeOf(grant(rig, supervisor, asked))).toBe('CD_AUTH_DECIDED');
  });

  it.each([refused('CD_PANEL_CODE'), refused('CD_DEVICE_NOT_ONLINE'), inDoubt('CD_LINK_LOST')])(
    'says why a granted act did not end well: $kind $code',
    async (outcome) => {
      const rig = await open({ execute: () => Promise.resolve(outcome) });
      const [officer, supervisor] = [await rig.login('0201'), await rig.login('0101')];
      const asked = await ask(rig, officer);
      await openIt(rig, supervisor, asked);
      expect(await codeOf(grant(rig, supervisor, asked))).toBe('ok');
      await rig.authority.approvals.idle();
      expect(rig.authority.orders).toHaveLength(1);
      expect(ofType(rig, 'approval.used').map(({ data }) => data)).toEqual([
        { approvalId: asked.approvalId, outcome: outcome.kind, code: outcome.kind === 'done' ? undefined : outcome.code },
      ]);
    },
  );

  it('lets one of two who grant at the same moment succeed, and moves the panel once', async () => {
    const rig = await open();
    const [officer, second, supervisor] = [await rig.login('0201'), await rig.login('0202'), await rig.login('0101')];
    const asked = await ask(rig, officer);
    await openIt(rig, second, asked);
    await openIt(rig, supervisor, asked);
    const codes = await Promise.all([
      ...Array.from({ length: 4 }, () => codeOf(grant(rig, supervisor, asked))),
      codeOf(grant(rig, second, asked)),
    ]);
    await rig.authority.approvals.idle();
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(rig.authority.orders).toHaveLength(1);
    expect(ofType(rig, 'approval.granted')).toHaveLength(1);
  });

  it('gives the same answer to the same command id, sent five times at once and again after a restart', async () => {
    const rig = await open();
    const [officer, supervisor] = [await rig.login('0201'), await rig.login('0101')];
    const asked = await ask(rig, officer);
    await openIt(rig, supervisor, asked);
    const commandId = newId();
    const codes = await Promise.all(Array.from({ length: 5 }, () => codeOf(grant(rig, supervisor, { ...asked, commandId }))));
    await rig.authority.approvals.idle();
    expect(codes).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect(rig.authority.orders).toHaveLength(1);
    await rig.restart();
    expect(await codeOf(grant(rig, supervisor, { ...asked, commandId }))).toBe('ok');
    expect(rig.authority.orders).toHaveLength(0);
    const again = await rig.post('/approvals', { approvalId: asked.approvalId, content }, officer);
    expect(((await again.json()) as Asked).contentHash).toBe(asked.contentHash);
    expect(await codeOf(rig.post('/approvals', { approvalId: asked.approvalId, content: { ...content, partition: 2 } }, officer))).toBe(
      'CD_COMMAND_DUPLICATE',
    );
  });

  it('refuses oneself, from the same login and from another one', async () => {
    const rig = await open();
    const [once, twice] = [await rig.login('0201'), await rig.login('0201')];
    const asked = await ask(rig, once);
    for (const person of [once, twice]) {
      expect(await codeOf(openIt(rig, person, asked))).toBe('CD_AUTH_SELF');
      expect(await codeOf(grant(rig, person, asked))).toBe('CD_AUTH_SELF');
    }
    expect(rig.authority.orders).toEqual([]);
  });

  it('refuses a pair without a security officer, and an asker who has logged out', async () => {
    const rig = await open();
    await rig.authority.people.register({ id: '0102', name: '吴强', roles: ['supervisor'], password: PASSWORD });
    const [one, other, officer] = [await rig.login('0101'), await rig.login('0102'), await rig.login('0201')];
    const asked = await ask(rig, one);
    await openIt(rig, other, asked);
    expect(await codeOf(grant(rig, other, asked))).toBe('CD_AUTH_OFFICER');
    await openIt(rig, officer, asked);
    await rig.post('/logout', {}, one);
    expect(await codeOf(grant(rig, officer, asked))).toBe('CD_AUTH_ABSENT');
    expect(rig.authority.orders).toEqual([]);
  });

  it('expires after 120 seconds of the daemon’s clock, also across a restart', async () => {
    const clock = new VirtualClock();
    const rig = await open({ clock });
    const [officer, supervisor] = [await rig.login('0201'), await rig.login('0101')];
    const asked = await ask(rig, officer);
    await openIt(rig, supervisor, asked);
    clock.advance(100_000);
    await rig.restart();
    clock.advance(20_000);
    expect(await codeOf(grant(rig, supervisor, asked))).toBe('CD_AUTH_EXPIRED');
    await Promise.all([rig.authority.approvals.expireDue(), rig.authority.approvals.expireDue()]);
    expect(ofType(rig, 'approval.expired')).toHaveLength(1);
    expect(rig.authority.orders).toEqual([]);
  });

  it('can be withdrawn by whoever asked and refused with a reason by whoever opened it', async () => {
    const rig = await open();
    const [officer, supervisor] = [await rig.login('0201'), await rig.login('0101')];
    const first = await ask(rig, officer);
    expect(await codeOf(rig.post(`/approvals/${first.approvalId}/withdraw`, { commandId: newId() }, supervisor))).toBe('CD_AUTH_ROLE');
    expect(await codeOf(rig.post(`/approvals/${first.approvalId}/withdraw`, { commandId: newId() }, officer))).toBe('ok');
    expect(await codeOf(openIt(rig, supervisor, first))).toBe('CD_AUTH_DECIDED');
    const second = await ask(rig, officer);
    await openIt(rig, supervisor, second);
    expect(await codeOf(rig.post(`/approvals/${second.approvalId}/refuse`, { commandId: newId(), reason: '有人在内' }, supervisor))).toBe(
      'ok',
    );
    expect(ofType(rig, 'approval.refused')[0]?.data).toMatchObject({ reason: '有人在内' });
  });

  it('refuses a device that is not there, no alarm panel, or content that does not fit', async () => {
    const rig = await open();
    const officer = await rig.login('0201');
    const asking = (what: object): Promise<string> => codeOf(rig.post('/approvals', { approvalId: newId(), content: what }, officer));
    expect(await asking({ ...content, device: 'nobody' })).toBe('CD_DEVICE_UNKNOWN');
    expect(await asking({ ...content, device: 'printer-1' })).toBe('CD_COMMAND_UNKNOWN');
    expect(await asking({ ...content, action: 'arm' })).toBe('CD_INPUT_SHAPE');
    expect(await asking({ ...content, partition: 9 })).toBe('CD_INPUT_SHAPE');
    expect(await asking({ ...content, code: '1234' })).toBe('CD_INPUT_SHAPE');
  });

  it('is in doubt, used up and never sent again when the daemon ended in the middle', async () => {
    let settle: (outcome: Outcome) => void = () => undefined;
    const rig = await open({ execute: () => new Promise((resolve) => (settle = resolve)) });
    const [officer, supervisor] = [await rig.login('0201'), await rig.login('0101')];
    const asked = await ask(rig, officer);
    await openIt(rig, supervisor, asked);
    await grant(rig, supervisor, asked);
    await rig.restart();
    await rig.authority.approvals.settleCutOff();
    expect(ofType(rig, 'approval.used').map(({ data }) => data)).toEqual([{ approvalId: asked.approvalId, outcome: 'in-doubt' }]);
    expect(rig.authority.orders).toEqual([]);
    expect(await codeOf(grant(rig, supervisor, asked))).toBe('CD_AUTH_DECIDED');
    settle(inDoubt('CD_LINK_LOST'));
  });
});

describe('the panel’s own word', () => {
  const disarmed: EntryBody = { type: 'alarm-panel.partition-disarmed', data: { partition: 1, userNumber: 7 } };
  const armed: EntryBody = { type: 'alarm-panel.partition-armed', data: { partition: 1, special: true } };

  it('is marked as without approval, once, also when the daemon dies in between', async () => {
    const rig = await open();
    await say(rig, disarmed);
    await say(rig, armed);
    await rig.authority.journal.transact(() => ({ entries: [], result: undefined }));
    const missing = ofType(rig, 'approval.missing');
    expect(missing.map(({ device, data }) => [device, data])).toEqual([
      ['panel-1', { action: 'disarm', partition: 1, userNumber: 7, special: false }],
      ['panel-1', { action: 'arm', partition: 1, special: true }],
    ]);
    await rig.restart();
    expect(ofType(rig, 'approval.missing')).toHaveLength(2);
    expect(rig.authority.journal.stateOf(panelWatch).unexplained).toEqual([]);
  });

  it('is explained by one granted approval of that partition and action, once', async () => {
    const opened: GatewayRig[] = [];
    const options: RigOptions = {
      async execute() {
        for (const one of opened) await say(one, disarmed);
        return done({ partition: 1 });
      },
    };
    const rig = await open(options);
    opened.push(rig);
    const [officer, supervisor] = [await rig.login('0201'), await rig.login('0101')];
    const asked = await ask(rig, officer);
    await openIt(rig, supervisor, asked);
    await grant(rig, supervisor, asked);
    await rig.authority.approvals.idle();
    expect(ofType(rig, 'approval.missing')).toEqual([]);
    await say(rig, disarmed);
    await rig.authority.journal.transact(() => ({ entries: [], result: undefined }));
    expect(ofType(rig, 'approval.missing')).toHaveLength(1);
  });

  it('is not explained by a request that nobody granted, or by one for another partition', async () => {
    const rig = await open();
    await ask(rig, await rig.login('0201'));
    await say(rig, disarmed);
    await say(rig, { type: 'alarm-panel.partition-disarmed', data: { partition: 2 } });
    await rig.authority.journal.transact(() => ({ entries: [], result: undefined }));
    expect(ofType(rig, 'approval.missing')).toHaveLength(2);
  });
});

describe('bypassing zones by two people', () => {
  const wish = { action: 'bypass', device: 'panel-1', partition: 1, zones: [12], reason: '窗锁待修' } as const;

  /** A disarmed panel with an open window, a door and a hold-up button. */
  async function openWithPanel(): Promise<GatewayRig> {
    const rig = await open();
    const partition = { state: 'disarmed', isReady: false, canForceArm: false, isSounding: false, hasTrouble: false, isLockedOut: false };
    const calm = { isInAlarm: false, isTampered: false, isFaulty: false, isBypassed: false, isBatteryLow: false, verified: true };
    const zone = (number: number, kind: 'window' | 'door' | 'holdUp') => ({ ...calm, zone: number, kind, state: 'open' as const });
    await say(rig, { type: 'device.phase-changed', data: { phase: 'online' } });
    await say(rig, {
      type: 'alarm-panel.status-changed',
      data: {
        ...{ verified: true, alarmMemory: false, tamper: false, trouble: false, lockout: false, bypass: 'none', labels: [] },
        ...{ ac: 'ok', battery: 'ok', bell: 'ok', communication: 'ok', phoneLine1: 'ok', phoneLine2: 'ok', fire: 'ok' },
        partitions: [{ partition: 1, ...partition, state: 'disarmed' }],
        zones: [zone(12, 'window'), zone(13, 'door'), zone(14, 'door'), zone(7, 'holdUp')],
      },
    });
    return rig;
  }

  it('gives the panel the zones that were asked for, once granted', async () => {
    const rig = await openWithPanel();
    const [officer, supervisor] = [await rig.login('0201'), await rig.login('0101')];
    const asked = await ask(rig, officer, wish);
    await openIt(rig, supervisor, asked);
    expect(await codeOf(grant(rig, supervisor, asked))).toBe('ok');
    await rig.authority.approvals.idle();
    expect(rig.authority.orders.map(({ order: { name, args } }) => ({ name, args }))).toEqual([
      { name: 'bypass', args: { partition: 1, zones: [12], isBypassed: true } },
    ]);
  });

  it.each([
    ['no zones', { ...wish, zones: undefined }, 'CD_INPUT_SHAPE'],
    ['an empty list', { ...wish, zones: [] }, 'CD_INPUT_SHAPE'],
    ['one zone twice', { ...wish, zones: [12, 12] }, 'CD_INPUT_SHAPE'],
    ['a zone that no panel has', { ...wish, zones: [129] }, 'CD_INPUT_SHAPE'],
    ['no reason', { ...wish, reason: undefined }, 'CD_INPUT_SHAPE'],
    ['a reason of blanks', { ...wish, reason: '   ' }, 'CD_INPUT_SHAPE'],
    ['a way of arming', { ...wish, mode: 'away' }, 'CD_INPUT_SHAPE'],
    ['zones for arming', { ...wish, action: 'arm', mode: 'away', reason: undefined }, 'CD_INPUT_SHAPE'],
    ['a zone that is not wired', { ...wish, zones: [40] }, 'CD_PANEL_ZONE'],
    ['a hold-up button', { ...wish, zones: [7] }, 'CD_PANEL_ZONE_24H'],
    ['more zones than may be', { ...wish, zones: [12, 13, 14] }, 'CD_PANEL_BYPASS_MANY'],
    ['a partition that is not told', { ...wish, partition: 2 }, 'CD_PANEL_BYPASS_ARMED'],
  ])('refuses %s, and nothing is asked of anybody', async (_, content, code) => {
    const rig = await openWithPanel();
    const officer = await rig.login('0201');
    expect(await codeOf(rig.post('/approvals', { approvalId: newId(), content }, officer))).toBe(code);
    expect(ofType(rig, 'approval.requested')).toEqual([]);
    expect(rig.authority.orders).toEqual([]);
  });

  it('asks the rules again when it is granted: the branch may be armed by then', async () => {
    const rig = await openWithPanel();
    const [officer, supervisor] = [await rig.login('0201'), await rig.login('0101')];
    const asked = await ask(rig, officer, wish);
    await openIt(rig, supervisor, asked);
    await say(rig, {
      type: 'device.phase-changed',
      data: { phase: 'waiting', attempt: 1, because: 'CD_LINK_LOST', untilAt: '2026-11-27T08:00:00.000Z' },
    });
    expect(await codeOf(grant(rig, supervisor, asked))).toBe('CD_DEVICE_NOT_ONLINE');
    expect(rig.authority.orders).toEqual([]);
  });
});
