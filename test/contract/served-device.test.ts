import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromLatin1, toLatin1 } from '../../drivers/kit/bytes.ts';
import { CounterdError } from '../../drivers/kit/errors.ts';
import type { Link } from '../../drivers/kit/transport.ts';
import { openTransport } from '../../drivers/transports/open-transport.ts';
import { PacedClock } from '../../simulators/kit/paced-clock.ts';
import type { OpenLineEnd } from '../../simulators/serve/line-end.ts';
import { ptyEnd } from '../../simulators/serve/pty.ts';
import { ServedDevice } from '../../simulators/serve/served-device.ts';
import { tcpEnd } from '../../simulators/serve/tcp.ts';
import { openTrace, type TraceFile } from '../../simulators/serve/trace.ts';
import { lampSimulator } from '../support/lamp-simulator.ts';

let folder: string;
let clock: PacedClock;
const open: { close(): Promise<void> | void }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterd-served-'));
  clock = new PacedClock(Date.now());
});

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
  clock.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function serveLamp(openEnd: OpenLineEnd, trace?: TraceFile): Promise<ServedDevice> {
  const parts = { id: 'lamp', simulator: lampSimulator, world: { owner: '王小明' }, seed: '1', clock, openEnd };
  const device = await ServedDevice.start(trace === undefined ? parts : { ...parts, trace: trace.write });
  open.push(device);
  return device;
}

async function openLink(address: string): Promise<Link> {
  const link = await openTransport(address).open(AbortSignal.timeout(10_000));
  open.push(link);
  return link;
}

/** Reads from `link` until `text` has come. */
async function hear(link: Link, text: string): Promise<string> {
  let heard = '';
  for await (const chunk of link.chunks) {
    heard += toLatin1(chunk);
    if (heard.includes(text)) return heard;
  }
  return `${heard} (then it ended)`;
}

async function untilLost(link: Link): Promise<string> {
  try {
    let heardBytes = 0;
    for await (const chunk of link.chunks) heardBytes += chunk.length;
    return `ended quietly after ${heardBytes} bytes`;
  } catch (cause) {
    return cause instanceof CounterdError ? cause.code : String(cause);
  }
}

describe('a simulated device behind a pseudo-terminal', () => {
  it('is opened by its path and talks both ways', async () => {
    const device = await serveLamp(ptyEnd(join(folder, 'lamp')));
    const link = await openLink(device.address);
    await link.write(fromLatin1('PING\n'));
    expect(await hear(link, 'PONG\n')).toBe('PONG\n');
  });

  it('does not echo, and carries all 256 byte values unchanged', async () => {
    const received: number[] = [];
    const end = await ptyEnd(join(folder, 'raw'))(
      (bytes) => received.push(...bytes),
      () => undefined,
    );
    open.push(end);
    const link = await openLink(end.address);
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    await link.write(all);
    await expect.poll(() => received.length).toBe(256);
    expect(received).toEqual([...all]);
    end.deliver(all);
    const heard: number[] = [];
    for await (const chunk of link.chunks) {
      heard.push(...chunk);
      if (heard.length >= 256) break;
    }
    expect(heard).toEqual([...all]);
  });

  it('loses its link when the cable is pulled, and comes back behind the same path', async () => {
    const path = join(folder, 'lamp');
    const device = await serveLamp(ptyEnd(path));
    const link = await openLink(device.address);
    device.fault({ kind: 'unplug' });
    expect(await untilLost(link)).toBe('CD_LINK_LOST');
    await expect.poll(() => existsSync(path)).toBe(false);
    device.clear('unplug');
    await expect.poll(() => existsSync(path)).toBe(true);
    const again = await openLink(device.address);
    await again.write(fromLatin1('PING\n'));
    expect(await hear(again, 'PONG')).toContain('PONG');
  });

  it('removes its path when it is closed', async () => {
    const path = join(folder, 'lamp');
    const device = await serveLamp(ptyEnd(path));
    await device.close();
    expect(existsSync(path)).toBe(false);
  });

  it('refuses a path at which a file lies, and leaves the file alone', async () => {
    const path = join(folder, 'precious');
    writeFileSync(path, 'keep me');
    await expect(serveLamp(ptyEnd(path))).rejects.toMatchObject({ code: 'CD_SIM_TERMINAL' });
    expect(readFileSync(path, 'utf8')).toBe('keep me');
  });

  it('says so when the folder does not exist', async () => {
    await expect(serveLamp(ptyEnd(join(folder, 'nowhere', 'lamp')))).rejects.toMatchObject({ code: 'CD_SIM_TERMINAL' });
  });

  it('writes a trace of every frame both ways', async () => {
    const file = join(folder, 'trace.jsonl');
    const trace = openTrace(file);
    open.push(trace);
    const device = await serveLamp(ptyEnd(join(folder, 'lamp')), trace);
    const link = await openLink(device.address);
    await link.write(fromLatin1('PING\n'));
    await hear(link, 'PONG');
    const lines = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ device: id, direction, hex, frame }) => ({ id, direction, hex, frame }))).toEqual([
      { id: 'lamp', direction: 'to-device', hex: '50494E470A', frame: 'PING' },
      { id: 'lamp', direction: 'to-host', hex: '504F4E470A', frame: 'PONG' },
    ]);
  });
});

