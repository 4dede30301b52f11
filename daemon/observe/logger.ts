import { pino, type Logger, type DestinationStream } from 'pino';

export type { Logger };

/** Never in a log, wherever in a record they stand. */
const secret = [
  'password',
  'token',
  'displayToken',
  'cookie',
  'code',
  'options',
  'secret',
  '*.password',
  '*.token',
  '*.displayToken',
  '*.cookie',
  '*.code',
  '*.options',
  '*.secret',
  'req.headers.cookie',
  'req.headers.authorization',
  'req.headers["x-counterd-token"]',
  'req.body',
  'body',
  'args',
  '*.args',
  'res.headers["set-cookie"]',
  'headers.cookie',
  'headers["x-counterd-token"]',
];

/** Logs are for those who run the daemon: JSON lines on stderr. What happened at the branch is in the journal, not here. */
export function createLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino({ level, redact: { paths: secret, censor: '[secret]' }, base: null }, destination);
}
