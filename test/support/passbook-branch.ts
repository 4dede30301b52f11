/**
 * A daemon's print service - journal, devices, workflows - over one simulated printer, in virtual time. It can be killed at any
 * moment: what had reached the disk is all that the next one finds.
 */
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../drivers/kit/clock.ts';
import { modelId, type AnyModel } from '../../drivers/kit/model.ts';
import type { AnySimulator } from '../../simulators/kit/simulator.ts';
import type { Random } from '../../simulators/kit/random.ts';
import { VirtualClock } from '../../simulators/kit/virtual-clock.ts';
import type { BranchState, EntryBody, FlowAction, PassbookUpdateView } from '../../daemon/contract/index.ts';
import { deviceLedger } from '../../daemon/devices/device-ledger.ts';
import { DeviceRegistry } from '../../daemon/devices/device-registry.ts';
import { BlobStore } from '../../daemon/journal/blob-store.ts';
import { openJournal, type SqliteJournal } from '../../daemon/journal/sqlite-journal.ts';
import type { DemoBook } from '../../daemon/ledger/demo-accounts.ts';
import { EmbeddedLedger } from '../../daemon/ledger/embedded-ledger.ts';
import { printedLines } from '../../daemon/ledger/printed-lines.ts';
import { branchState } from '../../daemon/registers/branch-state.ts';
import { entryRules } from '../../daemon/registers/entry-rules.ts';
import { WorkflowEngine } from '../../daemon/workflows/workflow-engine.ts';
import { teller } from './flow-rig.ts';
import { journalFolder } from './journal-folder.ts';
import { SimulatedCable } from './simulated-cable.ts';

const PRINTER = 'printer-1';
const ADDRESS = 'serial:/dev/printer';
export const FLOW = 'flow-00000001';

export interface PassbookBranchParts {
  readonly model: AnyModel;
  readonly simulator: AnySimulator;
  readonly world: unknown;
  readonly book: DemoBook;
  readonly random: Random;
}

/** One daemon's life. */
interface Daemon {
  readonly folder: ReturnType<typeof journalFolder>;
  readonly journal: SqliteJournal;
  readonly registry: DeviceRegistry;
  readonly engine: WorkflowEngine;
  readonly ledger: EmbeddedLedger;
  isAlive: boolean;
}

export class PassbookBranch {
  readonly clock = new VirtualClock();
  readonly cable: SimulatedCable;
  readonly bugs: unknown[] = [];
  readonly #parts: PassbookBranchParts;
  #daemon: Daemon;
  #commandCount = 0;

  constructor(parts: PassbookBranchParts) {
    this.#parts = parts;
    const { simulator, world, random } = parts;
    this.cable = new SimulatedCable({ simulator, world, clock: this.clock, random: random.fork('cable') });
    this.#daemon = this.#birth(journalFolder());
  }

  /** The teller is signed in and the printer is being looked for. */
  async open(): Promise<this> {
    const { manifest } = this.#parts.model;
    const { family, model, name, evidence } = manifest;
    const facts = { id: PRINTER, name: PRINTER, family, model, modelName: name, evidence, position: '1', isSimulated: true };
    const positions = [{ id: '1', name: '现金1号', facesPublic: true }];
    const branch = { branchId: 'demo', branchName: '城东支行', version: '0', isSimulated: true, positions, devices: [facts] };
    await this.#write({ type: 'branch.started', data: branch });
    await this.#write({ type: 'person.registered', data: { personId: teller.personId, name: '王敏', roles: ['teller'] } });
    await this.#write({ type: 'position.signed-in', data: { positionId: '1', personId: teller.personId } });
    await this.#start();
    return this;
  }

  get state(): BranchState {
    return this.#daemon.journal.stateOf(branchState);
  }

  get flow(): PassbookUpdateView | undefined {
    const flow = this.state.flows[FLOW];
    return flow?.kind === 'passbook-update' ? flow : undefined;
  }

  get ledger(): EmbeddedLedger {
    return this.#daemon.ledger;
  }

  get isOnline(): boolean {
    return this.#daemon.registry.phase(PRINTER).phase === 'online';
  }

  start(passbookId: string): Promise<void> {
    return this.#daemon.engine.start(FLOW, { kind: 'passbook-update', passbookId }, teller);
  }

  act(action: FlowAction): Promise<void> {
    return this.#daemon.engine.act(FLOW, action, { actor: teller, commandId: `command-${String(++this.#commandCount)}` });
  }

  /** What a person does who sees the printer waiting: asks for another try now. */
  reconnect(): void {
    this.#daemon.registry.reconnect(PRINTER);
  }

  /** SIGKILL, and the next daemon: what was queued and not committed is gone, and so is all that was in memory. */
  async kill(): Promise<void> {
    const dead = this.#daemon;
    const folder = journalFolder();
    for (const file of ['journal.db', 'journal.db-wal']) {
      if (existsSync(join(dead.folder.path, file))) copyFileSync(join(dead.folder.path, file), join(folder.path, file));
    }
    this.#end(dead);
    this.#daemon = this.#birth(folder);
    await this.#start();
  }

  /** Takes everybody away; resolves when nothing is left running. */
  async close(): Promise<void> {
    this.#end(this.#daemon);
    await turns(4);
  }

  /** Lets virtual time pass until `isDone`, at most `limitMs`; says whether it was. */
  async until(isDone: () => boolean, limitMs: number): Promise<boolean> {
    const endMs = this.clock.nowMs() + limitMs;
    for (;;) {
      await turns(3);
      if (isDone()) return true;
      const nextMs = Math.min(this.clock.nextAtMs ?? endMs, endMs);
      if (this.clock.nowMs() >= endMs) return false;
      this.clock.advance(Math.max(nextMs - this.clock.nowMs(), 0));
    }
  }

  async pass(ms: number): Promise<void> {
    await this.until(() => false, ms);
  }

  async #start(): Promise<void> {
    const { registry, engine } = this.#daemon;
    await registry.start();
    await engine.open();
  }

  async #write(body: EntryBody): Promise<void> {
    await this.#daemon.journal.append([{ type: body.type, data: body.data }]);
  }

  #end(daemon: Daemon): void {
    daemon.isAlive = false;
    this.cable.dropHost();
    daemon.engine.close();
    daemon.journal.close();
    daemon.folder.remove();
  }

  #birth(folder: ReturnType<typeof journalFolder>): Daemon {
    const { model, book } = this.#parts;
    const life = { isAlive: true };
    const isAlive = (): boolean => life.isAlive;
    const clock: Clock = {
      nowMs: () => this.clock.nowMs(),
      after: (ms, task) => this.clock.after(ms, () => (isAlive() ? task() : undefined)),
    };
    const journal = openJournal({
      folder: folder.path,
      rules: entryRules,
      folds: [branchState],
      projections: [deviceLedger, printedLines],
      clock,
    });
    const registry = new DeviceRegistry({
      settings: [{ id: PRINTER, model: modelId(model.manifest), address: ADDRESS, position: '1' }],
      models: [model],
      journal,
      ledgerTables: journal.privateTables('devices', []),
      blobs: new BlobStore(folder.path),
      openTransport: () => this.cable.transport(ADDRESS, isAlive),
      onBug: (_deviceId, cause) => isAlive() && this.bugs.push(cause),
      clock,
      random: () => 0.5,
    });
    const ledger = new EmbeddedLedger([book], journal.privateTables('ledger', []));
    const engine = new WorkflowEngine({ journal, branch: branchState, devices: registry, ledger });
    return Object.assign(life, { folder, journal, registry, engine, ledger });
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}
