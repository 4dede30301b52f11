import { afterEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../simulators/kit/virtual-clock.ts';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { GatewayRig, PASSWORD, entriesOf, newId, once, problemIn, type Person, type RigOptions } from '../support/gateway-rig.ts';

const rigs: GatewayRig[] = [];
async function open(options: RigOptions = {}): Promise<GatewayRig> {
  const rig = await GatewayRig.open(options);
  rigs.push(rig);
  return rig;
}
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});

async function tryLogin(
  rig: GatewayRig,
  personId: string,
  password = 'wrong',
): Promise<{ status: number; code: string; text: unknown; detail: unknown }> {
  const answer = await rig.post('/login', { personId, password });
  const { code, text, detail } = await problemIn(answer);
  return { status: answer.status, code, text, detail };
}
const typesOf = (rig: GatewayRig): string[] => rig.authority.journal.read({ afterSeq: 0 as never, limit: 10_000 }).map(({ type }) => type);

describe('logging in', () => {
  it('answers a wrong number and a wrong password alike, attempt by attempt', async () => {
    const rig = await open();
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const known = await tryLogin(rig, '0172');
      const unknown = await tryLogin(rig, '9999');
      expect(unknown).toEqual(known);
      expect(known.code).toBe(attempt < 3 ? 'CD_AUTH_WRONG' : 'CD_AUTH_LOCKED');
    }
    expect(typesOf(rig).filter((type) => type === 'login.locked')).toHaveLength(1);
  });

  it('does the same work for a number nobody has as for a wrong password', async () => {
    const rig = await open();
    const median = async (personId: string): Promise<number> => {
      const times: bigint[] = [];
      for (let i = 0; i < 6; i += 1) {
        const from = process.hrtime.bigint();
        await tryLogin(rig, `${personId}${i}`.slice(-4) === '0172' ? '0172' : personId, `wrong ${i}`);
        times.push(process.hrtime.bigint() - from);
        await rig.authority.people.resetPassword('0172', PASSWORD);
      }
      return Number(times.sort()[3]);
    };
    const [known, unknown] = [await median('0172'), await median('ABCD')];
    // Hashing takes tens of milliseconds: without it the ratio would be far beyond ten.
    expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(10);
  });

  it('locks for five minutes by the daemon’s clock, across a restart, and not a moment longer', async () => {
    const clock = new VirtualClock();
    const rig = await open({ clock });
    for (let i = 0; i < 3; i += 1) await tryLogin(rig, '0172');
    await rig.restart();
    expect((await tryLogin(rig, '0172', PASSWORD)).code).toBe('CD_AUTH_LOCKED');
    clock.advance(5 * 60_000);
    expect((await rig.post('/login', { personId: '0172', password: PASSWORD })).status).toBe(200);
  });

  it('locks one person, not the others', async () => {
    const rig = await open();
    for (let i = 0; i < 3; i += 1) await tryLogin(rig, '0172');
    expect((await rig.post('/login', { personId: '0168', password: PASSWORD })).status).toBe(200);
  });

  it('counts a hundred wrong attempts at once as three', async () => {
    const rig = await open();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        rig.authority.authentication.prove('0172', `wrong ${i}`).catch((cause: unknown) => (cause as { code: string }).code),
      ),
    );
    expect(answers.filter((code) => code === 'CD_AUTH_WRONG')).toHaveLength(2);
    expect(typesOf(rig).filter((type) => type === 'login.refused')).toHaveLength(3);
  });

  it('limits the rate of attempts of one address', async () => {
    const rig = await open();
    const statuses = new Set<number>();
    for (let i = 0; i < 31; i += 1) {
      const answer = await rig.post('/login', { personId: '', password: 'x' });
      statuses.add(answer.status);
      if (answer.status === 429) expect((await problemIn(answer)).code).toBe('CD_INPUT_RATE');
    }
    expect(statuses).toEqual(new Set([400, 429]));
  });

  it('outlives a restart of the daemon, and ends when idle, at its latest hour, at logout, and with the person', async () => {
    const clock = new VirtualClock();
    const rig = await open({ clock });
    const teller = await rig.login('0172');
    const cashTeller = await rig.login('0168');
    const officer = await rig.login('0201');
    const isIn = async (person: Person): Promise<boolean> => (await rig.get('/me', person)).status === 200;
    await rig.restart();
    expect(await isIn(teller)).toBe(true);

    expect((await rig.post('/logout', {}, teller)).status).toBe(204);
    expect(await isIn(teller)).toBe(false);

    await rig.authority.people.disable('0168', 'left the bank');
    expect(await isIn(cashTeller)).toBe(false);
    expect((await tryLogin(rig, '0168', PASSWORD)).code).toBe('CD_AUTH_WRONG');

    for (let minute = 0; minute < 12 * 60 - 30; minute += 30) {
      clock.advance(30 * 60_000);
      expect(await isIn(officer)).toBe(true);
      await rig.authority.journal.transact(() => ({ entries: [], result: undefined }));
    }
    clock.advance(30 * 60_000);
    expect(await isIn(officer)).toBe(false);
    const idle = await rig.login('0202');
    clock.advance(3_600_000);
    expect(await isIn(idle)).toBe(false);
    await rig.authority.authentication.sweep();
    expect(typesOf(rig).filter((type) => type === 'login.ended')).toHaveLength(4);
  });

  it('writes no password, token or hash of them where others could read it', async () => {
    const rig = await open();
    const teller = await rig.login('0172');
    await tryLogin(rig, '0168', 'a wrong secret');
    const journal = JSON.stringify(rig.authority.journal.read({ afterSeq: 0 as never, limit: 1_000 }));
    for (const secret of [PASSWORD, 'a wrong secret', teller.token, teller.cookie.split('=')[1] ?? '', 'argon2'])
      expect(journal).not.toContain(secret);
    const files = readdirSync(rig.folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    const bytes = Buffer.concat(files.map((file) => readFileSync(join(file.parentPath, file.name))));
    for (const secret of [PASSWORD, teller.token, teller.cookie.split('=')[1] ?? '']) expect(bytes.includes(secret)).toBe(false);
  });
});

