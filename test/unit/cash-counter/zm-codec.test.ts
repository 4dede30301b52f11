import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, fromHex, toHex } from '../../../drivers/kit/bytes.ts';
import type { Decoded } from '../../../drivers/kit/codec.ts';
import type { Vector } from '../../../drivers/kit/vectors.ts';
import { codec, type Frame, type Report } from '../../../drivers/cash-counter/zm-aa55/codec.ts';
import vectors from '../../../drivers/cash-counter/zm-aa55/vectors/reports.json' with { type: 'json' };

const text = (maxLength: number) =>
  fc.string({ unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)), maxLength });
const u32 = fc.integer({ min: 0, max: 0xffffffff });
const u8 = fc.integer({ min: 0, max: 255 });
const reports: fc.Arbitrary<Report> = fc
  .record({
    kind: fc.constant('report' as const),
    totalCount: u32,
    denomination: u32,
    totalAmount: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
    currency: text(4),
    serial: text(11),
    errorCode: u8,
    status: u8,
    reserved: fc.uint8Array({ minLength: 6, maxLength: 6 }).map(toHex),
  })
  .map(({ reserved, ...report }) => (reserved === '000000000000' ? report : { ...report, reserved }));
const frames: fc.Arbitrary<Frame> = fc.oneof(reports, fc.constant({ kind: 'handshake' as const }));

describe('the AA55 codec', () => {
  it.each(vectors as readonly Vector[])('reads and writes: $name', ({ hex, frame, junk }) => {
    const bytes = fromHex(hex) ?? new Uint8Array();
    const [seen, ...rest] = codec.decoder().push(bytes);
    expect(rest).toEqual([]);
    if (junk === undefined) {
      expect(seen).toEqual({ kind: 'frame', frame, raw: bytes });
      expect(toHex(codec.encode(frame as Frame))).toBe(hex);
    } else expect(seen).toEqual({ kind: 'junk', reason: junk, raw: bytes });
  });

  it('gives back every frame it wrote, glued and split anywhere', () => {
    fc.assert(
      fc.property(fc.array(frames, { maxLength: 6 }), fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (sent, cuts) => {
        const decoder = codec.decoder();
        const seen: Decoded<Frame>[] = [];
        const all = concatBytes(sent.map((frame) => codec.encode(frame)));
        for (let at = 0, i = 0; at < all.length; i++) {
          const length = cuts[i % cuts.length] ?? 1;
          seen.push(...decoder.push(all.subarray(at, at + length)));
          expect(decoder.buffered).toBeLessThanOrEqual(codec.frameMaxBytes);
          at += length;
        }
        expect(seen.map((piece) => (piece.kind === 'frame' ? piece.frame : piece))).toEqual(sent);
      }),
    );
  });

  it('finds the next report behind any damage, and loses no byte of it', () => {
    const note = fromHex(vectors[2]?.hex ?? '') ?? new Uint8Array();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (damage) => {
        const decoder = codec.decoder();
        // Damage may look like the head of a long frame; three reports are longer than any frame.
        const seen = decoder.push(concatBytes([damage, note, note, note]));
        expect(seen.at(-1)).toMatchObject({ kind: 'frame', frame: { serial: 'FA20088888' } });
        expect(seen.reduce((sum, piece) => sum + piece.raw.length, 0) + decoder.buffered).toBe(damage.length + 3 * note.length);
      }),
    );
  });

  it('frames by the length: the tail bytes inside the data end nothing', () => {
    const report: Report = { ...(vectors[2]?.frame as Report), totalCount: 0x5aa55aa5, serial: '\xa5\x5a\xa5\x5a' };
    expect(codec.decoder().push(codec.encode(report))).toMatchObject([{ kind: 'frame', frame: report }]);
  });
});
