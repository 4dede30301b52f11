import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { concatBytes, sameBytes } from '../../drivers/kit/bytes.ts';
import { CounterdError, type ErrorCode } from '../../drivers/kit/errors.ts';
import type { Link, Transport } from '../../drivers/kit/transport.ts';
import { openTransport } from '../../drivers/transports/open-transport.ts';
import { frameFile } from '../../drivers/transports/file.ts';
import { serialTransport } from '../../drivers/transports/serial.ts';
import { tcpTransport } from '../../drivers/transports/tcp.ts';
import { startPtyPeer, type PtyPeer } from '../support/pty-peer.ts';

const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, i) => i);
const NEVER = new AbortController().signal;

/** The other end of a link under test. */
interface FarEnd {
  readonly send: (bytes: Uint8Array) => void;
  /** Resolves with the first `count` bytes that arrived. */
  readonly received: (count: number) => Promise<Uint8Array>;
  readonly goAway: () => Promise<void>;
}

interface Bench {
  readonly address: string;
  /** Starts the far end; again after it went away. */
  readonly start: () => Promise<FarEnd>;
}

let folder = '';
const cleanUps: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'counterd-transports-'));
});

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  await rm(folder, { recursive: true, force: true });
});

const benches: Readonly<Record<string, () => Promise<Bench>>> = { tcp: tcpBench, 'serial over a pty': ptyBench };

describe.each(Object.entries(benches))('the transport law over %s', (_name, makeBench) => {
  it('carries every byte value both ways', async () => {
    const { far, link } = await joined(await makeBench());
    await link.write(ALL_BYTES);
    expect(await far.received(256)).toEqual(ALL_BYTES);
    far.send(ALL_BYTES);
    expect(await readBytes(link, 256)).toEqual(ALL_BYTES);
  });

  it('carries 256 KiB both ways at once, in order', async () => {
    const { far, link } = await joined(await makeBench());
    const long = Uint8Array.from({ length: 256 * 1024 }, (_, i) => (i * 7 + (i >> 8)) & 0xff);
    far.send(long);
    const [back, there] = await Promise.all([readBytes(link, long.length), far.received(long.length), link.write(long)]);
    expect(sameBytes(back, long) && sameBytes(there, long)).toBe(true);
  });

  it('ends the chunks quietly after our own close', async () => {
    const { link } = await joined(await makeBench());
    const reading = readToEnd(link);
    await link.close();
    expect(await reading).toBe('ended');
    await link.close();
  });

  it('throws CD_LINK_LOST out of the chunks when the far end goes', async () => {
    const { far, link } = await joined(await makeBench());
    const reading = readToEnd(link);
    await far.goAway();
    expect(await reading).toBe('CD_LINK_LOST');
    expect(await codeOf(link.write(ALL_BYTES))).toBe('CD_LINK_LOST');
    await link.close();
  });

  it('refuses to write after close, and never calls it done', async () => {
    const { link } = await joined(await makeBench());
    await link.close();
    expect(await codeOf(link.write(ALL_BYTES))).toBe('CD_LINK_LOST');
  });

  it('opens again after a loss, with nothing left over from the first link', async () => {
    const bench = await makeBench();
    const first = await joined(bench);
    const ending = readToEnd(first.link);
    await first.far.goAway();
    await ending;
    await codeOf(first.link.write(Uint8Array.of(0xee)));
    await first.link.close();
    const second = await joined(bench, first.transport);
    await second.link.write(ALL_BYTES);
    expect(await second.far.received(256)).toEqual(ALL_BYTES);
  });

  it('rejects with CD_LINK_ABORTED when aborted before and while opening, and leaves the place free', async () => {
    const bench = await makeBench();
    await bench.start();
    const transport = openTransport(bench.address);
    expect(await codeOf(transport.open(AbortSignal.abort()))).toBe('CD_LINK_ABORTED');
    const abort = new AbortController();
    const opening = codeOf(transport.open(abort.signal));
    abort.abort();
    expect(await opening).toBe('CD_LINK_ABORTED');
    const link = await openWhenFree(transport);
    await link.close();
  });

  it('refuses overlapping writes as our own mistake', async () => {
    const { link } = await joined(await makeBench());
    const first = link.write(ALL_BYTES);
    await expect(link.write(ALL_BYTES)).rejects.toThrow('never overlap');
    await first;
  });

  it('lets the process end after close', async () => {
    const bench = await makeBench();
    await bench.start();
    expect(
      await runElsewhere(
        `${OPEN(bench.address)} const reading = link.chunks[Symbol.asyncIterator]().next(); await link.close(); await reading;`,
      ),
    ).toBe('ended 0');
  });
});

