import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { NO_BYTES } from '../../drivers/kit/bytes.ts';
import { hostClock } from '../../drivers/kit/clock.ts';
import { Conversation } from '../../drivers/kit/conversation.ts';
import { httpClientCodec, type HttpRequest, type HttpResponse } from '../../drivers/kit/http-message.ts';
import type { CommandId } from '../../drivers/kit/machine.ts';
import type { Outcome } from '../../drivers/kit/outcome.ts';
import { runLink, type Outbox } from '../../drivers/kit/runner.ts';
import type { Link } from '../../drivers/kit/transport.ts';
import { model } from '../../drivers/seal-scanner/escl/driver.ts';
import { httpTransport, type HttpParts } from '../../drivers/transports/http.ts';
import { openTransport } from '../../drivers/transports/open-transport.ts';
import { PacedClock } from '../../simulators/kit/paced-clock.ts';
import { decodePng } from '../../simulators/kit/png.ts';
import { simulator } from '../../simulators/seal-scanner/escl.ts';
import { httpEnd } from '../../simulators/serve/http.ts';
import { ServedDevice } from '../../simulators/serve/served-device.ts';
import { readSlipNumber } from '../../simulators/world/slips.ts';

const NEVER = new AbortController().signal;
const cleanUps: (() => Promise<unknown> | undefined)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

