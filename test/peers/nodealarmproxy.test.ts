/**
 * The npm program `nodealarmproxy`, written by others for a real Envisalink, talks to the simulated panel over TCP:
 * it logs in, reads the state, arms, sees the delay and the closing, is refused with a wrong code, disarms, and
 * follows zones and a hold-up.
 */
import { type EventEmitter, once } from 'node:events';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PacedClock } from '../../simulators/kit/paced-clock.ts';
import { ServedDevice } from '../../simulators/serve/served-device.ts';
import { parseListenPlace, tcpEnd } from '../../simulators/serve/tcp.ts';
import { simulator } from '../../simulators/alarm-panel/dsc-it100.ts';

interface Proxy {
  initConfig(config: Readonly<Record<string, unknown>>): EventEmitter;
  manualCommand(command: string, answered?: (error?: string) => void): void;
}

const proxy = createRequire(import.meta.url)('nodealarmproxy') as Proxy;
const seen: { readonly name: string; readonly data: unknown }[] = [];
const clock = new PacedClock(Date.now());
let panel: ServedDevice;
let events: EventEmitter;

beforeAll(async () => {
  clock.setSpeed(20);
  panel = await ServedDevice.start({
    id: 'panel',
    simulator,
    seed: 'peer',
    clock,
    world: {
      tpi: { password: 'user' },
      exitDelaySeconds: 5,
      entryDelaySeconds: 5,
      people: [{ name: '周洁', role: '安全员', userNumber: 1, code: '1234' }],
    },
    openEnd: tcpEnd(parseListenPlace('127.0.0.1:0')),
  });
  const [, port] = /:(\d+)$/.exec(panel.address) ?? [];
  events = proxy.initConfig({
    actualhost: '127.0.0.1',
    actualport: Number(port),
    password: 'user',
    zone: 64,
    partition: 8,
    logging: false,
    atomicEvents: true,
    proxyenable: false,
  });
  for (const name of ['data', 'zoneupdate', 'partitionupdate', 'partitionuserupdate', 'systemupdate']) {
    events.on(name, (data: unknown) => {
      seen.push({ name, data: structuredClone(data) });
      events.emit('any');
    });
  }
});

afterAll(async () => {
  clock.stop();
  await panel.close();
});

/** Waits for what the foreign program says it saw, from `from` on. */
async function sees(name: string, data: Readonly<Record<string, unknown>>, from = 0): Promise<void> {
  for (;;) {
    if (seen.slice(from).some((one) => one.name === name && isLike(one.data, data))) return;
    await once(events, 'any');
  }
}

function isLike(value: unknown, wanted: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(wanted).every(([key, expected]) => (value as Record<string, unknown>)[key] === expected);
}

/** Sends a command as the program does; resolves with the panel's error, if any. */
function command(text: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    proxy.manualCommand(text, resolve);
  });
}

it('logs in and learns every zone and the partition', async () => {
  await sees('data', {});
  await command('000');
  const last = seen.filter(({ name }) => name === 'data').at(-1)?.data as {
    zone: Record<string, unknown>;
    partition: Record<string, { send: string }>;
  };
  expect(Object.keys(last.zone).length).toBeGreaterThanOrEqual(1);
  expect(last.partition['1']?.send).toBe('ready');
});

it('arms with a code and sees the exit delay, the closing and the armed mode', async () => {
  const from = seen.length;
  expect(await command('03311234' + '00')).toBeUndefined();
  await sees('partitionupdate', { partition: 1, code: '656' }, from);
  await sees('partitionupdate', { partition: 1, code: '652', mode: '0' }, from);
});

it('hears of an entry and disarms within the delay', async () => {
  const from = seen.length;
  const door = 1;
  expect(panel.gesture('open-door', { zone: door }).kind).toBe('done');
  await sees('zoneupdate', { zone: door, code: '609' }, from);
  await sees('partitionupdate', { partition: 1, code: '657' }, from);
  expect(await command('04011234' + '00')).toBeUndefined();
  await sees('partitionupdate', { partition: 1, code: '655' }, from);
  expect(panel.gesture('close-door', { zone: door }).kind).toBe('done');
  await sees('zoneupdate', { zone: door, code: '610' }, from);
});

it('is told 670 for a wrong code and stays disarmed', async () => {
  const from = seen.length;
  await command('03319999' + '00');
  await sees('partitionupdate', { partition: 1, code: '670' }, from);
});

it('hears who closed and who opened', async () => {
  await sees('partitionuserupdate', {});
  const users = seen
    .filter(({ name }) => name === 'partitionuserupdate')
    .map(({ data }) => (data as [number, { code: string }])[1].code.slice(0, 3));
  expect(users).toContain('750');
});

it('keeps the armed partition in alarm when nobody keys in a code', async () => {
  const from = seen.length;
  await command('03311234' + '00');
  await sees('partitionupdate', { partition: 1, code: '652' }, from);
  expect(panel.gesture('open-door', { zone: 1 }).kind).toBe('done');
  await sees('partitionupdate', { partition: 1, code: '654' }, from);
});
