import { InvalidArgumentError } from 'commander';

/** A network port as typed; 0 lets the system pick one. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is 0 to 65535.');
  return port;
}
