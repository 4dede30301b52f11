import { afterEach, describe, expect, it } from 'vitest';
import { connect } from 'node:net';
import { said } from '../../daemon/authority/said.ts';
import { CLOCK_EVERY_MS, type BranchState, type EntriesPage, type Entry, type EntryBody } from '../../daemon/contract/index.ts';
import { VirtualClock } from '../../simulators/kit/virtual-clock.ts';
import { GatewayRig, entriesOf, newId, once, type Person, type RigOptions } from '../support/gateway-rig.ts';

const rigs: GatewayRig[] = [];
async function open(options: RigOptions = {}): Promise<GatewayRig> {
  const rig = await GatewayRig.open(options);
  rigs.push(rig);
  return rig;
}
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});

const zoneOpened = (zone: number): EntryBody => ({ type: 'alarm-panel.zone-opened', data: { zone } });
const holdUp: EntryBody = { type: 'alarm-panel.hold-up-raised', data: { source: 'zone', zone: 3 } };

async function write(rig: GatewayRig, bodies: readonly EntryBody[]): Promise<void> {
  const [first, ...rest] = bodies.map((body) => said(body, { device: 'panel-1' }));
  if (first !== undefined) await rig.authority.journal.append([first, ...rest]);
}
const zones = (count: number, from = 0): EntryBody[] => Array.from({ length: count }, (_, i) => zoneOpened(((from + i) % 128) + 1));
const stateOf = async (rig: GatewayRig, person: Person): Promise<BranchState> =>
  (await (await rig.get('/state', person)).json()) as BranchState;
const isGapless = (seqs: readonly number[]): boolean => seqs.every((seq, i) => i === 0 || seq === (seqs[i - 1] ?? 0) + 1);

