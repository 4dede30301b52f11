/** A day at a note counter: people count stacks, cables come out, power goes. What was told is held against what was. */
import type { CashCounter } from '../../drivers/cash-counter/family.ts';
import { model } from '../../drivers/cash-counter/zm-aa55/driver.ts';
import type { FamilyEvent } from '../../drivers/kit/family.ts';
import type { Outcome } from '../../drivers/kit/outcome.ts';
import { simulator, type ZmWorld } from '../../simulators/cash-counter/zm-aa55.ts';
import type { MachineState } from '../../simulators/cash-counter/zm-aa55/machine-state.ts';
import type { WireFault } from '../../simulators/kit/faults.ts';
import { seededRandom, type Random } from '../../simulators/kit/random.ts';
import { VirtualClock } from '../../simulators/kit/virtual-clock.ts';
import { MemoryRig } from '../../simulators/serve/memory.ts';
import { readableSerial, type Note } from '../../simulators/world/notes.ts';

export type CashEvent = FamilyEvent<CashCounter>;
export type BatchCounted = Extract<CashEvent, { type: 'cash-counter.batch-counted' }>['data'];

/** How bad a day is. `clean`: every byte arrives, whatever its pieces. `damaged`: bytes and cables suffer. */
export type Weather = 'clean' | 'damaged';

export interface CashDay {
  readonly rig: MemoryRig;
  readonly clock: VirtualClock;
  readonly weather: Weather;
  readonly world: Required<Pick<ZmWorld, 'countsRejects' | 'closesWithTotals'>>;
  readonly isCorrupted: boolean;
  /** Every note ever laid in, by id; where they went is in the truths. */
  readonly notes: ReadonlyMap<string, Note>;
  readonly commands: readonly { readonly name: string; readonly box: { outcome?: Outcome; settleCount: number } }[];
}

/** Faults that may be set in the middle of a batch. */
const DAMAGE = ['corrupt', 'drop', 'unplug', 'silence', 'slow', 'answer-late'] as const;

export function liveThroughCashDay(seed: number): CashDay {
  const random = seededRandom(seed);
  const day = new Day(random);
  for (let batch = random.integer(2, 5); batch > 0; batch--) day.countStack();
  day.rest();
  return day;
}

class Day implements CashDay {
  readonly rig: MemoryRig;
  readonly clock = new VirtualClock();
  readonly weather: Weather;
  readonly world: CashDay['world'];
  readonly notes = new Map<string, Note>();
  readonly commands: { name: string; box: { outcome?: Outcome; settleCount: number } }[] = [];
  isCorrupted = false;
  readonly #random: Random;
  /** Swarm: each day knows only some of the faults. */
  readonly #damage: readonly (typeof DAMAGE)[number][];
  readonly #hasMischief: boolean;
  #jobCount = 0;

  constructor(random: Random) {
    this.#random = random;
    this.weather = random.chance(0.4) ? 'clean' : 'damaged';
    this.world = { countsRejects: random.chance(0.7), closesWithTotals: random.chance(0.7) };
    // What leaves no trace at all cannot be told: see the limits in the model's README.
    const canSeeSilence = this.world.countsRejects && this.world.closesWithTotals;
    this.#damage = DAMAGE.filter((kind) => random.chance(0.5) && (kind !== 'silence' || canSeeSilence));
    this.#hasMischief = random.chance(0.6);
    const notesPerMin = random.pick([300, 800, 1_000, 1_900]);
    this.rig = new MemoryRig({
      model,
      simulator,
      options: random.chance(0.3) ? { countsRejects: this.world.countsRejects } : {},
      world: { ...this.world, notesPerMin, stackerCapacity: random.pick([20, 50, 200]), autoStart: random.chance(0.7) },
      clock: this.clock,
      random: random.fork('rig'),
    });
    this.rig.start();
    this.clock.advance(random.integer(0, 1_000));
  }

