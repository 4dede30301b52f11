import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayRig, newId, once, problemIn, type Person } from '../support/gateway-rig.ts';

let rig: GatewayRig;
let uiFolder: string;
let teller: Person;
let officer: Person;

beforeAll(async () => {
  uiFolder = mkdtempSync(join(tmpdir(), 'counterd-ui-'));
  for (const name of ['index.html', 'display.html']) writeFileSync(join(uiFolder, name), `<title>${name}</title>`);
  mkdirSync(join(uiFolder, 'assets'));
  writeFileSync(join(uiFolder, 'assets', 'app-1a2b.js'), 'export {};');
  rig = await GatewayRig.open({ bodyMaxBytes: 4_096, uiFolder });
  teller = await rig.login('0172');
  officer = await rig.login('0201');
});
afterAll(async () => {
  await rig.close();
  rmSync(uiFolder, { recursive: true });
});

/** fetch() does not let a test choose Host, Origin or Sec-Fetch-Site. */
function raw(
  path: string,
  options: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string } = {},
): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${rig.url}${path}`, { method: options.method ?? 'GET', headers: options.headers ?? {} }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
    });
    request.on('error', reject);
    request.end(options.body);
  });
}
const json = { 'content-type': 'application/json' };
const codeOf = (answer: { body: string }): string => (JSON.parse(answer.body) as { code: string }).code;

describe('the source of a request', () => {
  it.each(['evil.example', 'evil.example:7373', '0.0.0.0', '127.0.0.1', '127.0.0.1.evil.example'])(
    'refuses Host %s with 421, for pages, API and socket alike',
    async (host) => {
      for (const path of ['/', '/api/v1/login', '/healthz', '/socket.io/?EIO=4&transport=polling']) {
        const answer = await raw(path, { headers: { host } });
        expect([path, answer.status]).toEqual([path, path.startsWith('/socket.io') ? 403 : 421]);
        if (!path.startsWith('/socket.io')) expect(codeOf(answer)).toBe('CD_INPUT_HOST');
        else expect(answer.body).toContain('CD_INPUT_HOST');
      }
    },
  );

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://127.0.0.1'])(
    'refuses Origin %s with 403, over HTTP and over the socket',
    async (origin) => {
      for (const path of ['/api/v1/login', '/healthz', '/socket.io/?EIO=4&transport=polling']) {
        const answer = await raw(path, { headers: { origin } });
        expect([path, answer.status]).toEqual([path, 403]);
        expect(answer.body).toContain('CD_INPUT_ORIGIN');
      }
    },
  );

  it('refuses an origin that only begins or ends like ours', async () => {
    for (const origin of [`${rig.url}.evil.example`, `https://evil.example/${rig.url}`, `${rig.url}1`, rig.url.replace('http', 'https')]) {
      expect((await raw('/api/v1/login', { headers: { origin } })).status).toBe(403);
    }
    expect((await raw('/api/v1/login', { headers: { origin: rig.url } })).status).toBe(200);
  });

  it.each(['cross-site', 'same-site'])('refuses Sec-Fetch-Site %s even with the right Host', async (site) => {
    expect((await raw('/api/v1/login', { headers: { 'sec-fetch-site': site } })).status).toBe(403);
    expect((await raw('/api/v1/login', { headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(200);
  });

  it('sends a page asked for under localhost to the one place where it is served', async () => {
    const host = `localhost:${new URL(rig.url).port}`;
    const answer = await raw('/?a=1', { headers: { host, accept: 'text/html' } });
    expect([answer.status, answer.headers['location']]).toEqual([308, `${rig.url}/?a=1`]);
  });

  it('refuses a socket with a foreign origin before any entry is sent', async () => {
    const socket = rig.socket(teller, { headers: { origin: 'https://evil.example' } });
    const seen: unknown[] = [];
    socket.on('entry', (entry) => seen.push(entry));
    await once(socket, 'connect_error');
    expect(seen).toEqual([]);
    socket.disconnect();
  });
});

describe('the form of a request', () => {
  it('refuses everything but JSON, and JSON that is none', async () => {
    const body = '{"personId":"0172","password":"x"}';
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain;application/json',
    ]) {
      const answer = await raw('/api/v1/login', { method: 'POST', headers: { 'content-type': type }, body });
      expect([type, answer.status, codeOf(answer)]).toEqual([type, 415, 'CD_INPUT_MEDIA_TYPE']);
    }
    const bare = await raw('/api/v1/login', { method: 'POST', body });
    expect(bare.status).toBe(415);
    for (const broken of ['{', '', '{"__proto__":{"a":1},"personId":"0172","password":"x"}']) {
      const answer = await raw('/api/v1/login', { method: 'POST', headers: json, body: broken });
      expect([broken, answer.status, codeOf(answer)]).toEqual([broken, 400, 'CD_INPUT_JSON']);
    }
  });

  it('names every member of a body that does not fit, and does nothing', async () => {
    const head = rig.authority.journal.head();
    const answer = await rig.post('/positions/desk-1/sign-in', { commandId: 7, more: true }, teller);
    const problem = await problemIn(answer);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect([answer.status, problem.code]).toEqual([400, 'CD_INPUT_SHAPE']);
    expect(problem.misfits?.map(({ path }) => path)).toContain('/commandId');
    expect(rig.authority.journal.head()).toBe(head);
  });

  it('refuses a body that is too large', async () => {
    const answer = await rig.post('/login', { personId: '0172', password: 'x'.repeat(10_000) });
    expect([answer.status, (await problemIn(answer)).code]).toEqual([413, 'CD_INPUT_TOO_LARGE']);
  });

  it('answers an unknown address and an unknown method with a problem document', async () => {
    expect((await problemIn(await rig.get('/nothing', teller))).code).toBe('CD_INPUT_NOT_FOUND');
    const answer = await fetch(`${rig.url}/api/v1/state`, { method: 'DELETE', headers: json, body: '{}' });
    expect((await problemIn(answer)).code).toBe('CD_INPUT_NOT_FOUND');
  });
});

