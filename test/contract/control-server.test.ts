import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CounterdError, type ErrorCode } from '../../drivers/kit/errors.ts';
import { serveControl, type ControlServer } from '../../simulators/control/control-server.ts';
import { PacedClock } from '../../simulators/kit/paced-clock.ts';
import type { ServedBranch } from '../../simulators/serve/served-branch.ts';
import { ServedDevice } from '../../simulators/serve/served-device.ts';
import { tcpEnd } from '../../simulators/serve/tcp.ts';
import { lampSimulator } from '../support/lamp-simulator.ts';

let branch: ServedBranch;
let control: ControlServer;

beforeAll(async () => {
  const clock = new PacedClock(Date.now());
  const openEnd = tcpEnd({ host: '127.0.0.1', port: 0 });
  const served = await ServedDevice.start({ id: 'lamp', simulator: lampSimulator, world: {}, seed: '7', clock, openEnd });
  branch = {
    scenario: 'test',
    seed: 7,
    clock,
    devices: [{ served, name: lampSimulator.name, position: 'desk-1' }],
    close: async () => {
      clock.stop();
      await served.close();
    },
  };
  control = await serveControl(branch, { host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await control.close();
  await branch.close();
});

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
  readonly json: Readonly<Record<string, unknown>>;
}

/** node:http instead of fetch: a browser would not let a page choose Host and Origin, an attacker's program does. */
function ask(method: string, path: string, options: { body?: unknown; headers?: Record<string, string> } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const text = typeof options.body === 'string' ? options.body : options.body === undefined ? undefined : JSON.stringify(options.body);
    const json = text === undefined ? {} : { 'content-type': 'application/json' };
    const request = httpRequest(`${control.url}${path}`, { method, headers: { ...json, ...options.headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const body = Buffer.concat(chunks);
        const type = response.headers['content-type'] ?? '';
        const value = type.includes('json') ? (JSON.parse(body.toString('utf8')) as Record<string, unknown>) : {};
        resolve({ status: response.statusCode ?? 0, type, body, json: value });
      });
    });
    request.on('error', reject);
    request.end(text);
  });
}

