import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { done, type Outcome } from '../../drivers/kit/outcome.ts';
import { checker } from '../../drivers/kit/schema.ts';
import { eventCatalog, type BranchState, type EntryBody, type EntryType, type FlowView } from '../../daemon/contract/index.ts';
import { openJournal, type SqliteJournal } from '../../daemon/journal/sqlite-journal.ts';
import { demoBooks } from '../../daemon/ledger/demo-accounts.ts';
import { EmbeddedLedger } from '../../daemon/ledger/embedded-ledger.ts';
import { printedLines } from '../../daemon/ledger/printed-lines.ts';
import { branchState } from '../../daemon/registers/branch-state.ts';
import type { FlowDevices, OrderContext } from '../../daemon/workflows/flow-devices.ts';
import type { Actor } from '../../daemon/workflows/workflow.ts';
import { WorkflowEngine } from '../../daemon/workflows/workflow-engine.ts';

export interface Order {
  readonly name: string;
  readonly args: unknown;
}

/** The teller of the tests, signed in at position 1. */
export const teller: Actor = { personId: '0172', roles: ['teller'], positionId: '1' };

/**
 * Workflows over a real journal, with devices that answer as the test says. `answer` decides each order's
 * outcome; one that never resolves stands for a device that is still at it.
 */
export class FlowRig implements FlowDevices {
  readonly orders: Order[] = [];
  readonly claims = new Map<string, string>();
  answer: (order: Order) => Outcome | Promise<Outcome> = () => done({ confirmation: 'status' });
  journal: SqliteJournal;
  engine: WorkflowEngine;
  ledger: EmbeddedLedger;
  readonly #folder = mkdtempSync(join(tmpdir(), 'counterd-flow-'));
  #isDead = false;

  constructor() {
    ({ journal: this.journal, engine: this.engine, ledger: this.ledger } = this.#build());
  }

  /** Signs the teller in and brings the position's devices online. */
  async open(): Promise<this> {
    const devices = [
      ['printer-1', 'passbook-printer'],
      ['cash-1', 'cash-counter'],
      ['scanner-1', 'seal-scanner'],
    ] as const;
    await this.write({
      type: 'branch.started',
      data: {
        branchId: 'demo',
        branchName: '城东支行',
        version: '0',
        isSimulated: true,
        positions: [{ id: '1', name: '现金1号', facesPublic: true }],
        devices: devices.map(([id, family]) => ({
          id,
          name: id,
          family,
          model: 'm',
          modelName: 'M',
          evidence: 'manual',
          position: '1',
          isSimulated: true,
        })),
      },
    });
    await this.write({ type: 'person.registered', data: { personId: '0172', name: '王敏', roles: ['teller'] } });
    await this.write({ type: 'position.signed-in', data: { positionId: '1', personId: '0172' } });
    for (const [device] of devices) await this.write({ type: 'device.phase-changed', data: { phase: 'online' } }, { device });
    await this.engine.open();
    return this;
  }

  async write(body: EntryBody, more: { readonly device?: string; readonly flow?: string } = {}): Promise<void> {
    await this.journal.append([{ type: body.type, data: body.data, ...more }]);
  }

  /** The daemon dies where it stands and starts again over the same folder. */
  async restart(): Promise<void> {
    this.#isDead = true;
    this.engine.close();
    this.journal.close();
    this.claims.clear();
    this.#isDead = false;
    ({ journal: this.journal, engine: this.engine, ledger: this.ledger } = this.#build());
    await this.engine.open();
  }

  close(): void {
    this.#isDead = true;
    this.engine.close();
    this.journal.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get state(): BranchState {
    return this.journal.stateOf(branchState);
  }

  flow<K extends FlowView['kind']>(id: string, _kind: K): Extract<FlowView, { kind: K }> {
    return this.state.flows[id] as Extract<FlowView, { kind: K }>;
  }

  /** Resolves once `isTrue` holds of the state; it is asked after every transaction. */
  until(isTrue: (state: BranchState) => boolean): Promise<void> {
    if (isTrue(this.state)) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = this.journal.onCommit(() => {
        if (!isTrue(this.state)) return;
        stop();
        resolve();
      });
    });
  }

  /** All entry types of the journal, in order. */
  types(): string[] {
    return this.journal.read({ afterSeq: 0 as never, limit: 10_000 }).map(({ type }) => type);
  }

  claim(deviceId: string, owner: string): Promise<void> {
    this.claims.set(deviceId, owner);
    return Promise.resolve();
  }

  release(deviceId: string, owner: string): Promise<void> {
    if (this.claims.get(deviceId) === owner) this.claims.delete(deviceId);
    return Promise.resolve();
  }

  async execute(deviceId: string, order: Order, { flow }: OrderContext): Promise<Outcome> {
    this.orders.push(order);
    await this.write(
      { type: 'device.command-started', data: { command: order.name, args: {}, repeat: 'unsafe' } },
      { device: deviceId, flow },
    );
    const outcome = await this.answer(order);
    if (this.#isDead) return outcome;
    await this.write({ type: 'device.command-settled', data: { command: order.name, outcome } }, { device: deviceId, flow });
    return outcome;
  }

  #build(): { journal: SqliteJournal; engine: WorkflowEngine; ledger: EmbeddedLedger } {
    const rules = new Map<string, ReturnType<typeof checker>>();
    const journal = openJournal({
      folder: this.#folder,
      projections: [printedLines],
      folds: [branchState],
      rules: (type) => {
        const spec = eventCatalog[type as EntryType] as (typeof eventCatalog)[EntryType] | undefined;
        if (spec === undefined) return undefined;
        const rule = rules.get(type) ?? checker(spec.data);
        rules.set(type, rule);
        return rule;
      },
    });
    const ledger = new EmbeddedLedger(demoBooks, journal.privateTables('ledger', []));
    return { journal, ledger, engine: new WorkflowEngine({ journal, branch: branchState, devices: this, ledger }) };
  }
}
