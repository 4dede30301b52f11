import { describe, expect, it } from 'vitest';
import { toLatin1 } from '../../drivers/kit/bytes.ts';
import { fromLatin1 } from '../../drivers/kit/bytes.ts';
import { Conversation } from '../../drivers/kit/conversation.ts';
import type { CommandId } from '../../drivers/kit/machine.ts';
import { simulator } from '../../simulators/alarm-panel/dsc-it100.ts';
import type { Gesture, GroundTruth } from '../../simulators/kit/simulator.ts';
import { VirtualClock } from '../../simulators/kit/virtual-clock.ts';
import { withSum } from '../support/panel-line.ts';

/** The simulated panel with an application's end of the line in the test's hand. */
/** What a port that opens or a module that starts lets through (power.ts of the simulator). */
const NOISE = '\u0000\u00ffU';

class PanelAtHand {
  readonly clock = new VirtualClock();
  readonly truths: GroundTruth[] = [];
  readonly #firmware;
  readonly #device;
  #said = '';

  constructor(world: object = {}) {
    this.#firmware = simulator.firmware({ hasNoise: false, ...world }, 'seed');
    this.#device = new Conversation<unknown, unknown, unknown, Gesture, GroundTruth, string>({
      machine: this.#firmware,
      codec: simulator.codec,
      clock: this.clock,
      sinks: {
        send: (bytes) => (this.#said += toLatin1(bytes)),
        event: (truth) => this.truths.push(truth),
        ready: () => undefined,
        giveUp: () => undefined,
        junk: () => undefined,
      },
    });
    this.#device.opened();
  }

  /** Sends a line and gives back what the panel says at once, without sums; displays and lamps left out. */
  ask(body: string): string[] {
    this.said();
    this.#device.receive(fromLatin1(withSum(body)));
    return this.said();
  }

  askRaw(text: string): string[] {
    this.#device.receive(fromLatin1(text));
    return this.said();
  }

  said(): string[] {
    const lines = this.#said
      .split('\r\n')
      .slice(0, -1)
      .map((line) => line.replace(NOISE, ''));
    this.#said = '';
    for (const line of lines) expect(`${line}\r\n`, 'the panel’s own sum').toBe(withSum(line.slice(0, -2)));
    return lines.map((line) => line.slice(0, -2)).filter((line) => !/^(901|903|51[01])/.test(line));
  }

  pass(seconds: number): string[] {
    this.clock.advance(seconds * 1_000);
    return this.said();
  }

  gesture(name: string, args: object = {}): string[] {
    this.#device.execute({
      id: `g${String(Math.random())}` as CommandId,
      command: { name, args: args as Gesture['args'] },
      terms: { timeoutMs: 1_000, repeat: 'safe' },
      settle: () => undefined,
    });
    return this.said();
  }

  reconnect(): string[] {
    this.#device.lost();
    this.#device.opened();
    return this.said();
  }

  view(): Readonly<Record<string, unknown>> {
    return this.#firmware.view(this.#device.state);
  }
}

