/**
 * P11: a page of 24 lines through the print service - each line written down, sent, and written down as sent - onto the ESC/P
 * simulator at the other end of a pseudo-terminal, against the time its bytes need at 9600 baud.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EntryBody, PassbookUpdateView } from '../daemon/contract/index.ts';
import { deviceLedger } from '../daemon/devices/device-ledger.ts';
import { DeviceRegistry } from '../daemon/devices/device-registry.ts';
import { BlobStore } from '../daemon/journal/blob-store.ts';
import { openJournal } from '../daemon/journal/sqlite-journal.ts';
import type { DemoBook } from '../daemon/ledger/demo-accounts.ts';
import { EmbeddedLedger } from '../daemon/ledger/embedded-ledger.ts';
import { printedLines } from '../daemon/ledger/printed-lines.ts';
import { branchState } from '../daemon/registers/branch-state.ts';
import { entryRules } from '../daemon/registers/entry-rules.ts';
import { WorkflowEngine } from '../daemon/workflows/workflow-engine.ts';
import { deviceModels } from '../drivers/models.generated.ts';
import { hostClock } from '../drivers/kit/clock.ts';
import { openTransport } from '../drivers/transports/open-transport.ts';
import { SimulatedBranch } from '../test/e2e/support/simulated-branch.ts';
import { startProgram } from '../test/support/child-program.ts';
import { teller } from '../test/support/flow-rig.ts';
import { assert } from '../drivers/kit/assert.ts';
import { printRow } from './lib/measure.ts';

const BAUD = 9_600;
const BITS_PER_BYTE = 10;
const LINES = 24;
const ROUNDS = 3;
const PRINTER = 'printer-1';
const FLOW = 'flow-00000001';
const BOOK = '0038112';

const book: DemoBook = {
  passbook: { passbookId: BOOK, accountNumber: '6222020000001234', holder: '王小明', layout: 'book-24', currency: 'CNY' },
  entries: Array.from({ length: LINES }, (_, at) => ({
    entryId: `${BOOK}-${String(at + 1).padStart(4, '0')}`,
    date: '2026-11-20',
    summary: '工资代发',
    amountMinor: '820000',
    balanceMinor: String(820_000 * (at + 1)),
    teller: '0172',
  })),
  printed: [],
};

/** Milliseconds that the page took, and those its bytes need. */
async function printPage(): Promise<{ readonly tookMs: number; readonly wireMs: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'counterd-bench-page-'));
  const terminal = join(folder, 'printer');
  const model = 'passbook-printer/epson-escpk';
  const sim = ['--import', 'tsx', 'simulators/main.ts', 'sim', model, '--pty', terminal, '--control', '127.0.0.1:0'];
  const simulator = await startProgram(sim);
  const world = new SimulatedBranch(String(simulator.ready['control']));
  const journal = openJournal({ folder, rules: entryRules, folds: [branchState], projections: [deviceLedger, printedLines] });
  const registry = new DeviceRegistry({
    settings: [{ id: PRINTER, model, address: `serial:${terminal}?baud=${String(BAUD)}`, position: '1' }],
    models: deviceModels,
    journal,
    ledgerTables: journal.privateTables('devices', []),
    blobs: new BlobStore(folder),
    openTransport,
    onBug: (_device, cause) => process.stderr.write(`${String(cause)}\n`),
    clock: hostClock,
  });
  const ledger = new EmbeddedLedger([book], journal.privateTables('ledger', []));
  const engine = new WorkflowEngine({ journal, branch: branchState, devices: registry, ledger });
  const write = (body: EntryBody): Promise<unknown> => journal.append([body]);
  const flow = (): PassbookUpdateView => journal.stateOf(branchState).flows[FLOW] as PassbookUpdateView;
  let wake = (): void => undefined;
  journal.onCommit(() => wake());
  const until = async (isTrue: () => boolean): Promise<void> => {
    while (!isTrue()) await new Promise<void>((resolve) => (wake = resolve));
  };
  try {
    const facts = { id: PRINTER, name: PRINTER, family: 'passbook-printer', model: 'epson-escpk', modelName: 'ESC/P-K' } as const;
    const device = { ...facts, evidence: 'manual', position: '1', isSimulated: true } as const;
    const positions = [{ id: '1', name: '现金1号', facesPublic: true }];
    const branch = { branchId: 'bench', branchName: '城东支行', version: '0', isSimulated: true, positions, devices: [device] };
    await write({ type: 'branch.started', data: branch });
    await write({ type: 'person.registered', data: { personId: teller.personId, name: '王敏', roles: ['teller'] } });
    await write({ type: 'position.signed-in', data: { positionId: '1', personId: teller.personId } });
    await registry.start();
    await engine.open();
    await until(() => registry.phase(PRINTER).phase === 'online');
    await world.gesture('epson-escpk', 'insert-book', { book: BOOK, page: 1 });
    await engine.start(FLOW, { kind: 'passbook-update', passbookId: BOOK }, teller);
    const bytesSent = (): number => Number(registry.detail(PRINTER).statistics['bytesSent']);
    await engine.act(FLOW, { name: 'print' }, { actor: teller, commandId: 'command-1' });
    await until(() => flow().lines[0]?.state === 'printing');
    const [startMs, bytesBefore] = [performance.now(), bytesSent()];
    await until(() => flow().step === 'check-paper' || !flow().isOpen);
    assert(
      flow().lines.every(({ state }) => state === 'sent' || state === 'confirmed'),
      'every line went out',
    );
    const wireMs = ((bytesSent() - bytesBefore) * BITS_PER_BYTE * 1_000) / BAUD;
    return { tookMs: performance.now() - startMs, wireMs };
  } finally {
    engine.close();
    await registry.stop();
    journal.close();
    await simulator.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

const pages = [];
for (let round = 0; round < ROUNDS; round++) pages.push(await printPage());
const seen = { subject: pages.map(({ tookMs }) => Math.round(tookMs)), baseline: pages.map(({ wireMs }) => Math.round(wireMs)) };
printRow({ id: 'P11', what: `a page of ${String(LINES)} lines at ${String(BAUD)} baud`, unit: 'ms', toBeat: '<= 1.05', seen });
