import { describe, expect, it } from 'vitest';
import { model } from '../../drivers/alarm-panel/dsc-it100/driver.ts';
import { simulator } from '../../simulators/alarm-panel/dsc-it100.ts';
import { seededRandom } from '../../simulators/kit/random.ts';
import { VirtualClock } from '../../simulators/kit/virtual-clock.ts';
import { MemoryRig } from '../../simulators/serve/memory.ts';

const zones = [{ zone: 7, kind: 'holdUp' }, { zone: 9, kind: 'vault' }, ...[1, 5, 6, 8, 13].map((zone) => ({ zone }))];

function rigOf(world: object = {}, options: object = { code: '1234' }) {
  const clock = new VirtualClock();
  const rig = new MemoryRig({ model, simulator, clock, random: seededRandom(7), world, options: { ...options, zones } });
  rig.start();
  // Online, and its labels told.
  clock.advance(9_000);
  return { rig, clock };
}

function reallyBypassed(rig: MemoryRig): number[] {
  const seen = rig.view()['zones'] as readonly { readonly zone: number; readonly isBypassed: boolean }[];
  return seen.filter(({ isBypassed }) => isBypassed).map(({ zone }) => zone);
}

describe('bypassing zones over the virtual keypad', () => {
  it.each([false, true])('reads back what the display shows, with a code asked for: %s', (needsCodeToBypass) => {
    const { rig, clock } = rigOf({ needsCodeToBypass });
    const box = rig.execute('bypass', { partition: 1, zones: [5, 13], isBypassed: true });
    clock.advance(20_000);
    expect(box.outcome).toEqual({
      kind: 'done',
      result: {
        zones: [
          { zone: 5, isBypassed: true },
          { zone: 13, isBypassed: true },
        ],
      },
    });
    expect(reallyBypassed(rig)).toEqual([5, 13]);
    expect(rig.statuses.at(-1)?.status).toMatchObject({ bypass: 'some' });
  });

  it('toggles only what is otherwise: asked twice, a zone stays bypassed', () => {
    const { rig, clock } = rigOf();
    for (let time = 0; time < 2; time++) {
      rig.execute('bypass', { partition: 1, zones: [5], isBypassed: true });
      clock.advance(20_000);
      expect(reallyBypassed(rig)).toEqual([5]);
    }
    const ended = rig.execute('bypass', { partition: 1, zones: [5, 6], isBypassed: false });
    clock.advance(20_000);
    expect(ended.outcome).toMatchObject({ kind: 'done' });
    expect(reallyBypassed(rig)).toEqual([]);
    const changes = rig.events.map(({ type }) => type).filter((type) => type.includes('bypass'));
    expect(changes).toEqual(['alarm-panel.zone-bypassed', 'alarm-panel.zone-unbypassed']);
  });

  it('outlives the disarming of another partition', () => {
    const { rig, clock } = rigOf({ exitDelaySeconds: 0 });
    rig.execute('bypass', { partition: 1, zones: [5], isBypassed: true });
    clock.advance(20_000);
    for (let time = 0; time < 2; time++) {
      rig.gesture('enter-code', { partition: 2, person: '周洁' });
      clock.advance(5_000);
    }
    expect(rig.events.map(({ type }) => type)).toContain('alarm-panel.partition-disarmed');
    expect(reallyBypassed(rig)).toEqual([5]);
    const { zones: believed } = rig.statuses.at(-1)?.status as { zones: readonly { zone: number; isBypassed: boolean }[] };
    expect(believed.filter(({ isBypassed }) => isBypassed).map(({ zone }) => zone)).toEqual([5]);
  });

  it('closes the open zone’s way to arming, and ends with the disarming', () => {
    const { rig, clock } = rigOf({ exitDelaySeconds: 5 });
    rig.gesture('open-door', { zone: 5 });
    const refused = rig.execute('arm', { partition: 1, mode: 'away' });
    clock.advance(2_000);
    expect(refused.outcome).toMatchObject({ kind: 'refused', code: 'CD_PANEL_NOT_READY' });
    rig.execute('bypass', { partition: 1, zones: [5], isBypassed: true });
    clock.advance(20_000);
    const arm = rig.execute('arm', { partition: 1, mode: 'away' });
    clock.advance(10_000);
    expect(arm.outcome).toMatchObject({ kind: 'done' });
    expect(rig.events.some(({ type }) => type === 'alarm-panel.partial-closing')).toBe(true);
    rig.execute('disarm', { partition: 1 });
    clock.advance(5_000);
    expect(reallyBypassed(rig)).toEqual([]);
    expect(rig.statuses.at(-1)?.status).toMatchObject({ bypass: 'none' });
    const { zones: believed } = rig.statuses.at(-1)?.status as { zones: { isBypassed: boolean }[] };
    expect(believed.some(({ isBypassed }) => isBypassed)).toBe(false);
  });

  it('is refused for zones that watch 24 hours, for another partition and while armed, with no key pressed', () => {
    const { rig, clock } = rigOf({ exitDelaySeconds: 0 });
    const before = rig.host.counts.framesSent;
    for (const zone of [7, 9]) {
      expect(rig.execute('bypass', { partition: 1, zones: [5, zone], isBypassed: true }).outcome).toMatchObject({
        code: 'CD_COMMAND_ARGS',
      });
    }
    expect(rig.execute('bypass', { partition: 2, zones: [17], isBypassed: true }).outcome).toMatchObject({ code: 'CD_COMMAND_ARGS' });
    expect(rig.host.counts.framesSent).toBe(before);
    rig.gesture('enter-code', { partition: 1, person: '李强' });
    clock.advance(1_000);
    expect(rig.execute('bypass', { partition: 1, zones: [5], isBypassed: true }).outcome).toMatchObject({ code: 'CD_PANEL_ALREADY_ARMED' });
  });

  it('fails with the zone’s number when the panel does not bypass it', () => {
    const { rig, clock } = rigOf();
    const box = rig.execute('bypass', { partition: 1, zones: [8], isBypassed: true });
    clock.advance(20_000);
    expect(box.outcome).toMatchObject({ kind: 'failed', code: 'CD_DEVICE_REJECTED', detail: 'zones 8' });
  });

  it('is refused without a code when the menu asks for one, and leaves the menu', () => {
    const { rig, clock } = rigOf({ needsCodeToBypass: true }, {});
    const box = rig.execute('bypass', { partition: 1, zones: [5], isBypassed: true });
    clock.advance(20_000);
    expect(box.outcome).toMatchObject({ kind: 'refused', code: 'CD_PANEL_CODE' });
    expect(rig.view()['lamps']).toMatchObject({ program: 'off' });
  });

  it('is in doubt when the cable is pulled between the key and the display', () => {
    const { rig, clock } = rigOf();
    const box = rig.execute('bypass', { partition: 1, zones: [5], isBypassed: true });
    clock.advanceUntil(() => reallyBypassed(rig).includes(5), 10_000);
    rig.fault({ kind: 'unplug' });
    expect(box.outcome).toMatchObject({ kind: 'in-doubt', code: 'CD_LINK_LOST' });
  });

  it('is in doubt when the panel falls silent after the key, and takes the zone for bypassed', () => {
    const { rig, clock } = rigOf();
    const box = rig.execute('bypass', { partition: 1, zones: [5], isBypassed: true });
    clock.advanceUntil(() => reallyBypassed(rig).includes(5), 10_000, 1);
    rig.fault({ kind: 'silence' });
    clock.advance(12_000);
    expect(box).toMatchObject({ settleCount: 1, outcome: { kind: 'in-doubt', code: 'CD_PROTOCOL_NO_ANSWER' } });
    const { zones: believed } = rig.statuses.at(-1)?.status as { zones: { zone: number; isBypassed: boolean }[] };
    expect(believed.find(({ zone }) => zone === 5)?.isBypassed).toBe(true);
  });
});
