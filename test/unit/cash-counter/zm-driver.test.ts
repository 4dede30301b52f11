import { describe, expect, it } from 'vitest';
import { model } from '../../../drivers/cash-counter/zm-aa55/driver.ts';
import { cashCounter } from '../../../drivers/cash-counter/family.ts';
import { checker, type TSchema } from '../../../drivers/kit/schema.ts';
import { simulator, type ZmWorld } from '../../../simulators/cash-counter/zm-aa55.ts';
import { seededRandom } from '../../../simulators/kit/random.ts';
import { VirtualClock } from '../../../simulators/kit/virtual-clock.ts';
import { MemoryRig } from '../../../simulators/serve/memory.ts';

interface Branch {
  readonly rig: MemoryRig;
  readonly clock: VirtualClock;
  /** Data of every event of one type, in order. */
  readonly told: (type: string) => Record<string, unknown>[];
  readonly status: () => Record<string, unknown>;
  /** Lays notes in and lets `seconds` pass. */
  readonly count: (order: Record<string, unknown>, seconds?: number) => void;
}

function branch(world: ZmWorld = {}, options: unknown = {}): Branch {
  const clock = new VirtualClock();
  const rig = new MemoryRig({ model, simulator, world, options, clock, random: seededRandom(7) });
  rig.start();
  clock.advance(100);
  return {
    rig,
    clock,
    told: (type) =>
      rig.events.filter((event) => event.type === `cash-counter.${type}`).map((event) => event.data as Record<string, unknown>),
    status: () => (rig.statuses.at(-1)?.status ?? {}) as Record<string, unknown>,
    count(order, seconds = 30) {
      expect(rig.gesture('put-notes', order).kind).toBe('done');
      clock.advance(seconds * 1000);
    },
  };
}

/** Serial numbers that the world moved to a tray, in order. */
function movedTo(rig: MemoryRig, tray: string): unknown[] {
  return rig.truths.filter(({ type, data }) => type === 'note-moved' && data['to'] === tray).map(({ data }) => data['serial']);
}

