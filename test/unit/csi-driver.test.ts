import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../drivers/kit/outcome.ts';
import { fromLatin1, toLatin1 } from '../../drivers/kit/bytes.ts';
import type { CommandId } from '../../drivers/kit/machine.ts';
import { codec, type CsiRx, type CsiTx } from '../../drivers/passbook-printer/csi-4915/codec.ts';
import { model } from '../../drivers/passbook-printer/csi-4915/driver.ts';
import type { PassbookPrinterEvent, PlacedLine } from '../../drivers/passbook-printer/family.ts';
import { VirtualClock } from '../../simulators/kit/virtual-clock.ts';
import { Conversation } from '../../drivers/kit/conversation.ts';

const line: PlacedLine = { lineNumber: 3, yMm: 26, runs: [{ xMm: 10, text: '工资 **1,000.00' }] };

/** The driver alone, with a printer whose every word the test says. */
class Desk {
  readonly clock = new VirtualClock();
  readonly sent: string[] = [];
  readonly events: PassbookPrinterEvent[] = [];
  isReady = false;
  givenUp: string | undefined;
  readonly #conversation: Conversation<unknown, unknown, unknown, unknown, unknown, string>;
  #commandCount = 0;

  constructor(options: unknown = {}) {
    this.#conversation = new Conversation({
      machine: model.driver(options),
      codec: model.codec,
      clock: this.clock,
      sinks: {
        send: (bytes) => {
          this.sent.push(toLatin1(bytes));
          this.clock.after(1, () => this.#conversation.drained());
        },
        event: (event) => this.events.push(event as PassbookPrinterEvent),
        ready: () => (this.isReady = true),
        giveUp: (code) => (this.givenUp = code),
        junk: () => undefined,
      },
    });
    this.#conversation.opened();
    this.clock.advance(5);
  }

  /** CSI sequences, without their CSI. */
  hear(...answers: readonly string[]): void {
    this.hearBytes(answers.map((answer) => `\x1b[${answer}`).join(''));
  }

  hearBytes(text: string): void {
    this.#conversation.receive(fromLatin1(text));
    this.clock.advance(5);
  }

  give(name: string, args: unknown = {}): { outcome?: Outcome; id: CommandId } {
    const box: { outcome?: Outcome; id: CommandId } = { id: `c${String(++this.#commandCount)}` as CommandId };
    const terms = { timeoutMs: 30_000, repeat: name === 'print-line' ? 'unsafe' : 'safe' } as const;
    this.#conversation.execute({ id: box.id, command: { name, args }, terms, settle: (outcome) => (box.outcome = outcome) });
    this.clock.advance(50);
    return box;
  }

  /** Number of the last mark asked for. */
  get mark(): string {
    return /\x1b\[(\d+)!t/.exec(this.sent.findLast((text) => text.endsWith('!t')) ?? '')?.[1] ?? '';
  }

  get status(): unknown {
    return model.driver({}).status(this.#conversation.state);
  }
}

function loaded(options: unknown = {}): Desk {
  const desk = new Desk(options);
  desk.hear(`${desk.mark}!t`);
  const load = desk.give('load', { pageHeightMm: 160 });
  desk.hear('1028"t', `${desk.mark}!t`);
  expect(load.outcome?.kind).toBe('done');
  return desk;
}

describe('a printer that says what it has done', () => {
  test('is online once it echoes the opening mark, and given up when it says nothing', () => {
    const desk = new Desk();
    expect(desk.isReady).toBe(false);
    desk.hear(`${desk.mark}!t`);
    expect(desk.isReady).toBe(true);
    const silent = new Desk();
    silent.clock.advance(11_000);
    expect(silent.givenUp).toBe('CD_DEVICE_NO_ANSWER');
  });

  test('strikes a line only when it has answered after the text, and confirms it only by the mark of that line', () => {
    const desk = loaded();
    const print = desk.give('print-line', { line });
    expect(desk.sent.at(-1)).toBe('\x1b["z');
    desk.hear('0;0"z');
    expect(desk.sent.slice(-2)).toEqual(['\r', `\x1b[${desk.mark}!t`]);
    desk.hear('9000!t', '77!t', '0;0"z');
    expect(print.outcome).toBeUndefined();
    desk.hear(`${desk.mark}!t`, `${desk.mark}!t`);
    expect(print.outcome).toEqual({ kind: 'done', result: { confirmation: 'mark' } });
    expect(desk.events.filter(({ type }) => type === 'passbook-printer.line-printed')).toHaveLength(1);
  });

  test.each([
    ['ERROR', '2!z'],
    ['a number that no document names', '7!z'],
    ['a restart', '0!z'],
  ])('leaves a line in doubt on %s, and asks for a load before the next', (_, status) => {
    const desk = loaded();
    const print = desk.give('print-line', { line });
    desk.hear('0;0"z', status);
    expect(print.outcome).toMatchObject({ kind: 'in-doubt', code: 'CD_DEVICE_FAULT' });
    desk.hear('0!z', `${desk.mark}!t`);
    expect(desk.give('print-line', { line }).outcome).toMatchObject({ kind: 'refused', code: 'CD_PRINT_NO_MEDIA' });
    expect(desk.events.filter(({ type }) => type === 'passbook-printer.line-printed')).toEqual([]);
  });

  test('waits through STOP and START, and asks for a load afterwards', () => {
    const desk = loaded();
    const print = desk.give('print-line', { line });
    desk.hear('0;0"z', '1!z');
    expect(desk.status).toMatchObject({ device: 'deviceBusy' });
    desk.hear('0!z', `${desk.mark}!t`);
    expect(print.outcome?.kind).toBe('done');
    expect(desk.give('print-line', { line }).outcome?.kind).toBe('refused');
  });

  test('tells of a line that comes after its time, and does not let a load pass over it', () => {
    const desk = loaded();
    const print = desk.give('print-line', { line });
    desk.hear('0;0"z', '1!z');
    const lateMark = desk.mark;
    desk.clock.advance(31_000);
    expect(print.outcome).toMatchObject({ kind: 'in-doubt', code: 'CD_PROTOCOL_NO_ANSWER' });
    desk.hear('0!z');
    const load = desk.give('load');
    desk.hear(`${lateMark}!t`, `${desk.mark}!t`);
    expect(load.outcome).toMatchObject({ kind: 'failed', code: 'CD_DEVICE_IN_DOUBT' });
    expect(desk.events.filter(({ type }) => type === 'passbook-printer.line-printed')).toHaveLength(1);
    const again = desk.give('load');
    desk.hear(`${desk.mark}!t`);
    expect(again.outcome?.kind).toBe('done');
  });

  test('never takes the echo of another process’s line for its own', () => {
    const desk = loaded();
    const load = desk.give('load');
    desk.hear('1!t', `${desk.mark}!t`);
    expect(load.outcome).toMatchObject({ kind: 'failed', code: 'CD_DEVICE_IN_DOUBT' });
  });

  test('says NO PAPER when that is why a load ends in ERROR', () => {
    const desk = loaded();
    const load = desk.give('load');
    desk.hear('2!z', '2;0"z');
    expect(load.outcome).toMatchObject({ kind: 'failed', code: 'CD_PRINT_NO_MEDIA' });
    expect(desk.status).toMatchObject({ device: 'userError', media: 'notPresent', isLoaded: false });
    const mute = loaded();
    const other = mute.give('load');
    mute.hear('2!z');
    mute.clock.advance(3_000);
    expect(other.outcome).toMatchObject({ kind: 'failed', code: 'CD_DEVICE_FAULT' });
  });

  test('refuses a document of another width, and one whose width it was not told', () => {
    const options = { widthMm: { min: 140, max: 150 } };
    const desk = loaded(options);
    const narrow = desk.give('load');
    desk.hear('900"t', `${desk.mark}!t`);
    expect(narrow.outcome).toMatchObject({ kind: 'failed', code: 'CD_PRINT_WRONG_MEDIA' });
    const untold = desk.give('load');
    desk.hear(`${desk.mark}!t`);
    expect(untold.outcome).toMatchObject({ kind: 'failed', code: 'CD_PROTOCOL_UNEXPECTED' });
  });

  test('holds back while XOFF is in force', () => {
    const desk = loaded();
    const print = desk.give('print-line', { line });
    desk.hearBytes('\x13');
    const before = desk.sent.length;
    desk.hear('0;0"z');
    expect(desk.sent).toHaveLength(before);
    desk.hearBytes('\x11');
    expect(desk.sent.slice(before)).toEqual(['\r', `\x1b[${desk.mark}!t`]);
    desk.hear(`${desk.mark}!t`);
    expect(print.outcome?.kind).toBe('done');
  });

  test('refuses text without a code and lines outside the page before anything is sent', () => {
    const desk = loaded();
    const before = desk.sent.length;
    const at = (changed: Partial<PlacedLine>): unknown => desk.give('print-line', { line: { ...line, ...changed } }).outcome;
    expect(at({ runs: [{ xMm: 10, text: '𠮷' }] })).toMatchObject({ kind: 'refused', code: 'CD_PRINT_TEXT' });
    expect(at({ yMm: 158 })).toMatchObject({ kind: 'refused', code: 'CD_PRINT_LAYOUT' });
    expect(at({ yMm: 0 })).toMatchObject({ kind: 'refused', code: 'CD_PRINT_LAYOUT' });
    expect(at({ runs: [{ xMm: 240, text: 'too far right' }] })).toMatchObject({ kind: 'refused', code: 'CD_PRINT_LAYOUT' });
    expect(desk.sent).toHaveLength(before);
  });
});

describe('the magnetic stripe', () => {
  test('is read without its sentinels, once the mark says that the pass is over', () => {
    const desk = loaded();
    const read = desk.give('read-stripe');
    expect(desk.sent.slice(-3, -1)).toEqual(['\x1b[1;2;0;99;0!r', '\x1b["r']);
    desk.hear('1;0;1;0"r\x02=0038112;06?\x03');
    expect(read.outcome).toBeUndefined();
    desk.hear(`${desk.mark}!t`);
    expect(read.outcome).toEqual({ kind: 'done', result: { text: '0038112;06' } });
    expect(desk.status).toMatchObject({ isLoaded: false });
  });

  test.each([
    ['an error', '3;0;1;4"r\x02\x03', 'CD_PRINT_STRIPE'],
    ['another format', '1;0;1;0"r\x02;0038112;06<\x03', 'CD_PRINT_STRIPE'],
    ['nothing at all', '', 'CD_PROTOCOL_UNEXPECTED'],
  ])('is not believed with %s', (_, answer, code) => {
    const desk = loaded();
    const read = desk.give('read-stripe');
    if (answer !== '') desk.hear(answer);
    desk.hear(`${desk.mark}!t`);
    expect(read.outcome).toMatchObject({ kind: 'failed', code });
  });

  test('is in doubt when what was written does not read back, and when ERROR cut the writing', () => {
    const desk = loaded({ stripe: { format: 'ibm-2' } });
    const write = desk.give('write-stripe', { text: '0038112;07' });
    expect(desk.sent.slice(-3, -1)).toEqual(['\x1b[1;2;2;78;0!r', '\x1b[#r\x02;0038112;07?\x03']);
    desk.hear('2;1#r', `${desk.mark}!t`);
    expect(write.outcome).toMatchObject({ kind: 'in-doubt', code: 'CD_PRINT_STRIPE_SPOILED' });
    const cut = desk.give('write-stripe', { text: '0038112;07' });
    desk.hear('2!z');
    expect(cut.outcome).toMatchObject({ kind: 'in-doubt', code: 'CD_DEVICE_FAULT' });
  });

  test('refuses text that would end itself, with nothing sent', () => {
    const desk = loaded({ stripe: { format: 'ibm-1' } });
    const before = desk.sent.length;
    expect(desk.give('write-stripe', { text: '12<34' }).outcome).toMatchObject({ kind: 'refused', code: 'CD_COMMAND_ARGS' });
    expect(desk.sent).toHaveLength(before);
  });
});

describe('the codec', () => {
  test('reads on after a sequence that something cut', () => {
    const kinds = codec
      .decoder()
      .push(fromLatin1('\x1b[12\x1b[5!t\x13\x1b[;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;!t\x1b[2!z'))
      .filter((piece) => piece.kind === 'frame')
      .map(({ frame }) => frame);
    expect(kinds).toEqual([{ kind: 'mark', mark: 5 }, { kind: 'pause' }, { kind: 'status', state: 2 }] satisfies CsiRx[]);
  });

  test('tells no account on a stripe to the frame inspector', () => {
    const frames: readonly (CsiRx | CsiTx)[] = [
      { kind: 'write-stripe', text: '=0038112;07?' },
      { kind: 'stripe', attempts: 1, threshold: 0, block: 1, error: 0, text: '=0038112;07?' },
    ];
    for (const frame of frames) expect(model.describe(frame)).not.toContain('0038112');
  });
});
