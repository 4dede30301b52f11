import { describe, expect, it } from 'vitest';
import { PanelLine } from '../support/panel-line.ts';

const away = { partition: 1, mode: 'away' };
const armed = ['65210', '6502'];

describe('arming', () => {
  it('sends the code padded to six digits and is done when the panel says armed', () => {
    const line = new PanelLine().goOnline();
    const box = line.execute('arm', away);
    expect(line.heard()).toEqual(['0331123400']);
    line.says('500033', '6561');
    expect(box.settleCount).toBe(0);
    line.clock.advance(1_000);
    line.says('65210', '70010001');
    expect(box).toEqual({ settleCount: 1, outcome: { kind: 'done', result: { partition: 1, mode: 'away' } } });
  });

  it.each([
    { mode: 'stay', codeForm: '6', order: '0311', answer: '200123400' },
    { mode: 'awayNoDelay', codeForm: '4', order: '0321', answer: '20011234' },
  ])('answers the question for a code once: $mode with codes of form $codeForm', ({ mode, codeForm, order, answer }) => {
    const line = new PanelLine({ code: '1234', codeForm }).goOnline();
    const box = line.execute('arm', { partition: 1, mode });
    expect(line.heard()).toEqual([order]);
    line.says(`500${order.slice(0, 3)}`, '90014');
    expect(line.heard()).toEqual([answer]);
    line.says('500200', '90014');
    expect(line.heard()).toEqual([]);
    line.says('6561', '65211');
    expect(box.outcome).toMatchObject({ kind: 'done' });
  });

  it('takes an exit delay that ran before the panel had the order for somebody else’s', () => {
    const line = new PanelLine({ code: '1234' }).goOnline();
    const box = line.execute('arm', away);
    expect(line.heard()).toEqual(['0331123400']);
    line.says('6561', '75010007', '6551', '500033', '90014');
    expect(box.settleCount).toBe(0);
    line.says('6561', '65210', '70010001');
    expect(box.outcome).toMatchObject({ kind: 'done' });
  });

  it('arms without a code where the panel lets it, and refuses when it asks for one', () => {
    const line = new PanelLine({}).goOnline();
    const box = line.execute('arm', away);
    expect(line.heard()).toEqual(['0301']);
    line.says('500030', '90014');
    expect(box.outcome).toMatchObject({ kind: 'refused', code: 'CD_PANEL_CODE' });
    expect(line.heard()).toEqual([]);
  });

  it.each([
    ['502024', 'CD_PANEL_NOT_READY'],
    ['502017', 'CD_DEVICE_BUSY'],
    ['502021', 'CD_COMMAND_ARGS'],
    ['502029', 'CD_COMMAND_ARGS'],
    ['6701', 'CD_PANEL_CODE'],
    ['6581', 'CD_PANEL_CODE'],
    ['6711', 'CD_DEVICE_REJECTED'],
    ['6731', 'CD_DEVICE_BUSY'],
  ])('is refused by %s with %s, and not tried again', (answer, code) => {
    const line = new PanelLine().goOnline();
    const box = line.execute('arm', away);
    line.heard();
    line.says('500033', answer);
    expect(box.outcome).toMatchObject({ kind: 'refused', code });
    line.clock.advance(9_000);
    expect(line.heard().filter((sent) => sent.startsWith('033'))).toEqual([]);
  });

  it('is refused without sending when it is armed, or in a mode there is no command for', () => {
    const line = new PanelLine().goOnline(armed);
    expect(line.execute('arm', away).outcome).toMatchObject({ kind: 'refused', code: 'CD_PANEL_ALREADY_ARMED' });
    expect(line.execute('arm', { partition: 2, mode: 'stayNoDelay' }).outcome).toMatchObject({ kind: 'refused', code: 'CD_COMMAND_ARGS' });
    expect(line.heard()).toEqual([]);
  });

  it('does not blame a command for an error that came before its acknowledgement', () => {
    const line = new PanelLine().goOnline();
    const box = line.execute('arm', away);
    line.says('502024');
    expect(box.settleCount).toBe(0);
    line.says('500033', '6561', '65210');
    expect(box.outcome).toMatchObject({ kind: 'done' });
  });

  it('fails when somebody disarms during the exit delay or a door stays open', () => {
    const line = new PanelLine().goOnline();
    const cancelled = line.execute('arm', away);
    line.says('500033', '6561', '6551', '75010007', '6501');
    expect(cancelled.outcome).toMatchObject({ kind: 'failed', code: 'CD_DEVICE_CANCELLED' });
    const open = line.execute('arm', away);
    line.says('500033', '6561', '6721', '6511');
    expect(open.outcome).toMatchObject({ kind: 'failed', code: 'CD_PANEL_NOT_READY' });
  });

  it('does not deny an arming whose line may have been lost', () => {
    const line = new PanelLine({ code: '1234' }).goOnline();
    const box = line.execute('arm', away);
    line.says('500033', '6561');
    line.saysRaw('65\r\n');
    line.says('6551', '75010007', '6501');
    expect(box.outcome).toMatchObject({ kind: 'in-doubt', code: 'CD_PROTOCOL_UNEXPECTED' });
  });

  it('does not deny an arming once the exit delay may be over', () => {
    const line = new PanelLine({ code: '1234', exitDelaySeconds: 30 }).goOnline();
    const early = line.execute('arm', away);
    line.says('500033', '6561');
    line.passQuietly(26);
    line.says('6551', '75010007', '6501');
    expect(early.outcome).toMatchObject({ kind: 'failed', code: 'CD_DEVICE_CANCELLED' });
    line.heard();
    const late = line.execute('arm', away);
    line.says('500033', '6561');
    line.passQuietly(28);
    line.says('6551', '75010007', '6501');
    expect(late.outcome).toMatchObject({ kind: 'in-doubt', code: 'CD_PROTOCOL_UNEXPECTED' });
  });

  it('lets the disarming through while the exit delay runs', () => {
    const line = new PanelLine().goOnline();
    const arming = line.execute('arm', away);
    line.says('500033', '6561');
    line.heard();
    const disarming = line.execute('disarm', { partition: 1 });
    expect(line.heard()).toEqual(['0401123400']);
    line.says('500040', '6551', '75010001', '6501');
    expect(disarming.outcome).toMatchObject({ kind: 'done' });
    expect(arming.outcome).toMatchObject({ kind: 'failed' });
  });
});

