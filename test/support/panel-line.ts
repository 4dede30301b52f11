/** An IT-100 driver in virtual time with the module's end of the line in the test's hand. */
import { fromLatin1, toLatin1 } from '../../drivers/kit/bytes.ts';
import { Conversation } from '../../drivers/kit/conversation.ts';
import type { CommandId, Identity } from '../../drivers/kit/machine.ts';
import type { Outcome } from '../../drivers/kit/outcome.ts';
import { alarmPanel } from '../../drivers/alarm-panel/family.ts';
import { model } from '../../drivers/alarm-panel/dsc-it100/driver.ts';
import { VirtualClock } from '../../simulators/kit/virtual-clock.ts';

export interface ToldEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export class PanelLine {
  readonly clock = new VirtualClock();
  readonly identities: Identity[] = [];
  readonly givenUp: string[] = [];
  readonly events: ToldEvent[] = [];
  readonly #heard: string[] = [];
  readonly #host: Conversation<unknown, unknown, unknown, unknown, unknown, string>;
  readonly #status: () => unknown;
  #commandCount = 0;

  constructor(options: Readonly<Record<string, unknown>> = { code: '1234' }) {
    const driver = model.driver(options);
    this.#host = new Conversation({
      machine: driver,
      codec: model.codec,
      clock: this.clock,
      sinks: {
        send: (bytes) => {
          this.#heard.push(toLatin1(bytes).slice(0, -4));
          this.#host.drained();
        },
        event: (event) => {
          const { type, data } = event as ToldEvent;
          this.events.push({ type: type.replace('alarm-panel.', ''), data });
        },
        ready: (identity) => this.identities.push(identity),
        giveUp: (code) => this.givenUp.push(code),
        junk: () => undefined,
      },
    });
    this.#status = () => driver.status(this.#host.state);
  }

  get status(): PanelStatusSeen {
    return this.#status() as PanelStatusSeen;
  }

  get openCommandCount(): number {
    return this.#host.openCommandCount;
  }

  open(): void {
    this.#host.opened();
  }

  lose(): void {
    this.#host.lost();
  }

  /** Lines the module sends, as code and data; sum and line end are added here. */
  says(...lines: readonly string[]): void {
    this.saysRaw(lines.map(withSum).join(''));
  }

  saysRaw(text: string): void {
    this.#host.receive(fromLatin1(text));
  }

  /** What the driver sent since the last call, without sums. */
  heard(): string[] {
    return this.#heard.splice(0);
  }

  told(type: string): Readonly<Record<string, unknown>>[] {
    return this.events.filter((event) => event.type === type).map(({ data }) => data);
  }

  /** From opening to a panel that is online, quiet and known: two partitions ready, four zones closed. */
  goOnline(state: readonly string[] = ['6501', '6502']): this {
    this.open();
    this.says('500000');
    this.clock.advance(300);
    this.answerStatus(state);
    this.says('500002');
    this.clock.advance(1_000);
    this.heard();
    this.events.length = 0;
    return this;
  }

  /** A whole answer to 001. */
  answerStatus(state: readonly string[] = ['6501', '6502'], openZones: readonly number[] = [], lamps = '100000011'): void {
    const zones = Array.from({ length: 64 }, (_, at) => `${openZones.includes(at + 1) ? '609' : '610'}${String(at + 1).padStart(3, '0')}`);
    const troubles = state.map((line) => `841${line.charAt(3)}`);
    const leds = Array.from(lamps, (shows, at) => `903${String(at + 1)}${shows}`);
    this.says('500001', '908010000', ...state, ...troubles, ...leds, ...zones);
  }

  /** Lets seconds pass with a panel that answers polls. */
  passQuietly(seconds: number): void {
    for (let passed = 0; passed < seconds; passed++) {
      this.clock.advance(1_000);
      if (this.heard().includes('000')) this.says('500000');
    }
  }

  execute(name: keyof typeof alarmPanel.commands, args: object = {}): { outcome?: Outcome; settleCount: number } {
    const { timeoutMs, repeat } = alarmPanel.commands[name];
    const box: { outcome?: Outcome; settleCount: number } = { settleCount: 0 };
    this.#host.execute({
      id: `c${String(++this.#commandCount)}` as CommandId,
      command: { name, args },
      terms: { timeoutMs, repeat },
      settle: (outcome) => {
        box.outcome = outcome;
        box.settleCount++;
      },
    });
    return box;
  }
}

export interface PanelStatusSeen {
  readonly verified: boolean;
  readonly partitions: readonly {
    readonly partition: number;
    readonly state: string;
    readonly mode?: string;
    readonly isSounding: boolean;
  }[];
  readonly zones: readonly { readonly zone: number; readonly state: string; readonly verified: boolean; readonly isBypassed: boolean }[];
  readonly [name: string]: unknown;
}

/** A whole line: the sum is made here by hand, not by the codec under test. */
export function withSum(body: string): string {
  let sum = 0;
  for (let at = 0; at < body.length; at++) sum += body.charCodeAt(at);
  return `${body}${(sum % 256).toString(16).toUpperCase().padStart(2, '0')}\r\n`;
}
