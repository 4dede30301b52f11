import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { demoConfig, parseReadyLine } from '../../daemon/config/demo-config.ts';
import { builtIn, loadConfig } from '../../daemon/config/load-config.ts';
import { checkConfig, parseConfig } from '../../daemon/config/parse-config.ts';
import { writeFirstConfig } from '../../daemon/config/write-config.ts';

const folder = mkdtempSync(join(tmpdir(), 'counterd-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const good = `branch: { id: '012', name: 城东支行 }
positions:
  - { id: desk-1, name: 现金1号 }
devices:
  - id: panel
    name: 主机
    model: alarm-panel/dsc-it100
    address: tcp://127.0.0.1:4025
    position: desk-1
    options:
      code: '8731'
`;

function refusalOf(text: string): CounterdError {
  try {
    parseConfig(text, builtIn);
  } catch (cause) {
    if (cause instanceof CounterdError) return cause;
    throw cause;
  }
  throw new CounterdError('CD_BUG', 'the configuration was accepted');
}
const change = (from: string, to: string): string => {
  expect(good).toContain(from);
  return good.replace(from, to);
};

describe('counterd.yaml', () => {
  it('is accepted when it is right', () => {
    expect(parseConfig(good, builtIn).devices[0]?.model).toBe('alarm-panel/dsc-it100');
  });

  it.each([
    [
      'a key nobody knows, with the nearest one',
      change('address:', 'adress:'),
      'CD_CONFIG_UNKNOWN_KEY',
      8,
      /devices\[0\]\.adress.*"address"/,
    ],
    ['an unknown key at the top', `${good}prot: 7373\n`, 'CD_CONFIG_UNKNOWN_KEY', 12, /"prot".*"port"/],
    ['an unknown option of the model', change('code:', 'coed:'), 'CD_CONFIG_UNKNOWN_KEY', 11, /options\.coed.*"code"/],
    ['a key given twice', `${good}branch: { id: '1', name: x }\n`, 'CD_CONFIG_INVALID', 12, /unique/],
    ['broken YAML', change('devices:', 'devices: ['), 'CD_CONFIG_INVALID', undefined, /./],
    ['a wrong type', `${good}port: seventy\n`, 'CD_CONFIG_INVALID', 12, /port.*integer/],
    ['a port out of range', `${good}port: 70000\n`, 'CD_CONFIG_INVALID', 12, /port/],
    ['a missing key', change('    name: 主机\n', ''), 'CD_CONFIG_INVALID', undefined, /name/],
    ['an empty file', '', 'CD_CONFIG_INVALID', 1, /object/],
    ['a list instead of a map', '- 1\n', 'CD_CONFIG_INVALID', 1, /object/],
    ['no position', change('  - { id: desk-1, name: 现金1号 }', '  []'), 'CD_CONFIG_INVALID', undefined, /positions/],
    [
      'a model that does not exist, with the nearest one',
      change('dsc-it100', 'dsc-it10'),
      'CD_CONFIG_MODEL',
      7,
      /"alarm-panel\/dsc-it100"/,
    ],
    ['an address without a known form', change('tcp://127.0.0.1:4025', 'telnet://x'), 'CD_CONFIG_ADDRESS', 8, /telnet/],
    [
      'an address with a setting that does not exist',
      change('tcp://127.0.0.1:4025', 'serial:/dev/ttyS0?bauds=9600'),
      'CD_CONFIG_ADDRESS',
      8,
      /bauds/,
    ],
    ['a position that is not configured', change('position: desk-1', 'position: desk-9'), 'CD_CONFIG_INVALID', 9, /desk-9/],
    [
      'a position twice',
      change('  - { id: desk-1, name: 现金1号 }', '  - { id: desk-1, name: a }\n  - { id: desk-1, name: b }'),
      'CD_CONFIG_INVALID',
      4,
      /twice/,
    ],
    ['another host without TLS', `${good}host: 0.0.0.0\n`, 'CD_CONFIG_TLS', 12, /tls/],
    ['a host that only begins like loopback', `${good}host: 127.0.0.1.example\n`, 'CD_CONFIG_TLS', 12, /tls/],
    [
      'a simulated device beside a real one',
      `${good}  - { id: sim, name: s, model: cash-counter/zm-aa55, address: 'tcp://127.0.0.1:1', simulated: true }\n`,
      'CD_CONFIG_SIMULATED',
      12,
      /allowSimulatedBesideReal/,
    ],
  ] as const)('is refused with %s', (...[, text, code, line, says]) => {
    const refusal = refusalOf(text);
    expect(refusal.code).toBe(code);
    expect(refusal.detail).toMatch(says);
    if (line !== undefined) expect(refusal.detail).toContain(`line ${line}:`);
    expect(refusal.detail).toMatch(/^line \d+: /);
  });

  it('names everything that is wrong at once, and never a value that may be secret', () => {
    const refusal = refusalOf(`${good.replace("'8731'", '[8731]').replace('address:', 'adress:')}port: x\n`);
    expect(refusal.detail?.split('\n').length).toBeGreaterThanOrEqual(2);
    expect(refusal.message).not.toContain('8731');
    expect(refusalOf(good.replace("'8731'", '[8731]')).message).not.toContain('8731');
  });

  it('lets simulated devices beside real ones only when told so, and other hosts only with TLS', () => {
    const both = `${good}  - { id: sim, name: s, model: cash-counter/zm-aa55, address: 'tcp://127.0.0.1:1', simulated: true }\nallowSimulatedBesideReal: true\n`;
    expect(parseConfig(both, builtIn).devices).toHaveLength(2);
    expect(parseConfig(`${good}host: 0.0.0.0\ntls: { certFile: a, keyFile: b }\n`, builtIn).host).toBe('0.0.0.0');
    expect(() => checkConfig({ ...parseConfig(good, builtIn), host: '192.168.1.9' }, builtIn)).toThrow(/CD_CONFIG_TLS/);
  });

  it('is refused when it is not there, and when others can read it', () => {
    const file = join(folder, 'counterd.yaml');
    expect(() => loadConfig(file)).toThrow(/CD_CONFIG_MISSING/);
    writeFileSync(file, good);
    chmodSync(file, 0o640);
    expect(() => loadConfig(file)).toThrow(/CD_CONFIG_MODE.*chmod 600/s);
    chmodSync(file, 0o600);
    expect(loadConfig(file).branch.name).toBe('城东支行');
  });

  it('is written once, readable by nobody else, and loads', () => {
    const file = join(folder, 'first.yaml');
    writeFirstConfig(file, { id: '012', name: '城东支行' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(loadConfig(file).devices).toEqual([]);
    expect(() => writeFirstConfig(file, { id: 'x', name: 'y' })).toThrow(/left as it is/);
    expect(loadConfig(file).branch.id).toBe('012');
  });
});

describe('a simulated branch', () => {
  it('becomes a configuration whose every device is simulated', () => {
    const line =
      '{"ready":true,"control":"http://127.0.0.1:9","devices":[{"id":"panel","family":"alarm-panel","model":"alarm-panel/dsc-it100","address":"tcp://127.0.0.1:4","name":"主机","options":{"code":"1234"}},{"id":"cash-1","family":"cash-counter","model":"zm-aa55","address":"serial:/tmp/x","name":"点钞机","position":"desk-1"}]}';
    const config = demoConfig(parseReadyLine(line), { port: 0 });
    checkConfig(config, builtIn);
    expect(config.devices.map(({ model, simulated }) => [model, simulated])).toEqual([
      ['alarm-panel/dsc-it100', true],
      ['cash-counter/zm-aa55', true],
    ]);
    expect(config.positions.map(({ id }) => id)).toEqual(['desk-1']);
  });

  it.each(['', 'hello', '{"ready":false}', '{"ready":true,"control":"x","devices":[{}]}'])(
    'is refused when its ready line is %j',
    (line) => {
      expect(() => parseReadyLine(line)).toThrow(/CD_SIM_SCENARIO/);
    },
  );
});
