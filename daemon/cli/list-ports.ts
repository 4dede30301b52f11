import { readdirSync } from 'node:fs';
import { SerialPort } from 'serialport';
import type { ListedPort } from '../../drivers/transports/serial.ts';

/** Serial ports that are present. Where the system's device database cannot be asked (no udevadm), their names at least. */
export async function listPorts(): Promise<readonly ListedPort[]> {
  try {
    return await SerialPort.list();
  } catch {
    // `list` starts udevadm on Linux and fails as a whole without it.
    return readdirSync('/dev')
      .filter((name) => /^tty(USB|ACM|AMA)\d+$/.test(name))
      .map((name) => ({ path: `/dev/${name}` }));
  }
}
