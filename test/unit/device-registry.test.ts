import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { DeviceRig } from '../support/device-rig.ts';

let rig: DeviceRig;

beforeEach(async () => {
  rig = await new DeviceRig(['toy-1', 'toy-2']).start();
});

afterEach(async () => {
  await rig.close();
});

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'fulfilled',
    (cause: unknown) => (cause instanceof CounterdError ? cause.code : String(cause)),
  );
}

const ring = { name: 'ring', args: { times: 2, code: '4711' } };

describe('a supervised device', () => {
  it('is opened, identified and online, and says each', () => {
    expect(rig.phases()).toEqual(['opening', 'identifying', 'online']);
    expect(rig.entries('device.identified')[0]).toMatchObject({ device: 'toy-1', position: '1', data: { model: 'TOY' } });
    expect(rig.registry.phase('toy-1')).toMatchObject({ phase: 'online' });
  });

  it('is found again by itself when its cable comes back, with no restart', async () => {
    rig.line.pull();
    await rig.pass(1_000);
    expect(rig.registry.phase('toy-1').phase).toBe('absent');
    expect(rig.entries('cash-counter.status-changed').at(-1)?.data).toEqual({ device: 'offline', tally: 0 });
    await rig.pass(30_000);
    rig.line.door = 'open';
    await rig.pass(3_000);
    expect(rig.registry.phase('toy-1').phase).toBe('online');
    expect(rig.phases().slice(3)).toEqual(['waiting', 'opening', 'absent', 'identifying', 'online']);
  });

  it('is quarantined when another device answers, and tried again when a person says so', async () => {
    rig.line.identity = 'STRANGER';
    rig.line.pull('open');
    await rig.pass(2_000);
    expect(rig.registry.phase('toy-1')).toEqual({ phase: 'quarantined', because: 'CD_DEVICE_WRONG_IDENTITY' });
    const { openCount } = rig.line;
    await rig.pass(120_000, 5_000);
    expect(rig.line.openCount).toBe(openCount);
    rig.line.identity = 'TOY';
    rig.registry.reconnect('toy-1');
    await rig.turns();
    expect(rig.registry.phase('toy-1').phase).toBe('online');
  });

  it('waits longer and longer while nobody answers, and says so ever more rarely', async () => {
    rig.line.identity = undefined;
    rig.line.pull('open');
    await rig.pass(8 * 3_600_000, 1_000);
    expect(rig.line.openCount).toBeGreaterThan(400);
    expect(rig.phases().length).toBeLessThan(60);
    expect(rig.registry.phase('toy-1').phase).toMatch(/waiting|identifying/);
  }, 120_000);

  it('does not hold up another device when opening it hangs, its line is noise, or its driver breaks', async () => {
    rig.line.pull('hung');
    await rig.pass(1_000);
    rig.lineOf('toy-2').say('ADD 1');
    await rig.turns();
    rig.line.door = 'open';
    await rig.pass(40_000);
    expect(rig.registry.phase('toy-1').phase).toBe('online');
    for (let i = 0; i < 50; i++) rig.line.sayBytes(new Uint8Array(1_000).fill(0xff));
    rig.lineOf('toy-2').say('ADD 2');
    rig.line.say('BOOM');
    rig.lineOf('toy-2').say('ADD 3');
    await rig.turns(60);
    expect(rig.registry.phase('toy-1')).toEqual({ phase: 'quarantined', because: 'CD_BUG' });
    expect(rig.bugs).toHaveLength(1);
    expect(rig.registry.phase('toy-2').phase).toBe('online');
    expect(rig.entries('cash-counter.tally-added').map(({ data }) => (data as { tally: number }).tally)).toEqual([1, 2, 3]);
  });

  it('survives a bug in a driver’s timer as one in its step', async () => {
    rig.line.say('QUAKE');
    await rig.turns();
    await rig.pass(500);
    expect(rig.registry.phase('toy-1')).toEqual({ phase: 'quarantined', because: 'CD_BUG' });
    rig.registry.reconnect('toy-1');
    await rig.turns();
    expect(rig.registry.phase('toy-1').phase).toBe('online');
  });

  it('is quarantined when its driver says what its family does not know', async () => {
    rig.line.say('ADD -5');
    await rig.turns();
    expect(rig.registry.phase('toy-1')).toEqual({ phase: 'quarantined', because: 'CD_BUG' });
    expect(String(rig.bugs[0])).toContain('CD_JOURNAL_SHAPE');
  });

  it('says a status that changed many times in one chunk once, after its events', async () => {
    rig.line.say('ADD 1', 'ADD 2', 'ADD 3');
    await rig.turns();
    const types = rig.entries().filter(({ device, type }) => device === 'toy-1' && type.startsWith('cash-counter.'));
    expect(types.slice(-4).map(({ type }) => type)).toEqual([
      'cash-counter.tally-added',
      'cash-counter.tally-added',
      'cash-counter.tally-added',
      'cash-counter.status-changed',
    ]);
    expect(types.at(-1)?.data).toEqual({ device: 'online', tally: 3 });
  });

  it('reports junk once a second, and counts every byte of it', async () => {
    for (let i = 0; i < 100; i++) {
      rig.line.sayBytes(new Uint8Array(77).fill(0x80 + (i % 64)));
      await rig.pass(30, 30);
    }
    await rig.pass(1_000);
    const reports = rig.entries('device.junk-received');
    expect(reports.length).toBeLessThanOrEqual(4);
    expect(reports.reduce((sum, { data }) => sum + (data as { byteCount: number }).byteCount, 0)).toBe(7_700);
    expect((reports[0]?.data as { hexStart: string }).hexStart).toBe('80'.repeat(16));
  });

  it('writes a picture before the entry that names it, and nothing of the device overtakes it', async () => {
    rig.line.say('ADD 1', 'SNAP pixels', 'ADD 2');
    await rig.until(() => rig.entries('cash-counter.tally-added').length === 2);
    const types = rig.entries().filter(({ device, type }) => device === 'toy-1' && /added|taken/.test(type));
    expect(types.map(({ type }) => type)).toEqual(['cash-counter.tally-added', 'cash-counter.picture-taken', 'cash-counter.tally-added']);
    expect(types[1]?.attachment).toMatchObject({ mediaType: 'image/png', byteLength: 6 });
  });

  it('shows its frames with secrets masked, in words and in bytes, and counts them', async () => {
    const done = rig.registry.execute('toy-1', ring);
    await rig.turns();
    rig.line.say('OK');
    await done;
    const { frames } = rig.registry.frames('toy-1', 0);
    expect(frames.map(({ direction, says }) => `${direction} ${says}`)).toEqual(['tx WHO', 'rx IAM TOY', 'tx RING ••••', 'rx OK']);
    expect(JSON.stringify(frames)).not.toContain('34373131');
    expect(rig.registry.frames('toy-1', 3).frames).toHaveLength(1);
    expect(rig.registry.detail('toy-1').statistics).toMatchObject({ framesSent: 2, framesReceived: 2, commandsDone: 1, roundTripCount: 2 });
  });
});

