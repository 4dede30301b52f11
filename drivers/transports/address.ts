/**
 * Device addresses, as people write them in `counterd.yaml` and on the command line.
 *
 *   serial:/dev/ttyUSB0?baud=9600&parity=none&data=8&stop=1&flow=none
 *   serial:usb-0403:6001:SERIALNO?baud=…      found by USB identity at every open, survives re-plugging
 *   tcp://host:port                           raw bytes
 *   http://host:port/eSCL                     scanners
 *   file:PATH                                 watched folder
 *   rfc2217://host:port  hid:1234:5678[:serial]  usb:1234:5678[:serial]   forms that are known, not built yet
 */
import { CounterdError } from '../kit/errors.ts';

/** Settings of a serial line. A member that the address leaves out comes from the model's manifest. */
export interface SerialLine {
  /** Bits per second, 50 to 4,000,000. */
  readonly baud: number;
  readonly parity: 'none' | 'even' | 'odd';
  readonly dataBits: 7 | 8;
  readonly stopBits: 1 | 2;
  /** `xonxoff` swallows the bytes 0x11 and 0x13: never for a binary protocol. */
  readonly flow: 'none' | 'rtscts' | 'xonxoff';
}

export type SerialPlace =
  | { readonly kind: 'path'; readonly path: string }
  /** Four lower-case hex digits each. Without a serial number (CH340 has none) the identity must be the only one present. */
  | { readonly kind: 'usb'; readonly vendorId: string; readonly productId: string; readonly serial?: string };

export type Address =
  | { readonly scheme: 'serial'; readonly place: SerialPlace; readonly line: Partial<SerialLine> }
  | { readonly scheme: 'tcp'; readonly host: string; readonly port: number }
  | { readonly scheme: 'http'; readonly url: string }
  | { readonly scheme: 'file'; readonly path: string };

export const addressForms =
  'serial:/dev/NAME?baud=9600&parity=none&data=8&stop=1&flow=none, serial:usb-VVVV:PPPP[:SERIAL]?…, tcp://host:port, ' +
  'http://host:port/path, file:PATH, rfc2217://host:port, hid:VVVV:PPPP[:SERIAL], usb:VVVV:PPPP[:SERIAL]';

/** Reads an address. Throws `CD_CONFIG_ADDRESS` with the list of forms, or with what is wrong inside a known form. */
export function parseAddress(text: string): Address {
  const scheme = /^([a-z0-9]+):/.exec(text)?.[1];
  switch (scheme) {
    case 'serial':
      return parseSerial(text);
    case 'tcp':
      return parseTcp(text);
    case 'http':
      return parseHttp(text);
    case 'file':
      return parseFile(text);
    case 'rfc2217':
      throw unsupported(text, 'let the serial device server pass raw bytes at a fixed line speed, and write tcp://host:port');
    case 'hid':
    case 'usb':
      throw unsupported(text, 'connect the device over its serial port or its network port; none of the built-in models needs this form');
    default:
      throw new CounterdError('CD_CONFIG_ADDRESS', `"${text}" is none of: ${addressForms}`);
  }
}

/** Writes an address in its one canonical form: `parseAddress(formatAddress(a))` equals `a`. */
export function formatAddress(address: Address): string {
  switch (address.scheme) {
    case 'serial':
      return formatSerial(address.place, address.line);
    case 'tcp':
      return `tcp://${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`;
    case 'http':
      return address.url;
    case 'file':
      return `file:${address.path}`;
  }
}

type Settings = { -readonly [K in keyof SerialLine]?: SerialLine[K] };

/** What each query key may hold; `stop=3` or an unknown key is refused, never passed on to the port. */
const settingReaders: Readonly<Record<string, (value: string, line: Settings) => boolean>> = {
  baud(value, line) {
    line.baud = /^\d{2,7}$/.test(value) ? Number(value) : 0;
    return line.baud >= 50 && line.baud <= 4_000_000;
  },
  parity(value, line) {
    if (value !== 'none' && value !== 'even' && value !== 'odd') return false;
    line.parity = value;
    return true;
  },
  data(value, line) {
    line.dataBits = value === '7' ? 7 : 8;
    return value === '7' || value === '8';
  },
  stop(value, line) {
    line.stopBits = value === '2' ? 2 : 1;
    return value === '1' || value === '2';
  },
  flow(value, line) {
    if (value !== 'none' && value !== 'rtscts' && value !== 'xonxoff') return false;
    line.flow = value;
    return true;
  },
};

