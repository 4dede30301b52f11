import { afterEach, expect, it } from 'vitest';
import { done, failed, inDoubt } from '../../drivers/kit/outcome.ts';
import { FlowRig, teller, type Order } from '../support/flow-rig.ts';

const FLOW = 'flow-00000001';
let rig: FlowRig;

afterEach(() => {
  rig.close();
});

async function startedRig(passbookId: string): Promise<FlowRig> {
  rig = await new FlowRig().open();
  await rig.engine.start(FLOW, { kind: 'passbook-update', passbookId }, teller);
  return rig;
}

const view = () => rig.flow(FLOW, 'passbook-update');
const printed = (): unknown[] =>
  rig.orders.filter(({ name }) => name === 'print-line').map(({ args }) => (args as { line: { lineNumber: number } }).line.lineNumber);

let commands = 0;
const act = (action: Parameters<FlowRig['engine']['act']>[1]) =>
  rig.engine.act(FLOW, action, { actor: teller, commandId: `command-${String(++commands)}` });
const untilStep = (step: string) => rig.until(() => view().step === step);

it('prints each unprinted entry once, on the lines after the last printed one, and ejects the book (B-1)', async () => {
  await startedRig('0038112');
  expect(view()).toMatchObject({ step: 'check', page: 1 });
  expect(view().lines.map(({ line }) => line)).toEqual([12, 13, 14, 15]);
  await act({ name: 'print' });
  await untilStep('finished');
  expect(printed()).toEqual([12, 13, 14, 15]);
  expect(rig.orders.map(({ name }) => name)).toEqual(['load', 'print-line', 'print-line', 'print-line', 'print-line', 'eject']);
  expect(view().lines.every(({ state, by }) => state === 'confirmed' && by === 'sent')).toBe(true);
  expect(rig.ledger.printed('0038112')).toHaveLength(15);
});

it('asks to turn the page when the page is full and goes on at line 1 of the next (B-3)', async () => {
  await startedRig('0038113');
  await act({ name: 'print' });
  await untilStep('turn-page');
  expect(printed()).toEqual([23, 24]);
  expect(view().page).toBe(2);
  await act({ name: 'page-turned' });
  await untilStep('finished');
  expect(printed()).toEqual([23, 24, 1, 2]);
});

it('never prints a line in doubt again by itself, and takes it up where the person says (B-2)', async () => {
  await startedRig('0038112');
  let count = 0;
  rig.answer = (order) => (order.name === 'print-line' && ++count === 2 ? inDoubt('CD_LINK_LOST') : done({ confirmation: 'sent' }));
  await act({ name: 'print' });
  await untilStep('in-doubt');
  expect(printed()).toEqual([12, 13]);
  await expect(act({ name: 'print' })).rejects.toMatchObject({ code: 'CD_FLOW_STEP' });
  expect(rig.state.devices['printer-1']?.openDoubts).toEqual(['0038112-0013']);
  await act({ name: 'answer-doubt', entryId: '0038112-0013', answer: 'not-printed' });
  expect(rig.state.devices['printer-1']?.openDoubts).toEqual([]);
  await act({ name: 'print' });
  await untilStep('finished');
  expect(printed()).toEqual([12, 13, 13, 14, 15]);
});

it('goes on with the next line when the person saw the doubtful one complete', async () => {
  await startedRig('0038112');
  rig.answer = (order) => (isLine(order, 12) ? inDoubt('CD_LINK_LOST') : done({ confirmation: 'sent' }));
  await act({ name: 'print' });
  await untilStep('in-doubt');
  await act({ name: 'answer-doubt', entryId: '0038112-0012', answer: 'printed' });
  await act({ name: 'print' });
  await untilStep('finished');
  expect(printed()).toEqual([12, 13, 14, 15]);
});

it('voids half a line and prints the entry on the next one, never over it', async () => {
  await startedRig('0038112');
  rig.answer = (order) => (isLine(order, 12) ? inDoubt('CD_LINK_LOST') : done({ confirmation: 'sent' }));
  await act({ name: 'print' });
  await untilStep('in-doubt');
  await act({ name: 'answer-doubt', entryId: '0038112-0012', answer: 'partly', upToField: 'summary' });
  await act({ name: 'print' });
  await untilStep('finished');
  expect(printed()).toEqual([12, 13, 14, 15, 16]);
  const places = rig.ledger.printed('0038112').filter(({ entryId }) => entryId === '0038112-0012');
  expect(places).toEqual([
    { entryId: '0038112-0012', page: 1, line: 12, state: 'void' },
    { entryId: '0038112-0012', page: 1, line: 13, state: 'printed' },
  ]);
});

