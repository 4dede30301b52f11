/**
 * A scenario: which devices a branch has, what stands around them, what happens when, and what the journal
 * must say afterwards. The files beside this one hold them; the same files drive the demo and `test/scenario`.
 */
import { Type, oneOf, record, type Static } from '../../drivers/kit/schema.ts';
import { FaultKindWord } from '../kit/faults.ts';

const Text = Type.String({ minLength: 1, maxLength: 200 });
const Words = record({ zh: Text, en: Text });
const DeviceId = Type.String({ pattern: '^[0-9A-Za-z-]{1,64}$' });
const Open = Type.Record(Type.String(), Type.Unknown());

export const ScenarioDevice = record({
  id: DeviceId,
  /** `alarm-panel/dsc-it100` */
  model: Type.String({ pattern: '^[a-z-]+/[a-z0-9-]+$' }),
  name: Words,
  /** The position (柜口) it stands at; a device of the whole branch has none. */
  position: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z-]{1,32}$' })),
  /** How the daemon reaches it. A model with an HTTP wire is always reached over HTTP. */
  wire: Type.Optional(oneOf(['pty', 'tcp'])),
  /** What stands around it, as its simulator describes it. */
  world: Type.Optional(Open),
  /** Options of its driver, passed on to the daemon. */
  options: Type.Optional(Open),
});
export type ScenarioDevice = Static<typeof ScenarioDevice>;

/** One thing that happens: exactly one of `gesture`, `fault` and `clear`. */
export const ScenarioMoment = record({
  /** Simulated time since the start: `500ms`, `5s`, `2m`, `1h`. */
  at: Type.String({ pattern: '^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$' }),
  device: DeviceId,
  gesture: Type.Optional(Type.String()),
  fault: Type.Optional(FaultKindWord),
  clear: Type.Optional(FaultKindWord),
  args: Type.Optional(Open),
});
export type ScenarioMoment = Static<typeof ScenarioMoment>;

/** An entry that the journal must hold; facts must appear in the order they are written in. */
export const ExpectedFact = record({
  /** Type of the entry, e.g. `device.event`. */
  type: Type.String(),
  device: Type.Optional(DeviceId),
  /** Members that its data must have, with these values; further ones do not matter. */
  data: Type.Optional(Open),
});
export type ExpectedFact = Static<typeof ExpectedFact>;

export const Scenario = record({
  name: Words,
  doc: Words,
  devices: Type.Array(ScenarioDevice, { minItems: 1, maxItems: 64 }),
  timeline: Type.Optional(Type.Array(ScenarioMoment, { maxItems: 10_000 })),
  expect: Type.Optional(Type.Array(ExpectedFact, { maxItems: 10_000 })),
});
export type Scenario = Static<typeof Scenario>;

/** `500ms`, `5s`, `2m`, `1h` -> milliseconds. */
export function momentMs(at: string): number {
  const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
  return Number.parseFloat(at) * (unitsMs[/[a-z]+$/.exec(at)?.[0] ?? 's'] ?? 1_000);
}
