import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adler32 } from '../../drivers/kit/checksums.ts';
import { fromLatin1 } from '../../drivers/kit/bytes.ts';
import {
  HTTP_MESSAGE_MAX_BYTES,
  httpClientCodec,
  httpServerCodec,
  type HttpRequest,
  type HttpResponse,
} from '../../drivers/kit/http-message.ts';

const headers = fc.dictionary(fc.stringMatching(/^[a-z-]{1,12}$/), fc.string({ maxLength: 20 }), { maxKeys: 4, noNullPrototype: true });
const request: fc.Arbitrary<HttpRequest> = fc.record(
  {
    id: fc.string({ maxLength: 12 }),
    method: fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'HEAD'),
    path: fc.string({ maxLength: 30 }),
    once: fc.boolean(),
    headers,
    body: fc.uint8Array({ maxLength: 200 }),
  },
  { requiredKeys: ['id', 'method', 'path', 'headers', 'body'], noNullPrototype: true },
);
const response: fc.Arbitrary<HttpResponse> = fc.record(
  { id: fc.string({ maxLength: 12 }), status: fc.integer({ min: 0, max: 999 }), headers, body: fc.uint8Array({ maxLength: 200 }) },
  { noNullPrototype: true },
);
const OK: HttpResponse = { id: 'a', status: 200, headers: {}, body: Uint8Array.of(1, 2, 3) };

function inPieces(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length] ?? 1);
    pieces.push(bytes.slice(at, at + size));
    at += size;
  }
  return pieces;
}

function decodeAll(pieces: readonly Uint8Array[]) {
  const decoder = httpClientCodec.decoder();
  const decoded = pieces.flatMap((piece) => [...decoder.push(piece)]);
  return { decoded, buffered: decoder.buffered };
}

describe('HTTP messages', () => {
  it('computes Adler-32 as RFC 1950 publishes it', () => {
    expect(adler32(fromLatin1('123456789'))).toBe(0x091e01de);
    expect(adler32(new Uint8Array(100_000).fill(255))).toBe(0x149a302c);
  });

  it('decode what was encoded', () => {
    fc.assert(
      fc.property(request, response, (tx, rx) => {
        expect(httpServerCodec.decoder().push(httpClientCodec.encode(tx))).toMatchObject([{ kind: 'frame', frame: tx }]);
        expect(httpClientCodec.decoder().push(httpServerCodec.encode(rx))).toMatchObject([{ kind: 'frame', frame: rx }]);
      }),
    );
  });

  it('do not care how their bytes are cut, lose none, and hold no more than a message', () => {
    const stream = fc.array(
      fc.oneof(
        response.map((r) => httpServerCodec.encode(r)),
        fc.uint8Array({ maxLength: 40 }),
        fc.tuple(response, fc.nat(), fc.integer({ min: 1, max: 255 })).map(([r, at, flip]) => {
          const bytes = httpServerCodec.encode(r);
          const place = at % bytes.length;
          bytes[place] = (bytes[place] ?? 0) ^ flip;
          return bytes;
        }),
      ),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(stream, fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }), (parts, sizes) => {
        const all = Uint8Array.from(parts.flatMap((part) => [...part]));
        const whole = decodeAll([all]);
        const cut = decodeAll(inPieces(all, sizes));
        expect(cut).toEqual(whole);
        const told = whole.decoded.reduce((sum, piece) => sum + piece.raw.length, whole.buffered);
        expect(told).toBe(all.length);
        expect(whole.buffered).toBeLessThanOrEqual(HTTP_MESSAGE_MAX_BYTES);
      }),
    );
  });

  it('find the next message after a damaged one', () => {
    const damaged = httpServerCodec.encode(OK);
    damaged[damaged.length - 1] = 99;
    const { decoded, buffered } = decodeAll([damaged, httpServerCodec.encode({ ...OK, id: 'b' })]);
    expect(decoded[0]).toMatchObject({ kind: 'junk', reason: 'checksum' });
    expect(decoded.at(-1)).toMatchObject({ kind: 'frame', frame: { id: 'b' } });
    expect(buffered).toBe(0);
  });

  it('refuse a length that no message can have without waiting for it', () => {
    const bytes = httpServerCodec.encode(OK);
    bytes.set([0xff, 0xff, 0xff, 0xff], 8);
    expect(decodeAll([bytes]).decoded[0]).toMatchObject({ kind: 'junk', reason: 'checksum' });
    new DataView(bytes.buffer).setUint32(12, adler32(bytes.subarray(0, 12)));
    expect(decodeAll([bytes]).decoded[0]).toMatchObject({ kind: 'junk', reason: 'length' });
  });

  it('refuse a head of the wrong shape', () => {
    const asked = httpClientCodec.encode({ id: 'a', method: 'GET', path: 'x', headers: {}, body: new Uint8Array(0) });
    expect(decodeAll([asked]).decoded).toMatchObject([{ kind: 'junk', reason: 'unknown' }]);
  });

  it('take a long body in small chunks in linear time', () => {
    const body = new Uint8Array(4_000_000).fill(7);
    const pieces = inPieces(httpServerCodec.encode({ ...OK, body }), [1460]);
    const { decoded } = decodeAll(pieces);
    expect(decoded).toHaveLength(1);
  });
});