async function serverAt(serve: Serve): Promise<{ server: Server; address: string }> {
  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(() => new Promise((resolve) => server.close(resolve)).finally(() => undefined));
  cleanUps.push(() => {
    server.closeAllConnections();
    return undefined;
  });
  return { server, address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/eSCL` };
}

async function linkTo(address: string, parts: Partial<HttpParts> = {}): Promise<{ link: Link; next: () => Promise<HttpResponse> }> {
  const link = await httpTransport({ address, ...parts }).open(NEVER);
  cleanUps.push(() => link.close());
  return { link, next: responsesOf(link) };
}

/** The responses of a link, one at a time. */
function responsesOf(link: Link): () => Promise<HttpResponse> {
  const chunks = link.chunks[Symbol.asyncIterator]();
  const decoder = httpClientCodec.decoder();
  const ready: HttpResponse[] = [];
  return async () => {
    while (ready.length === 0) {
      const chunk = await chunks.next();
      if (chunk.done === true) return expect.fail('the link ended');
      for (const piece of decoder.push(chunk.value)) if (piece.kind === 'frame') ready.push(piece.frame);
    }
    return ready.shift() ?? expect.fail('no response');
  };
}

function get(id: string, path: string, more: Partial<HttpRequest> = {}): Uint8Array {
  return httpClientCodec.encode({ id, method: 'GET', path, headers: {}, body: NO_BYTES, ...more });
}

const text = (body: Uint8Array): string => new TextDecoder().decode(body);

describe('the HTTP transport', () => {
  it('puts relative paths below the address and takes absolute ones as they stand', async () => {
    const { address } = await serverAt((request, response) => response.end(request.url));
    const { link, next } = await linkTo(address);
    await link.write(get('a', 'ScannerStatus'));
    expect(text((await next()).body)).toBe('/eSCL/ScannerStatus');
    await link.write(get('b', '/other//x'));
    expect(text((await next()).body)).toBe('/other//x');
    await link.write(get('c', '//evil.example/x'));
    expect(text((await next()).body)).toBe('//evil.example/x');
  });

  it('carries method, headers and body both ways, names in lower case', async () => {
    const { address } = await serverAt((request, response) => {
      request.on('data', (part: Buffer) => {
        response.writeHead(201, { Location: '/jobs/1', 'X-Host': request.headers.host ?? '', 'X-Method': request.method ?? '' });
        response.end(part);
      });
    });
    const { link, next } = await linkTo(address);
    await link.write(get('a', 'ScanJobs', { method: 'POST', headers: { host: 'localhost' }, body: Uint8Array.of(0, 255, 13, 10) }));
    const { id, status, headers, body } = await next();
    expect({ id, status, body: [...body] }).toEqual({ id: 'a', status: 201, body: [0, 255, 13, 10] });
    expect(headers).toMatchObject({ location: '/jobs/1', 'x-host': 'localhost', 'x-method': 'POST' });
  });

  it('has several requests under way and matches the answers by id', async () => {
    const waiting = new Map<string, ServerResponse>();
    const { address } = await serverAt((request, response) => {
      waiting.set(request.url ?? '', response);
      if (waiting.size < 3) return;
      for (const [url, held] of [...waiting].reverse()) held.end(url);
    });
    const { link, next } = await linkTo(address);
    for (const id of ['one', 'two', 'three']) await link.write(get(id, `/${id}`));
    for (let i = 0; i < 3; i++) {
      const { id, body } = await next();
      expect(text(body)).toBe(`/${id}`);
    }
  });

  it('follows no redirect', async () => {
    const asked: string[] = [];
    const { address } = await serverAt((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(302, { Location: '/elsewhere' }).end();
    });
    const { link, next } = await linkTo(address);
    await link.write(get('a', 'x'));
    expect(await next()).toMatchObject({ status: 302, headers: { location: '/elsewhere' } });
    expect(asked).toEqual(['/eSCL/x']);
  });

  it('passes a body that is too long on as status 0, and lives on', async () => {
    const { address } = await serverAt((request, response) => response.end(request.url === '/long' ? Buffer.alloc(3_000_000) : 'short'));
    const { link, next } = await linkTo(address, { bodyMaxBytes: 1_000_000 });
    await link.write(get('a', '/long'));
    expect(await next()).toMatchObject({ id: 'a', status: 0 });
    await link.write(get('b', '/short'));
    expect(text((await next()).body)).toBe('short');
  });

  it('answers for a path that HTTP cannot carry instead of throwing', async () => {
    const { address } = await serverAt((_, response) => response.end());
    const { link, next } = await linkTo(address);
    await link.write(get('a', '/a b\r\nHost: x'));
    expect(await next()).toMatchObject({ id: 'a', status: 0 });
  });

  it('gives a request that counts a connection of its own', async () => {
    const ports: (number | undefined)[] = [];
    const { address } = await serverAt((request, response) => {
      ports.push(request.socket.remotePort);
      response.end();
    });
    const { link, next } = await linkTo(address);
    for (const once of [false, false, true, false]) {
      await link.write(get('a', 'x', { once }));
      await next();
    }
    expect(ports[1]).toBe(ports[0]);
    expect(ports[2]).not.toBe(ports[0]);
    expect(ports[3]).toBe(ports[0]);
  });

  it.each([
    ['before the answer', (response: ServerResponse) => response.destroy()],
    [
      'in the middle of the picture',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-length': 1000 });
        response.write('the first bytes', () => response.destroy());
      },
    ],
  ])('says that the link is lost when the connection breaks %s', async (_, breakOff) => {
    const { address } = await serverAt((_request, response) => {
      breakOff(response);
    });
    const { link, next } = await linkTo(address);
    const written = link.write(get('a', 'x', { once: true })).catch((cause: unknown) => cause);
    await expect(next()).rejects.toMatchObject({ code: 'CD_LINK_LOST' });
    await written;
    await expect(link.write(get('b', 'x'))).rejects.toMatchObject({ code: 'CD_LINK_LOST' });
  });

  it('asks again when the device closed a kept connection in the same moment, but never twice for what counts', async () => {
    let count = 0;
    const { address } = await serverAt((request, response) => {
      count++;
      if (count === 2) request.socket.resetAndDestroy();
      else response.end(String(count));
    });
    const { link, next } = await linkTo(address);
    await link.write(get('a', 'x'));
    await next();
    await link.write(get('b', 'x'));
    expect(await next()).toMatchObject({ id: 'b', status: 200 });
    count = 1;
    await link.write(get('c', 'x', { once: true })).catch(() => undefined);
    await expect(next()).rejects.toMatchObject({ code: 'CD_LINK_LOST' });
    expect(count).toBe(2);
  });

  it('gives up on a device that says nothing', async () => {
    const { address } = await serverAt(() => undefined);
    const { link, next } = await linkTo(address, { silenceMs: 50 });
    await link.write(get('a', 'x'));
    await expect(next()).rejects.toMatchObject({ code: 'CD_LINK_LOST' });
  });

  it('ends quietly after our own close, with requests under way', async () => {
    const { address } = await serverAt(() => undefined);
    const { link } = await linkTo(address);
    await link.write(get('a', 'x'));
    const reading = (async () => {
      const seen: Uint8Array[] = [];
      for await (const chunk of link.chunks) seen.push(chunk);
      return seen.length;
    })();
    await link.close();
    await link.close();
    expect(await reading).toBe(0);
  });

  it('says why a place cannot be opened', async () => {
    const vacant = createTcpServer();
    await new Promise<void>((resolve) => vacant.listen(0, '127.0.0.1', resolve));
    const { port } = vacant.address() as AddressInfo;
    await new Promise((resolve) => vacant.close(resolve));
    await expect(openTransport(`http://127.0.0.1:${String(port)}/eSCL`).open(NEVER)).rejects.toMatchObject({ code: 'CD_LINK_REFUSED' });
    await expect(httpTransport({ address: 'https://x' }).open(NEVER)).rejects.toMatchObject({ code: 'CD_CONFIG_ADDRESS' });
    await expect(httpTransport({ address: 'http://127.0.0.1:1/' }).open(AbortSignal.abort())).rejects.toMatchObject({
      code: 'CD_LINK_ABORTED',
    });
  });
});

