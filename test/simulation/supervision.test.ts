import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../drivers/kit/outcome.ts';
import { seededRandom, type Random } from '../../simulators/kit/random.ts';
import { DeviceRig, type ToyLine } from '../support/device-rig.ts';

const SEEDS = Math.ceil(Number(process.env['COUNTERD_SEEDS'] ?? 60) / 10);
const first = Number(process.env['COUNTERD_SEED'] ?? Date.now() % 1_000_000_000);
const NAMES = ['toy-1', 'toy-2', 'toy-3'];

interface Run {
  readonly rig: DeviceRig;
  readonly random: Random;
  /** What each device counted while it was online. */
  readonly counted: Map<string, number[]>;
  readonly outcomes: Map<string, Outcome>;
  commandCount: number;
  tally: number;
}

/** One thing that happens at a branch. */
function happen(run: Run, name: string): void {
  const { rig, random } = run;
  const line = rig.lineOf(name);
  random.pick([count, count, command, command, answer, answer, noise, pull, plug, person])(run, name, line);
}

function count(run: Run, name: string, line: ToyLine): void {
  // What a device says before it is known to be the right one goes with the link when it turns out not to be.
  if (!line.isLinked || run.rig.registry.phase(name).phase !== 'online') return;
  const tally = ++run.tally;
  run.counted.get(name)?.push(tally);
  line.say(`ADD ${tally}`);
}

function command(run: Run, name: string): void {
  const commandId = `command-${++run.commandCount}`;
  const order = run.random.chance(0.5) ? { name: 'ring', args: { times: 1 } } : { name: 'ask', args: {} };
  void run.rig.registry.execute(name, order, { commandId }).then((outcome) => run.outcomes.set(commandId, outcome));
}

function answer(run: Run, _name: string, line: ToyLine): void {
  line.say(run.random.pick(['OK', 'NO', 'FINE']));
}

function noise(run: Run, _name: string, line: ToyLine): void {
  line.sayBytes(new Uint8Array(run.random.integer(1, 300)).fill(0xee));
}

function pull(run: Run, _name: string, line: ToyLine): void {
  const answers = run.random.pick(['TOY', 'TOY', 'STRANGER', 'nothing']);
  line.identity = answers === 'nothing' ? undefined : answers;
  line.pull(run.random.pick(['CD_LINK_NOT_FOUND', 'CD_LINK_REFUSED', 'CD_LINK_FORBIDDEN', 'hung', 'open'] as const));
}

function plug(_run: Run, _name: string, line: ToyLine): void {
  line.door = 'open';
  line.identity = 'TOY';
}

function person(run: Run, name: string): void {
  run.rig.registry.reconnect(name);
}

async function live(seed: number): Promise<Run> {
  const rig = await new DeviceRig(NAMES).start();
  const random = seededRandom(seed);
  const run: Run = { rig, random, counted: new Map(NAMES.map((name) => [name, []])), outcomes: new Map(), commandCount: 0, tally: 0 };
  for (let i = 0; i < 150; i++) {
    happen(run, random.pick(['toy-1', 'toy-2', 'toy-3']));
    if (random.chance(0.6)) await rig.turns(2);
    if (random.chance(0.4)) await rig.pass(random.integer(1, 8_000), 2_000);
  }
  // Everything is put right; the branch comes back by itself but for what a person must say.
  for (const name of NAMES) plug(run, name, rig.lineOf(name));
  await rig.pass(90_000, 5_000);
  for (const name of NAMES) rig.registry.reconnect(name);
  await rig.pass(10_000, 2_000);
  return run;
}

describe('supervision of three devices through days of misfortune', () => {
  it(
    `settles every command once, tells every count once and in order, and ends online, over ${SEEDS} seeds`,
    async () => {
      for (let seed = first; seed < first + SEEDS; seed++) {
        const replay = `COUNTERD_SEED=${seed} COUNTERD_SEEDS=1 npx vitest run test/simulation/supervision.test.ts`;
        const { rig, counted, outcomes, commandCount } = await live(seed);
        for (const name of NAMES) {
          expect(rig.registry.phase(name).phase, `${name}, ${replay}`).toBe('online');
          const told = rig.entries('cash-counter.tally-added').filter(({ device }) => device === name);
          expect(
            told.map(({ data }) => (data as { tally: number }).tally),
            replay,
          ).toEqual(counted.get(name));
        }
        expect(outcomes.size, replay).toBe(commandCount);
        for (const [commandId, { kind }] of outcomes) {
          const entries = rig.entries().filter(({ cause }) => cause === commandId);
          expect(
            entries.map(({ type }) => type),
            `${commandId}, ${replay}`,
          ).toEqual(['device.command-started', 'device.command-settled']);
          expect((entries[1]?.data as { outcome: Outcome }).outcome.kind, replay).toBe(kind);
        }
        expect(rig.bugs, replay).toEqual([]);
        await rig.close();
      }
    },
    60_000 + SEEDS * 10_000,
  );
});