describe('a serial port that is pulled at any moment', () => {
  const rounds = process.env['COUNTERD_LONG'] === '1' ? 50 : 6;

  it(`ends every one of ${rounds * 4} links with CD_LINK_LOST, four ports at a time`, async () => {
    for (let round = 0; round < rounds; round++) {
      const ends = [0, 1, 2, 3].map(async (slot) => {
        const path = join(folder, `pulled-${slot}`);
        const peer = await startPtyPeer(path);
        const link = await openTransport(`serial:${path}`).open(NEVER);
        const reading = readToEnd(link);
        await peer.goAway();
        const end = await reading;
        await link.close();
        return end;
      });
      expect(await Promise.all(ends)).toEqual(['CD_LINK_LOST', 'CD_LINK_LOST', 'CD_LINK_LOST', 'CD_LINK_LOST']);
    }
  });
});

describe('a line that takes nothing', () => {
  it('fails the write over serial after its time limit, closes without a crash and can be opened again', async () => {
    const path = join(folder, 'stuck');
    const peer = await startPtyPeer(path, 'never-reads');
    cleanUps.push(() => peer.goAway());
    const line = { baud: 4_000_000, parity: 'none', dataBits: 8, stopBits: 1, flow: 'none' } as const;
    const stuck = serialTransport({ address: 'serial:stuck', place: { kind: 'path', path }, line, stallMs: 50 });
    const link = await stuck.open(NEVER);
    expect(await codeOf(link.write(new Uint8Array(1024 * 1024)))).toBe('CD_LINK_LOST');
    await link.close();
    await (await stuck.open(NEVER)).close();
  });

  it('rejects the pending write at once when the link is closed under it', async () => {
    const path = join(folder, 'stuck');
    const peer = await startPtyPeer(path, 'never-reads');
    cleanUps.push(() => peer.goAway());
    const link = await openTransport(`serial:${path}`).open(NEVER);
    const writing = codeOf(link.write(new Uint8Array(1024 * 1024)));
    await link.close();
    expect(await writing).toBe('CD_LINK_LOST');
  });

  it('fails the write over tcp after its time limit', async () => {
    const { server, port } = await listen();
    server.on('connection', (socket) => socket.pause());
    const transport = tcpTransport({ address: 'tcp:stuck', host: '127.0.0.1', port, stallMs: 50 });
    const link = await transport.open(NEVER);
    expect(await codeOf(link.write(new Uint8Array(64 * 1024 * 1024)))).toBe('CD_LINK_LOST');
    await link.close();
  });
});

describe('why a link did not open', () => {
  const cases: readonly (readonly [string, ErrorCode, () => string | Promise<string>])[] = [
    ['no such serial port', 'CD_LINK_NOT_FOUND', () => `serial:${join(folder, 'none')}`],
    ['a path through a file', 'CD_LINK_NOT_FOUND', () => withFile((path) => `serial:${path}/x`)],
    ['a port that is no terminal', 'CD_LINK_FAILED', () => withFile((path) => `serial:${path}`)],
    ['a USB identity that is not plugged in', 'CD_LINK_NOT_FOUND', () => 'serial:usb-dead:beef:NOBODY'],
    ['nobody listens', 'CD_LINK_REFUSED', async () => `tcp://127.0.0.1:${await freePort()}`],
    ['no such host', 'CD_LINK_NOT_FOUND', () => 'tcp://no-such-host.invalid:9'],
    ['no such folder', 'CD_LINK_NOT_FOUND', () => `file:${join(folder, 'none')}`],
  ];
  it.each(cases)('%s is %s', async (_why, code, address) => {
    const seen = await codeOf(openTransport(await address()).open(NEVER));
    // A host without udevadm cannot list ports at all, which is another true answer.
    if (code === 'CD_LINK_NOT_FOUND' && seen === 'CD_LINK_FAILED') expect(await codeOf(listPorts())).toBe('CD_LINK_FAILED');
    else expect(seen).toBe(code);
  });

  it('a serial port that is open already is CD_LINK_BUSY, by another name too', async () => {
    const bench = await ptyBench();
    const { link } = await joined(bench);
    const again = join(folder, 'again');
    await rename(join(folder, 'pty'), again);
    expect(await codeOf(openTransport(`serial:${again}`).open(NEVER))).toBe('CD_LINK_BUSY');
    await link.close();
  });

  it('a port without permission is CD_LINK_FORBIDDEN', async () => {
    const path = await withFile((name) => name);
    await chmod(path, 0o000);
    await chmod(folder, 0o755);
    expect(await runElsewhere(OPEN(`serial:${path}`), 'as-nobody')).toBe('CD_LINK_FORBIDDEN 0');
  });

  it('a connection that does not come about in time is CD_LINK_FAILED', async () => {
    // TEST-NET-1 (RFC 5737) is never routed: either silence, or an immediate "unreachable".
    const transport = tcpTransport({ address: 'tcp:nowhere', host: '192.0.2.1', port: 9, connectMs: 30 });
    expect(['CD_LINK_FAILED', 'CD_LINK_NOT_FOUND', 'CD_LINK_REFUSED']).toContain(await codeOf(transport.open(NEVER)));
  });
});

