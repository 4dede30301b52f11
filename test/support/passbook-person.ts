/**
 * A person at a simulated passbook printer: puts books in, loads, looks at the paper after every line, and
 * after any trouble does what the model's README asks for: book out, power off and on, book in, load.
 */
import { expect } from 'vitest';
import { displayCells } from '../../drivers/kit/gbk.ts';
import type { CommandId } from '../../drivers/kit/machine.ts';
import type { AnyModel } from '../../drivers/kit/model.ts';
import type { Outcome } from '../../drivers/kit/outcome.ts';
import { model } from '../../drivers/passbook-printer/epson-escpk/driver.ts';
import type { PlacedLine } from '../../drivers/passbook-printer/family.ts';
import type { Random } from '../../simulators/kit/random.ts';
import { VirtualClock } from '../../simulators/kit/virtual-clock.ts';
import type { AnySimulator } from '../../simulators/kit/simulator.ts';
import { simulator } from '../../simulators/passbook-printer/epson-escpk.ts';
import type { PressState } from '../../simulators/passbook-printer/epson-escpk/press-state.ts';
import { MemoryRig } from '../../simulators/serve/memory.ts';
import { TICKS_PER_INCH, TICKS_PER_MM, glyphsOn, type GlyphMark, type Paper } from '../../simulators/world/paper.ts';

export interface ExpectedGlyph {
  readonly codePoint: number;
  readonly x: number;
  readonly y: number;
}

/** 1/360 inch: as near as any printer comes to its place. */
const FINEST = TICKS_PER_INCH / 360;

/** How far from its place a character may stand: half a step of a coarse printer, a whole one of the finest. */
export function toleranceOf({ capabilities }: Pick<AnyModel, 'capabilities'>): number {
  const stepMm = 'positionStepMm' in capabilities ? Number(capabilities['positionStepMm']) : 0;
  return Math.max(FINEST, Math.ceil((stepMm * TICKS_PER_MM) / 2));
}

/** Where each character of a line must stand, from its millimetres alone. Blanks leave no ink. */
export function expectedGlyphs(line: PlacedLine): readonly ExpectedGlyph[] {
  return line.runs.flatMap((run) => {
    const cell = ({ 10: 36, 12: 30, 15: 24, 17: 21, 20: 18 }[run.style?.pitch ?? 15] * TICKS_PER_INCH) / 360;
    let x = run.xMm * TICKS_PER_MM;
    return Array.from(run.text).flatMap((character) => {
      const at = x;
      x += displayCells(character) * cell * (run.style?.isDoubleWidth === true ? 2 : 1);
      return character === ' ' ? [] : [{ codePoint: character.codePointAt(0) ?? 0, x: at, y: line.yMm * TICKS_PER_MM }];
    });
  });
}

/** How often each expected glyph stands on the paper. */
export function copiesOn(paper: Paper, line: PlacedLine, tolerance = FINEST): readonly number[] {
  const glyphs = glyphsOn(paper);
  return expectedGlyphs(line).map((expected) => glyphs.filter((glyph) => matches(glyph, expected, tolerance)).length);
}

export function matches(glyph: GlyphMark, { codePoint, x, y }: ExpectedGlyph, tolerance = FINEST): boolean {
  return glyph.codePoint === codePoint && Math.abs(glyph.x - x) <= tolerance && Math.abs(glyph.y - y) <= tolerance;
}

/** A printer a person can stand at. */
export interface StoodAt {
  readonly model: AnyModel;
  readonly simulator: AnySimulator;
  /** What may disturb a line comes within this time of its order. */
  readonly lineMs: number;
}

const escpPrinter: StoodAt = { model, simulator, lineMs: 350 };

/** What every simulated printer shows of itself. */
type SeenPress = Pick<PressState, 'path' | 'received' | 'isTicking' | 'isBusy' | 'isPowered' | 'isCoverOpen'>;

export class PassbookPerson {
  readonly clock = new VirtualClock();
  readonly rig: MemoryRig;
  readonly settledOften: string[] = [];
  readonly #random: Random;
  readonly #printer: StoodAt;
  #commandCount = 0;

  constructor(random: Random, world: unknown = { books: [{ id: 'A' }, { id: 'B' }] }, printer: StoodAt = escpPrinter) {
    this.#random = random;
    this.#printer = printer;
    const { model, simulator } = printer;
    this.rig = new MemoryRig({ model, simulator, world, clock: this.clock, random: random.fork('rig') });
    this.rig.start();
    this.waitReady();
  }

  get press(): SeenPress {
    return this.rig.device.state as SeenPress;
  }

  page(bookId: string, page: number): Paper {
    const paper = this.press.path.books.find(({ id }) => id === bookId)?.pages[page - 1];
    if (paper === undefined) return expect.fail(`no page ${page} of book ${bookId}`);
    return paper;
  }

  /** Sends a command and waits until it settled; `meanwhile` does something a moment before it or while it runs. */
  run(name: string, args: unknown, meanwhile?: () => void): Outcome {
    const isBefore = meanwhile !== undefined && this.#random.chance(0.25);
    if (isBefore) {
      meanwhile();
      this.clock.advance(this.#random.integer(0, 50));
    }
    const box = this.rig.execute(name, args, `p${++this.#commandCount}`);
    if (meanwhile !== undefined && !isBefore) {
      this.clock.advance(this.#random.integer(0, this.#printer.lineMs));
      meanwhile();
    }
    this.clock.advanceUntil(() => box.outcome !== undefined, 400_000, 20);
    if (box.settleCount !== 1) this.settledOften.push(`${name}: settled ${box.settleCount} times`);
    return box.outcome ?? expect.fail(`${name} never settled`);
  }

  /** Asks for the command that runs to stop. */
  cancel(): void {
    this.rig.host.cancel(`p${this.#commandCount}` as CommandId);
  }

  /** Waits until the machine has done all it can do for now; its lamp says when somebody holds it up. */
  waitIdle(): void {
    this.clock.advance(2_500);
    this.clock.advanceUntil(() => !this.press.isTicking && !this.press.isBusy, 60_000, 20);
    this.clock.advance(2_500);
  }

  waitReady(): void {
    this.clock.advanceUntil(() => this.status().device === 'online', 120_000, 50);
  }

  status(): { readonly device: string; readonly isLoaded: boolean } {
    return this.#printer.model.driver({}).status(this.rig.host.state) as { device: string; isLoaded: boolean };
  }

  /** The cable is in again and the book never moved: the page is loaded where it is. */
  goOnInPlace(): void {
    this.rig.wire.clearAll();
    this.clock.advance(5_000);
    this.waitReady();
    expect(this.run('load', { pageHeightMm: 160 })).toMatchObject({ kind: 'done' });
    this.waitIdle();
  }

  /** After trouble, or at the start: everything in order, nothing left in the machine's memory, the page loaded. */
  setUp(bookId: string, page: number): void {
    this.rig.wire.clearAll();
    this.clock.advance(5_000);
    const { press } = this;
    if (press.path.mouth !== undefined) this.rig.gesture('remove-book');
    if (press.isPowered) this.rig.gesture('fault:power-cut');
    this.rig.gesture('fault:clear', { kind: 'power-cut' });
    if (press.isCoverOpen) this.rig.gesture('close-cover');
    this.waitReady();
    expect(this.rig.gesture('insert-book', { book: bookId, page }).kind).toBe('done');
    this.clock.advance(500);
    expect(this.run('load', { pageHeightMm: 160 })).toMatchObject({ kind: 'done' });
    this.waitIdle();
  }
}