describe('control server', () => {
  it('describes every device with its gestures, its possible faults and what can be seen', async () => {
    const { json } = await ask('GET', '/api/branch');
    expect(json).toMatchObject({
      scenario: 'test',
      seed: 7,
      clock: { speed: 1 },
      devices: [
        {
          id: 'lamp',
          model: 'alarm-panel/test-lamp',
          family: 'alarm-panel',
          position: 'desk-1',
          name: { zh: '测试灯' },
          gestures: [{ name: 'press', args: { type: 'object' } }, { name: 'jam' }],
          activeFaults: [],
        },
      ],
    });
  });

  it('performs a gesture and says how it ended', async () => {
    const { status, json } = await ask('POST', '/api/devices/lamp/gestures/press', { body: { times: 3 } });
    expect([status, json]).toEqual([200, { kind: 'done', result: {} }]);
    expect(branch.devices[0]?.served.view()).toMatchObject({ pressCount: 3 });
  });

  it('takes a gesture without arguments without a body', async () => {
    expect((await ask('POST', '/api/devices/lamp/gestures/press')).status).toBe(200);
  });

  it('sets and clears a fault', async () => {
    expect((await ask('POST', '/api/devices/lamp/faults', { body: { kind: 'slow', byMs: 200 } })).status).toBe(200);
    expect(branch.devices[0]?.served.faults).toEqual([{ kind: 'slow', byMs: 200 }]);
    expect((await ask('DELETE', '/api/devices/lamp/faults/slow')).status).toBe(200);
    expect(branch.devices[0]?.served.faults).toEqual([]);
  });

  it('shows pictures as PNG', async () => {
    expect((await ask('GET', '/api/devices/lamp/pictures')).json).toEqual({ names: ['lamp'] });
    const { status, type, body } = await ask('GET', '/api/devices/lamp/pictures/lamp.png');
    expect([status, type, body.subarray(1, 4).toString()]).toEqual([200, 'image/png', 'PNG']);
  });

  it('lets time stand still, run faster and step', async () => {
    expect((await ask('POST', '/api/clock', { body: { speed: 0 } })).json).toMatchObject({ speed: 0 });
    const before = branch.clock.nowMs();
    await ask('POST', '/api/clock', { body: { stepMs: 1_000 } });
    expect(branch.clock.nowMs()).toBe(before + 1_000);
    expect((await ask('POST', '/api/clock', { body: { speed: 1 } })).json).toMatchObject({ speed: 1 });
  });

  it('streams everything first, then each truth, view and fault as it happens', async () => {
    const events: string[] = [];
    const stream = httpRequest(`${control.url}/api/stream`, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const whole = text.split('\n\n');
        text = whole.pop() ?? '';
        for (const each of whole) events.push(/^event: (\w+)/.exec(each)?.[1] ?? each);
        if (events.length === 1) {
          branch.devices[0]?.served.gesture('press', {});
          branch.devices[0]?.served.fault({ kind: 'silence' });
          branch.devices[0]?.served.clear('silence');
        }
      });
      response.on('error', () => undefined); // the test hangs up in the middle
    });
    stream.on('error', () => undefined); // the test hangs up in the middle
    stream.end();
    await expect.poll(() => events.length).toBeGreaterThanOrEqual(5);
    stream.destroy();
    expect(events[0]).toBe('branch');
    expect(events.slice(1, 5).sort()).toEqual(['faults', 'faults', 'truth', 'view']);
  });

  it.each<readonly [string, string, string, unknown, number, ErrorCode]>([
    ['an unknown device', 'POST', '/api/devices/nobody/gestures/press', {}, 404, 'CD_SIM_UNKNOWN'],
    ['an unknown gesture', 'POST', '/api/devices/lamp/gestures/kick', {}, 404, 'CD_SIM_UNKNOWN'],
    ['arguments that do not fit', 'POST', '/api/devices/lamp/gestures/press', { times: 99 }, 400, 'CD_INPUT_SHAPE'],
    ['an unknown fault', 'POST', '/api/devices/lamp/faults', { kind: 'gremlin' }, 404, 'CD_SIM_UNKNOWN'],
    ['a fault without its arguments', 'POST', '/api/devices/lamp/faults', { kind: 'slow' }, 400, 'CD_INPUT_SHAPE'],
    ['a fault the device cannot have', 'POST', '/api/devices/lamp/faults', { kind: 'power-cut' }, 404, 'CD_SIM_UNKNOWN'],
    ['a body that is no JSON', 'POST', '/api/devices/lamp/gestures/press', '{', 400, 'CD_INPUT_JSON'],
    ['an order to the clock that does not fit', 'POST', '/api/clock', { speed: -1 }, 400, 'CD_INPUT_SHAPE'],
    ['a picture that is not there', 'GET', '/api/devices/lamp/pictures/nothing.png', undefined, 404, 'CD_INPUT_NOT_FOUND'],
    ['an address that is not there', 'GET', '/api/everything', undefined, 404, 'CD_INPUT_NOT_FOUND'],
  ])('answers %s with a problem document', async (_, ...[method, path, body, status, code]) => {
    const answer = await ask(method, path, { body });
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
    expect(answer.type).toContain('application/problem+json');
    expect(answer.json['text']).toEqual(new CounterdError(code).entry.text);
  });

  it('refuses a gesture that is not possible now with the reason', async () => {
    await ask('POST', '/api/devices/lamp/gestures/jam');
    const { status, json } = await ask('POST', '/api/devices/lamp/gestures/press');
    expect([status, json['code'], json['detail']]).toEqual([409, 'CD_SIM_GESTURE', 'the key is jammed']);
  });

  it.each<readonly [string, Record<string, string>, number, ErrorCode]>([
    ['a rebound name', { host: 'evil.example' }, 421, 'CD_INPUT_HOST'],
    ['our name with another port', { host: '127.0.0.1:1' }, 421, 'CD_INPUT_HOST'],
    ['another web page', { origin: 'https://evil.example' }, 403, 'CD_INPUT_ORIGIN'],
    ['a page without an origin of its own', { origin: 'null' }, 403, 'CD_INPUT_ORIGIN'],
    ['a page on another local port', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }, 403, 'CD_INPUT_ORIGIN'],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }, 403, 'CD_INPUT_ORIGIN'],
  ])('refuses %s before anything else', async (_, ...[headers, status, code]) => {
    for (const path of ['/', '/api/branch', '/api/stream', '/nothing']) {
      const { status: got, json } = await ask('GET', path, { headers });
      expect([path, got, json['code']]).toEqual([path, status, code]);
    }
  });

  it('refuses a body that another page could send without asking the browser', async () => {
    const { status, json } = await ask('POST', '/api/devices/lamp/gestures/press', {
      body: '{}',
      headers: { 'content-type': 'text/plain' },
    });
    expect([status, json['code']]).toEqual([415, 'CD_INPUT_MEDIA_TYPE']);
  });

  it('refuses a body that is too large', async () => {
    const { status } = await ask('POST', '/api/devices/lamp/gestures/press', { body: { times: 'x'.repeat(400_000) } });
    expect(status).toBe(413);
  });

  it('listens on loopback only, and says when its port is taken', async () => {
    await expect(serveControl(branch, { host: '0.0.0.0', port: 0 })).rejects.toMatchObject({ code: 'CD_USE_ARGUMENTS' });
    const port = Number(new URL(control.url).port);
    await expect(serveControl(branch, { host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'CD_CONFIG_PORT' });
  });
});