describe('the live feed', () => {
  it('pages what was missed and then follows, in order, without gap or repetition', async () => {
    const rig = await open();
    const person = await rig.login('0201');
    await write(rig, zones(700));
    const socket = rig.socket(person);
    const feed = entriesOf(socket);
    const writing = (async () => {
      for (let i = 0; i < 50; i += 1) await write(rig, zones(10, i));
    })();
    await writing;
    const head = rig.authority.journal.head();
    await feed.until(({ seq }) => seq === head);
    expect(feed.seen.map(({ seq }) => seq)).toEqual(Array.from({ length: head }, (_, i) => i + 1));
    expect(feed.seen.map(({ hash }) => hash)).toEqual(
      rig.authority.journal.read({ afterSeq: 0 as never, limit: head }).map(({ hash }) => hash),
    );
  });

  it('goes on after the last entry it had, across restarts of the daemon under load', async () => {
    const rig = await open();
    const person = await rig.login('0201');
    const socket = rig.socket(person);
    const feed = entriesOf(socket);
    socket.io.on('reconnect_attempt', () => {
      socket.auth = { ...(socket.auth as object), afterSeq: feed.seen.at(-1)?.seq ?? 0 };
    });
    for (let round = 0; round < 3; round += 1) {
      await write(rig, zones(300, round));
      const between = write(rig, zones(200, round));
      await between;
      await rig.restart();
      await write(rig, zones(100, round));
    }
    const head = rig.authority.journal.head();
    await feed.until(({ seq }) => seq === head);
    expect(feed.seen.map(({ seq }) => seq)).toEqual(Array.from({ length: head }, (_, i) => i + 1));
  });

  it('says from where on it is live, with the daemon’s clock', async () => {
    const rig = await open();
    const person = await rig.login('0201');
    const { seq } = await stateOf(rig, person);
    const socket = rig.socket(person, { afterSeq: seq });
    const live = await new Promise<[number, string]>((resolve) => socket.once('live', (at: number, text: string) => resolve([at, text])));
    expect(live[0]).toBe(seq);
    expect(live[1]).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it('proves that it runs by its clock, which tells nothing else, and is no entry', async () => {
    const clock = new VirtualClock();
    const rig = await open({ clock });
    const socket = rig.socket(await rig.login('0201'));
    const words: unknown[][] = [];
    socket.onAny((...word: unknown[]) => words.push(word));
    await once(socket, 'live');
    const head = rig.authority.journal.head();
    words.length = 0;
    for (let beat = 0; beat < 3; beat += 1) {
      const next = once(socket, 'clock');
      clock.advance(CLOCK_EVERY_MS);
      expect(await next).toBe(new Date(clock.nowMs()).toISOString());
    }
    expect(words.map(([name, ...values]) => [name, values.length])).toEqual([1, 2, 3].map(() => ['clock', 1]));
    expect(rig.authority.journal.head()).toBe(head);
  });

  it.each([
    ['another contract', { contractHash: 'stale' }, 'contract-changed'],
    ['entries this journal never had', { afterSeq: 1_000_000 }, 'gap'],
  ])('tells a page with %s to start over, and sends it nothing', async (_name, handshake, reason) => {
    const rig = await open();
    const socket = rig.socket(await rig.login('0201'), handshake);
    const { seen } = entriesOf(socket);
    expect(await once(socket, 'resync')).toBe(reason);
    expect(seen).toEqual([]);
  });

  it('refuses a socket without a login, with another’s token, or with a handshake of the wrong shape', async () => {
    const rig = await open();
    const [one, other] = [await rig.login('0201'), await rig.login('0101')];
    const wrong: [Person, object][] = [
      [{ ...one, token: other.token }, {}],
      [{ ...one, cookie: '' }, {}],
      [{ ...one, token: '' }, {}],
      [one, { afterSeq: -1 }],
      [one, { afterSeq: '0' }],
    ];
    for (const [person, more] of wrong) {
      const socket = rig.socket(person, more);
      const { seen } = entriesOf(socket);
      expect((await once<Error>(socket, 'connect_error')).message).toContain('CD_AUTH_REQUIRED');
      expect(seen).toEqual([]);
      socket.disconnect();
    }
  });

  it('ends with the login: at logout, when the person is disabled, and when the time is up', async () => {
    const clock = new VirtualClock();
    const rig = await open({ clock });
    const [a, b, c] = [await rig.login('0201'), await rig.login('0202'), await rig.login('0101')];
    const sockets = await Promise.all(
      [a, b, c].map(async (person) => {
        const socket = rig.socket(person);
        await once(socket, 'live');
        return socket;
      }),
    );
    const ended = sockets.map((socket) => once(socket, 'resync'));
    await rig.post('/logout', {}, a);
    expect(await ended[0]).toBe('login-ended');
    await rig.authority.people.disable('0202', 'gone');
    expect(await ended[1]).toBe('login-ended');
    clock.advance(3_600_000);
    expect(await ended[2]).toBe('login-ended');
  });

  it('shows hold-up and duress only to those who may see them, and on no screen that faces the public (A-3, A-4)', async () => {
    const rig = await open();
    const people = {
      teller: await rig.login('0172'),
      auditor: await rig.login('0301'),
      officer: await rig.login('0201'),
      supervisor: await rig.login('0101'),
    };
    await rig.post('/positions/desk-1/sign-in', { commandId: newId() }, people.teller);
    await write(rig, [zoneOpened(1), holdUp, zoneOpened(2)]);
    const feeds = Object.entries(people).map(([name, person]) => [name, person, entriesOf(rig.socket(person))] as const);
    for (const [, , feed] of feeds) await feed.until((entry) => entry.type === 'alarm-panel.zone-opened' && entry.data.zone === 2);
    await write(rig, [{ type: 'alarm-panel.duress-used', data: {} }, zoneOpened(3)]);
    for (const [name, person, feed] of feeds) {
      await feed.until((entry) => entry.type === 'alarm-panel.zone-opened' && entry.data.zone === 3);
      const secret = feed.seen.filter(({ type }) => type === holdUp.type || type === 'alarm-panel.duress-used').length;
      expect([name, secret]).toEqual([name, name === 'officer' || name === 'supervisor' ? 2 : 0]);
      const page = (await (await rig.get('/entries?type=alarm-panel.&limit=50', person)).json()) as EntriesPage;
      expect([name, page.entries.length]).toEqual([name, name === 'officer' || name === 'supervisor' ? 5 : 3]);
    }
  });

  it('keeps no more than a few pages in memory for a browser that stops reading', async () => {
    const rig = await open();
    const person = await rig.login('0201');
    // A web socket by hand, so that the far end can stop taking bytes without telling.
    const { hostname, port } = new URL(rig.url);
    const line = connect(Number(port), hostname);
    let text = '';
    line.on('data', (chunk) => (text += chunk.toString('latin1')));
    const until = async (tail: string): Promise<void> => {
      while (!text.slice(-70_000).includes(tail)) await new Promise((resolve) => line.once('data', resolve));
    };
    line.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${person.cookie}\r\nUpgrade: websocket\r\n` +
        'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    const { contractHash } = (await (await rig.get('/login')).json()) as { contractHash: string };
    await until('"sid"');
    line.write(maskedFrame(`40${JSON.stringify({ token: person.token, afterSeq: 0, contractHash })}`));
    await until('"live"');
    line.pause();
    const quick = entriesOf(rig.socket(await rig.login('0202')));
    const waiting: number[] = [];
    for (let i = 0; i < 60; i += 1) {
      await write(rig, zones(500, i));
      waiting.push(await metric(rig, 'counterd_feed_waiting_packets_max'));
    }
    const head = rig.authority.journal.head();
    await quick.until(({ seq }) => seq === head);
    expect(isGapless(quick.seen.map(({ seq }) => seq))).toBe(true);
    // 30,000 entries were written; one transaction and one page may wait beyond the mark.
    expect(Math.max(...waiting)).toBeLessThanOrEqual(512 + 500 + 200);
    text = '';
    line.resume();
    await until(`"seq":${head},`);
    const seqs = [...text.matchAll(/"entry",\{"seq":(\d+),/g)].map((found) => Number(found[1]));
    expect(isGapless(seqs)).toBe(true);
    expect(seqs.at(-1)).toBe(head);
    line.destroy();
  });
});

describe('pages of the journal', () => {
  it('walk back to the first entry and forward to the last without losing one, whatever the filter', async () => {
    const rig = await open();
    const person = await rig.login('0201');
    await write(rig, zones(1_300));
    const fetchPage = async (query: string): Promise<EntriesPage> =>
      (await (await rig.get(`/entries?${query}`, person)).json()) as EntriesPage;
    const back: Entry[] = [];
    let before: number | undefined;
    do {
      const page: EntriesPage = await fetchPage(
        `limit=170&type=alarm-panel.zone-opened${before === undefined ? '' : `&beforeSeq=${before}`}`,
      );
      back.unshift(...page.entries);
      before = page.nextBeforeSeq;
    } while (before !== undefined);
    const forth: Entry[] = [];
    let after: number | undefined = 0;
    do {
      const page: EntriesPage = await fetchPage(`limit=170&device=panel-1&afterSeq=${after}`);
      forth.push(...page.entries);
      after = page.nextAfterSeq;
    } while (after !== undefined);
    expect(back.length).toBe(1_300);
    expect(forth.map(({ seq }) => seq)).toEqual(back.map(({ seq }) => seq));
    expect((await fetchPage('limit=3')).entries.map(({ seq }) => seq)).toEqual([-2, -1, 0].map((n) => rig.authority.journal.head() + n));
    expect((await rig.get('/entries?limit=0', person)).status).toBe(400);
    expect((await rig.get('/entries?limit=1001', person)).status).toBe(400);
  });

  it('hand out a state from which the feed goes on to the same state', async () => {
    const rig = await open();
    const person = await rig.login('0101');
    const { evolve } = await import('../../daemon/contract/index.ts');
    let state = await stateOf(rig, person);
    const feed = entriesOf(rig.socket(person, { afterSeq: state.seq }));
    const teller = await rig.login('0172');
    await rig.post('/positions/desk-1/sign-in', { commandId: newId() }, teller);
    await write(rig, zones(20));
    const head = rig.authority.journal.head();
    await feed.until(({ seq }) => seq === head);
    for (const entry of feed.seen) state = evolve(state, entry);
    expect(state).toEqual(await stateOf(rig, person));
  });
});

async function metric(rig: GatewayRig, name: string): Promise<number> {
  const text = await (await fetch(`${rig.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

/** One masked text frame, as a browser sends it (RFC 6455, 5.2). */
function maskedFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head =
    payload.length < 126
      ? Buffer.from([0x81, 0x80 | payload.length])
      : Buffer.from([0x81, 0xfe, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}