describe('a serial port by USB identity', () => {
  const line = { baud: 9600, parity: 'none', dataBits: 8, stopBits: 1, flow: 'none' } as const;
  const place = { kind: 'usb', vendorId: '0403', productId: '6001' } as const;

  it('is looked up anew at every open', async () => {
    const bench = await ptyBench();
    await bench.start();
    const path = join(folder, 'pty');
    const listed = [[], [{ path, vendorId: '0403', productId: '6001', serialNumber: 'A1' }]];
    const transport = serialTransport({
      address: 'serial:usb-0403:6001:A1',
      place: { ...place, serial: 'A1' },
      line,
      list: () => Promise.resolve(listed.shift() ?? []),
    });
    expect(await codeOf(transport.open(NEVER))).toBe('CD_LINK_NOT_FOUND');
    await (await transport.open(NEVER)).close();
  });

  it('is refused when two ports share it, naming both', async () => {
    const twins = ['/dev/ttyUSB0', '/dev/ttyUSB1'].map((path) => ({ path, vendorId: '0403', productId: '6001' }));
    const transport = serialTransport({ address: 'twins', place, line, list: () => Promise.resolve(twins) });
    await expect(transport.open(NEVER)).rejects.toMatchObject({
      code: 'CD_CONFIG_ADDRESS',
      detail: 'usb-0403:6001 is /dev/ttyUSB0 and /dev/ttyUSB1: use /dev/serial/by-path',
    });
  });

  it('says CD_LINK_FAILED when the ports cannot be listed', async () => {
    const list = (): Promise<never> => Promise.reject(Object.assign(new TypeError('spawn udevadm ENOENT'), { code: 'ENOENT' }));
    expect(await codeOf(serialTransport({ address: 'x', place, line, list }).open(NEVER))).toBe('CD_LINK_FAILED');
  });
});

describe('a watched folder', () => {
  it('announces each completed file once, as one framed chunk, also those from before', async () => {
    await writeFile(join(folder, 'a.fsn'), 'first');
    await writeFile(join(folder, 'b.part'), 'unfinished');
    const transport = openTransport(`file:${folder}`);
    const link = await transport.open(NEVER);
    const chunks = link.chunks[Symbol.asyncIterator]();
    expect((await chunks.next()).value).toEqual(frameFile('a.fsn', new TextEncoder().encode('first')));
    await rename(join(folder, 'b.part'), join(folder, 'b.fsn'));
    expect((await chunks.next()).value).toEqual(frameFile('b.fsn', new TextEncoder().encode('unfinished')));
    await link.close();
    expect((await chunks.next()).done).toBe(true);
    const again = await transport.open(NEVER);
    await writeFile(join(folder, 'c.fsn'), '');
    expect((await again.chunks[Symbol.asyncIterator]().next()).value).toEqual(frameFile('c.fsn', new Uint8Array()));
    await again.close();
  });

  it('throws CD_LINK_LOST when the folder goes', async () => {
    const link = await openTransport(`file:${folder}`).open(NEVER);
    const reading = readToEnd(link);
    await rm(folder, { recursive: true });
    expect(await reading).toBe('CD_LINK_LOST');
  });
});

