import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD, demoPeople } from '../../daemon/authority/demo-people.ts';
import { buildDaemon, type Daemon, type DaemonOverrides } from '../../daemon/build-daemon.ts';
import type { CounterdConfig } from '../../daemon/config/config-schema.ts';
import type { BranchState, Entry, LoginScreen } from '../../daemon/contract/index.ts';

const log = pino({ level: 'silent' });
const folders: string[] = [];
const daemons: Daemon[] = [];

const config: CounterdConfig = {
  branch: { id: '012', name: '城东支行' },
  port: 0,
  positions: [{ id: 'desk-1', name: '现金1号' }],
  // Nothing listens there: the device is looked for again and again, and the daemon serves all the same.
  devices: [
    { id: 'panel', name: '主机', model: 'alarm-panel/dsc-it100', address: 'tcp://127.0.0.1:1', options: { code: '8731' }, simulated: true },
  ],
};
const demo: DaemonOverrides = { log, demo: { addressOf: () => undefined } };

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'counterd-daemon-'));
  folders.push(folder);
  return folder;
}
async function start(folder: string, overrides: DaemonOverrides = demo, changed: Partial<CounterdConfig> = {}): Promise<Daemon> {
  const daemon = await buildDaemon({ ...config, ...changed }, { dataFolder: folder }, overrides);
  daemons.push(daemon);
  return daemon;
}
afterEach(async () => {
  for (const daemon of daemons.splice(0)) await daemon.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
const entriesOf = (daemon: Daemon): readonly Entry[] =>
  daemon.journal.read({ afterSeq: 0 as never, limit: 1_000 }) as unknown as readonly Entry[];
const loginScreen = async (daemon: Daemon): Promise<LoginScreen> =>
  (await (await fetch(`${daemon.url}/api/v1/login`)).json()) as LoginScreen;

describe('the daemon', () => {
  it('serves a simulated branch with demo people who can log in, also after a restart', async () => {
    const folder = newFolder();
    const first = await start(folder);
    expect((await loginScreen(first)).demoPeople.map(({ id }) => id)).toEqual(demoPeople.map(({ id }) => id));
    await first.stop('signal');
    const again = await start(folder);
    const answer = await fetch(`${again.url}/api/v1/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ personId: '0172', password: DEMO_PASSWORD }),
    });
    expect(answer.status).toBe(200);
    expect(entriesOf(again).filter(({ type }) => type === 'branch.demo-prepared')).toHaveLength(1);
    expect(entriesOf(again).find(({ type }) => type === 'branch.stopped')?.data).toEqual({ reason: 'signal' });
    expect((await fetch(`${again.url}/readyz`)).status).toBe(200);
  });

  it('goes on without a device that is not there, and says why', async () => {
    const daemon = await start(newFolder());
    const cookie = await fetch(`${daemon.url}/api/v1/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ personId: '0101', password: DEMO_PASSWORD }),
    });
    const { token } = (await cookie.json()) as { token: string };
    const headers = { cookie: (cookie.headers.get('set-cookie') ?? '').split(';')[0] ?? '', 'x-counterd-token': token };
    const state = (await (await fetch(`${daemon.url}/api/v1/state`, { headers })).json()) as BranchState;
    expect(['opening', 'absent', 'waiting']).toContain(state.devices['panel']?.phase);
    // The data alone: in the hex of the chain any four digits stand now and then.
    const said = (): string => JSON.stringify(entriesOf(daemon).map(({ data }) => data));
    await expect.poll(said).toContain('CD_LINK_REFUSED');
    expect(said()).not.toContain('8731');
  });

  it('shows no demo people and prepares none when the branch is configured', async () => {
    const daemon = await start(newFolder(), { log });
    expect((await loginScreen(daemon)).demoPeople).toEqual([]);
    expect(daemon.people.list()).toEqual([]);
  });

  it('refuses a real branch on the data of a simulated one, whose passwords everybody knows', async () => {
    const folder = newFolder();
    await (await start(folder)).stop();
    await expect(start(folder, { log }, { devices: [] })).rejects.toMatchObject({ code: 'CD_CONFIG_SIMULATED' });
    await expect(start(folder)).resolves.toBeDefined();
  });

  it('refuses a port in use, a folder in use and a folder it cannot write, and leaves nothing open', async () => {
    const folder = newFolder();
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    await expect(start(folder, demo, { port })).rejects.toMatchObject({ code: 'CD_CONFIG_PORT' });
    other.close();

    const daemon = await start(folder);
    await expect(start(folder)).rejects.toMatchObject({ code: 'CD_STORAGE_LOCKED' });
    expect((await fetch(`${daemon.url}/healthz`)).status).toBe(200);

    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    await expect(start(join(file, 'data'))).rejects.toMatchObject({ code: 'CD_STORAGE_IO' });
  });

  it('stops once, however often it is told', async () => {
    const daemon = await start(newFolder());
    await Promise.all([daemon.stop('signal'), daemon.stop('command')]);
    await expect(fetch(`${daemon.url}/healthz`)).rejects.toThrow();
  });
});