describe('disarming', () => {
  it('is done by the partition’s own line, not by the acknowledgement', () => {
    const line = new PanelLine().goOnline(armed);
    const box = line.execute('disarm', { partition: 1 });
    line.says('500040');
    expect(box.settleCount).toBe(0);
    line.says('6551', '75010001');
    expect(box.outcome).toEqual({ kind: 'done', result: { partition: 1 } });
  });

  it('is refused when the panel says not armed, and without a configured code', () => {
    const line = new PanelLine().goOnline();
    const box = line.execute('disarm', { partition: 1 });
    line.says('500040', '502023');
    expect(box.outcome).toMatchObject({ kind: 'refused', code: 'CD_PANEL_NOT_ARMED' });
    const bare = new PanelLine({}).goOnline(armed);
    expect(bare.execute('disarm', { partition: 1 }).outcome).toMatchObject({ kind: 'refused', code: 'CD_CONFIG_INVALID' });
    expect(bare.heard()).toEqual([]);
  });

  it('never sends the code a second time: not after 501, not after silence', () => {
    for (const answer of [['501'], []]) {
      const line = new PanelLine().goOnline(armed);
      const box = line.execute('disarm', { partition: 1 });
      line.heard();
      line.says(...answer);
      line.clock.advance(6_000);
      const sent = line.heard();
      expect(sent.filter((one) => one.startsWith('040'))).toEqual([]);
      expect(sent).toContain('001');
      line.answerStatus(armed);
      line.clock.advance(30_000);
      expect(box).toMatchObject({ settleCount: 1, outcome: { kind: 'in-doubt', code: 'CD_PROTOCOL_NO_ANSWER' } });
    }
  });

  it('is proved by a snapshot when its line was lost, once the power-up time is over', () => {
    const line = new PanelLine().goOnline(armed);
    for (let passed = 0; passed < 300; passed++) {
      line.clock.advance(1_000);
      if (line.heard().includes('000')) line.says('500000');
    }
    line.answerStatus(armed);
    line.answerStatus(armed);
    const box = line.execute('disarm', { partition: 1 });
    line.says('500040');
    line.clock.advance(5_100);
    line.answerStatus();
    expect(box.outcome).toEqual({ kind: 'done', result: { partition: 1 } });
  });

  it('silences an alarm of a partition that is not armed, and nothing else', () => {
    const line = new PanelLine().goOnline(armed);
    expect(line.execute('silence', { partition: 1 }).outcome).toMatchObject({ kind: 'refused', code: 'CD_PANEL_ALREADY_ARMED' });
    line.says('6012007', '6542');
    const box = line.execute('silence', { partition: 2 });
    line.says('500040', '6552', '75020001', '6502');
    expect(box.outcome).toMatchObject({ kind: 'done' });
  });
});