// --- the far ends

async function tcpBench(): Promise<Bench> {
  const { server, port } = await listen();
  return {
    address: `tcp://127.0.0.1:${port}`,
    start() {
      const heard = hearing();
      const arrived: Promise<Socket> = once(server, 'connection').then(([socket]) => {
        (socket as Socket).on('data', (bytes: Uint8Array) => heard.take(new Uint8Array(bytes))).on('error', () => undefined);
        return socket as Socket;
      });
      return Promise.resolve({
        send: (bytes) => void arrived.then((socket) => socket.write(bytes)),
        received: heard.received,
        async goAway() {
          (await arrived).destroy();
        },
      });
    },
  };
}

function ptyBench(): Promise<Bench> {
  const path = join(folder, 'pty');
  let peer: PtyPeer | undefined;
  const bench: Bench = {
    address: `serial:${path}?baud=4000000`,
    async start() {
      const heard = hearing();
      const started = await startPtyPeer(path);
      peer = started;
      started.onBytes(heard.take);
      return { send: started.send, received: heard.received, goAway: started.goAway };
    },
  };
  cleanUps.push(async () => peer?.goAway());
  return Promise.resolve(bench);
}

async function listen(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const bound = server.address();
  return { server, port: typeof bound === 'object' && bound !== null ? bound.port : 0 };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
}

function hearing(): { take: (bytes: Uint8Array) => void; received: (count: number) => Promise<Uint8Array> } {
  let all: Uint8Array[] = [];
  let wake = (): void => undefined;
  return {
    take(bytes) {
      all.push(bytes);
      wake();
    },
    async received(count) {
      for (;;) {
        const joinedBytes = concatBytes(all);
        all = [joinedBytes];
        if (joinedBytes.length >= count) return joinedBytes.slice(0, count);
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}

// --- reading and judging

async function joined(bench: Bench, transport = openTransport(bench.address)): Promise<{ far: FarEnd; link: Link; transport: Transport }> {
  const far = await bench.start();
  const link = await transport.open(NEVER);
  cleanUps.push(() => link.close());
  return { far, link, transport };
}

async function readBytes(link: Link, count: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of link.chunks) {
    parts.push(chunk);
    total += chunk.length;
    if (total >= count) break;
  }
  return concatBytes(parts);
}

async function readToEnd(link: Link): Promise<string> {
  try {
    for await (const chunk of link.chunks) expect(chunk.length).toBeGreaterThan(0);
    return 'ended';
  } catch (cause) {
    return cause instanceof CounterdError ? cause.code : String(cause);
  }
}

async function codeOf(trial: Promise<unknown>): Promise<string> {
  return trial.then(
    () => 'no error',
    (cause: unknown) => (cause instanceof CounterdError ? cause.code : String(cause)),
  );
}

/** An abandoned opening gives its port back as soon as it has one; until then the port is busy. */
async function openWhenFree(transport: Transport): Promise<Link> {
  for (;;) {
    try {
      return await transport.open(NEVER);
    } catch (cause) {
      if (!(cause instanceof CounterdError) || cause.code !== 'CD_LINK_BUSY') throw cause;
    }
  }
}

async function withFile(use: (path: string) => string): Promise<string> {
  const path = join(folder, 'plain');
  await writeFile(path, '');
  return use(path);
}

async function listPorts(): Promise<unknown> {
  const { SerialPort } = await import('serialport');
  return SerialPort.list().catch((cause: unknown) => Promise.reject(new CounterdError('CD_LINK_FAILED', 'list', { cause })));
}

const OPEN = (address: string): string => `const link = await openTransport('${address}').open(new AbortController().signal);`;

/** Runs `body` in a process of its own; says how it went and its exit status. It must end by itself. */
async function runElsewhere(body: string, who: 'as-us' | 'as-nobody' = 'as-us'): Promise<string> {
  const drop = who === 'as-nobody' && process.getuid?.() === 0 ? 'process.setgid(65534); process.setuid(65534);' : '';
  const program = `const { openTransport } = await import('./drivers/transports/open-transport.ts'); ${drop}
    let word = 'ended'; try { ${body} } catch (cause) { word = cause.code ?? String(cause); }
    process.on('exit', (code) => process.stdout.write(word + ' ' + code));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    timeout: 20_000,
  });
  return stdout;
}
