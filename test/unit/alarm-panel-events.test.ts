import { describe, expect, it } from 'vitest';
import { PanelLine } from '../support/panel-line.ts';

const zones = [
  { zone: 5, kind: 'door', label: '现金区门' },
  { zone: 7, kind: 'holdUp', partition: 1 },
];

function online(): PanelLine {
  return new PanelLine({ code: '1234', zones, exitDelaySeconds: 45, entryDelaySeconds: 30 }).goOnline();
}

describe('who armed and who disarmed', () => {
  it.each([
    ['the closing first', ['7001' + '0007', '65210']],
    ['the state first', ['65210', '7001' + '0007']],
  ])('is one event, with %s', (_order, lines) => {
    const line = online();
    line.says('6561', ...lines);
    expect(line.told('exit-delay-started')).toEqual([{ partition: 1, delaySeconds: 45 }]);
    expect(line.told('partition-armed')).toEqual([{ partition: 1, mode: 'away', userNumber: 7 }]);
    line.clock.advance(3_000);
    expect(line.told('partition-armed')).toHaveLength(1);
  });

  it.each([
    ['the opening first', ['75010008', '6551']],
    ['the state first', ['6551', '75010008']],
  ])('is one event when disarming, with %s', (_order, lines) => {
    const line = online();
    line.says('6561', '65211', '70010008', ...lines, '6501');
    expect(line.told('partition-disarmed')).toEqual([{ partition: 1, userNumber: 8 }]);
    expect(line.status.partitions[0]).toMatchObject({ state: 'disarmed', isReady: true });
  });

  it('is told without a user when the panel names none in time', () => {
    const line = online();
    line.says('6561', '65213');
    expect(line.told('partition-armed')).toEqual([]);
    line.clock.advance(2_100);
    expect(line.told('partition-armed')).toEqual([{ partition: 1, mode: 'stayNoDelay' }]);
  });

  it('tells special and partial closings and special openings', () => {
    const line = online();
    line.says('6561', '7011', '65210', '7021', '6551', '7511');
    expect(line.events.map(({ type }) => type)).toEqual([
      'exit-delay-started',
      'special-closing',
      'partition-armed',
      'partial-closing',
      'special-opening',
      'partition-disarmed',
    ]);
    expect(line.told('partition-armed')).toEqual([{ partition: 1, mode: 'away', special: true }]);
    expect(line.told('partition-disarmed')).toEqual([{ partition: 1, special: true }]);
  });

  it('keeps the partitions apart', () => {
    const line = online();
    line.says('6561', '6562', '65210', '65211'.replace('6521', '6522'), '70020008', '70010007');
    expect(line.told('partition-armed')).toEqual([
      { partition: 2, mode: 'stay', userNumber: 8 },
      { partition: 1, mode: 'away', userNumber: 7 },
    ]);
  });

  it('takes a 652 that nothing foretold for a difference, not for an arming', () => {
    const line = online();
    line.says('65210');
    line.clock.advance(2_100);
    expect(line.told('partition-armed')).toEqual([]);
    expect(line.told('resynchronised')).toMatchObject([
      { differences: [{ subject: 'partition', was: 'disarmed ready', is: 'armed away' }] },
    ]);
  });

  it('tells what it heard when the link breaks before the other half', () => {
    const line = online();
    line.says('6561', '65210');
    line.lose();
    expect(line.told('partition-armed')).toEqual([{ partition: 1, mode: 'away' }]);
  });
});

