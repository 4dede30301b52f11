import type { Clock } from '../../drivers/kit/clock.ts';
import { concatBytes } from '../../drivers/kit/bytes.ts';
import type { Fault, FaultKind } from './faults.ts';
import type { Random } from './random.ts';

export type WireDirection = 'to-device' | 'to-host';

export interface WireParts {
  readonly clock: Clock;
  readonly random: Random;
  /** Time one byte takes on the line, in milliseconds (9600 baud 8N1: 10/9.6 = 1.0417). 0 on a network. */
  readonly byteMs: number;
  deliver(direction: WireDirection, bytes: Uint8Array): void;
  /** Both ends learn that the cable came out (`false`) or is back (`true`). */
  plugged(isPlugged: boolean): void;
}

/**
 * The simulated cable. It keeps order, takes the time that the bytes take, and does to them whatever faults
 * are set. The same wire carries virtual-time tests and served simulators.
 */
export class Wire {
  readonly #parts: WireParts;
  readonly #faults = new Map<FaultKind, Fault>();
  /** When the line is free again, per direction: bytes queue behind bytes. */
  readonly #freeAtMs = { 'to-device': 0, 'to-host': 0 };
  /** What is on the line, oldest first, and when the newest of it arrives: nothing overtakes what was sent before. */
  readonly #underWay: Record<WireDirection, Uint8Array[]> = { 'to-device': [], 'to-host': [] };
  readonly #lastArrivalMs = { 'to-device': 0, 'to-host': 0 };
  /** Bytes still on the line when the cable is pulled never arrive. */
  #plugging = 0;
  #isPlugged = true;

  constructor(parts: WireParts) {
    this.#parts = parts;
  }

  get isPlugged(): boolean {
    return this.#isPlugged;
  }

  get faults(): readonly Fault[] {
    return [...this.#faults.values()];
  }

  /** Sets a fault until `clear`. Setting a kind again replaces it. */
  set(fault: Fault): void {
    this.#faults.set(fault.kind, fault);
    if (fault.kind === 'unplug' && this.#isPlugged) {
      this.#isPlugged = false;
      this.#plugging++;
      for (const direction of ['to-device', 'to-host'] as const) {
        this.#underWay[direction] = [];
        this.#lastArrivalMs[direction] = 0;
      }
      this.#parts.plugged(false);
    }
  }

  clear(kind: FaultKind): void {
    this.#faults.delete(kind);
    if (kind === 'unplug' && !this.#isPlugged) {
      this.#isPlugged = true;
      this.#parts.plugged(true);
    }
  }

  clearAll(): void {
    for (const kind of [...this.#faults.keys()]) this.clear(kind);
  }

  /** Puts bytes on the line; calls `left` when the last of them has left the sender. */
  send(direction: WireDirection, bytes: Uint8Array, left?: () => void): void {
    const { clock, byteMs } = this.#parts;
    if (!this.#isPlugged) return;
    const nowMs = clock.nowMs();
    const doneAtMs = Math.max(nowMs, this.#freeAtMs[direction]) + bytes.length * byteMs;
    this.#freeAtMs[direction] = doneAtMs;
    const plugging = this.#plugging;
    if (left !== undefined) {
      clock.after(doneAtMs - nowMs, () => {
        if (plugging === this.#plugging && this.#isPlugged) left();
      });
    }
    const arrivalMs = Math.max(doneAtMs + this.#delayMs(direction), this.#lastArrivalMs[direction]);
    for (const piece of this.#damage(direction, bytes)) {
      this.#lastArrivalMs[direction] = arrivalMs;
      this.#underWay[direction].push(piece);
      clock.after(arrivalMs - nowMs, () => {
        if (plugging === this.#plugging && this.#isPlugged) this.#deliverNext(direction);
      });
    }
  }

  #deliverNext(direction: WireDirection): void {
    const piece = this.#underWay[direction].shift();
    if (piece !== undefined) this.#parts.deliver(direction, piece);
  }

  #delayMs(direction: WireDirection): number {
    const slow = this.#faults.get('slow');
    const late = this.#faults.get('answer-late');
    return (slow?.kind === 'slow' ? slow.byMs : 0) + (late?.kind === 'answer-late' && direction === 'to-host' ? late.byMs : 0);
  }

  #damage(direction: WireDirection, bytes: Uint8Array): readonly Uint8Array[] {
    if (this.#faults.size === 0) return [bytes];
    if (direction === 'to-host' && this.#faults.has('silence')) return [];
    const { random } = this.#parts;
    let whole = bytes;
    const drop = this.#faults.get('drop');
    if (drop?.kind === 'drop') whole = whole.filter(() => !random.chance(drop.ratio));
    const corrupt = this.#faults.get('corrupt');
    if (corrupt?.kind === 'corrupt')
      whole = whole.map((byte) => (random.chance(corrupt.ratio) ? byte ^ (1 << random.integer(0, 7)) : byte));
    if (direction === 'to-host' && this.#faults.has('answer-twice')) whole = concatBytes([whole, whole]);
    const split = this.#faults.get('split');
    if (whole.length === 0) return [];
    return split?.kind === 'split' ? pieces(whole, split.everyBytes) : [whole];
  }
}

function pieces(bytes: Uint8Array, everyBytes: number): Uint8Array[] {
  const out: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += everyBytes) out.push(bytes.slice(at, at + everyBytes));
  return out;
}
