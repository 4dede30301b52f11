import { spawn, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, runCounterd, startCounterd, type Running } from '../support/counterd-program.ts';

let folder: string;
let running: Running[] = [];

beforeAll(() => {
  buildProgram();
  folder = mkdtempSync(join(tmpdir(), 'counterd-sim-'));
});

afterEach(async () => {
  await Promise.all(running.map((each) => each.end()));
  running = [];
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Simulated {
  readonly address: string;
  readonly control: string;
  readonly program: Running;
}

async function simulate(model: string, place: readonly string[], more: readonly string[] = []): Promise<Simulated> {
  const program = startCounterd(['sim', model, ...place, '--control', '127.0.0.1:0', '--seed', '1', ...more]);
  running.push(program);
  const ready = await program.nextLine();
  expect(ready['ready']).toBe(true);
  return { address: String(ready['address']), control: String(ready['control']), program };
}

async function gesture({ control }: Simulated, name: string, args: unknown = {}): Promise<number> {
  const device = ((await (await fetch(`${control}/api/branch`)).json()) as { devices: { id: string }[] }).devices[0]?.id ?? '';
  const answer = await fetch(`${control}/api/devices/${device}/gestures/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(args),
  });
  return answer.status;
}

const kinds = (lines: readonly Readonly<Record<string, unknown>>[]) => lines.map(({ kind }) => kind);

describe('counterd sim and counterd drive', () => {
  it('meet over a pseudo-terminal: the panel is asked for its status', async () => {
    const { address } = await simulate('alarm-panel/dsc-it100', ['--pty', join(folder, 'panel')]);
    expect(address).toBe(`serial:${join(folder, 'panel')}`);
    const { status, lines } = await runCounterd(['drive', 'alarm-panel/dsc-it100', address, 'refresh-status']);
    expect(status).toBe(0);
    expect(kinds(lines)).toContain('ready');
    expect(lines.at(-1)).toMatchObject({ kind: 'outcome', outcome: 'done' });
  });

  it('meet over TCP: notes dropped by hand are told one by one', async () => {
    const machine = await simulate('cash-counter/zm-aa55', ['--tcp', '127.0.0.1:0']);
    const watching = startCounterd(['drive', 'cash-counter/zm-aa55', machine.address, 'watch']);
    running.push(watching);
    for (let line = await watching.nextLine(); line['kind'] !== 'ready';) line = await watching.nextLine();
    expect(await gesture(machine, 'put-notes', { preset: '5×100' })).toBe(200);
    await expect.poll(() => watching.stdout().match(/"cash-counter\.note-counted"/g)?.length ?? 0, { timeout: 20_000 }).toBe(5);
    expect(await watching.end('SIGINT')).toBe(0);
  });

  it('meet over HTTP: a page is scanned into a file', async () => {
    const scanner = await simulate('seal-scanner/escl', ['--tcp', '127.0.0.1:0']);
    expect(await gesture(scanner, 'put-on-platen', { slip: 'reply-slip' })).toBe(200);
    const out = join(folder, 'pages');
    const args = { jobId: 'job-1', source: 'platen', dpi: 75, colorMode: 'gray', format: 'png', widthMm: 50, heightMm: 50 };
    const { status, lines } = await runCounterd([
      'drive',
      'seal-scanner/escl',
      scanner.address,
      'scan',
      JSON.stringify(args),
      '--out',
      out,
    ]);
    expect(status).toBe(0);
    const page = lines.find(({ type }) => type === 'seal-scanner.page-scanned');
    const { file } = page?.['attachment'] as { file: string };
    expect(readFileSync(file).subarray(1, 4).toString('latin1')).toBe('PNG');
  });

  it('answer with status 1 when the device refuses', async () => {
    const panel = await simulate('alarm-panel/dsc-it100', ['--pty', join(folder, 'panel')]);
    expect(await gesture(panel, 'open-door', { zone: 1 })).toBe(200);
    const options = JSON.stringify({ code: '1234' });
    const { status, lines } = await runCounterd(['drive', 'alarm-panel/dsc-it100', panel.address, 'arm', '-', '--options', options], {
      stdin: '{"partition":1,"mode":"away"}',
    });
    expect(status).toBe(1);
    expect(lines.at(-1)).toMatchObject({ kind: 'outcome', outcome: 'refused', code: 'CD_PANEL_NOT_READY' });
  });

  it('stop watching after the time given', async () => {
    const { address } = await simulate('alarm-panel/dsc-it100', ['--pty', join(folder, 'panel')]);
    const { status, lines } = await runCounterd(['drive', 'alarm-panel/dsc-it100', address, 'watch', '--for', '300ms']);
    expect(status).toBe(0);
    expect(kinds(lines)).toContain('status');
  });

  it('notice a cable that is pulled while they watch', async () => {
    const panel = await simulate('alarm-panel/dsc-it100', ['--pty', join(folder, 'panel')]);
    const watching = startCounterd(['drive', 'alarm-panel/dsc-it100', panel.address, 'watch']);
    running.push(watching);
    for (let line = await watching.nextLine(); line['kind'] !== 'ready';) line = await watching.nextLine();
    const closed = new Promise<number | null>((resolve) => watching.child.on('close', resolve));
    await fetch(`${panel.control}/api/devices/dsc-it100/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"kind":"unplug"}',
    });
    expect(await closed).toBe(3);
    expect(watching.stderr()).toContain('CD_LINK_LOST');
  });

  it('write every frame both ways into a trace that only its owner can read', async () => {
    const file = join(folder, 'trace.jsonl');
    const { address } = await simulate('alarm-panel/dsc-it100', ['--tcp', '127.0.0.1:0'], ['--trace', file]);
    await runCounterd(['drive', 'alarm-panel/dsc-it100', address, 'refresh-status']);
    const directions = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { direction: string }).direction);
    expect(new Set(directions)).toEqual(new Set(['to-device', 'to-host']));
    expect(lstatSync(file).mode & 0o077).toBe(0);
  });
});

