import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressForms, formatAddress, parseAddress, type Address } from '../../drivers/transports/address.ts';
import { openTransport } from '../../drivers/transports/open-transport.ts';

describe('addresses', () => {
  const good: readonly (readonly [string, Address])[] = [
    [
      'serial:/dev/ttyUSB0?baud=9600&parity=even&data=7&stop=2&flow=rtscts',
      {
        scheme: 'serial',
        place: { kind: 'path', path: '/dev/ttyUSB0' },
        line: { baud: 9600, parity: 'even', dataBits: 7, stopBits: 2, flow: 'rtscts' },
      },
    ],
    ['serial:COM3', { scheme: 'serial', place: { kind: 'path', path: 'COM3' }, line: {} }],
    [
      'serial:usb-0403:6001:A9:0-x?baud=115200',
      { scheme: 'serial', place: { kind: 'usb', vendorId: '0403', productId: '6001', serial: 'A9:0-x' }, line: { baud: 115200 } },
    ],
    ['serial:usb-1a86:7523', { scheme: 'serial', place: { kind: 'usb', vendorId: '1a86', productId: '7523' }, line: {} }],
    ['tcp://ser2net.branch:4001', { scheme: 'tcp', host: 'ser2net.branch', port: 4001 }],
    ['tcp://[::1]:9', { scheme: 'tcp', host: '::1', port: 9 }],
    ['http://scanner:8080/eSCL', { scheme: 'http', url: 'http://scanner:8080/eSCL' }],
    ['file:drop/fsn', { scheme: 'file', path: 'drop/fsn' }],
  ];
  it.each(good)('reads %s', (text, address) => {
    expect(parseAddress(text)).toEqual(address);
    expect(formatAddress(address)).toBe(text);
  });

  it.each([
    ['', addressForms],
    ['/dev/ttyUSB0', addressForms],
    ['COM3', addressForms],
    ['https://scanner/eSCL', addressForms],
    ['SERIAL:/dev/ttyS0', addressForms],
    ['serial:', 'absolute path'],
    ['serial:ttyUSB0', 'absolute path'],
    ['serial:/dev/', 'absolute path'],
    ['serial:usb-403:6001', 'absolute path'],
    ['serial:/dev/ttyS0?speed=9600', '"speed" is not one of'],
    ['serial:/dev/ttyS0?__proto__=1', '"__proto__" is not one of'],
    ['serial:/dev/ttyS0?baud=9600&baud=1200', '"baud" is given twice'],
    ['serial:/dev/ttyS0?baud=fast', '"fast" is not a value of baud'],
    ['serial:/dev/ttyS0?baud=0', 'value of baud'],
    ['serial:/dev/ttyS0?parity=mark', '"mark" is not a value of parity'],
    ['serial:/dev/ttyS0?data=9', 'value of data'],
    ['serial:/dev/ttyS0?stop=1.5', 'value of stop'],
    ['serial:/dev/ttyS0?flow=on', 'value of flow'],
    ['tcp://host', 'tcp://host:port'],
    ['tcp://host:0', 'port 1 to 65535'],
    ['tcp://host:70000', 'port 1 to 65535'],
    ['tcp://user@host:1', 'tcp://host:port'],
    ['tcp://host:1/x', 'tcp://host:port'],
    ['http://user:pass@scanner/eSCL', 'http://host:port/path'],
    ['http://', 'http://host:port/path'],
    ['file:', 'file:PATH'],
    ['rfc2217://host:4001?baud=9600', 'write tcp://host:port'],
    ['hid:1234:5678', 'cannot open it yet'],
    ['usb:1234:5678:SERIAL', 'cannot open it yet'],
  ])('refuses %j and says why', (text, why) => {
    let seen: unknown;
    try {
      openTransport(text);
    } catch (cause) {
      seen = cause;
    }
    expect(seen).toMatchObject({ code: 'CD_CONFIG_ADDRESS' });
    const { detail } = seen as { detail: string };
    expect(detail).toContain(why);
    expect(detail).not.toContain('pass@');
  });

  it('reads back what it writes, for every serial line', () => {
    const line = fc.record(
      {
        baud: fc.integer({ min: 50, max: 4_000_000 }),
        parity: fc.constantFrom('none' as const, 'even' as const, 'odd' as const),
        dataBits: fc.constantFrom(7 as const, 8 as const),
        stopBits: fc.constantFrom(1 as const, 2 as const),
        flow: fc.constantFrom('none' as const, 'rtscts' as const, 'xonxoff' as const),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(line, fc.stringMatching(/^[A-Za-z0-9_.:-]{1,20}$/), (settings, name) => {
        const address: Address = { scheme: 'serial', place: { kind: 'path', path: `/dev/${name}` }, line: settings };
        expect(parseAddress(formatAddress(address))).toEqual(address);
      }),
    );
  });

  it('throws nothing but CD_CONFIG_ADDRESS, whatever is typed', () => {
    const anything = fc.tuple(fc.constantFrom('', 'serial:', 'tcp://', 'http://', 'file:', 'serial:usb-'), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(anything, ([scheme, rest]) => {
        try {
          parseAddress(scheme + rest);
        } catch (cause) {
          expect(cause).toMatchObject({ code: 'CD_CONFIG_ADDRESS' });
        }
      }),
    );
  });
});
