import { describe, expect, it } from 'vitest';
import { BYPASS_ZONES_MAX, whyNotBypass } from '../../daemon/contract/bypass.ts';
import type { DeviceView, StatusOf } from '../../daemon/contract/index.ts';

type Status = StatusOf<'alarm-panel'>;
type Zone = Status['zones'][number];

const zone = (number: number, change: Partial<Zone> = {}): Zone => ({
  ...{ zone: number, kind: 'window', state: 'open', isInAlarm: false, isTampered: false, isFaulty: false },
  ...{ isBypassed: false, isBatteryLow: false, verified: true },
  ...change,
});

function panel(zones: readonly Zone[], change: { readonly phase?: DeviceView['phase']; readonly state?: string } = {}): DeviceView {
  const status = { partitions: [{ partition: 1, state: change.state ?? 'disarmed' }], zones } as unknown as Status;
  return { id: 'panel-1', family: 'alarm-panel', phase: change.phase ?? 'online', openDoubts: [], status } as unknown as DeviceView;
}

const ask = (device: DeviceView, ...zones: number[]) => whyNotBypass(device, { partition: 1, zones });

describe('zones that are to be bypassed', () => {
  it('may be as many as the rule allows, those bypassed already among them, and not one more', () => {
    const zones = [1, 2, 3].map((number) => zone(number));
    expect(BYPASS_ZONES_MAX).toBe(2);
    expect(ask(panel(zones), 1, 2)).toBeUndefined();
    expect(ask(panel(zones), 1, 2, 3)).toBe('CD_PANEL_BYPASS_MANY');
    expect(ask(panel([zone(1), zone(2, { isBypassed: true }), zone(3, { isBypassed: true })]), 1)).toBe('CD_PANEL_BYPASS_MANY');
    expect(ask(panel([zone(1), zone(2, { isBypassed: true })]), 1, 2)).toBeUndefined();
  });

  it.each(['holdUp', 'vault', 'fire', 'tamper'] as const)('are never of the kind %s', (kind) => {
    expect(ask(panel([zone(1, { kind })]), 1)).toBe('CD_PANEL_ZONE_24H');
  });

  it('are known for what they watch', () => {
    const { kind: _kind, ...nameless } = zone(1);
    expect(ask(panel([nameless]), 1)).toBe('CD_PANEL_ZONE_24H');
  });

  it('belong to the partition, which is disarmed, of a panel that is there', () => {
    expect(ask(panel([zone(1)]), 9)).toBe('CD_PANEL_ZONE');
    expect(ask(panel([zone(1, { partition: 2 })]), 1)).toBe('CD_PANEL_ZONE');
    for (const state of ['armed', 'alarm', 'exitDelay', 'entryDelay', 'unknown'])
      expect([state, ask(panel([zone(1)], { state }), 1)]).toEqual([state, 'CD_PANEL_BYPASS_ARMED']);
    expect(ask(panel([zone(1)], { phase: 'waiting' }), 1)).toBe('CD_DEVICE_NOT_ONLINE');
  });
});
