import { afterEach, expect, it } from 'vitest';
import { FlowRig, teller } from '../support/flow-rig.ts';

const FLOW = 'flow-cash-0001';
const HUNDRED = '10000';
let rig: FlowRig;
let commands = 0;

afterEach(() => {
  rig.close();
});

const view = () => rig.flow(FLOW, 'cash-count');
const act = (action: Parameters<FlowRig['engine']['act']>[1]) =>
  rig.engine.act(FLOW, action, { actor: teller, commandId: `command-${String(++commands)}` });

async function counting(slipCount: number): Promise<void> {
  rig = await new FlowRig().open();
  const slip = [{ currency: 'CNY', denominationMinor: HUNDRED, noteCount: slipCount }];
  await rig.engine.start(FLOW, { kind: 'cash-count', currency: 'CNY', slip }, teller);
}

/** The machine counts `noteCount` hundreds in one batch. */
async function batch(noteCount: number, isComplete = true): Promise<void> {
  const before = view().results.length === 0 ? 0 : (view().results[view().results.length - 1]?.noteCount ?? 0);
  const at = { device: 'cash-1' };
  await rig.write({ type: 'cash-counter.count-started', data: { batch: 1 } }, at);
  for (let sequence = 1; sequence <= noteCount; sequence++) {
    await rig.write(
      {
        type: 'cash-counter.note-counted',
        data: { batch: 1, sequence, currency: 'CNY', denominationMinor: HUNDRED, serial: 'FA20088888', isSerialComplete: true },
      },
      at,
    );
  }
  const tallies = [{ currency: 'CNY', denominationMinor: HUNDRED, noteCount }];
  const totalMinor = (BigInt(HUNDRED) * BigInt(noteCount)).toString();
  await rig.write(
    {
      type: 'cash-counter.batch-counted',
      data: {
        batch: 1,
        tallies,
        totals: [{ currency: 'CNY', totalMinor }],
        noteCount,
        rejectCount: 0,
        isComplete,
        currency: 'CNY',
        totalMinor,
        endedBy: 'finished',
        closingFigures: 'agree',
        missingCount: 0,
      },
    },
    at,
  );
  await rig.until(() => (view().results[view().results.length - 1]?.noteCount ?? 0) === before + noteCount);
}

it('shows every note as it is counted and finishes when count and slip agree (D-3)', async () => {
  await counting(3);
  await batch(3);
  expect(view()).toMatchObject({
    step: 'compare',
    running: { noteCount: 3, totalMinor: '30000' },
    results: [{ noteCount: 3, totalMinor: '30000' }],
  });
  await act({ name: 'finish' });
  expect(view()).toMatchObject({ step: 'finished', isOpen: false });
});

it('adds the batches of one attempt and keeps a recount beside it', async () => {
  await counting(5);
  await batch(2);
  await batch(3);
  expect(view().results).toMatchObject([{ noteCount: 5 }]);
  await act({ name: 'recount' });
  await batch(5);
  expect(view().results).toMatchObject([{ noteCount: 5 }, { noteCount: 5 }]);
});

it('refuses to finish on a difference until it is recorded, and records it as what it is (C-6)', async () => {
  await counting(4);
  await batch(3);
  await expect(act({ name: 'finish' })).rejects.toMatchObject({ code: 'CD_FLOW_DIFFERENCE' });
  await act({ name: 'record-difference', note: '客户确认' });
  expect(view().difference).toEqual({ kind: 'shortage', differenceMinor: HUNDRED });
  await act({ name: 'finish' });
  expect(view().step).toBe('finished');
});

it('does not take over a count of which frames were lost', async () => {
  await counting(2);
  await batch(2, false);
  await expect(act({ name: 'finish' })).rejects.toMatchObject({ code: 'CD_FLOW_DIFFERENCE' });
});
