import { expect, it } from 'vitest';
import type { Fault } from '../../simulators/kit/faults.ts';
import { seededRandom } from '../../simulators/kit/random.ts';
import { VirtualClock } from '../../simulators/kit/virtual-clock.ts';
import { Wire } from '../../simulators/kit/wire.ts';

function wire(byteMs: number): { wire: Wire; clock: VirtualClock; heard: number[] } {
  const clock = new VirtualClock(0);
  const heard: number[] = [];
  const parts = { clock, random: seededRandom(1), byteMs, plugged: () => undefined };
  return { wire: new Wire({ ...parts, deliver: (_direction, bytes) => heard.push(...bytes) }), clock, heard };
}

it.each<Fault>([
  { kind: 'slow', byMs: 500 },
  { kind: 'answer-late', byMs: 500 },
])('keeps the order of bytes when $kind ends while some are under way', (fault) => {
  const line = wire(1.0417);
  line.wire.set(fault);
  line.wire.send('to-host', Uint8Array.of(1, 2));
  line.clock.advance(10);
  line.wire.clear(fault.kind);
  line.wire.send('to-host', Uint8Array.of(3));
  line.wire.set({ kind: 'split', everyBytes: 1 });
  line.wire.send('to-host', Uint8Array.of(4, 5));
  line.clock.advance(1_000);
  expect(line.heard).toEqual([1, 2, 3, 4, 5]);
});

it('does not wait, after the cable is back, for bytes that were lost with it', () => {
  const line = wire(0);
  line.wire.set({ kind: 'slow', byMs: 5_000 });
  line.wire.send('to-host', Uint8Array.of(1));
  line.wire.set({ kind: 'unplug' });
  line.wire.clearAll();
  line.wire.send('to-host', Uint8Array.of(2));
  line.clock.advance(1);
  expect(line.heard).toEqual([2]);
  line.clock.advance(10_000);
  expect(line.heard).toEqual([2]);
});
