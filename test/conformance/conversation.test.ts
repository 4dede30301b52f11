import { describe, expect, it } from 'vitest';
import { CounterdError, isErrorCode } from '../../drivers/kit/errors.ts';
import { checker } from '../../drivers/kit/schema.ts';
import { freshSeed, replayWith } from '../support/fresh-seed.ts';
import { frameType, isNoise, modelPairs, vectorsOf, type ModelPair } from '../support/model-pairs.ts';
import { arbitraryOf } from '../support/schema-arbitrary.ts';
import { decodeAll, Walk } from '../support/walk.ts';
import fc from 'fast-check';

/** A walk is long; the simulations are where many seeds belong. */
const seedCount = process.env['COUNTERD_SEEDS'] === undefined ? 3 : Math.ceil(Number(process.env['COUNTERD_SEEDS']) / 100);
const stepCount = 60;
const seeds = Array.from({ length: seedCount }, (_, i) => freshSeed + i);
const onlineLimitMs = 300_000;

/** Runs `check` for every seed; a failure names the one that showed it. */
function forEachSeed(check: (seed: number) => void): void {
  for (const seed of seeds) {
    try {
      check(seed);
    } catch (cause) {
      if (cause instanceof Error) cause.message = `${replayWith(seed, 'test/conformance/conversation.test.ts')}\n${cause.message}`;
      throw cause;
    }
  }
}

/** A walk that is under way: online, and some random things done. */
function startedWalk(pair: ModelPair, seed: number): Walk {
  const walk = new Walk(pair, seed);
  expect(walk.goOnline(onlineLimitMs), 'the driver finds its device').toBe(true);
  for (let step = 0; step < stepCount; step++) walk.step();
  return walk;
}

const finished = new Map<string, Walk>();

/** A walk in which every gesture was tried once more and every command had all its time. Only looked at, so it is made once. */
function finishedWalk(pair: ModelPair, seed: number): Walk {
  const key = `${pair.id} ${String(seed)}`;
  const known = finished.get(key);
  if (known !== undefined) return known;
  const walk = startedWalk(pair, seed);
  for (const name of Object.keys(pair.simulator.gestures)) walk.performGesture(name);
  walk.clock.advance(Math.max(...Object.values(pair.model.family.commands).map(({ timeoutMs }) => timeoutMs)) + 1_000);
  finished.set(key, walk);
  return walk;
}

/** The firmware in a world; undefined when it refuses what no schema can say (an entry that does not fit its page). */
function firmwareIn(simulator: ModelPair['simulator'], world: unknown) {
  try {
    return simulator.firmware(world, 'any');
  } catch (cause) {
    if (cause instanceof CounterdError && cause.code === 'CD_SIM_SCENARIO') return undefined;
    throw cause;
  }
}

/** Neither end sent what the other does not read, but for noise on purpose - and the one frame that noise may spoil. */
function expectNoJunk({ frames, rig }: Walk): void {
  expect(rig.device.counts.junkBytes).toBe(0);
  const noise = frames.filter(({ frame }) => isNoise(frame));
  const longest = Math.max(0, ...frames.filter(({ from }) => from === 'device').map(({ bytes }) => bytes.length));
  const spoilt = noise.reduce((sum, { bytes }) => sum + bytes.length + longest, 0);
  expect(rig.host.counts.junkBytes).toBeLessThanOrEqual(spoilt);
}

/** Frame types of one walk, as the driver names them: what it sent, and what it made of the device's bytes. */
function typesSeen({ frames }: Walk, { model }: ModelPair): readonly string[] {
  return frames.flatMap(({ from, frame, bytes }) => {
    if (from === 'driver') return [`tx ${frameType(frame)}`];
    const { pieces } = decodeAll(model.codec, bytes, [bytes.length]);
    return pieces.flatMap((piece) => (piece.kind === 'frame' ? [`rx ${frameType(piece.frame)}`] : []));
  });
}