describe('a simulated device as a process', () => {
  it('removes its link and ends with status 0 when it is told to stop', async () => {
    const path = join(folder, 'stopped');
    const { program } = await simulate('alarm-panel/dsc-it100', ['--pty', path]);
    expect(readlinkSync(path)).toMatch(/^\/dev\/pts\//);
    expect(await program.end('SIGTERM')).toBe(0);
    expect(existsSync(path)).toBe(false);
  });

  it('leaves nothing behind when it is killed', async () => {
    const path = join(folder, 'killed');
    const sim = startCounterd(['sim', 'alarm-panel/dsc-it100', '--pty', path]);
    await sim.nextLine();
    // The program that people type is the parent of the simulator: both go.
    expect(await sim.end('SIGKILL')).toBe(null);
    await expect.poll(() => lstatSync(path, { throwIfNoEntry: false }) === undefined, { timeout: 10_000 }).toBe(true);
  });

  it('serves a whole branch, prints every address, and ends with its parent', async () => {
    const sim = startCounterd(['sim', 'branch', '--seed', '5', '--dir', join(folder, 'branch'), '--with-parent']);
    running.push(sim);
    const ready = await sim.nextLine();
    const devices = ready['devices'] as { id: string; family: string; model: string; address: string; name: string }[];
    expect(devices.map(({ family }) => family).sort()).toEqual(['alarm-panel', 'cash-counter', 'passbook-printer', 'seal-scanner']);
    const described = (await (await fetch(`${String(ready['control'])}/api/branch`)).json()) as Record<string, unknown>;
    expect(described).toMatchObject({ scenario: 'quiet-day', seed: 5 });
    const closed = new Promise<number | null>((resolve) => sim.child.on('close', resolve));
    sim.child.stdin.end();
    expect(await closed).toBe(0);
    expect(existsSync(join(folder, 'branch', 'panel'))).toBe(false);
  });

  it('plays the same day again with the same seed', async () => {
    const days = await Promise.all(
      [1, 2].map(async () => {
        const machine = await simulate('cash-counter/zm-aa55', ['--tcp', '127.0.0.1:0']);
        await gesture(machine, 'put-notes', { preset: '3×100' });
        const { devices } = (await (await fetch(`${machine.control}/api/branch`)).json()) as {
          devices: { truths: { type: string; data: unknown }[] }[];
        };
        return devices[0]?.truths.slice(0, 1).map(({ type, data }) => ({ type, data }));
      }),
    );
    expect(days[0]).toEqual(days[1]);
  });
});

const hasSocat = spawnSync('socat', ['-V']).status === 0;

describe('foreign programs', () => {
  it.skipIf(!hasSocat)('socat polls the simulated panel over its terminal and is acknowledged', async () => {
    const { address } = await simulate('alarm-panel/dsc-it100', ['--pty', join(folder, 'panel')]);
    const socat = spawn('socat', ['-', `${address.slice('serial:'.length)},raw,echo=0`]);
    let heard = '';
    socat.stdout.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
    });
    // IT-100 guide 4.1: poll 000, checksum 90. The first line after opening may drown in noise, as the guide warns.
    const polls = setInterval(() => socat.stdin.write('00090\r\n'), 200);
    await expect.poll(() => heard, { timeout: 10_000 }).toContain('50000025\r\n');
    clearInterval(polls);
    socat.kill();
  });

  it('a bare socket talks to the simulated note counter', async () => {
    const { address } = await simulate('cash-counter/zm-aa55', ['--tcp', '127.0.0.1:0']);
    const { hostname, port } = new URL(address);
    const socket = createConnection(Number(port), hostname);
    const heard = new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(bytes.toString('hex').toUpperCase())));
    socket.write(Buffer.from('AA55030001000001A55A', 'hex'));
    expect(await heard).toMatch(/^AA55/);
    socket.destroy();
  });
});
