import { describe, expect, it } from 'vitest';
import { PanelLine } from '../support/panel-line.ts';

describe('opening the line to an IT-100', () => {
  it('polls first, waits a quarter of a second, then asks for everything', () => {
    const line = new PanelLine();
    line.open();
    expect(line.heard()).toEqual(['000']);
    line.clock.advance(249);
    expect(line.heard()).toEqual([]);
    line.clock.advance(1);
    expect(line.heard()).toEqual(['001']);
    line.answerStatus(['6501'], [2]);
    expect(line.identities).toEqual([{ maker: 'DSC', model: 'IT-100', firmware: '01.00' }]);
    expect(line.status.partitions).toMatchObject([{ partition: 1, state: 'disarmed', isReady: true }]);
    expect(line.status.zones.filter(({ state }) => state === 'open').map(({ zone }) => zone)).toEqual([2]);
    expect(line.told('resynchronised')).toEqual([{ reason: 'opened', isComplete: true, differences: [] }]);
    expect(line.events.map(({ type }) => type)).toEqual(['resynchronised']);
  });

  it('is online without a 908 when the acknowledgement and status lines came', () => {
    const line = new PanelLine();
    line.open();
    line.clock.advance(300);
    line.says('500001', '6501', '610001');
    expect(line.identities).toEqual([]);
    line.clock.advance(2_000);
    expect(line.identities).toEqual([{ maker: 'DSC', model: 'IT-100' }]);
    expect(line.told('resynchronised')).toMatchObject([{ isComplete: false }]);
  });

  it('asks three times and then says that nobody answers', () => {
    const line = new PanelLine();
    line.open();
    line.clock.advance(8_000);
    expect(line.heard()).toEqual(['000', '001', '001', '001']);
    expect(line.givenUp).toEqual([]);
    line.clock.advance(2_000);
    expect(line.givenUp).toEqual(['CD_DEVICE_NO_ANSWER']);
  });

  it('gives up on a module that acknowledges and tells nothing', () => {
    const line = new PanelLine();
    line.open();
    line.clock.advance(300);
    for (let question = 0; question < 4; question++) {
      line.says('500001');
      line.clock.advance(1_600);
    }
    expect(line.givenUp).toEqual(['CD_DEVICE_NO_ANSWER']);
  });

  it('knows a network module by its greeting and a stranger by its chatter', () => {
    const network = new PanelLine();
    network.open();
    network.says('5053');
    expect(network.givenUp).toEqual(['CD_DEVICE_WRONG_IDENTITY']);
    const stranger = new PanelLine();
    stranger.open();
    stranger.saysRaw('Welcome to the router\r\nlogin: ');
    stranger.clock.advance(10_000);
    expect(stranger.givenUp).toEqual(['CD_DEVICE_WRONG_IDENTITY']);
  });

  it('takes the noise of a port for nobody, not for somebody else', () => {
    const line = new PanelLine();
    line.open();
    line.saysRaw('\x00\xffU');
    line.clock.advance(10_000);
    expect(line.givenUp).toEqual(['CD_DEVICE_NO_ANSWER']);
  });

  it('asks for the labels once, when none are known, and sends no order among them', () => {
    const line = new PanelLine({ code: '1234' });
    line.open();
    line.says('500000');
    line.clock.advance(300);
    line.answerStatus();
    expect(line.heard()).toEqual(['000', '001', '002']);
    line.says('500002', `570005${'Cash door'.padEnd(32)}`);
    line.execute('disarm', { partition: 1 });
    line.clock.advance(600);
    line.says(`570006${'Cash motion'.padEnd(32)}`);
    expect(line.status.zones.find(({ zone }) => zone === 6)).toMatchObject({ label: 'Cash motion' });
    line.clock.advance(600);
    expect(line.heard()).toEqual([]);
    line.clock.advance(200);
    expect(line.heard()).toEqual(['0401123400']);
    line.lose();
    line.open();
    line.says('500000');
    line.clock.advance(300);
    line.answerStatus();
    expect(line.heard()).toEqual(['000', '001']);
  });

  it('shows what the branch says of a zone before what the panel says', () => {
    const zone = { zone: 5, kind: 'door', place: '现金区', label: '现金区门' };
    const line = new PanelLine({ code: '1234', zones: [zone] }).goOnline();
    line.says(`570005${'Cash door'.padEnd(32)}`);
    expect(line.status.zones).toMatchObject([zone]);
  });

  it('polls when it is quiet and gives a silent panel up after 30 seconds', () => {
    const line = new PanelLine().goOnline();
    line.clock.advance(10_000);
    expect(line.heard()).toEqual(['000']);
    line.says('500000');
    line.clock.advance(29_000);
    expect(line.givenUp).toEqual([]);
    line.clock.advance(2_000);
    expect(line.givenUp).toEqual(['CD_DEVICE_NO_ANSWER']);
  });

  it('sends the broadcast setting once, when it is configured', () => {
    const line = new PanelLine({ hasTimeBroadcast: true });
    line.open();
    line.clock.advance(300);
    line.answerStatus();
    expect(line.heard()).toEqual(['000', '001', '056' + '1']);
    line.says('500056', '5500830112226');
    expect(line.told('time-broadcast')).toEqual([{ localTime: '2026-11-22T08:30' }]);
  });
});

