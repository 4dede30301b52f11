import { buildDaemon } from '../../daemon/build-daemon.ts';
import type { NewEntry } from '../../daemon/journal/entry.ts';

const PER_TURN = 500;
const device = { id: 'cash-1', name: '点钞机', model: 'cash-counter/zm-aa55', address: 'tcp://127.0.0.1:1', simulated: true };
const config = { branch: { id: 'bench', name: '城东支行' }, port: 0, positions: [{ id: 'desk-1', name: '现金1号' }], devices: [device] };

/** Writes `rowCount` counted notes into the journal of `folder`, through the daemon. */
export async function fillJournal(folder: string, rowCount: number): Promise<void> {
  const daemon = await buildDaemon(config, { dataFolder: folder }, { demo: { addressOf: () => undefined } });
  const note = (sequence: number): NewEntry => ({
    type: 'cash-counter.note-counted',
    data: { batch: 1, sequence, currency: 'CNY', denominationMinor: '10000', serial: 'AB12345678', isSerialComplete: true },
    device: 'cash-1',
  });
  for (let written = 0; written < rowCount; written += PER_TURN) {
    await Promise.all(Array.from({ length: PER_TURN }, (_, at) => daemon.journal.append([note(written + at + 1)])));
  }
  await daemon.stop();
}