describe('a command', () => {
  it('is in the journal before its first byte leaves, and its end after, with no secret in either', async () => {
    const done = rig.registry.execute('toy-1', ring, { commandId: 'command-1', actor: '0172', position: '2' });
    expect(rig.line.heard).toEqual(['WHO']);
    await rig.turns();
    expect(rig.line.heard).toEqual(['WHO', 'RING 4711']);
    expect(rig.entries('device.command-started')[0]).toMatchObject({
      device: 'toy-1',
      cause: 'command-1',
      actor: '0172',
      position: '2',
      data: { command: 'ring', args: { times: 2 }, repeat: 'unsafe' },
    });
    rig.line.say('OK');
    expect(await done).toEqual({ kind: 'done', result: { rung: 2 } });
    expect(rig.entries('device.command-settled')[0]?.data).toEqual({ command: 'ring', outcome: { kind: 'done', result: { rung: 2 } } });
    expect(JSON.stringify(rig.entries())).not.toContain('4711');
  });

  it('given twice under one id is carried out once and ends the same, also after a restart', async () => {
    const first = rig.registry.execute('toy-1', ring, { commandId: 'command-1' });
    const second = rig.registry.execute('toy-1', ring, { commandId: 'command-1' });
    await rig.turns();
    rig.line.say('NO');
    expect([await first, await second]).toEqual(Array(2).fill({ kind: 'refused', code: 'CD_DEVICE_REJECTED' }));
    await rig.crash();
    expect(await rig.registry.execute('toy-1', ring, { commandId: 'command-1' })).toEqual({ kind: 'refused', code: 'CD_DEVICE_REJECTED' });
    expect(rig.line.heard.filter((line) => line.startsWith('RING'))).toHaveLength(1);
    expect(rig.entries('device.command-settled')).toHaveLength(1);
  });

  it('under an id that was used for another intention is refused', async () => {
    const first = rig.registry.execute('toy-1', ring, { commandId: 'command-1' });
    expect(await codeOf(rig.registry.execute('toy-2', ring, { commandId: 'command-1' }))).toBe('CD_COMMAND_DUPLICATE');
    expect(await codeOf(rig.registry.execute('toy-1', { name: 'ring', args: { times: 3 } }, { commandId: 'command-1' }))).toBe(
      'CD_COMMAND_DUPLICATE',
    );
    await rig.turns();
    rig.line.say('OK');
    await first;
    expect(await codeOf(rig.registry.execute('toy-1', { name: 'ask', args: {} }, { commandId: 'command-1' }))).toBe('CD_COMMAND_DUPLICATE');
  });

  it('for a device, a name or arguments that do not exist leaves nothing behind', async () => {
    const before = rig.journal.head();
    expect(await codeOf(rig.registry.execute('toy-9', ring))).toBe('CD_DEVICE_UNKNOWN');
    expect(await codeOf(rig.registry.execute('toy-1', { name: 'constructor', args: {} }))).toBe('CD_COMMAND_UNKNOWN');
    expect(await codeOf(rig.registry.execute('toy-1', { name: 'ring', args: { times: 99 } }))).toBe('CD_COMMAND_ARGS');
    await rig.turns();
    expect(rig.journal.head()).toBe(before);
  });

  it('of a workflow with arguments that do not fit is refused and written, so that the workflow goes on', async () => {
    const outcome = await rig.registry.execute('toy-1', { name: 'ring', args: { times: 99 } }, { flow: 'flow-00001' });
    expect(outcome).toMatchObject({ kind: 'refused', code: 'CD_COMMAND_ARGS' });
    expect(rig.entries('device.command-settled')[0]).toMatchObject({ flow: 'flow-00001', data: { outcome: { kind: 'refused' } } });
    expect(rig.line.heard).toEqual(['WHO']);
  });

  it('for a device that is not online is refused, and nothing is sent when it comes back', async () => {
    rig.line.pull();
    await rig.pass(1_000);
    expect(await rig.registry.execute('toy-1', ring)).toEqual({ kind: 'refused', code: 'CD_DEVICE_NOT_ONLINE' });
    rig.line.door = 'open';
    await rig.pass(5_000);
    expect(rig.line.heard).toEqual(['WHO', 'WHO']);
  });

  it('that is unsafe is in doubt when the cable is pulled, and one that is safe has failed', async () => {
    const unsafe = rig.registry.execute('toy-1', ring);
    await rig.turns();
    rig.line.pull();
    expect(await unsafe).toEqual({ kind: 'in-doubt', code: 'CD_LINK_LOST' });
    const safe = rig.registry.execute('toy-2', { name: 'ask', args: {} });
    await rig.turns();
    rig.lineOf('toy-2').pull();
    expect(await safe).toEqual({ kind: 'failed', code: 'CD_LINK_LOST' });
  });

  it('that a killed daemon left open is settled at the next start: in doubt when unsafe, failed when safe', async () => {
    void rig.registry.execute('toy-1', ring, { commandId: 'unsafe-1', flow: 'flow-00001', actor: '0172' }).catch(() => undefined);
    void rig.registry.execute('toy-2', { name: 'ask', args: {} }, { commandId: 'safe-1' }).catch(() => undefined);
    await rig.turns();
    await rig.crash();
    const settled = rig.entries('device.command-settled');
    expect(settled.find(({ cause }) => cause === 'unsafe-1')).toMatchObject({
      flow: 'flow-00001',
      actor: '0172',
      data: { command: 'ring', outcome: { kind: 'in-doubt', code: 'CD_COMMAND_INTERRUPTED' } },
    });
    expect(settled.find(({ cause }) => cause === 'safe-1')?.data).toMatchObject({ outcome: { kind: 'failed' } });
    expect(await rig.registry.execute('toy-1', ring, { commandId: 'unsafe-1', flow: 'flow-00001' })).toMatchObject({ kind: 'in-doubt' });
  });

  it('running when the daemon stops in good order settles and is written before it has stopped', async () => {
    const outcome = rig.registry.execute('toy-1', ring);
    await rig.turns();
    await rig.registry.stop();
    expect(await outcome).toMatchObject({ kind: 'in-doubt' });
    expect(rig.entries('device.command-settled')).toHaveLength(1);
    expect(rig.phases().at(-1)).toBe('stopped');
  });
});