describe('a ZM note counter', () => {
  it('is ready after one echo of the handshake', () => {
    const { rig, status } = branch();
    expect(rig.identities).toEqual([{}]);
    expect(rig.host.counts.framesSent).toBe(1);
    expect(status()).toMatchObject({ device: 'online', activity: 'idle', isCounting: false });
  });

  it('tells every note with its serial number, then the batch', () => {
    const { rig, told, count } = branch();
    count({ preset: '112×100+6×50', worn: 3 });
    expect(told('note-counted').map((note) => note['serial'])).toEqual(movedTo(rig, 'stacker'));
    expect(told('note-counted').filter((note) => note['isSerialComplete'] === false)).toHaveLength(3);
    expect(told('batch-counted')).toEqual([
      {
        batch: 1,
        tallies: [
          { currency: 'CNY', denominationMinor: '10000', noteCount: 112 },
          { currency: 'CNY', denominationMinor: '5000', noteCount: 6 },
        ],
        totals: [{ currency: 'CNY', totalMinor: '1150000' }],
        currency: 'CNY',
        totalMinor: '1150000',
        noteCount: 118,
        rejectCount: 0,
        isComplete: true,
        endedBy: 'finished',
        closingFigures: 'agree',
        missingCount: 0,
        missingMinor: '0',
      },
    ]);
  });

  it.each([{ countsRejects: true }, { countsRejects: false }])('keeps rejects out of every sum, with a machine of %j', (world) => {
    const { rig, told, count } = branch(world);
    count({ preset: '50×100', suspects: 4, torn: 2 });
    expect(
      told('note-rejected')
        .map((note) => note['errorCode'])
        .sort(),
    ).toEqual([3, 3, 5, 5, 5, 5]);
    expect(told('note-rejected').every((note) => !('currency' in note) && !('denominationMinor' in note))).toBe(true);
    expect(told('batch-counted')).toMatchObject([{ noteCount: 44, rejectCount: 6, totalMinor: '440000', isComplete: true }]);
    expect(movedTo(rig, 'rejects')).toHaveLength(6);
    expect(told('figures-disagree')).toEqual([]);
  });

  it('goes on with the same batch after the full pocket was emptied', () => {
    const { rig, told, count, clock, status } = branch({ stackerCapacity: 40 });
    count({ preset: '100×100' });
    expect(told('pocket-full')).toEqual([{ batch: 1, noteCount: 40 }]);
    expect(status()).toMatchObject({ activity: 'pocketFull', stacker: 'full', isCounting: true, device: 'online' });
    rig.gesture('take-stacker');
    clock.advance(10_000);
    rig.gesture('take-stacker');
    clock.advance(10_000);
    expect(told('count-started')).toHaveLength(1);
    expect(told('batch-counted')).toMatchObject([{ batch: 1, noteCount: 100, isComplete: true }]);
  });

  it('adds up several batches to one job', () => {
    const { rig, count, told } = branch();
    expect(rig.execute('begin-job', { jobId: 'flow-1234' }).outcome).toEqual({ kind: 'done', result: { jobId: 'flow-1234' } });
    count({ preset: '10×100' });
    count({ preset: '5×50', suspects: 1 });
    expect(told('note-counted').every((note) => note['jobId'] === 'flow-1234')).toBe(true);
    const { outcome } = rig.execute('end-job', {});
    expect(outcome).toMatchObject({ kind: 'done', result: { jobId: 'flow-1234', batchCount: 2, isCounting: false } });
    expect(outcome).toMatchObject({
      result: { sums: { noteCount: 14, rejectCount: 1, isComplete: true, totals: [{ totalMinor: '120000' }] } },
    });
    count({ preset: '1×100' });
    expect(told('batch-counted').at(-1)).not.toHaveProperty('jobId');
  });

  it('does not give the notes of an open batch to another job', () => {
    const { rig, clock } = branch();
    rig.gesture('put-notes', { preset: '100×100' });
    clock.advance(1_000);
    expect(rig.execute('begin-job', { jobId: 'late' }).outcome).toMatchObject({ kind: 'refused', code: 'CD_DEVICE_BUSY' });
    expect(rig.execute('identify', {}).outcome).toMatchObject({ kind: 'refused', code: 'CD_DEVICE_BUSY' });
  });

  it('says by how much the figures differ when reports are lost, and makes up no note', () => {
    const { rig, told, clock } = branch();
    rig.gesture('put-notes', { preset: '100×100' });
    clock.advance(2_000);
    rig.fault({ kind: 'silence' });
    clock.advance(600);
    rig.clear('silence');
    clock.advance(300);
    expect(told('figures-disagree')).toHaveLength(1);
    clock.advance(30_000);
    expect(told('figures-disagree')).toEqual([{ batch: 1, missingCount: 10, missingMinor: '100000' }]);
    expect(told('batch-counted')).toMatchObject([
      { noteCount: 90, totalMinor: '900000', isComplete: false, closingFigures: 'agree', missingCount: 10, missingMinor: '100000' },
    ]);
  });

  it('tells of a batch it never heard of when only its end arrives', () => {
    const { rig, told, clock } = branch();
    rig.fault({ kind: 'silence' });
    rig.gesture('put-notes', { preset: '20×50' });
    clock.advance(20 * 60 + 200);
    rig.clear('silence');
    clock.advance(5_000);
    expect(told('batch-counted')).toMatchObject([{ noteCount: 0, isComplete: false, missingCount: 20, endedBy: 'finished' }]);
  });

  it('goes on with the batch after the cable was pulled, without asking while notes may move', () => {
    const { rig, told, clock } = branch();
    rig.gesture('put-notes', { preset: '100×100' });
    clock.advance(2_000);
    rig.fault({ kind: 'unplug' });
    clock.advance(500);
    rig.clear('unplug');
    clock.advance(20_000);
    expect(rig.host.counts.framesSent).toBeLessThanOrEqual(2);
    expect(told('count-started')).toHaveLength(1);
    const [batch] = told('batch-counted');
    expect(batch).toMatchObject({ isComplete: false, endedBy: 'finished' });
    expect(Number(batch?.['noteCount']) + Number(batch?.['missingCount'])).toBe(100);
  });

  it('doubts a batch whose start was not heard, where lost rejects leave no trace', () => {
    const { rig, told, clock } = branch({ countsRejects: false });
    rig.fault({ kind: 'silence' });
    rig.gesture('put-notes', { preset: '10×100' });
    clock.advance(50);
    rig.clear('silence');
    clock.advance(5_000);
    expect(told('batch-counted')).toMatchObject([{ noteCount: 10, missingCount: 0, isComplete: false }]);
  });

  it('believes totals again after one damaged report, and not after the link was gone', () => {
    const damaged = branch({}, { countsRejects: true });
    damaged.rig.gesture('put-notes', { preset: '20×100' });
    damaged.clock.advance(630);
    damaged.rig.host.receive(Uint8Array.of(0xaa, 0x55, 0x00));
    damaged.clock.advance(5_000);
    expect(damaged.told('batch-counted')).toMatchObject([{ noteCount: 20, isComplete: true }]);
    const cut = branch({ notesPerMin: 60 }, { countsRejects: true });
    cut.rig.gesture('put-notes', { preset: '5×100' });
    cut.clock.advance(2_100);
    cut.rig.host.lost();
    cut.rig.host.opened();
    cut.clock.advance(10_000);
    expect(cut.told('batch-counted')).toMatchObject([{ noteCount: 5, missingCount: 0, closingFigures: 'agree', isComplete: false }]);
  });

  it.each([
    { seconds: 9, noteCount: 10, isComplete: true },
    { seconds: 20, noteCount: 10, isComplete: false },
    // Nothing was counted before the pause: nothing can be mixed up.
    { seconds: 20, noteCount: 0, isComplete: true },
  ])('judges a pause of $seconds s after $noteCount notes', ({ seconds, noteCount, isComplete }) => {
    const { rig, told, clock } = branch();
    rig.gesture('put-notes', { preset: '20×100' });
    clock.advance(noteCount * 60 + 10);
    rig.gesture('jam');
    clock.advance(seconds * 1_000);
    rig.gesture('clear-jam');
    rig.gesture('press-start');
    clock.advance(8_000);
    expect(told('batch-counted')).toMatchObject([{ noteCount: 20, missingCount: 0, isComplete }]);
  });

  it('ends a batch in silence when its end is never heard', () => {
    const { rig, told, clock } = branch();
    rig.gesture('put-notes', { preset: '10×100' });
    clock.advance(600);
    rig.fault({ kind: 'silence' });
    clock.advance(61_000);
    expect(told('batch-counted')).toMatchObject([{ endedBy: 'silence', noteCount: 10, isComplete: false }]);
  });

  it('counts a repeated report once', () => {
    const { rig, told, count } = branch();
    rig.fault({ kind: 'answer-twice' });
    count({ preset: '40×100', suspects: 3 });
    expect(told('batch-counted')).toMatchObject([{ noteCount: 37, rejectCount: 3, isComplete: true }]);
    expect(told('note-counted')).toHaveLength(37);
    expect(told('note-rejected')).toHaveLength(3);
  });

  it('takes totals of zero at the end as not given', () => {
    const { told, count } = branch({ closesWithTotals: false });
    count({ preset: '10×100' });
    expect(told('batch-counted')).toMatchObject([{ closingFigures: 'notGiven', isComplete: true, missingCount: 0 }]);
  });

  it('gives up after three unanswered handshakes and 500 ms', () => {
    const { rig, clock } = branch();
    rig.fault({ kind: 'power-cut' });
    const sent = rig.host.counts.framesSent;
    clock.advance(9_400);
    expect(rig.givenUp).toEqual([]);
    clock.advance(1_100);
    expect(rig.givenUp).toEqual(['CD_DEVICE_NO_ANSWER']);
    expect(rig.host.counts.framesSent - sent).toBe(3);
    rig.clear('power-cut');
    clock.advance(5_000);
    expect(rig.identities.length).toBeGreaterThan(1);
  });

  it('tells of standby once', () => {
    const { rig, clock, told, status } = branch();
    rig.gesture('press-clear');
    rig.gesture('press-clear');
    clock.advance(100);
    expect(told('machine-standby')).toEqual([{}]);
    expect(status()).toMatchObject({ activity: 'standby' });
  });

  it('tells a stranger from a silent machine', () => {
    const clock = new VirtualClock();
    const rig = new MemoryRig({ model, simulator, clock, random: seededRandom(1) });
    rig.fault({ kind: 'split', everyBytes: 2 });
    rig.start();
    rig.gesture('fault:wrong-identity');
    clock.advance(700);
    expect(rig.givenUp).toEqual(['CD_DEVICE_WRONG_IDENTITY']);
  });

  it('answers identify with the echo, and fails it without', () => {
    const { rig, clock } = branch();
    const first = rig.execute('identify', {});
    clock.advance(100);
    expect(first.outcome).toEqual({ kind: 'done', result: {} });
    rig.fault({ kind: 'busy', forMs: 5_000 });
    const second = rig.execute('identify', {});
    clock.advance(1_000);
    expect(second.outcome).toMatchObject({ kind: 'failed', code: 'CD_DEVICE_NO_ANSWER' });
    expect([first.settleCount, second.settleCount]).toEqual([1, 1]);
  });

  it('tells only what the family’s schemas allow', () => {
    const { rig, count, clock } = branch({ stackerCapacity: 20 });
    rig.execute('begin-job', { jobId: 'j' });
    count({ preset: '30×100+USD 4×20+JPY 3×1000', suspects: 2, worn: 4 });
    rig.gesture('take-stacker');
    clock.advance(10_000);
    rig.gesture('press-clear');
    clock.advance(1_000);
    for (const { type, data } of rig.events) {
      const spec = (cashCounter.events as Record<string, { readonly data: TSchema }>)[type.replace('cash-counter.', '')];
      expect(spec, type).toBeDefined();
      if (spec !== undefined) expect(checker(spec.data).misfits(data), type).toEqual([]);
    }
    for (const { status } of rig.statuses) expect(checker(cashCounter.status).misfits(status)).toEqual([]);
    expect(checker(cashCounter.capabilities).misfits(model.capabilities)).toEqual([]);
  });
});