describe('who may ask', () => {
  it.each(['/state', '/me', '/entries', '/devices/printer-1', '/passbooks'])(
    'refuses %s without a login, and with the cookie alone',
    async (path) => {
      expect([(await rig.get(path)).status, (await rig.get(path, { ...teller, token: '' })).status]).toEqual([401, 403]);
      expect((await rig.get(path, { ...teller, token: officer.token })).status).toBe(403);
      expect((await rig.get(path, { token: teller.token, cookie: '' })).status).toBe(401);
    },
  );

  it('refuses to change anything without the token, with another login’s token, or without the cookie', async () => {
    const head = rig.authority.journal.head();
    const body = { commandId: newId() };
    const tries: [Person, string][] = [
      [{ ...teller, token: '' }, 'CD_INPUT_TOKEN'],
      [{ ...teller, token: officer.token }, 'CD_INPUT_TOKEN'],
      [{ token: teller.token, cookie: 'a=b' }, 'CD_AUTH_REQUIRED'],
    ];
    for (const [person, code] of tries)
      expect((await problemIn(await rig.post('/positions/desk-1/sign-in', body, person))).code).toBe(code);
    expect(rig.authority.journal.head()).toBe(head);
  });

  it('refuses a role that may not, and says so', async () => {
    const head = rig.authority.journal.head();
    const refusals = [
      await rig.post('/positions/desk-1/sign-in', { commandId: newId() }, officer),
      await rig.get('/devices/printer-1/frames', teller),
      await rig.post('/devices/panel-1/reconnect', { commandId: newId() }, teller),
      await rig.post('/devices/panel-1/commands', { commandId: newId(), name: 'disarm', args: { partition: 1 } }, officer),
      await rig.post('/approvals', { approvalId: newId(), content: { action: 'disarm', device: 'panel-1', partition: 1 } }, teller),
      await rig.get('/passbooks', officer),
    ];
    for (const refusal of refusals) expect([refusal.status, (await problemIn(refusal)).code]).toEqual([403, 'CD_AUTH_ROLE']);
    expect(rig.authority.journal.head()).toBe(head);
    expect(rig.authority.orders).toEqual([]);
  });

  it('knows no device, command, position, flow or picture that is not there', async () => {
    const supervisor = await rig.login('0101');
    const found = async (answer: Promise<Response>): Promise<string> => (await problemIn(await answer)).code;
    for (const id of ['nobody', '__proto__', 'constructor']) {
      expect(await found(rig.get(`/devices/${id}`, teller))).toBe('CD_DEVICE_UNKNOWN');
      expect(await found(rig.post(`/positions/${id}/sign-in`, { commandId: newId() }, teller))).toBe('CD_INPUT_NOT_FOUND');
      expect(await found(rig.post(`/flows/${id}/actions`, { commandId: newId(), action: { name: 'print' } }, teller))).toBe(
        'CD_FLOW_UNKNOWN',
      );
      expect(await found(rig.post(`/approvals/${id}/open`, {}, officer))).toBe('CD_INPUT_NOT_FOUND');
    }
    expect(await found(rig.post('/devices/panel-1/commands', { commandId: newId(), name: 'dance', args: {} }, supervisor))).toBe(
      'CD_COMMAND_UNKNOWN',
    );
    expect(await found(rig.get(`/images/${'0'.repeat(64)}`, teller))).toBe('CD_INPUT_NOT_FOUND');
  });

  it('refuses every route of the API without a login, but for the few that are public', async () => {
    const { paths } = (await (await fetch(`${rig.url}/api/v1/openapi.json`)).json()) as { paths: Record<string, Record<string, unknown>> };
    const open: string[] = [];
    for (const [path, methods] of Object.entries(paths)) {
      for (const method of Object.keys(methods)) {
        const url = rig.url + path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => (name === 'sha256' ? '0'.repeat(64) : 'something-1'));
        const answer = await fetch(url, { method: method.toUpperCase(), headers: json, ...(method === 'get' ? {} : { body: '{}' }) });
        if (answer.status !== 401) open.push(`${method} ${path}`);
      }
    }
    expect(Object.keys(paths).length).toBeGreaterThan(20);
    expect(open.sort()).toEqual(['get /api/v1/login', 'post /api/v1/display', 'post /api/v1/login']);
  });

  it('serves the pages of the interface and nothing around them', async () => {
    expect(await (await fetch(`${rig.url}/`)).text()).toContain('index.html');
    expect(await (await fetch(`${rig.url}/display/desk-1`)).text()).toContain('display.html');
    const script = await fetch(`${rig.url}/assets/app-1a2b.js`);
    expect([script.status, script.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    for (const path of ['/assets/', '/../package.json', '/%2e%2e/package.json', '/assets/..%2f..%2fpackage.json'])
      expect([path, (await raw(path)).status]).toEqual([path, 404]);
  });

  it('serves pictures, health and documents as the interface page says', async () => {
    expect((await rig.get(`/images/${'0'.repeat(64)}`)).status).toBe(401);
    for (const path of ['/healthz', '/readyz', '/metrics', '/api/v1/openapi.json', '/api/v1/asyncapi.json', '/docs/'])
      expect([path, (await fetch(rig.url + path)).status]).toEqual([path, 200]);
  });

  it('sends the strict headers with every answer', async () => {
    for (const path of ['/api/v1/login', '/healthz', '/nothing']) {
      const { headers } = await fetch(rig.url + path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});
