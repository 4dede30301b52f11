import { fromLatin1, toLatin1 } from '../../drivers/kit/bytes.ts';
import { CounterdError, type ErrorCode } from '../../drivers/kit/errors.ts';
import type { EventSpec } from '../../drivers/kit/family.ts';
import { checker } from '../../drivers/kit/schema.ts';
import type { Link, Transport } from '../../drivers/kit/transport.ts';
import { ChunkQueue } from '../../drivers/transports/chunk-queue.ts';
import { VirtualClock } from '../../simulators/kit/virtual-clock.ts';
import { deviceEvents } from '../../daemon/contract/events/devices.ts';
import { journalEvents } from '../../daemon/contract/events/journal.ts';
import { deviceLedger } from '../../daemon/devices/device-ledger.ts';
import { DeviceRegistry } from '../../daemon/devices/device-registry.ts';
import { BlobStore } from '../../daemon/journal/blob-store.ts';
import { BEFORE_FIRST, type Entry, type EntryRule } from '../../daemon/journal/entry.ts';
import { openJournal, type SqliteJournal } from '../../daemon/journal/sqlite-journal.ts';
import { journalFolder } from './journal-folder.ts';
import { toyFamily, toyModel } from './toy-model.ts';

/** Entries as the contract defines them, and the toy family's. */
const rules = new Map<string, EntryRule>(
  Object.entries<EventSpec>({
    ...deviceEvents,
    ...journalEvents,
    ...Object.fromEntries(Object.entries<EventSpec>(toyFamily.events).map(([name, spec]) => [`cash-counter.${name}`, spec])),
  }).map(([type, { data }]) => [type, checker(data)]),
);

/** The far end of a toy's wire, in the test's hand. It answers `WHO` as `identity` says. */
export class ToyLine implements Transport {
  readonly heard: string[] = [];
  /** What opening it comes to. */
  door: 'open' | 'hung' | ErrorCode = 'open';
  identity: string | undefined = 'TOY';
  openCount = 0;
  #chunks: ChunkQueue | undefined;

  readonly address: string;

  constructor(address: string) {
    this.address = address;
  }

  get isLinked(): boolean {
    return this.#chunks !== undefined;
  }

  open(signal: AbortSignal): Promise<Link> {
    this.openCount++;
    if (this.door === 'hung') {
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new CounterdError('CD_LINK_ABORTED')));
      });
    }
    if (this.door !== 'open') return Promise.reject(new CounterdError(this.door));
    const chunks = new ChunkQueue({ pause: () => undefined, resume: () => undefined });
    this.#chunks = chunks;
    return Promise.resolve({
      chunks,
      write: (bytes) => {
        this.#hear(toLatin1(bytes).trimEnd());
        return Promise.resolve();
      },
      close: () => {
        chunks.end();
        if (this.#chunks === chunks) this.#chunks = undefined;
        return Promise.resolve();
      },
    });
  }

  /** The device says these lines, in one chunk. */
  say(...lines: readonly string[]): void {
    this.sayBytes(fromLatin1(lines.map((line) => `${line}\n`).join('')));
  }

  sayBytes(bytes: Uint8Array): void {
    this.#chunks?.push(bytes);
  }

  /** The cable comes out. */
  pull(door: ToyLine['door'] = 'CD_LINK_NOT_FOUND'): void {
    this.door = door;
    this.#chunks?.fail(new CounterdError('CD_LINK_LOST'));
    this.#chunks = undefined;
  }

  #hear(line: string): void {
    this.heard.push(line);
    if (line === 'WHO' && this.identity !== undefined) this.say(`IAM ${this.identity}`);
  }
}

/** A registry of toys over a real journal, in virtual time. */
export class DeviceRig {
  readonly clock = new VirtualClock();
  readonly lines: Readonly<Record<string, ToyLine>>;
  readonly bugs: unknown[] = [];
  journal!: SqliteJournal;
  registry!: DeviceRegistry;
  readonly #folder = journalFolder();

  constructor(names: readonly string[] = ['toy-1']) {
    this.lines = Object.fromEntries(names.map((name) => [name, new ToyLine(`tcp://${name}:1`)]));
    this.#build();
  }

  /** The only line. */
  get line(): ToyLine {
    return this.lineOf('toy-1');
  }

  lineOf(name: string): ToyLine {
    const line = this.lines[name];
    if (line === undefined) throw new CounterdError('CD_DEVICE_UNKNOWN', name);
    return line;
  }

  async start(): Promise<this> {
    await this.registry.start();
    await this.turns();
    return this;
  }

  /** The daemon dies where it stands: nothing more is said, settled or written; another starts on its folder. */
  async crash(): Promise<void> {
    const dead = this.journal;
    dead.close();
    for (const line of Object.values(this.lines)) line.door = 'open';
    this.#build();
    await this.start();
  }

  async close(): Promise<void> {
    await this.registry.stop();
    this.journal.close();
    this.#folder.remove();
  }

  /** Lets promises and the journal's transactions of this moment come to their end. */
  async turns(count = 8): Promise<void> {
    for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Until the journal holds what `isDone` looks for; for what takes real input and output. */
  async until(isDone: () => boolean): Promise<void> {
    if (isDone()) return;
    await new Promise<void>((resolve) => {
      const stop = this.journal.onCommit(() => {
        if (!isDone()) return;
        stop();
        resolve();
      });
    });
  }

  /** Lets virtual time pass. */
  async pass(ms: number, stepMs = 250): Promise<void> {
    for (let passed = 0; passed < ms; passed += stepMs) {
      this.clock.advance(Math.min(stepMs, ms - passed));
      await this.turns(3);
    }
    await this.turns();
  }

  /** Entries so far, of one type or of all. */
  entries(type?: string): readonly Entry[] {
    const all = this.journal.read({ afterSeq: BEFORE_FIRST, limit: 100_000 });
    return type === undefined ? all : all.filter((entry) => entry.type === type);
  }

  phases(device = 'toy-1'): string[] {
    return this.entries('device.phase-changed')
      .filter((entry) => entry.device === device)
      .map(({ data }) => (data as { phase: string }).phase);
  }

  #build(): void {
    const folder = this.#folder.path;
    this.journal = openJournal({ folder, rules: (type) => rules.get(type), clock: this.clock, projections: [deviceLedger] });
    this.registry = new DeviceRegistry({
      settings: Object.keys(this.lines).map((id) => ({ id, model: 'cash-counter/test-toy', address: `tcp://${id}:1`, position: '1' })),
      models: [toyModel],
      journal: this.journal,
      ledgerTables: this.journal.privateTables('device_ledger', []),
      blobs: new BlobStore(folder),
      openTransport: (address) => this.lineOf(address.replace(/^tcp:\/\/|:1$/g, '')),
      onBug: (_deviceId, cause) => this.bugs.push(cause),
      clock: this.clock,
      random: () => 0.5,
    });
  }
}