describe('a claim', () => {
  it('keeps everybody else away until it is released', async () => {
    await rig.registry.claim('toy-1', 'flow-00001');
    expect(await codeOf(rig.registry.claim('toy-1', 'flow-00002'))).toBe('CD_DEVICE_CLAIMED');
    expect(await rig.registry.execute('toy-1', ring)).toEqual({ kind: 'refused', code: 'CD_DEVICE_CLAIMED' });
    const own = rig.registry.execute('toy-1', ring, { flow: 'flow-00001' });
    await rig.turns();
    rig.line.say('OK');
    expect(await own).toMatchObject({ kind: 'done' });
    await rig.registry.release('toy-1', 'flow-00002');
    expect(rig.registry.claimOf('toy-1')).toMatchObject({ owner: 'flow-00001' });
    await rig.registry.release('toy-1', 'flow-00001');
    await rig.registry.claim('toy-1', 'flow-00002');
    expect(rig.entries('device.claimed').map(({ data }) => data)).toEqual([{ owner: 'flow-00001' }, { owner: 'flow-00002' }]);
  });

  it('of two asked for in one moment is given to one', async () => {
    const results = await Promise.all([
      codeOf(rig.registry.claim('toy-1', 'flow-00001')),
      codeOf(rig.registry.claim('toy-1', 'flow-00002')),
    ]);
    expect(results).toEqual(['fulfilled', 'CD_DEVICE_CLAIMED']);
  });

  it('marks what the device says meanwhile as its workflow’s', async () => {
    await rig.registry.claim('toy-1', 'flow-00001');
    rig.line.say('ADD 1');
    await rig.turns();
    await rig.registry.release('toy-1', 'flow-00001');
    rig.line.say('ADD 2');
    await rig.turns();
    expect(rig.entries('cash-counter.tally-added').map(({ flow }) => flow)).toEqual(['flow-00001', undefined]);
  });

  it('ends by itself when its time is up, and a renewed one later', async () => {
    await rig.registry.claim('toy-1', 'flow-00001', { ttlMs: 5_000 });
    await rig.pass(4_000);
    await rig.registry.claim('toy-1', 'flow-00001', { ttlMs: 5_000 });
    await rig.pass(4_000);
    expect(rig.registry.claimOf('toy-1')).toBeDefined();
    await rig.pass(1_500);
    expect(rig.registry.claimOf('toy-1')).toBeUndefined();
    expect(rig.entries('device.released').map(({ data }) => data)).toEqual([{ owner: 'flow-00001', isForced: false }]);
  });

  it('can be taken away by a person, who is named', async () => {
    await rig.registry.claim('toy-1', 'flow-00001');
    expect(await rig.registry.forceRelease('toy-1', '0900')).toBe(true);
    expect(await rig.registry.forceRelease('toy-1', '0900')).toBe(false);
    expect(rig.entries('device.released')[0]).toMatchObject({ actor: '0900', data: { owner: 'flow-00001', isForced: true } });
  });

  it('does not outlive the daemon', async () => {
    await rig.registry.claim('toy-1', 'flow-00001');
    await rig.crash();
    expect(rig.registry.claimOf('toy-1')).toBeUndefined();
    expect(rig.entries('device.released')).toHaveLength(1);
  });
});

