import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, runCounterd, startCounterd } from '../support/counterd-program.ts';

let folder: string;

beforeAll(() => {
  buildProgram();
  folder = mkdtempSync(join(tmpdir(), 'counterd-cli-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const subcommands = [
  'start',
  'init',
  'user add',
  'devices',
  'doctor',
  'drive',
  'journal verify',
  'journal tail',
  'journal export',
  'journal rebuild',
  'backup',
  'restore',
  'sim',
  'sim branch',
  'sim list',
  'sim faults',
  'seal verify',
  'seal extract',
  'seal batch',
  'render',
];

describe('counterd', () => {
  it.each(subcommands)('%s has --help, on stdout, with status 0', async (subcommand) => {
    const { status, stdout } = await runCounterd([...subcommand.split(' '), '--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('Usage: counterd');
  });

  it('says its version', async () => {
    const { status, stdout } = await runCounterd(['--version']);
    expect([status, stdout.trim()]).toEqual([0, '0.1.0']);
  });

  it.each([
    ['a subcommand that does not exist', ['dance']],
    ['an option that does not exist', ['sim', 'list', '--loudly']],
    ['a missing argument', ['drive']],
    ['a port that is none', ['start', '--port', '99999']],
    ['a port that is no number', ['doctor', '--port', 'abc']],
    ['a USB address, which cannot be opened yet', ['drive', 'alarm-panel/dsc-it100', 'hid:1234:5678', 'watch']],
    ['a seed that is none', ['sim', 'branch', '--seed', 'lucky']],
    ['an unknown model', ['drive', 'alarm-panel/acme-x', 'tcp://127.0.0.1:1', 'watch']],
    ['an unknown simulated model', ['sim', 'alarm-panel/acme-x', '--tcp', '127.0.0.1:0']],
    ['a simulated device that is to be nowhere', ['sim', 'alarm-panel/dsc-it100']],
    ['a simulated device that is to be in two places', ['sim', 'alarm-panel/dsc-it100', '--tcp', '127.0.0.1:0', '--pty', '/tmp/x']],
    ['an address in no known form', ['drive', 'alarm-panel/dsc-it100', 'carrier-pigeon:7', 'watch']],
    ['a command the family does not have', ['drive', 'alarm-panel/dsc-it100', 'tcp://127.0.0.1:1', 'dance']],
    ['arguments that are no JSON', ['drive', 'alarm-panel/dsc-it100', 'tcp://127.0.0.1:1', 'arm', '{']],
    ['arguments that do not fit', ['drive', 'alarm-panel/dsc-it100', 'tcp://127.0.0.1:1', 'arm', '{"partition":99,"mode":"away"}']],
    ['an unknown scenario', ['sim', 'branch', 'no-such-day']],
    ['an unknown printer language', ['render', 'klingon', '/dev/null', '--out', '/tmp']],
  ])('answers %s with status 2 and a sentence', async (_, args) => {
    const { status, stderr, stdout } = await runCounterd(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr.length).toBeGreaterThan(20);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('names the known ones when a name is wrong', async () => {
    expect((await runCounterd(['drive', 'alarm-panel/acme-x', 'x', 'watch'])).stderr).toContain('alarm-panel/dsc-it100');
    expect((await runCounterd(['drive', 'alarm-panel/dsc-it100', 'x', 'dance'])).stderr).toContain('refresh-status');
    expect((await runCounterd(['sim', 'branch', 'no-such-day'])).stderr).toContain('quiet-day');
  });

  it('says what to write instead of an address form that is not built yet', async () => {
    const { stderr } = await runCounterd(['drive', 'alarm-panel/dsc-it100', 'rfc2217://moxa:4001', 'watch']);
    expect(stderr).toContain('write tcp://host:port');
  });

  it.each([
    ['journal', 'verify'],
    ['user', 'list'],
    ['user', 'disable', '0001'],
  ])('%s %s does not make a data folder out of a wrong --data', async (...words) => {
    const nowhere = join(folder, 'nowhere');
    const { status, stderr } = await runCounterd([...words, '--data', nowhere]);
    expect([status, existsSync(nowhere)]).toEqual([3, false]);
    expect(stderr).toContain(`no journal.db in ${nowhere}`);
  });

  it('start refuses a data folder that cannot be, and one that another daemon serves, before it starts a simulator', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const impossible = await runCounterd(['start', '--simulate', '--port', '0', '--data', join(file, 'data')]);
    expect([impossible.status, impossible.stdout]).toEqual([3, '']);
    expect(impossible.stderr).toContain(`${join(file, 'data')} (ENOTDIR)`);

    const served = join(folder, 'served');
    const first = startCounterd(['start', '--simulate', '--port', '0', '--data', served]);
    await first.nextLine();
    const second = await runCounterd(['start', '--simulate', '--port', '0', '--data', served]);
    await first.end();
    expect([second.status, second.stdout]).toEqual([3, '']);
    expect(second.stderr).toMatch(/^counterd: Another counterd uses this data folder\./);
  });

  it('never repeats an argument that may be a code', async () => {
    const { stderr } = await runCounterd(['drive', 'alarm-panel/dsc-it100', 'x', 'arm', '-'], { stdin: '{"partition":1,"code":"987654"}' });
    expect(stderr).not.toContain('987654');
  });

  it('speaks Chinese where the terminal does', async () => {
    const { stderr } = await runCounterd(['sim', 'branch', 'no-such-day'], { env: { LC_ALL: 'zh_CN.UTF-8' } });
    expect(stderr).toContain('场景文件有错');
  });

  it('names file, line and key of a scenario that is wrong', async () => {
    const file = join(folder, 'bad.yaml');
    writeFileSync(
      file,
      'name: { zh: 坏, en: Bad }\ndoc: { zh: 坏, en: Bad }\ndevices:\n  - { id: a, model: alarm-panel/dsc-it100, wyre: pty }\n',
    );
    const { status, stderr } = await runCounterd(['sim', 'branch', file]);
    expect(status).toBe(2);
    expect(stderr).toContain('line 4: devices[0]');
  });

  it('says with status 3 that nothing is at an address', async () => {
    const { status, stderr } = await runCounterd(['drive', 'alarm-panel/dsc-it100', `serial:${folder}/nothing`, 'watch']);
    expect(status).toBe(3);
    expect(stderr).toContain('CD_LINK_NOT_FOUND');
  });

  it('says with status 3 that a device does not answer', async () => {
    const { server: silent, port } = await listening();
    const { status, stderr } = await runCounterd([
      'drive',
      'cash-counter/zm-aa55',
      `tcp://127.0.0.1:${String(port)}`,
      'watch',
      '--wait',
      '500ms',
    ]);
    silent.close();
    expect(status).toBe(3);
    expect(stderr).toMatch(/CD_DEVICE_NO_ANSWER|CD_LINK_LOST/);
  });

  it('lists models, scenarios and faults as JSON', async () => {
    const list = (await runCounterd(['sim', 'list', '--json'])).lines[0];
    expect((list?.['models'] as { id: string }[]).map(({ id }) => id)).toContain('cash-counter/zm-aa55');
    expect((list?.['scenarios'] as { id: string }[]).map(({ id }) => id)).toContain('quiet-day');
    const { status, stdout } = await runCounterd(['sim', 'faults', '--json']);
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as { kind: string }[]).map(({ kind }) => kind)).toContain('answer-twice');
  });

  it('ends quietly when its reader has seen enough', async () => {
    const running = startCounterd(['sim', 'faults']);
    running.child.stdout.destroy();
    await new Promise((resolve) => running.child.on('close', resolve));
    expect(running.stderr()).toBe('');
  });

  it('finds what is wrong with a machine: a port in use, a folder that cannot be written', async () => {
    const { server: taken, port } = await listening();
    const { status, lines } = await runCounterd(['doctor', '--json', '--port', String(port), '--data', join(folder, 'data')]);
    taken.close();
    const findings = lines[0]?.['findings'] as { what: string; state: string; text: string }[];
    expect(findings.find(({ what }) => what === 'network port')).toMatchObject({ state: 'bad' });
    expect(findings.find(({ what }) => what === 'data folder')).toMatchObject({ state: 'good' });
    expect(status).toBe(1);
  });
});

/** A server that takes connections and says nothing. */
async function listening(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  return { server, port: typeof bound === 'object' && bound !== null ? bound.port : 0 };
}
