import { afterEach, describe, expect, it } from 'vitest';
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
  expect(view().lines.every(({ state, by }) => state === 'confirmed' && by === 'status')).toBe(true);
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
  rig.answer = (order) => (order.name === 'print-line' && ++count === 2 ? inDoubt('CD_LINK_LOST') : done({ confirmation: 'status' }));
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
  rig.answer = (order) => (isLine(order, 12) ? inDoubt('CD_LINK_LOST') : done({ confirmation: 'status' }));
  await act({ name: 'print' });
  await untilStep('in-doubt');
  await act({ name: 'answer-doubt', entryId: '0038112-0012', answer: 'printed' });
  await act({ name: 'print' });
  await untilStep('finished');
  expect(printed()).toEqual([12, 13, 14, 15]);
});

it('voids half a line and prints the entry on the next one, never over it', async () => {
  await startedRig('0038112');
  rig.answer = (order) => (isLine(order, 12) ? inDoubt('CD_LINK_LOST') : done({ confirmation: 'status' }));
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
  rig.answer = (order) => (isLine(order, 13) ? new Promise(() => undefined) : done({ confirmation: 'status' }));
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
    if (!isLine(order, 12) || !isFirst) return done({ confirmation: 'status' });
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
            resolve(done({ confirmation: 'status' }));
          };
        })
      : done({ confirmation: 'status' });
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

describe('on a printer that confirms nothing', () => {
  const sent = async (passbookId: string) => {
    await startedRig(passbookId);
    rig.answer = () => done({ confirmation: 'sent' });
    await act({ name: 'print' });
    await untilStep('check-paper');
  };
  const answersOf = (...answers: readonly ('printed' | 'not-printed' | 'partly')[]) =>
    view()
      .lines.filter(({ state }) => state === 'sent')
      .map(({ entryId }, at) => ({ entryId, answer: answers[at] ?? 'printed' }));
  const states = () => view().lines.map(({ line, state }) => `${String(line)} ${state}`);

  it('gives the book out and asks a person before a line counts as printed (B-2)', async () => {
    await sent('0038112');
    expect(states()).toEqual(['12 sent', '13 sent', '14 sent', '15 sent']);
    expect(rig.orders.at(-1)?.name).toBe('eject');
    expect(rig.ledger.printed('0038112').filter(({ state }) => state === 'unknown')).toHaveLength(4);
    await act({ name: 'check-paper', answers: answersOf() });
    expect(view()).toMatchObject({ step: 'finished', isOpen: false });
    expect(view().lines.every(({ state, by }) => state === 'confirmed' && by === 'person')).toBe(true);
    expect(rig.ledger.printed('0038112').every(({ state }) => state === 'printed')).toBe(true);
  });

  it('prints what was not there in its own place, and what was spoiled after everything else', async () => {
    await sent('0038112');
    await act({ name: 'check-paper', answers: answersOf('printed', 'not-printed', 'partly', 'printed') });
    expect(view().step).toBe('paused');
    expect(states().sort()).toEqual(['12 confirmed', '13 waiting', '14 void', '15 confirmed', '16 waiting']);
    await act({ name: 'print' });
    await untilStep('check-paper');
    expect(printed()).toEqual([12, 13, 14, 15, 13, 16]);
    expect(rig.orders.filter(({ name }) => name === 'load')).toHaveLength(2);
    await act({ name: 'check-paper', answers: answersOf() });
    expect(view().step).toBe('finished');
  });

  it('has the full page looked at before it is turned', async () => {
    await sent('0038113');
    expect(states().slice(0, 2)).toEqual(['23 sent', '24 sent']);
    await act({ name: 'check-paper', answers: answersOf() });
    expect(view()).toMatchObject({ step: 'turn-page', page: 2 });
    await act({ name: 'page-turned' });
    await untilStep('check-paper');
    await act({ name: 'check-paper', answers: answersOf() });
    expect(view().step).toBe('finished');
  });

  it('takes nothing less than one answer for each line, and no answer at another time', async () => {
    await sent('0038112');
    const [first, ...rest] = answersOf();
    for (const answers of [rest, [first, first, ...rest], [...rest, { entryId: 'another', answer: 'printed' as const }]]) {
      const given = answers.filter((answer) => answer !== undefined);
      await expect(act({ name: 'check-paper', answers: given })).rejects.toMatchObject({ code: 'CD_INPUT_SHAPE' });
    }
    await expect(act({ name: 'cancel', reason: 'no time' })).rejects.toMatchObject({ code: 'CD_FLOW_PAPER' });
    await expect(act({ name: 'look-at-paper' })).rejects.toMatchObject({ code: 'CD_FLOW_STEP' });
    expect(states()).toEqual(['12 sent', '13 sent', '14 sent', '15 sent']);
  });

  it('still knows after a restart which lines nobody has checked, and lets them be checked before going on', async () => {
    await startedRig('0038112');
    rig.answer = (order) => (isLine(order, 14) ? failed('CD_DEVICE_NOT_ONLINE') : done({ confirmation: 'sent' }));
    await act({ name: 'print' });
    await untilStep('paused');
    await rig.restart();
    expect(states()).toEqual(['12 sent', '13 sent', '14 not-printed', '15 waiting']);
    await expect(act({ name: 'cancel', reason: 'no time' })).rejects.toMatchObject({ code: 'CD_FLOW_PAPER' });
    await act({ name: 'look-at-paper' });
    await act({ name: 'check-paper', answers: answersOf('printed', 'not-printed') });
    expect(view().step).toBe('paused');
    await act({ name: 'cancel', reason: 'no time' });
    expect(view().isOpen).toBe(false);
    expect(rig.ledger.printed('0038112').at(-1)).toMatchObject({ line: 12, state: 'printed' });
  });
});
