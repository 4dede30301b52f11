import { describe, expect, it } from 'vitest';
import type { Codec } from '../../drivers/kit/codec.ts';
import { seededRandom, type Random } from '../../simulators/kit/random.ts';
import { freshSeed, replayWith } from '../support/fresh-seed.ts';
import { bytesOf, modelPairs, vectorsOf } from '../support/model-pairs.ts';

const fuzzBytes = Number(process.env['COUNTERD_FUZZ_BYTES'] ?? 200_000);

const codecs = modelPairs.flatMap(({ id, model, simulator }) => {
  const vectors = (direction: 'rx' | 'tx') =>
    vectorsOf(id)
      .filter((vector) => vector.direction === direction)
      .map(bytesOf);
  return [
    { name: `${id}, driver`, codec: model.codec, vectors: vectors('rx') },
    { name: `${id}, device`, codec: simulator.codec, vectors: vectors('tx') },
  ];
});

/** A piece of what a broken line, a wrong device or an attacker sends. */
function hostilePiece(random: Random, vectors: readonly Uint8Array[]): Uint8Array {
  const size = random.integer(1, 256);
  const noise = Uint8Array.from({ length: size }, () => random.integer(0, 255));
  const [first, ...others] = vectors;
  if (first === undefined || random.chance(0.25)) return noise;
  const bytes = random.pick([first, ...others]).slice();
  for (let changes = random.integer(0, 4); changes > 0; changes--) bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
  switch (random.integer(0, 4)) {
    case 0:
      return bytes.slice(0, random.integer(1, bytes.length));
    case 1:
      return bytes.slice(random.integer(0, bytes.length - 1));
    case 2:
      return new Uint8Array(size).fill(bytes[0] ?? 0);
    default:
      return bytes;
  }
}

describe.each(codecs)('codec of $name', ({ name, codec, vectors }) => {
  it(`swallows ${String(fuzzBytes)} random and mutated bytes without throwing, losing or hoarding one`, () => {
    const random = seededRandom(`${String(freshSeed)}/${name}`);
    const decoder = codec.decoder();
    let pushed = 0;
    let taken = 0;
    while (pushed < fuzzBytes) {
      const piece = hostilePiece(random, vectors);
      pushed += piece.length;
      for (const { raw } of decoder.push(piece)) taken += raw.length;
      if (taken + decoder.buffered !== pushed || decoder.buffered > codec.frameMaxBytes) break;
    }
    expect(taken + decoder.buffered, replayWith(freshSeed, 'test/conformance/codec-fuzz.test.ts')).toBe(pushed);
    expect(decoder.buffered).toBeLessThanOrEqual(codec.frameMaxBytes);
  });

  it('does work in proportion to the bytes, whatever they are and however they come', () => {
    const starts = [...new Set(vectors.map((bytes) => bytes[0] ?? 0))].slice(0, 3);
    const heads = vectors.slice(0, 4).map((bytes) => bytes.slice(0, Math.ceil(bytes.length / 2)));
    const patterns = [
      ...vectors.slice(0, 4),
      ...heads,
      ...starts.map((byte) => Uint8Array.of(byte)),
      Uint8Array.of(0),
      Uint8Array.of(0xff),
    ];
    for (const pattern of patterns.filter(({ length }) => length > 0)) {
      for (const chunk of [1, 512]) {
        const [first, second, third] = [4_000, 8_000, 12_000].map((size) => copiedBytes(codec, repeated(pattern, size), chunk));
        // The third 4,000 bytes cost what the second cost; were it quadratic, they would cost 5/3 of it.
        const [earlier, later] = [(second ?? 0) - (first ?? 0), (third ?? 0) - (second ?? 0)];
        expect(later, `pattern ${String(pattern.length)} bytes, chunks of ${String(chunk)}`).toBeLessThanOrEqual(1.3 * earlier + 20_000);
      }
    }
  });
});

function repeated(pattern: Uint8Array, atLeast: number): Uint8Array {
  const out = new Uint8Array(Math.ceil(atLeast / pattern.length) * pattern.length);
  for (let at = 0; at < out.length; at += pattern.length) out.set(pattern, at);
  return out;
}

/** Counts the bytes that decoding copies and searches, instead of timing it: a clock of a shared machine proves nothing. */
function copiedBytes(codec: Codec<unknown, unknown>, stream: Uint8Array, chunk: number): number {
  const typed = Object.getPrototypeOf(Uint8Array.prototype) as Record<'set' | 'slice' | 'indexOf', (...args: unknown[]) => unknown>;
  const { set, slice, indexOf } = typed;
  let copied = 0;
  const counting = (original: (...args: unknown[]) => unknown, cost: (self: Uint8Array, args: unknown[], result: unknown) => number) =>
    function (this: Uint8Array, ...args: unknown[]): unknown {
      const result = original.apply(this, args);
      copied += cost(this, args, result);
      return result;
    };
  typed.set = counting(set, (_, [from]) => (from as Uint8Array).length);
  typed.slice = counting(slice, (_self, _args, part) => (part as Uint8Array).length);
  typed.indexOf = counting(indexOf, (self, [, from], found) => (Number(found) < 0 ? self.length : Number(found)) - Number(from ?? 0));
  try {
    const decoder = codec.decoder();
    for (let at = 0; at < stream.length; at += chunk) decoder.push(stream.subarray(at, at + chunk));
  } finally {
    Object.assign(typed, { set, slice, indexOf });
  }
  return copied;
}