describe('alarms', () => {
  it('outlive the bell: 652 ends the sounding, 655 the alarm', () => {
    const line = online();
    line.says('6561', '65210', '70010007', '6571', '6011005', '6541');
    expect(line.told('entry-delay-started')).toEqual([{ partition: 1, delaySeconds: 30 }]);
    expect(line.told('alarm-raised')).toEqual([{ partition: 1, zones: [5], isLate: false }]);
    line.says('65210');
    expect(line.told('alarm-silenced')).toEqual([{ partition: 1 }]);
    expect(line.status.partitions[0]).toMatchObject({ state: 'alarm', isSounding: false, mode: 'away' });
    line.clock.advance(3_000);
    expect(line.told('partition-armed')).toHaveLength(1);
    line.says('6551', '75010007');
    expect(line.status.partitions[0]?.state).toBe('disarmed');
  });

  it('tell a hold-up button by its kind, and the panic key by itself', () => {
    const line = online();
    line.says('6011007', '6541', '6021007', '625', '626');
    expect(line.told('hold-up-raised')).toEqual([{ source: 'zone', zone: 7, partition: 1 }, { source: 'panicKey' }]);
    expect(line.told('hold-up-restored')).toHaveLength(2);
    expect(line.told('zone-alarm')).toEqual([{ zone: 7, partition: 1 }]);
  });

  it('are told again when raised again, and not when the line repeats itself', () => {
    const line = online();
    line.says('620' + '0000', '620' + '0000');
    expect(line.told('duress-used')).toHaveLength(1);
    line.says('6551', '620' + '0000');
    expect(line.told('duress-used')).toHaveLength(2);
    line.clock.advance(1_100);
    line.says('620' + '0000');
    expect(line.told('duress-used')).toHaveLength(3);
  });

  it('leave no trace of a duress in the status', () => {
    const line = online();
    line.says('6561', '65210', '70010007');
    const before = line.status;
    line.says('6551', '75010007', '6501');
    const ordinary = JSON.stringify(line.status);
    line.says('6561', '65210', '70010007', '6551', '75010033', '620' + '0000', '6501');
    expect(JSON.stringify(line.status)).toBe(ordinary);
    expect(JSON.stringify(before)).not.toContain('duress');
  });
});

describe('everything else the panel tells', () => {
  it('follows zones: opened, tampered, faulty, and back, each once', () => {
    const line = online();
    line.says('609005', '609005', '6031005', '605005', '821005', '610005', '6041005', '606005', '822005');
    expect(line.events.map(({ type }) => type)).toEqual([
      'zone-opened',
      'zone-tampered',
      'zone-faulted',
      'trouble-raised',
      'zone-restored',
      'zone-tamper-restored',
      'zone-fault-restored',
      'trouble-restored',
    ]);
    expect(line.told('zone-opened')).toEqual([{ zone: 5, label: '现金区门' }]);
  });

  it('tells troubles by name and ends a failure to communicate with the trouble lamp', () => {
    const line = online();
    line.says('8401', '802', '800', '814', '829');
    expect(line.status).toMatchObject({ ac: 'trouble', battery: 'trouble', communication: 'trouble', tamper: true, trouble: true });
    line.says('803', '801', '830', '8411');
    expect(line.status).toMatchObject({ ac: 'ok', battery: 'ok', communication: 'ok', tamper: false, trouble: false });
    expect(line.told('trouble-restored').map(({ kind }) => kind)).toEqual(['ac', 'battery', 'communication']);
  });

  it('tells rejected codes, lock-outs and failed armings', () => {
    const line = online();
    line.says('6701', '6581', '6721');
    expect(line.events.map(({ type }) => type)).toEqual(['code-rejected', 'keypad-locked-out', 'arming-failed']);
    expect(line.status['lockout']).toBe(true);
    line.says('6501');
    expect(line.status['lockout']).toBe(false);
  });

  it('learns labels, and forgets none that stays the same', () => {
    const line = online();
    const label = `570005${'Cash area  door'.padEnd(32)}`;
    line.says(label, label, `570101${'Branch'.padEnd(32)}`, `570070${'?'.padEnd(32)}`);
    expect(line.told('label-learnt')).toEqual([
      { kind: 'zone', number: 5, text: 'Cash area door' },
      { kind: 'partition', number: 1, text: 'Branch' },
    ]);
  });

  it('passes over an impossible clock, an unknown code and a zone out of range', () => {
    const line = online();
    line.says('5502599992699'.slice(0, 13), '777123', '609065', '609000');
    expect(line.events).toEqual([]);
  });
});
