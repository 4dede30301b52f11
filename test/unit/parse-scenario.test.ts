import { describe, expect, it } from 'vitest';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { parseScenario } from '../../simulators/scenarios/parse-scenario.ts';
import { momentMs } from '../../simulators/scenarios/scenario.ts';
import { lampSimulator } from '../support/lamp-simulator.ts';

const good = `
name: { zh: 灯, en: Lamp }
doc: { zh: 一盏灯, en: One lamp }
devices:
  - id: lamp
    model: alarm-panel/test-lamp
    name: { zh: 灯, en: Lamp }
    wire: pty
    world:
      owner: 王小明
timeline:
  - { at: 5s, device: lamp, gesture: press, args: { times: 2 } }
  - { at: 1m, device: lamp, fault: slow, args: { byMs: 20 } }
  - { at: 90s, device: lamp, clear: slow }
expect:
  - { type: device.event, device: lamp }
`;

function refusalOf(text: string): string {
  try {
    parseScenario(text, [lampSimulator]);
  } catch (cause) {
    if (cause instanceof CounterdError && cause.code === 'CD_SIM_SCENARIO') return cause.detail ?? '';
    throw cause;
  }
  return 'accepted';
}

describe('scenario files', () => {
  it('reads devices, worlds and a timeline', () => {
    const scenario = parseScenario(good, [lampSimulator]);
    expect(scenario.devices[0]?.world).toEqual({ owner: '王小明' });
    expect(scenario.timeline?.map((moment) => momentMs(moment.at))).toEqual([5_000, 60_000, 90_000]);
  });

  it.each([
    ['a key that does not exist', good.replace('wire: pty', 'wires: pty'), 'line 5: devices[0]'],
    ['a value out of range', good.replace('times: 2', 'times: 200'), 'line 12: timeline[0].args.times'],
    ['a member of the world that does not fit', good.replace('owner: 王小明', 'owner: 5'), 'line 10: devices[0].world.owner'],
    ['an unknown model', good.replace('test-lamp', 'test-lump'), 'line 6: devices[0].model "alarm-panel/test-lump" is none of'],
    ['an unknown gesture', good.replace('gesture: press', 'gesture: kick'), 'line 12: timeline[0].gesture "kick" is none of: press, jam'],
    ['an unknown fault', good.replace('fault: slow', 'fault: gremlin'), 'line 13: timeline[1].fault'],
    [
      'a device nobody declared',
      good.replace('device: lamp, gesture', 'device: lump, gesture'),
      'line 12: timeline[0].device there is no device "lump"',
    ],
    ['two things in one moment', good.replace('clear: slow', 'clear: slow, gesture: press'), 'line 14: timeline[2] needs exactly one of'],
    ['YAML that is none', good.replace('devices:', 'devices'), 'line '],
    ['an empty file', '', 'line 1: the file'],
  ])('refuses %s and names the line', (_, text, sentence) => {
    expect(refusalOf(text)).toContain(sentence);
  });
});
