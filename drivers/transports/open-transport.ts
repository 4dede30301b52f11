import type { TransportNeed } from '../kit/manifest.ts';
import type { Transport } from '../kit/transport.ts';
import { parseAddress, type SerialLine } from './address.ts';
import { fileTransport } from './file.ts';
import { httpTransport } from './http.ts';
import { serialTransport } from './serial.ts';
import { tcpTransport } from './tcp.ts';

/**
 * The transport behind an address. Nothing is opened yet. Line settings that the address leaves out come from
 * `defaults`, which is what the model's manifest says about its line. Throws `CD_CONFIG_ADDRESS`.
 */
export function openTransport(address: string, defaults?: TransportNeed): Transport {
  const parsed = parseAddress(address);
  switch (parsed.scheme) {
    case 'serial':
      return serialTransport({ address, place: parsed.place, line: { ...lineOf(defaults), ...parsed.line } });
    case 'tcp':
      return tcpTransport({ address, host: parsed.host, port: parsed.port });
    case 'file':
      return fileTransport(address, parsed.path);
    case 'http':
      return httpTransport({ address: parsed.url });
  }
}

function lineOf(defaults: TransportNeed | undefined): SerialLine {
  const common = { baud: 9600, parity: 'none', dataBits: 8, stopBits: 1, flow: 'none' } as const;
  if (defaults?.scheme !== 'serial') return common;
  const { baud, parity, dataBits, stopBits } = defaults;
  return { baud, parity, dataBits, stopBits, flow: 'none' };
}