describe('the eSCL driver over real HTTP', () => {
  it('scans a stack from the served simulator, and hears a pulled cable', async () => {
    const clock = new PacedClock(Date.UTC(2026, 10, 22));
    const device = await ServedDevice.start({
      id: 'scanner',
      simulator,
      world: { warmUpMs: 0, feedMs: 10, pageMs: 20, slipDpi: 75, feeder: ['voucher', 'blank'], location: 'absolute' },
      seed: '1',
      clock,
      openEnd: httpEnd({ host: '127.0.0.1', port: 0 }),
    });
    cleanUps.push(() => device.close());
    cleanUps.push(() => {
      clock.stop();
      return undefined;
    });
    const pages: (number | undefined)[] = [];
    const outcomes: Outcome[] = [];
    const args = { jobId: 'j', source: 'feeder', dpi: 75, colorMode: 'color', format: 'png' };
    const link = await openTransport(device.address).open(NEVER);
    let outbox: Outbox | undefined;
    const conversation = new Conversation<unknown, unknown, unknown, unknown, unknown, string>({
      machine: model.driver({}),
      codec: model.codec,
      clock: hostClock,
      sinks: {
        send: (bytes) => outbox?.send(bytes),
        event: (_, attachment) => {
          const png = attachment === undefined ? undefined : decodePng(attachment.bytes);
          if (png !== undefined) pages.push(readSlipNumber({ ...png, dpi: 75 }));
        },
        ready: () => {
          const terms = { timeoutMs: 60_000, repeat: 'unsafe' } as const;
          const settle = (outcome: Outcome): void => {
            outcomes.push(outcome);
            device.fault({ kind: 'unplug' });
          };
          conversation.execute({ id: 'c' as CommandId, command: { name: 'scan', args }, terms, settle });
        },
        giveUp: () => undefined,
        junk: () => expect.fail('no junk on real HTTP'),
      },
    });
    const end = await runLink(link, conversation, (box) => {
      outbox = box;
    });
    expect(outcomes).toMatchObject([{ kind: 'done', result: { pages: 2, reason: 'complete' } }]);
    expect(pages).toEqual([1, 2]);
    expect(end).toEqual({ kind: 'lost', code: 'CD_LINK_LOST' });
    await expect(openTransport(device.address).open(NEVER)).rejects.toMatchObject({ code: 'CD_LINK_REFUSED' });
  });
});