describe('the simulated IT-100', () => {
  it('acknowledges good sums, answers bad ones with 501, and what it does not know with an error', () => {
    const panel = new PanelAtHand();
    expect(panel.ask('000')).toEqual(['500000']);
    expect(panel.askRaw('00000\r\n')).toEqual(['501']);
    expect(panel.ask('0309')).toEqual(['500030', '502021']);
    expect(panel.ask('0102599112226')).toEqual(['500010', '502029']);
    expect(panel.ask('099')).toEqual(['500099', '502033']);
  });

  it('takes a code in both published forms, only when it asked', () => {
    for (const code of ['200123400', '20011234']) {
      const panel = new PanelAtHand();
      expect(panel.ask(code)).toEqual(['500200', '502026']);
      expect(panel.ask('0301')).toEqual(['500030', '90014']);
      expect(panel.ask(code)).toEqual(['500200', '6561']);
    }
    const late = new PanelAtHand();
    late.ask('0301');
    late.pass(21);
    expect(late.ask('200123400')).toEqual(['500200', '502026']);
  });

  it('keeps real delays: exit, entry, alarm, bell', () => {
    const panel = new PanelAtHand({ exitDelaySeconds: 10, entryDelaySeconds: 8, bellSeconds: 20 });
    expect(panel.ask('0331123400')).toEqual(['500033', '6561']);
    expect(panel.pass(9)).toEqual([]);
    expect(panel.pass(1)).toEqual(expect.arrayContaining(['65210', '70010001']));
    expect(panel.gesture('open-door', { zone: 1 })).toEqual(['6571', '609001']);
    expect(panel.pass(7)).toEqual([]);
    expect(panel.pass(1)).toEqual(['6011001', '6541']);
    expect(panel.pass(20)).toEqual(['65210']);
    expect(panel.ask('0401123400')).toEqual(expect.arrayContaining(['500040', '6551', '75010001', '6511']));
  });

  it('says 672 when a door is left open at the end of the exit delay', () => {
    const panel = new PanelAtHand({ exitDelaySeconds: 5 });
    panel.gesture('enter-code', { partition: 1, person: '周洁' });
    panel.gesture('open-door', { zone: 1 });
    expect(panel.pass(5)).toEqual(['6721', '6511']);
  });

  it('arms with a force-armable zone open and says partial closing', () => {
    const panel = new PanelAtHand({ exitDelaySeconds: 0 });
    expect(panel.gesture('open-door', { zone: 12 })).toEqual(['609012', '6531']);
    expect(panel.gesture('enter-code', { partition: 1, person: '李强' })).toEqual(expect.arrayContaining(['65210', '70010008', '7021']));
  });

  it('tells a duress code beside an ordinary disarming', () => {
    const panel = new PanelAtHand({ exitDelaySeconds: 0 });
    panel.gesture('enter-code', { partition: 1, person: '周洁' });
    expect(panel.gesture('enter-code', { partition: 1, person: '周洁', isDuress: true })).toEqual(
      expect.arrayContaining(['6551', '75010033', '6200000', '6501']),
    );
    expect(panel.truths.some(({ type }) => type === 'duress')).toBe(true);
  });

  it('locks its keypads after wrong codes, and opens them in time', () => {
    const panel = new PanelAtHand({ lockoutAfter: 3, lockoutSeconds: 30 });
    for (let time = 0; time < 2; time++) expect(panel.ask('0331999900')).toEqual(['500033', '6701']);
    expect(panel.ask('0331999900')).toEqual(['500033', '6581', '6701']);
    expect(panel.ask('0331123400')).toEqual(['500033', '6581']);
    panel.pass(31);
    expect(panel.ask('0331123400')).toEqual(['500033', '6561']);
  });

  it('is busy in installer mode and answers polls all the same', () => {
    const panel = new PanelAtHand();
    panel.gesture('enter-installer-mode');
    expect(panel.ask('0331123400')).toEqual(['500033', '502017']);
    expect(panel.ask('000')).toEqual(['500000']);
  });

  it('tells power-up defaults for minutes after a power cut, and then the truth', () => {
    const panel = new PanelAtHand({ exitDelaySeconds: 0 });
    panel.gesture('enter-code', { partition: 1, person: '李强' });
    panel.gesture('open-door', { zone: 17 });
    panel.gesture('fault:power-cut');
    expect(panel.ask('000')).toEqual([]);
    panel.gesture('fault:clear', { kind: 'power-cut' });
    const early = panel.ask('001');
    expect(early).toEqual(expect.arrayContaining(['6501', '610017']));
    panel.pass(241);
    expect(panel.ask('001')).toEqual(expect.arrayContaining(['65210', '609017']));
  });

  it('broadcasts its clock every four minutes, stamps its lines, and drifts', () => {
    const panel = new PanelAtHand();
    panel.ask('0100830112226');
    panel.ask('0561');
    expect(panel.pass(300).filter((line) => line.startsWith('550'))).toHaveLength(1);
    panel.gesture('drift-clock', { minutes: 30 });
    expect(panel.view()['clock']).toBe('0905112226');
  });

  it('raises a silent hold-up and restores the panic key by itself', () => {
    const panel = new PanelAtHand();
    expect(panel.gesture('hold-up', { zone: 7 })).toEqual(['6011007', '6541', '609007']);
    expect(panel.gesture('hold-up', { zone: 7 })).toEqual([]);
    expect(panel.gesture('hold-up')).toEqual(['625']);
    expect(panel.pass(6)).toEqual(['626']);
  });
});

describe('the simulated Envisalink', () => {
  it('greets, wants its password, and lets nobody else in', () => {
    const panel = new PanelAtHand({ tpi: { password: 'user' } });
    expect(panel.said()).toEqual(['5053']);
    expect(panel.ask('001')).toEqual(['500001']);
    expect(panel.ask('005wrong')).toEqual(['500005', '5050']);
    expect(panel.ask('005user')).toEqual(['500005', '5051']);
    expect(panel.ask('001')).toEqual(expect.arrayContaining(['6501', '6502', '610064']));
    expect(panel.reconnect()).toEqual(['5053']);
    expect(panel.pass(11)).toEqual(['5052']);
    expect(panel.ask('030' + '1')).toEqual(['500030']);
  });

  it('has key strings and zone timers, and not the IT-100’s own commands', () => {
    const panel = new PanelAtHand({ tpi: { password: 'user' }, exitDelaySeconds: 3 });
    panel.ask('005user');
    expect(panel.ask('002')).toEqual(['500002', '502022']);
    expect(panel.ask('0711' + '7351')).toEqual(['500071', '6561']);
    const [ack, timers] = panel.ask('008');
    expect(ack).toBe('500008');
    expect(timers).toMatch(/^615[0-9A-F]{256}$/);
  });
});