  /** One stack, with whatever happens to it, until the hopper is empty and everything is heard. */
  countStack(): void {
    const random = this.#random;
    if (this.weather === 'clean') this.#setHarmlessFaults();
    this.#order();
    this.#layIn();
    for (let turn = random.integer(1, 12); turn > 0; turn--) {
      this.clock.advance(random.integer(20, 900));
      this.#happen();
    }
    this.#countToTheEnd();
  }

  /** Quiet until nothing more can come. */
  rest(): void {
    this.rig.wire.clearAll();
    this.clock.advance(800_000);
  }

  get machine(): MachineState {
    return this.rig.device.state as MachineState;
  }

  #layIn(): void {
    const random = this.#random;
    const preset = random.pick(['30×100', '7×100+5×50', '60×20', '1×5', '12×100+3×10+9×1', '4×100+USD 3×20', '45×50']);
    const special = (): number => (random.chance(0.5) ? random.integer(0, 3) : 0);
    this.rig.gesture('put-notes', { preset, seed: random.integer(0, 2 ** 31), suspects: special(), torn: special(), worn: special() });
    for (const note of this.machine.hopper) this.notes.set(note.id, note);
    for (const tray of [this.machine.stacker, this.machine.rejects, this.machine.path])
      for (const note of tray) this.notes.set(note.id, note);
    this.rig.gesture('press-start');
  }

  #happen(): void {
    const random = this.#random;
    if (this.weather === 'damaged' && random.chance(0.4)) this.#damageLine();
    if (this.#hasMischief && random.chance(0.25)) this.#mischief();
    if (random.chance(0.2)) this.#order();
    this.rig.gesture('press-start');
  }

  #damageLine(): void {
    const random = this.#random;
    const [first, ...others] = this.#damage;
    if (first === undefined) return;
    const kind = random.pick([first, ...others]);
    if (this.rig.wire.faults.some((fault) => fault.kind === kind)) this.rig.clear(kind);
    else this.rig.fault(this.#faultOf(kind));
  }

  #faultOf(kind: (typeof DAMAGE)[number]): WireFault {
    const random = this.#random;
    if (kind === 'corrupt') this.isCorrupted = true;
    if (kind === 'corrupt' || kind === 'drop') return { kind, ratio: random.pick([0.001, 0.01, 0.1]) };
    if (kind === 'slow' || kind === 'answer-late') return { kind, byMs: random.integer(1, 1_500) };
    return { kind };
  }

  /** Changes only between batches: a line that becomes faster in the middle would put bytes before earlier ones. */
  #setHarmlessFaults(): void {
    const random = this.#random;
    this.rig.wire.clearAll();
    if (random.chance(0.5)) this.rig.fault({ kind: 'split', everyBytes: random.integer(1, 60) });
    if (random.chance(0.3)) this.rig.fault({ kind: 'slow', byMs: random.integer(1, 200) });
    if (random.chance(0.3)) this.rig.fault({ kind: 'answer-twice' });
  }

  #mischief(): void {
    const random = this.#random;
    // A machine that does not answer loses its link for a moment, and with it reports: no clean day.
    const rough = this.weather === 'clean' ? [] : ['power-on', 'busy', 'foreign'];
    // A batch that ends unheard, and another that gets to the same totals within seconds: the limit in the README.
    const cutting = this.#damage.includes('silence') ? [] : ['press-clear', ...rough.slice(0, 1).map(() => 'power-off')];
    const gesture = random.pick(['jam', 'clear-jam', 'open-cover', 'close-cover', ...cutting, ...rough]);
    if (gesture === 'power-off') this.rig.fault({ kind: 'power-cut' });
    else if (gesture === 'power-on') this.rig.clear('power-cut');
    else if (gesture === 'busy') this.rig.fault({ kind: 'busy', forMs: random.integer(100, 2_000) });
    else if (gesture === 'foreign') this.rig.fault({ kind: 'wrong-identity' });
    else this.rig.gesture(gesture);
  }

  #order(): void {
    const random = this.#random;
    const name = random.pick(['begin-job', 'end-job', 'identify']);
    const args = name === 'begin-job' ? { jobId: `job-${String(++this.#jobCount)}` } : {};
    this.commands.push({ name, box: this.rig.execute(name, args) });
  }

  /** Somebody puts everything right, empties what is full, and counts what is left. */
  #countToTheEnd(): void {
    const { rig, clock } = this;
    rig.clear('power-cut');
    rig.clear('wrong-identity');
    // A machine that is silent over the end of one batch and into the next may be at the very same totals: not told.
    rig.clear('silence');
    if (this.weather === 'damaged' && this.#random.chance(0.8)) rig.wire.clearAll();
    clock.advance(3_000);
    for (let turn = 0; turn < 40 && this.#isUnfinished(); turn++) {
      rig.gesture('close-cover');
      rig.gesture('clear-jam');
      if (!this.machine.isRunning) rig.gesture('take-stacker');
      rig.gesture('press-start');
      clock.advance(10_000);
    }
    if (this.#random.chance(0.5)) rig.gesture('take-rejects');
    if (this.#random.chance(0.5)) rig.gesture('take-stacker');
    clock.advance(this.#random.pick([500, 5_000, 70_000]));
  }

  #isUnfinished(): boolean {
    const { hopper, path, figures } = this.machine;
    return hopper.length + path.length > 0 || figures !== undefined;
  }
}

/** One batch of the machine, as the world saw it. */
export interface TrueBatch {
  readonly accepted: readonly Note[];
  readonly rejected: readonly Note[];
  readonly wasForgotten: boolean;
  /** The longest time between two notes, without those in which the machine waited with a full pocket. */
  readonly longestPauseMs: number;
}

/** What the machine did, batch by batch. */
export function trueBatches(day: CashDay): TrueBatch[] {
  const batches: { accepted: Note[]; rejected: Note[]; wasForgotten: boolean; longestPauseMs: number }[] = [];
  let lastNoteMs: number | undefined;
  for (const { type, data, atMs } of day.rig.truths) {
    const open = batches.at(-1);
    if (type === 'batch-started') batches.push({ accepted: [], rejected: [], wasForgotten: false, longestPauseMs: 0 });
    if (type === 'batch-started' || type === 'pocket-full') lastNoteMs = undefined;
    if (type === 'note-moved' && (data['to'] === 'stacker' || data['to'] === 'rejects')) {
      if (open !== undefined) open.longestPauseMs = Math.max(open.longestPauseMs, atMs - (lastNoteMs ?? atMs));
      lastNoteMs = atMs;
    }
    if (type === 'batch-forgotten' && open !== undefined) open.wasForgotten = true;
    const note = type === 'note-moved' ? day.notes.get(String(data['id'])) : undefined;
    if (note !== undefined && data['to'] === 'stacker') open?.accepted.push(note);
    if (note !== undefined && data['to'] === 'rejects') open?.rejected.push(note);
  }
  return batches;
}

/** One batch as the driver told it. */
export interface ToldBatch {
  readonly notes: readonly string[];
  readonly rejectCount: number;
  readonly counted: BatchCounted | undefined;
}

/** What the driver told, batch by batch. */
export function toldBatches(day: CashDay): ToldBatch[] {
  const batches = new Map<number, { notes: string[]; rejectCount: number; counted: BatchCounted | undefined }>();
  for (const { type, data } of day.rig.events) {
    const event = { type, data } as CashEvent;
    if (event.type === 'cash-counter.count-started') batches.set(event.data.batch, { notes: [], rejectCount: 0, counted: undefined });
    if (event.type === 'cash-counter.note-counted') {
      const { batch, currency, denominationMinor, serial } = event.data;
      batches.get(batch)?.notes.push(`${currency} ${denominationMinor} ${serial}`);
    }
    if (event.type === 'cash-counter.note-rejected') {
      const batch = batches.get(event.data.batch);
      if (batch !== undefined) batch.rejectCount++;
    }
    const ended = event.type === 'cash-counter.batch-counted' ? batches.get(event.data.batch) : undefined;
    if (ended !== undefined) ended.counted = data as BatchCounted;
  }
  return [...batches.values()];
}

/** A note as the driver ought to tell it. */
export function asTold(note: Note): string {
  return `${note.currency} ${String(note.face * 100)} ${readableSerial(note, '_')}`;
}
