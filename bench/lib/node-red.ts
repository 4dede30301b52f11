/**
 * Node-RED as somebody would set it up: serial in, a function that reads the note, a websocket. It is no dependency of counterd's: the
 * first measurement installs it beside the other built things, at these versions (the last that run on Node 20).
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundled } from './bundle.ts';
import { Child } from './child.ts';
import type { FeedServer } from './feed-server.ts';

const PACKAGES = ['node-red@4.1.8', 'node-red-node-serialport@2.0.3'];
const home = fileURLToPath(new URL('../../dist/bench/node-red', import.meta.url));
const PACKET_BYTES = 48;

export const nodeRedServer: FeedServer = {
  async start(paths) {
    await install();
    const folder = mkdtempSync(join(tmpdir(), 'counterd-bench-node-red-'));
    writeFileSync(join(folder, 'flows.json'), JSON.stringify(flowsFor(paths)));
    const child = await Child.start([await bundled('node-red-process'), home, folder]);
    child.whenEnded(() => rmSync(folder, { recursive: true, force: true }));
    return child;
  },
  async connect(url) {
    const WebSocket = createRequire(join(home, 'package.json'))('ws') as new (url: string) => SocketOfWs;
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/notes`);
    await new Promise<void>((resolve) => socket.on('open', () => resolve()));
    return (onSerial) => {
      socket.on('message', (text) => onSerial((JSON.parse(String(text)) as { readonly serial: string }).serial));
      return () => socket.close();
    };
  },
};

interface SocketOfWs {
  on(name: 'open' | 'message', listener: (text: unknown) => void): void;
  close(): void;
}

async function install(): Promise<void> {
  if (existsSync(join(home, 'node_modules', 'node-red-node-serialport'))) return;
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), '{"private":true}\n');
  process.stderr.write(`installing ${PACKAGES.join(' and ')}\n`);
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', ...PACKAGES], { cwd: home });
}

function flowsFor(paths: readonly string[]): readonly object[] {
  const body = `msg.payload = JSON.stringify({ seq: (context.set('n', (context.get('n') || 0) + 1), context.get('n')), at: new Date().toISOString(),
    type: 'note', serial: msg.payload.toString('latin1', 26, 36) }); return msg;`;
  const wire = { z: 'flow', x: 0, y: 0 };
  return [
    { id: 'flow', type: 'tab', label: 'notes' },
    { id: 'listener', type: 'websocket-listener', path: '/ws/notes', wholemsg: 'false' },
    { ...wire, id: 'out', type: 'websocket out', server: 'listener', client: '' },
    { ...wire, id: 'read', type: 'function', func: body, outputs: 1, wires: [['out']] },
    ...paths.flatMap((path, at) => [
      {
        ...{
          id: `port-${String(at)}`,
          type: 'serial-port',
          name: '',
          serialport: path,
          serialbaud: '115200',
          databits: '8',
          parity: 'none',
        },
        ...{ stopbits: '1', waitfor: '', dtr: 'none', rts: 'none', cts: 'none', dsr: 'none', newline: String(PACKET_BYTES), bin: 'bin' },
        ...{ out: 'count', addchar: '', responsetimeout: '10000' },
      },
      { ...wire, id: `in-${String(at)}`, type: 'serial in', serial: `port-${String(at)}`, wires: [['read']] },
    ]),
  ];
}