describe('positions', () => {
  it('belong to one person at a time, and the same intention twice is one entry', async () => {
    const rig = await open();
    const [teller, cashTeller] = [await rig.login('0172'), await rig.login('0168')];
    const commandId = newId();
    const answers = await Promise.all(Array.from({ length: 5 }, () => rig.post('/positions/desk-1/sign-in', { commandId }, teller)));
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
    expect(typesOf(rig).filter((type) => type === 'position.signed-in')).toHaveLength(1);
    expect((await problemIn(await rig.post('/positions/desk-2/sign-in', { commandId }, teller))).code).toBe('CD_COMMAND_DUPLICATE');
    expect((await problemIn(await rig.post('/positions/desk-1/sign-in', { commandId: newId() }, cashTeller))).code).toBe(
      'CD_AUTH_POSITION_TAKEN',
    );
    expect((await problemIn(await rig.post('/positions/desk-2/sign-in', { commandId: newId() }, teller))).code).toBe(
      'CD_AUTH_POSITION_HELD',
    );
    expect((await problemIn(await rig.post('/positions/desk-1/sign-off', { commandId: newId() }, cashTeller))).code).toBe(
      'CD_AUTH_POSITION',
    );
    expect((await rig.post('/positions/desk-1/sign-off', { commandId: newId() }, teller)).status).toBe(204);
  });

  it('lets one of two people who sign in at the same moment win', async () => {
    const rig = await open();
    const both = [await rig.login('0172'), await rig.login('0168')];
    const answers = await Promise.all(both.map((person) => rig.post('/positions/desk-1/sign-in', { commandId: newId() }, person)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  it('are locked by a temporary leave until the same person proves again who they are (P-6)', async () => {
    const rig = await open();
    const [teller, cashTeller] = [await rig.login('0172'), await rig.login('0168')];
    const post = async (verb: string, person: Person, more: object = {}): Promise<string> => {
      const answer = await rig.post(`/positions/desk-1/${verb}`, { commandId: newId(), ...more }, person);
      return answer.status === 204 ? 'ok' : (await problemIn(answer)).code;
    };
    expect(await post('sign-in', teller)).toBe('ok');
    expect(await post('leave', teller)).toBe('ok');
    expect(await post('sign-off', teller)).toBe('CD_AUTH_LEFT');
    expect(
      (await problemIn(await rig.post('/devices/printer-1/commands', { commandId: newId(), name: 'check-health', args: {} }, teller))).code,
    ).toBe('CD_AUTH_LEFT');
    expect(await post('resume', cashTeller, { password: PASSWORD })).toBe('CD_AUTH_POSITION');
    expect(await post('resume', teller, { password: 'wrong' })).toBe('CD_AUTH_WRONG');
    expect((await rig.get('/me', teller)).status).toBe(200);
    expect(await post('resume', teller, { password: PASSWORD })).toBe('ok');
    expect(await post('sign-off', teller)).toBe('ok');
  });
});

describe('people', () => {
  it('are not registered twice, with roles that exclude each other, or with a short password', async () => {
    const rig = await open();
    const { people, journal } = rig.authority;
    const head = journal.head();
    const person = { id: '0500', name: '新人', password: PASSWORD };
    await expect(people.register({ ...person, roles: ['teller', 'reconciliation-clerk'] })).rejects.toMatchObject({
      code: 'CD_AUTH_SEPARATION',
    });
    await expect(people.register({ ...person, roles: ['teller'], password: 'short' })).rejects.toMatchObject({ code: 'CD_AUTH_PASSWORD' });
    await expect(people.register({ ...person, id: '0172', roles: ['teller'] })).rejects.toMatchObject({ code: 'CD_AUTH_PERSON' });
    await expect(people.changeRoles('0001', ['administrator', 'teller'])).rejects.toMatchObject({ code: 'CD_AUTH_SEPARATION' });
    await expect(people.disable('9999', 'x')).rejects.toMatchObject({ code: 'CD_AUTH_PERSON' });
    expect(journal.head()).toBe(head);
  });
});

describe('customer displays', () => {
  it('are paired once with a code and see their position’s view, and nothing else', async () => {
    const rig = await open();
    const teller = await rig.login('0172');
    expect((await problemIn(await rig.post('/positions/desk-1/display', {}, teller))).code).toBe('CD_AUTH_ROLE');
    await rig.post('/positions/desk-1/sign-in', { commandId: newId() }, teller);
    const { code } = (await (await rig.post('/positions/desk-1/display', {}, teller)).json()) as { code: string };
    const { displayToken } = (await (await rig.post('/display', { code })).json()) as { displayToken: string };
    expect((await problemIn(await rig.post('/display', { code }))).code).toBe('CD_AUTH_DISPLAY');

    const { io } = await import('socket.io-client');
    const display = io(`${rig.url}/display`, { transports: ['websocket'], forceNew: true, auth: { displayToken } });
    const all: string[] = [];
    display.onAny((event: string) => all.push(event));
    expect(await once(display, 'display')).toEqual({
      positionName: '现金1号',
      tellerNumber: '0172',
      mode: 'welcome',
      lines: [],
      noteCount: 0,
      totalMinor: '0',
      reviewCount: 0,
    });
    const paused = once(display, 'display');
    await rig.post('/positions/desk-1/leave', { commandId: newId() }, teller);
    expect(await paused).toMatchObject({ mode: 'paused' });
    expect(new Set(all)).toEqual(new Set(['display']));
    display.disconnect();

    const stranger = io(`${rig.url}/display`, { transports: ['websocket'], forceNew: true, auth: { displayToken: teller.token } });
    expect((await once<Error>(stranger, 'connect_error')).message).toContain('CD_AUTH_DISPLAY');
    stranger.disconnect();
    const asPerson = rig.socket({ token: displayToken, cookie: teller.cookie });
    const { seen } = entriesOf(asPerson);
    await once(asPerson, 'connect_error');
    expect(seen).toEqual([]);
  });
});
