import { assert } from '../../drivers/kit/assert.ts';

/** Seeded randomness: the same seed gives the same branch day, on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** True with probability `ratio`. */
  chance(ratio: number): boolean;
  /** A whole number in [from, to], both included. */
  integer(from: number, to: number): number;
  pick<V>(values: readonly [V, ...V[]]): V;
  /** An independent stream named by `label`: drawing from it does not disturb this one. */
  fork(label: string): Random;
}

/** mulberry32 over a hashed seed: small, quick, good enough to place faults; not for secrets. */
export function seededRandom(seed: number | string): Random {
  const name = String(seed);
  let state = hash(name);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const integer = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    chance: (ratio) => next() < ratio,
    integer,
    pick(values) {
      const value = values[integer(0, values.length - 1)];
      assert(value !== undefined, 'a non-empty list has an element');
      return value;
    },
    fork: (label) => seededRandom(`${name}/${label}`),
  };
}

/** FNV-1a, 32 bit. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value | 0;
}