describe('a simulated device behind a TCP port', () => {
  const anyPort = tcpEnd({ host: '127.0.0.1', port: 0 });

  it('talks both ways and takes a new client after the first has gone', async () => {
    const device = await serveLamp(anyPort);
    for (const question of ['PING', 'PING again']) {
      const link = await openLink(device.address);
      await link.write(fromLatin1(`${question}\n`));
      expect(await hear(link, '\n')).toBe(question === 'PING' ? 'PONG\n' : '? PING again\n');
      await link.close();
    }
  });

  it('turns a second client away while the first stays connected', async () => {
    const device = await serveLamp(anyPort);
    const first = await openLink(device.address);
    await first.write(fromLatin1('PING\n'));
    expect(await hear(first, 'PONG')).toContain('PONG');
    const second = connect(device.address);
    await once(second, 'close');
    expect(device.gesture('press', {}).kind).toBe('done');
  });

  it('refuses connections while the cable is out, and keeps its port', async () => {
    const device = await serveLamp(anyPort);
    const { address } = device;
    const link = await openLink(address);
    device.fault({ kind: 'unplug' });
    expect(await untilLost(link)).toBe('CD_LINK_LOST');
    await expect(openLink(address)).rejects.toMatchObject({ code: 'CD_LINK_REFUSED' });
    device.clear('unplug');
    await expect
      .poll(() =>
        openLink(address).then(
          () => 'open',
          () => 'refused',
        ),
      )
      .toBe('open');
    expect(device.address).toBe(address);
  });

  it('says that a port is taken', async () => {
    const device = await serveLamp(anyPort);
    const port = Number(device.address.split(':').at(-1));
    await expect(serveLamp(tcpEnd({ host: '127.0.0.1', port }))).rejects.toMatchObject({ code: 'CD_CONFIG_PORT' });
  });
});

describe('gestures and faults', () => {
  it('performs a gesture, shows it in the view and remembers what really happened', async () => {
    const device = await serveLamp(tcpEnd({ host: '127.0.0.1', port: 0 }));
    const changes: string[] = [];
    device.watch((change) => changes.push(change.kind));
    expect(device.gesture('press', { times: 2 })).toEqual({ kind: 'done', result: {} });
    expect(device.view()).toEqual({ pressCount: 2, owner: '王小明' });
    expect(device.truths).toMatchObject([{ number: 1, type: 'key-pressed', data: { pressCount: 2 } }]);
    expect(changes.sort()).toEqual(['truth', 'view']);
  });

  it('says why a gesture is not possible now', async () => {
    const device = await serveLamp(tcpEnd({ host: '127.0.0.1', port: 0 }));
    device.gesture('jam', {});
    expect(device.gesture('press', {})).toMatchObject({ kind: 'refused', code: 'CD_SIM_GESTURE', detail: 'the key is jammed' });
  });

  it('refuses gestures, arguments and faults that this device does not have', async () => {
    const device = await serveLamp(tcpEnd({ host: '127.0.0.1', port: 0 }));
    expect(() => device.gesture('kick', {})).toThrow(/CD_SIM_UNKNOWN/);
    expect(() => device.gesture('press', { times: 'many' })).toThrow(/CD_INPUT_SHAPE/);
    expect(() => device.fault({ kind: 'power-cut' })).toThrow(/CD_SIM_UNKNOWN/);
    expect(device.possibleFaults()).toContain('busy');
  });

  it('shows a fault while it is set', async () => {
    const device = await serveLamp(tcpEnd({ host: '127.0.0.1', port: 0 }));
    device.fault({ kind: 'slow', byMs: 5 });
    device.fault({ kind: 'busy', forMs: 1_000 });
    expect(device.faults.map((fault) => fault.kind)).toEqual(['slow', 'busy']);
    device.clear('slow');
    expect(device.faults.map((fault) => fault.kind)).toEqual(['busy']);
    clock.step(1_001);
    expect(device.faults).toEqual([]);
  });
});

function connect(address: string): Socket {
  const { hostname, port } = new URL(address);
  const socket = createConnection(Number(port), hostname);
  socket.on('error', () => undefined); // a reset is one way of being turned away
  open.push({ close: () => void socket.destroy() });
  return socket;
}