describe('devices while the disk is full', () => {
  const fill = (): (() => void) => {
    const sql = rig.journal.privateTables('device_ledger', []);
    sql.prepare('PRAGMA max_page_count = 1').get();
    return () => void sql.prepare('PRAGMA max_page_count = 1000000').get();
  };

  it('carry out no command that could not be written', async () => {
    const makeRoom = fill();
    let code = 'fulfilled';
    for (let i = 0; i < 100 && code === 'fulfilled'; i++) {
      const outcome = rig.registry.execute('toy-1', { name: 'ask', args: {} });
      void rig.turns().then(() => rig.line.say('FINE'));
      code = await codeOf(outcome);
    }
    const asked = rig.line.heard.length;
    expect(await codeOf(rig.registry.execute('toy-1', ring))).toBe('CD_STORAGE_FULL');
    expect(rig.line.heard).toHaveLength(asked);
    makeRoom();
  });

  it('keep what they say, in its order, and have it written when there is room', async () => {
    const makeRoom = fill();
    const said = Array.from({ length: 300 }, (_, i) => i + 1);
    for (const tally of said) {
      rig.line.say(`ADD ${tally}`);
      await rig.turns(2);
    }
    expect(rig.entries('cash-counter.tally-added').length).toBeLessThan(300);
    makeRoom();
    await rig.pass(3_000);
    expect(rig.entries('cash-counter.tally-added').map(({ data }) => (data as { tally: number }).tally)).toEqual(said);
    expect(rig.entries('journal.storage-recovered').length).toBeGreaterThan(0);
    expect(rig.entries('cash-counter.status-changed').at(-1)?.data).toEqual({ device: 'online', tally: 300 });
  });

  it('are let go when they say more than can be kept, and come back', async () => {
    const makeRoom = fill();
    for (let tally = 1; tally <= 3_000; tally++) rig.line.say(`ADD ${tally}`);
    await rig.turns(60);
    expect(rig.registry.phase('toy-1')).toMatchObject({ phase: 'waiting', because: 'CD_STORAGE_FULL' });
    makeRoom();
    await rig.pass(5_000);
    expect(rig.registry.phase('toy-1').phase).toBe('online');
    expect(rig.phases().at(-1)).toBe('online');
    expect(rig.phases()).toContain('waiting');
  });
});