describe('commands on a busy or broken line', () => {
  it('leaves what was sent in doubt and fails what was not', () => {
    const line = new PanelLine().goOnline(armed);
    const sent = line.execute('disarm', { partition: 1 });
    const waits = line.execute('set-clock', { localTime: '2026-11-22T08:30' });
    line.lose();
    expect(sent.outcome).toMatchObject({ kind: 'in-doubt', code: 'CD_LINK_LOST' });
    expect(waits.outcome).toMatchObject({ kind: 'failed', code: 'CD_LINK_LOST' });
    expect(line.openCommandCount).toBe(0);
  });

  it('refuses a second unsafe command, and an unsafe one that would wait too long, with nothing sent', () => {
    const line = new PanelLine().goOnline();
    line.execute('arm', away);
    expect(line.execute('disarm', { partition: 2 }).outcome).toMatchObject({ kind: 'refused', code: 'CD_DEVICE_BUSY' });
    const reading = new PanelLine().goOnline();
    reading.execute('read-labels');
    const box = reading.execute('disarm', { partition: 1 });
    reading.says('500002');
    for (let zone = 1; zone < 30; zone++) {
      reading.clock.advance(300);
      reading.says(`5700${String(zone).padStart(2, '0')}${'Door'.padEnd(32)}`);
    }
    expect(box.outcome).toMatchObject({ kind: 'refused', code: 'CD_DEVICE_BUSY' });
    expect(reading.heard()).toEqual(['002']);
  });

  it('takes back a command that waits, and says in doubt of one that was sent', () => {
    const line = new PanelLine().goOnline();
    line.execute('read-labels');
    const box = line.execute('disarm', { partition: 1 });
    line.lose();
    expect(box.outcome).toMatchObject({ kind: 'failed' });
  });

  it('repeats a safe command after a checksum error', () => {
    const line = new PanelLine().goOnline();
    const box = line.execute('set-clock', { localTime: '2026-11-22T08:30' });
    line.says('501');
    expect(line.heard()).toEqual(['0100830112226', '0100830112226']);
    line.says('500010');
    line.clock.advance(1_600);
    expect(box.outcome).toEqual({ kind: 'done', result: {} });
  });

  it('answers the health check from the panel’s own answer', () => {
    const line = new PanelLine().goOnline();
    const box = line.execute('check-health');
    expect(line.heard()).toEqual(['000']);
    line.says('500000');
    expect(box.outcome).toEqual({ kind: 'done', result: {} });
    const silent = line.execute('check-health');
    line.clock.advance(9_100);
    expect(silent.outcome).toMatchObject({ kind: 'failed', code: 'CD_DEVICE_NO_ANSWER' });
  });

  it('waits for the panel to show the output and the emergency, and leaves them in doubt without', () => {
    const line = new PanelLine().goOnline();
    const output = line.execute('command-output', { partition: 1, output: 2 });
    line.says('500020', '6601');
    expect(output.outcome).toEqual({ kind: 'done', result: {} });
    const panic = line.execute('raise-emergency', { kind: 'panic' });
    line.says('500060', '625');
    expect(panic.outcome).toEqual({ kind: 'done', result: {} });
    const lost = line.execute('raise-emergency', { kind: 'fire' });
    line.says('500060');
    line.clock.advance(5_100);
    expect(lost.outcome).toMatchObject({ kind: 'in-doubt' });
  });
});
