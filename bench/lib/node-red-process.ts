/** Node-RED embedded in a process of its own, as its manual shows. Arguments: where it is installed, its folder. Prints where it serves. */
import http from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

interface NodeRed {
  init(server: http.Server, settings: object): void;
  start(): Promise<void>;
  readonly events: { once(name: 'flows:started', task: () => void): void };
}

const [, , home = '', folder = ''] = process.argv;
const red = createRequire(join(home, 'package.json'))('node-red') as NodeRed;
const server = http.createServer();
red.init(server, {
  userDir: folder,
  flowFile: 'flows.json',
  httpAdminRoot: false,
  httpNodeRoot: '/',
  nodesDir: join(home, 'node_modules', 'node-red-node-serialport'),
  logging: { console: { level: 'off' } },
  credentialSecret: false,
  telemetry: { enabled: false },
});
red.events.once('flows:started', () => {
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` })}\n`);
  });
});
await red.start();
process.once('SIGTERM', () => process.exit(0));
