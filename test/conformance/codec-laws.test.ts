import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, sameBytes } from '../../drivers/kit/bytes.ts';
import type { Codec, Decoded } from '../../drivers/kit/codec.ts';
import { freshSeed } from '../support/fresh-seed.ts';
import { bytesOf, frameFromJson, frameToJson, isNoise, modelPairs, vectorsOf, type ModelPair } from '../support/model-pairs.ts';
import { decodeAll, Walk, type SentFrame } from '../support/walk.ts';

const runs = Math.min(Number(process.env['COUNTERD_SEEDS'] ?? 40), 2_000);

interface Side {
  readonly id: string;
  readonly end: 'driver' | 'device';
  readonly codec: Codec<unknown, unknown>;
  /** Frames that this end may receive, as the other end really encodes them. */
  readonly heard: readonly SentFrame[];
  /** Bytes of the vectors that this end receives, junk ones included. */
  readonly vectors: readonly Uint8Array[];
}

const sides: readonly Side[] = modelPairs.flatMap((pair) => {
  const sent = framesOf(pair);
  const vectors = vectorsOf(pair.id);
  const side = (end: Side['end'], from: SentFrame['from'], direction: 'rx' | 'tx'): Side => {
    const received = vectors.filter((vector) => vector.direction === direction);
    const known = received
      .filter(({ junk }) => junk === undefined)
      .map((each) => ({ from, frame: frameFromJson(each.frame), bytes: bytesOf(each) }));
    const codec = end === 'driver' ? pair.model.codec : pair.simulator.codec;
    return { id: pair.id, end, codec, heard: [...known, ...sent.filter((each) => each.from === from)], vectors: received.map(bytesOf) };
  };
  return [side('driver', 'device', 'rx'), side('device', 'driver', 'tx')];
});

/** Different frames that both ends sent in a few walks. */
function framesOf(pair: ModelPair): readonly SentFrame[] {
  const seen = new Map<string, SentFrame>();
  for (let seed = freshSeed; seed < freshSeed + 3; seed++) {
    const walk = new Walk(pair, seed);
    walk.goOnline();
    for (let step = 0; step < 60; step++) walk.step();
    for (const each of walk.frames.filter(({ frame, bytes }) => bytes.length < 20_000 && !isNoise(frame)))
      seen.set(`${each.from} ${JSON.stringify(frameToJson(each.frame))}`, each);
  }
  return [...seen.values()].slice(0, 400);
}

const options = { seed: freshSeed, numRuns: runs };

/** Streams as a bad line makes them: real frames, damaged ones, torn ones, vectors, noise. */
function streamFor(side: Side): fc.Arbitrary<Uint8Array> {
  const real = [...side.heard.map(({ bytes }) => bytes), ...side.vectors];
  const noise = fc.uint8Array({ maxLength: 40 });
  const whole = real.length === 0 ? noise : fc.constantFrom(...real);
  const damaged = fc.tuple(whole, fc.nat(), fc.integer({ min: 1, max: 255 })).map(([bytes, at, flip]) => {
    const copy = bytes.slice();
    if (copy.length > 0) copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ flip;
    return copy;
  });
  const torn = fc.tuple(whole, fc.nat()).map(([bytes, at]) => bytes.slice(0, bytes.length === 0 ? 0 : at % bytes.length));
  return fc.array(fc.oneof(whole, damaged, torn, noise), { maxLength: 12 }).map((parts) => concatBytes(parts).slice(0, 50_000));
}

const chunkSizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 50 });

function outline(pieces: readonly Decoded<unknown>[]): unknown[] {
  return pieces.map((piece) => (piece.kind === 'frame' ? frameToJson(piece.frame) : `${piece.reason} ${String(piece.raw.length)}`));
}

describe.each(sides)('codec of $id, $end end', (side) => {
  const { codec, heard } = side;

  it('law 1: what the other end encodes comes out as one frame each, whole', () => {
    expect(heard.length).toBeGreaterThan(0);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...heard), { minLength: 1, maxLength: 20 }), (frames) => {
        const stream = concatBytes(frames.map(({ bytes }) => bytes));
        const { pieces, buffered } = decodeAll(codec, stream, [stream.length]);
        expect(pieces.filter((piece) => piece.kind === 'junk')).toEqual([]);
        expect(buffered).toBe(0);
        expect(sameBytes(concatBytes(pieces.map((piece) => piece.raw)), stream)).toBe(true);
      }),
      options,
    );
  });

  it('law 1: a frame means the same wherever it stands in the stream', () => {
    fc.assert(
      fc.property(fc.constantFrom(...heard), fc.constantFrom(...heard), (first, second) => {
        const alone = [first, second].flatMap(({ bytes }) => outline(decodeAll(codec, bytes, [bytes.length]).pieces));
        const stream = concatBytes([first.bytes, second.bytes]);
        expect(outline(decodeAll(codec, stream, [stream.length]).pieces)).toEqual(alone);
      }),
      options,
    );
  });

  it('law 2: how the bytes are chunked does not matter', () => {
    fc.assert(
      fc.property(streamFor(side), chunkSizes, (stream, sizes) => {
        const whole = decodeAll(codec, stream, [stream.length]);
        for (const each of [sizes, [1]]) {
          const chunked = decodeAll(codec, stream, each);
          expect(outline(chunked.pieces)).toEqual(outline(whole.pieces));
          expect(chunked.buffered).toBe(whole.buffered);
        }
      }),
      options,
    );
  });

  it('laws 3 and 4: nothing throws, every byte is accounted for, little is held back', () => {
    fc.assert(
      fc.property(streamFor(side), chunkSizes, (stream, sizes) => {
        const decoder = codec.decoder();
        const raw: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          raw.push(...decoder.push(stream.subarray(at, at + size)).map((piece) => piece.raw));
          at += size;
          expect(decoder.buffered).toBeLessThanOrEqual(codec.frameMaxBytes);
        }
        const seen = concatBytes(raw);
        expect(seen.length + decoder.buffered).toBe(stream.length);
        expect(sameBytes(seen, stream.subarray(0, seen.length))).toBe(true);
      }),
      options,
    );
  });

  it('a decoder that was reset is as a new one', () => {
    fc.assert(
      fc.property(streamFor(side), streamFor(side), (before, after) => {
        const decoder = codec.decoder();
        decoder.push(before);
        decoder.reset();
        expect(decoder.buffered).toBe(0);
        expect(outline([...decoder.push(after)])).toEqual(outline(decodeAll(codec, after, [after.length]).pieces));
      }),
      options,
    );
  });

  it('a chunk may be reused by its owner once it was pushed', () => {
    fc.assert(
      fc.property(streamFor(side), (stream) => {
        const decoder = codec.decoder();
        const chunk = stream.slice(0, Math.ceil(stream.length / 2));
        const pieces = [...decoder.push(chunk)];
        chunk.fill(0xff);
        pieces.push(...decoder.push(stream.subarray(chunk.length)));
        expect(outline(pieces)).toEqual(outline(decodeAll(codec, stream, [stream.length]).pieces));
      }),
      options,
    );
  });
});