describe('what is believed about the panel', () => {
  it('is unverified for five minutes after opening, and verified by the snapshot then', () => {
    const line = new PanelLine().goOnline();
    expect(line.status.verified).toBe(false);
    expect(line.status.zones.every(({ verified }) => !verified)).toBe(true);
    line.says('609005');
    expect(line.status.zones.find(({ zone }) => zone === 5)).toMatchObject({ state: 'open', verified: true });
    line.passQuietly(299);
    expect(line.status.verified).toBe(false);
    line.passQuietly(3);
    line.answerStatus(['6511', '6502'], [5]);
    expect(line.status.verified).toBe(true);
    expect(line.status.zones.every(({ verified }) => verified)).toBe(true);
  });

  it('is unverified again after a 908 that nobody asked for, and asked for again', () => {
    const line = new PanelLine().goOnline();
    line.passQuietly(301);
    // The five minutes and the regular comparison fall together: two questions, one after the other.
    line.answerStatus();
    line.answerStatus();
    expect(line.status.verified).toBe(true);
    line.heard();
    line.says('908010000');
    line.clock.advance(1_600);
    expect(line.status.verified).toBe(false);
    expect(line.heard()).toEqual(['001']);
    line.answerStatus();
    expect(line.told('resynchronised').at(-1)).toEqual({ reason: 'restarted', isComplete: true, differences: [] });
    expect(line.status.verified).toBe(false);
  });

  it('is compared after a broken link, and the differences are told as missed, not as events', () => {
    const line = new PanelLine().goOnline(['65210', '6502']);
    line.lose();
    line.open();
    line.clock.advance(300);
    line.events.length = 0;
    line.answerStatus(['6511', '6502'], [5], '000100000');
    expect(line.told('resynchronised')).toEqual([
      {
        reason: 'opened',
        isComplete: true,
        differences: [
          { subject: 'partition', number: 1, was: 'armed away', is: 'disarmed not ready' },
          { subject: 'zone', number: 5, was: 'closed', is: 'open' },
          { subject: 'ac', was: 'ok', is: 'trouble' },
          { subject: 'bypass', was: 'none', is: 'some' },
        ],
      },
    ]);
    expect(line.events.map(({ type }) => type)).toEqual(['resynchronised']);
  });

  it('raises an alarm it finds by asking, marked late', () => {
    const line = new PanelLine().goOnline();
    line.lose();
    line.open();
    line.clock.advance(300);
    line.answerStatus(['6541', '6502']);
    expect(line.told('alarm-raised')).toEqual([{ partition: 1, zones: [], isLate: true }]);
  });

  it('is asked for again after damaged bytes', () => {
    const line = new PanelLine().goOnline();
    line.saysRaw('60900\r\n');
    expect(line.heard()).toEqual([]);
    line.clock.advance(2_500);
    expect(line.heard()).toEqual(['001']);
    line.answerStatus(['6511', '6502'], [9]);
    expect(line.told('resynchronised')).toMatchObject([
      { reason: 'damaged', differences: [{}, { subject: 'zone', number: 9, was: 'closed', is: 'open' }] },
    ]);
  });

  it('is not taken from a snapshot with a hole: it is asked for once more', () => {
    const line = new PanelLine().goOnline();
    line.execute('refresh-status');
    line.heard();
    line.says('500001', '908010000', '6501', '8411', '610001', '610002');
    line.clock.advance(1_600);
    expect(line.status.verified).toBe(false);
    line.clock.advance(2_100);
    expect(line.heard()).toEqual(['001']);
  });

  it('forgets a partition that only a damaged line named, when a whole answer tells the same as the one before', () => {
    const line = new PanelLine({ code: '1234' }).goOnline();
    line.passQuietly(301);
    line.says('6543');
    const numbers = () => line.status.partitions.map(({ partition }) => partition);
    expect(numbers()).toEqual([1, 2, 3]);
    line.answerStatus();
    expect(line.status.verified).toBe(true);
    expect(numbers()).toEqual([1, 2]);
    expect(line.told('resynchronised').at(-1)).toMatchObject({ differences: [{ subject: 'partition', number: 3, is: 'unknown' }] });
  });

  it('asks less and less often while every answer has a gap', () => {
    const line = new PanelLine().goOnline();
    const pauses = Array.from({ length: 6 }, () => {
      line.saysRaw('#\r\n');
      const seconds = passUntilAsked(line);
      line.answerStatus(['6501', '6502'], [], '1000');
      line.clock.advance(1_500);
      return seconds;
    });
    expect(pauses).toEqual([2, 2, 4, 8, 16, 16]);
  });
});

/** Whole seconds until everything is asked for; polls are answered meanwhile. */
function passUntilAsked(line: PanelLine): number {
  for (let seconds = 1; seconds <= 120; seconds++) {
    line.clock.advance(1_000);
    const heard = line.heard();
    if (heard.includes('001')) return seconds;
    if (heard.includes('000')) line.says('500000');
  }
  return Infinity;
}
