/** What there would be without counterd: serialport, a splitter of packets, socket.io. Nothing is kept. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SerialPort } from 'serialport';
import { Server } from 'socket.io';

const PACKET_BYTES = 48;

const server = createServer();
const io = new Server(server, { serveClient: false });
let seq = 0;
for (const path of process.argv.slice(2)) {
  const port = new SerialPort({ path, baudRate: 115_200 });
  let held = Buffer.alloc(0);
  port.on('data', (bytes: Buffer) => {
    held = Buffer.concat([held, bytes]);
    while (held.length >= PACKET_BYTES) {
      const packet = held.subarray(0, PACKET_BYTES);
      held = held.subarray(PACKET_BYTES);
      io.emit('entry', {
        seq: ++seq,
        at: new Date().toISOString(),
        device: path,
        type: 'note',
        data: { serial: packet.toString('latin1', 26, 36) },
      });
    }
  });
}
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` })}\n`);
});
process.once('SIGTERM', () => process.exit(0));