describe.each(modelPairs)('$id with its simulator', (pair) => {
  const { id, model, simulator } = pair;
  const { family } = model;

  it('comes online in virtual time, without junk either way', () => {
    forEachSeed((seed) => {
      const walk = new Walk(pair, seed);
      expect(
        walk.goOnline(onlineLimitMs),
        `the driver of ${id} never says ready to its simulator: docs/guides/add-a-device.md, section 4`,
      ).toBe(true);
      expectNoJunk(walk);
    });
  });

  it('settles every command exactly once, with a result that fits', () => {
    forEachSeed((seed) => {
      const walk = finishedWalk(pair, seed);
      for (const { name, args, box } of walk.commands) {
        const what = `${name} ${JSON.stringify(args)}`;
        expect(box.settleCount, what).toBe(1);
        if (box.outcome?.kind === 'done')
          expect(checker(family.commands[name]?.result ?? {}).misfits(box.outcome.result), what).toEqual([]);
        else expect(isErrorCode(box.outcome?.code ?? ''), what).toBe(true);
      }
    });
  });

  it('reports only events and statuses that its family defines', () => {
    forEachSeed((seed) => {
      const { rig } = finishedWalk(pair, seed);
      const status = checker(family.status);
      for (const each of rig.statuses) expect(status.misfits(each.status), JSON.stringify(each.status)).toEqual([]);
      for (const { type, data } of rig.events) {
        const spec = family.events[type.slice(family.kind.length + 1)];
        expect(type.startsWith(`${family.kind}.`) && spec !== undefined, type).toBe(true);
        if (spec !== undefined) expect(checker(spec.data).misfits(data), `${type} ${JSON.stringify(data)}`).toEqual([]);
      }
    });
  });

  it('accepts every gesture or says why not, and never throws', () => {
    forEachSeed((seed) => {
      const walk = finishedWalk(pair, seed);
      for (const { name, outcome } of walk.gestures) {
        if (outcome.kind !== 'done') expect([name, outcome.kind, isErrorCode(outcome.code)]).toEqual([name, 'refused', true]);
      }
      expect(JSON.parse(JSON.stringify(walk.rig.view()))).toEqual(walk.rig.view());
    });
  });

  it('leaves no timer and no open command behind when the link is lost at any moment', () => {
    forEachSeed((seed) => {
      const walk = startedWalk(pair, seed);
      walk.giveCommand(Object.keys(family.commands)[seed % Object.keys(family.commands).length] ?? '');
      walk.rig.fault({ kind: 'unplug' });
      expect(walk.rig.host.openCommandCount).toBe(0);
      expect(walk.rig.host.armedTimerCount).toBe(0);
      for (const { box } of walk.commands) expect(box.settleCount).toBe(1);
    });
  });

  it('comes online again after the cable was out', () => {
    forEachSeed((seed) => {
      const walk = new Walk(pair, seed);
      expect(walk.goOnline(onlineLimitMs)).toBe(true);
      walk.rig.fault({ kind: 'unplug' });
      walk.clock.advance(20_000);
      walk.rig.clear('unplug');
      expect(walk.clock.advanceUntil(() => walk.rig.identities.length > 1, onlineLimitMs)).toBe(true);
    });
  });

  it('understands every frame of the other end, both ways', () => {
    forEachSeed((seed) => {
      const walk = finishedWalk(pair, seed);
      expectNoJunk(walk);
    });
  });

  it('sends no frame type that has no vector, unless the manifest says unverified', () => {
    if (model.manifest.evidence === 'unverified') return;
    const known = new Set(vectorsOf(id).map(({ direction, frame }) => `${direction} ${frameType(frame)}`));
    forEachSeed((seed) => {
      const sent = typesSeen(finishedWalk(pair, seed), pair);
      expect([...new Set(sent)].filter((type) => !known.has(type))).toEqual([]);
    });
  });

  it('starts in any world that its schema allows', () => {
    fc.assert(
      fc.property(arbitraryOf(simulator.world), (world) => {
        const firmware = firmwareIn(simulator, world);
        if (firmware === undefined) return;
        const [state] = firmware.step(firmware.initial, { kind: 'opened' });
        expect(JSON.parse(JSON.stringify(firmware.view(state)))).toEqual(firmware.view(state));
      }),
      { seed: freshSeed, numRuns: 10 },
    );
  });

  it('can have every fault that it lists, set and cleared', () => {
    forEachSeed((seed) => {
      const walk = new Walk(pair, seed);
      expect(walk.goOnline(onlineLimitMs)).toBe(true);
      for (const kind of simulator.firmwareFaults) {
        walk.rig.fault(kind === 'busy' ? { kind, forMs: 5_000 } : { kind });
        walk.clock.advance(10_000);
        walk.rig.clear(kind);
        walk.clock.advance(10_000);
      }
    });
  });
});