function parseSerial(text: string): Address {
  const [where, query] = cut(text.slice('serial:'.length), '?');
  const line: Settings = {};
  const seen = new Set<string>();
  for (const setting of query === undefined || query === '' ? [] : query.split('&')) {
    const [key, value = ''] = cut(setting, '=');
    const read = Object.hasOwn(settingReaders, key) ? settingReaders[key] : undefined;
    if (read === undefined) throw wrong(text, `"${key}" is not one of baud, parity, data, stop, flow`);
    if (seen.has(key)) throw wrong(text, `"${key}" is given twice`);
    if (!read(value, line)) throw wrong(text, `"${value}" is not a value of ${key}`);
    seen.add(key);
  }
  return { scheme: 'serial', place: parsePlace(where, text), line };
}

function parsePlace(where: string, text: string): SerialPlace {
  if (/^\/[^\0]*[^/\0]$/.test(where) || /^COM\d{1,3}$/.test(where)) return { kind: 'path', path: where };
  const usb = /^usb-([0-9a-f]{4}):([0-9a-f]{4})(?::(.+))?$/i.exec(where);
  if (usb?.[1] === undefined || usb[2] === undefined) {
    throw wrong(text, 'a serial port is an absolute path, COMn, or usb-VVVV:PPPP[:SERIAL]');
  }
  const identity = { kind: 'usb', vendorId: usb[1].toLowerCase(), productId: usb[2].toLowerCase() } as const;
  return usb[3] === undefined ? identity : { ...identity, serial: usb[3] };
}

function parseTcp(text: string): Address {
  const parts = /^tcp:\/\/(?:\[([0-9a-fA-F:.]+)\]|([^\s:/?#@[\]]+)):(\d{1,5})$/.exec(text);
  const host = parts?.[1] ?? parts?.[2];
  const port = Number(parts?.[3] ?? 0);
  if (host === undefined || port < 1 || port > 65_535) throw wrong(text, 'the form is tcp://host:port, port 1 to 65535');
  return { scheme: 'tcp', host, port };
}

function parseHttp(text: string): Address {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '' || url.username !== '' || url.search !== '' || url.hash !== '') {
    throw wrong(text, 'the form is http://host:port/path');
  }
  return { scheme: 'http', url: url.href };
}

function parseFile(text: string): Address {
  const path = text.slice('file:'.length);
  if (path === '' || path.includes('\0')) throw wrong(text, 'the form is file:PATH');
  return { scheme: 'file', path };
}

function formatSerial(place: SerialPlace, line: Partial<SerialLine>): string {
  const where =
    place.kind === 'path' ? place.path : `usb-${place.vendorId}:${place.productId}${place.serial === undefined ? '' : `:${place.serial}`}`;
  const settings: readonly (readonly [string, string | number | undefined])[] = [
    ['baud', line.baud],
    ['parity', line.parity],
    ['data', line.dataBits],
    ['stop', line.stopBits],
    ['flow', line.flow],
  ];
  const query = settings.flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`])).join('&');
  return `serial:${where}${query === '' ? '' : `?${query}`}`;
}

/** Splits at the first `mark`; the second part is undefined when there is none. */
function cut(text: string, mark: string): readonly [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** A form that is known by name, so that nobody looks for a spelling mistake. */
function unsupported(text: string, instead: string): CounterdError {
  return wrong(text, `this form is known, but this version cannot open it yet; ${instead}`);
}

/** A password that somebody put into an address must not end up in a log. */
function wrong(text: string, why: string): CounterdError {
  return new CounterdError('CD_CONFIG_ADDRESS', `"${text.replace(/\/\/[^/]*@/, '//')}": ${why}`);
}
