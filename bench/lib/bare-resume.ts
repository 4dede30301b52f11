/** Sends every row of a journal to whoever connects, page by page as the line takes them: the least that catching up can cost. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3';
import { Server } from 'socket.io';

const PAGE_SIZE = 200;

const rows = new Database(process.argv[2] ?? '', { readonly: true }).prepare<[number, number], { seq: number; body: string }>(
  'SELECT seq, body FROM entries WHERE seq > ? ORDER BY seq LIMIT ?',
);
const server = createServer();
const io = new Server(server, { serveClient: false });
io.on('connection', (socket) => {
  let seq = 0;
  const sendPage = (): void => {
    const page = rows.all(seq, PAGE_SIZE);
    for (const { seq: at, body } of page) socket.emit('entry', { seq: at, ...(JSON.parse(body) as object) });
    seq = page.at(-1)?.seq ?? seq;
    if (page.length === 0) socket.emit('live', seq);
    else socket.conn.once('drain', () => setImmediate(sendPage));
  };
  sendPage();
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` })}\n`);
});
process.once('SIGTERM', () => process.exit(0));
