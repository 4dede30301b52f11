/** The simulated 4915 printer, told things byte by byte that the driver never says, and the example of the guide. */
import { expect, test } from 'vitest';
import { fromLatin1, toLatin1 } from '../../drivers/kit/bytes.ts';
import { Conversation } from '../../drivers/kit/conversation.ts';
import type { CommandId } from '../../drivers/kit/machine.ts';
import type { Gesture, GroundTruth } from '../../simulators/kit/simulator.ts';
import { VirtualClock } from '../../simulators/kit/virtual-clock.ts';
import { simulator } from '../../simulators/passbook-printer/csi-4915.ts';
import type { ConsoleState } from '../../simulators/passbook-printer/csi-4915/console-state.ts';
import { TICKS_PER_INCH, TICKS_PER_MM, glyphsOn, readLines, type Paper } from '../../simulators/world/paper.ts';

const EDGE = TICKS_PER_INCH / 6;

/** A printer with a book inside whose stripe says line 6 is next. */
class Printer {
  readonly clock = new VirtualClock();
  said = '';
  readonly #device: Conversation<unknown, unknown, unknown, Gesture, GroundTruth, string>;
  #gestureCount = 0;

  constructor() {
    this.#device = new Conversation<unknown, unknown, unknown, Gesture, GroundTruth, string>({
      machine: simulator.firmware({ books: [{ id: 'A', stripe: '=0038112;06?' }] }, 'any'),
      codec: simulator.codec,
      clock: this.clock,
      sinks: {
        send: (bytes) => (this.said += toLatin1(bytes)),
        event: () => undefined,
        ready: () => undefined,
        giveUp: () => undefined,
        junk: () => undefined,
      },
    });
    this.#device.opened();
    this.gesture('insert-book', { book: 'A', page: 1 });
  }

  gesture(name: string, args: Readonly<Record<string, unknown>> = {}): void {
    const id = `g${String(++this.#gestureCount)}` as CommandId;
    const terms = { timeoutMs: 1_000, repeat: 'safe' } as const;
    this.#device.execute({ id, command: { name, args }, terms, settle: ({ kind }) => expect(kind, name).toBe('done') });
  }

  /** Says these bytes one at a time, waits, and gives what came back. `^` stands for CSI. */
  tell(text: string): string {
    this.said = '';
    for (const byte of fromLatin1(text.replaceAll('^', '\x1b['))) {
      this.#device.receive(Uint8Array.of(byte));
      this.clock.advance(1);
    }
    this.clock.advance(5_000);
    return this.said.replaceAll('\x1b[', '^');
  }

  get book(): ConsoleState['path']['books'][number] {
    return (this.#device.state as ConsoleState).path.books[0] ?? expect.fail('there is a book');
  }

  get page(): Paper {
    return this.book.pages[0] ?? expect.fail('it has a page');
  }
}

test('does what the worked example of the guide shows (pp. 267-269): read, write the next line, print line 6, give the book out', () => {
  const printer = new Printer();
  expect(printer.tell('^1;2;0;99;0!r^"r')).toBe('^1;0;1;0"r\x02=0038112;06?\x03');
  expect(printer.tell('^#r\x02=0038112;07?\x03')).toBe('^1;0#r');
  expect(printer.book.stripe).toEqual({ text: '=0038112;07?', isDamaged: false });
  expect(printer.tell('^421!p\x1b$\x96\x0007-12-99 Cash 026\x0c^7!t')).toBe('^7!t');
  const [first] = glyphsOn(printer.page);
  expect(first).toMatchObject({ codePoint: 0x30, y: (421 * TICKS_PER_INCH) / 180, x: (150 * TICKS_PER_INCH) / 60 + EDGE });
  expect(readLines(printer.page).map(({ text }) => text)).toEqual(['07-12-99 Cash 026']);
});

test('counts positions from the bottom and backwards too', () => {
  const printer = new Printer();
  printer.tell('^180"pB\r^1000!p^100#pC\r');
  const ys = glyphsOn(printer.page).map(({ y }) => y);
  expect(ys).toEqual([Math.round(160 * TICKS_PER_MM - TICKS_PER_INCH), 900 * 60]);
});

test('answers width, questions and both kinds of mark', () => {
  const printer = new Printer();
  expect(printer.tell('^1$p^"t^3)t^4!t')).toBe('^1028"t^3)t^4!t');
  expect(printer.tell('^"z')).toBe('^0;0"z');
  printer.gesture('remove-book');
  expect(printer.tell('^"z')).toBe('^2;0"z');
});

test('cancels all unfinished jobs on ERROR and drops what belongs to them', () => {
  const printer = new Printer();
  printer.gesture('remove-book');
  expect(printer.tell('^100!pA\r^1!t')).toBe('^2!z');
  expect(printer.tell('B\r^2!t')).toBe('');
  printer.gesture('insert-book', { book: 'A', page: 1 });
  expect(printer.tell('^3!t')).toBe('^3!t');
  expect(glyphsOn(printer.page)).toEqual([]);
});

test('keeps its work at STOP and does it at START', () => {
  const printer = new Printer();
  printer.gesture('press-stop');
  expect(printer.tell('^100!pA\r^1!t')).toBe('');
  printer.gesture('press-start');
  printer.clock.advance(1_000);
  expect(printer.said.replaceAll('\x1b[', '^')).toBe('^0!z^1!t');
  expect(glyphsOn(printer.page)).toHaveLength(1);
});

test('leaves the stripe as it was when its text is torn, erases it when told, and cannot read a damaged one', () => {
  const printer = new Printer();
  printer.tell('^#r\x02=99\x00\x00\x18');
  expect(printer.book.stripe.text).toBe('=0038112;06?');
  printer.tell('^%r');
  expect(printer.book.stripe).toEqual({ text: '', isDamaged: false });
  printer.tell('^#r\x02=1?\x03');
  printer.gesture('damage-stripe', { book: 'A' });
  expect(printer.tell('^"r')).toBe('^3;0;1;4"r\x02\x03');
});

test('reads on after a sequence that something cut', () => {
  const printer = new Printer();
  expect(printer.tell('^12\x00\x00\x00\x00\x18^5!t')).toBe('^5!t');
  expect(printer.tell('^12!\x00\x00\x00\x00\x18^6!t')).toBe('^6!t');
  expect(printer.tell('\x1b$\x00\x00\x00\x00\x18^7!t')).toBe('^7!t');
  expect(glyphsOn(printer.page)).toEqual([]);
});
