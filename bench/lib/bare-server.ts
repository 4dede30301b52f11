/** The least that serves like the daemon: fastify, socket.io and an open database. Prints its address once it serves. */
import Database from 'better-sqlite3';
import fastify from 'fastify';
import { Server } from 'socket.io';

const database = new Database(process.argv[2] ?? ':memory:');
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
const app = fastify();
app.get('/readyz', () => ({ ready: database.prepare('SELECT 1').pluck().get() === 1 }));
const io = new Server(app.server, { serveClient: false });
const url = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ url })}\n`);
process.once('SIGTERM', () => {
  void io.close().then(() => process.exit(0));
});