it('asks a person about the line that was in work when the daemon died', async () => {
  await startedRig('0038112');
  rig.answer = (order) => (isLine(order, 13) ? new Promise(() => undefined) : done({ confirmation: 'sent' }));
  await act({ name: 'print' });
  await rig.until(() => rig.orders.some((order) => isLine(order, 13)) && rig.types().includes('device.command-started'));
  await rig.restart();
  await untilStep('in-doubt');
  expect(view().lines.find(({ line }) => line === 13)).toMatchObject({ state: 'doubted', code: 'CD_FLOW_INTERRUPTED' });
  expect(view().lines.find(({ line }) => line === 12)).toMatchObject({ state: 'confirmed' });
});

it('pauses on a line that is known not to be printed and prints it when asked again', async () => {
  await startedRig('0038112');
  let isFirst = true;
  rig.answer = (order) => {
    if (!isLine(order, 12) || !isFirst) return done({ confirmation: 'sent' });
    isFirst = false;
    return failed('CD_DEVICE_FAULT');
  };
  await act({ name: 'print' });
  await untilStep('paused');
  expect(view().code).toBe('CD_DEVICE_FAULT');
  await act({ name: 'print' });
  await untilStep('finished');
  expect(printed()).toEqual([12, 12, 13, 14, 15]);
});

it('stops after the line in work and goes on without loading the page again', async () => {
  await startedRig('0038112');
  let finishLine: () => void = () => undefined;
  rig.answer = (order) =>
    isLine(order, 12)
      ? new Promise((resolve) => {
          finishLine = () => {
            resolve(done({ confirmation: 'sent' }));
          };
        })
      : done({ confirmation: 'sent' });
  await act({ name: 'print' });
  await rig.until(() => rig.orders.some((order) => isLine(order, 12)));
  await act({ name: 'stop' });
  finishLine();
  await untilStep('paused');
  expect(printed()).toEqual([12]);
  await rig.write(
    {
      type: 'passbook-printer.status-changed',
      data: { device: 'online', media: 'unknown', cover: 'unknown', ribbon: 'unknown', isLoaded: true },
    },
    { device: 'printer-1' },
  );
  await act({ name: 'print' });
  await untilStep('finished');
  expect(rig.orders.filter(({ name }) => name === 'load')).toHaveLength(1);
});

it('refuses a second transaction at the position and an unknown book, and starts one flow for one intention (D-1)', async () => {
  await startedRig('0038112');
  await rig.engine.start(FLOW, { kind: 'passbook-update', passbookId: '0038112' }, teller);
  expect(rig.types().filter((type) => type === 'passbook-update.started')).toHaveLength(1);
  await expect(rig.engine.start('flow-00000002', { kind: 'passbook-update', passbookId: '0038114' }, teller)).rejects.toMatchObject({
    code: 'CD_FLOW_OPEN',
  });
  await act({ name: 'cancel', reason: '客户改日再来' });
  await expect(rig.engine.start('flow-00000003', { kind: 'passbook-update', passbookId: '9' }, teller)).rejects.toMatchObject({
    code: 'CD_LEDGER_ACCOUNT',
  });
  await expect(rig.engine.start('flow-00000004', { kind: 'passbook-update', passbookId: '0038114' }, teller)).rejects.toMatchObject({
    code: 'CD_FLOW_NOTHING',
  });
});

it('carries out one command id once', async () => {
  await startedRig('0038112');
  const once = { actor: teller, commandId: 'command-held-key' };
  await Promise.all([rig.engine.act(FLOW, { name: 'print' }, once), rig.engine.act(FLOW, { name: 'print' }, once)]);
  await untilStep('finished');
  expect(rig.orders.filter(({ name }) => name === 'load')).toHaveLength(1);
});

function isLine(order: Order, line: number): boolean {
  return order.name === 'print-line' && (order.args as { line: { lineNumber: number } }).line.lineNumber === line;
}
