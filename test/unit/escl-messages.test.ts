import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { fromHex, fromLatin1 } from '../../drivers/kit/bytes.ts';
import { httpClientCodec, httpServerCodec, type HttpResponse } from '../../drivers/kit/http-message.ts';
import { codec, jobPathOf, type EsclResponse } from '../../drivers/seal-scanner/escl/codec.ts';
import { readPicture } from '../../drivers/seal-scanner/escl/picture.ts';
import { XML_MAX_BYTES, childOf, readXml, textOf } from '../../drivers/seal-scanner/escl/xml.ts';
import { JPEG_END, jpegStart, jpegStrip } from '../../simulators/kit/jpeg.ts';
import { encodePng } from '../../simulators/kit/png.ts';
import { concatBytes } from '../../drivers/kit/bytes.ts';

const SCAN = 'http://schemas.hp.com/imaging/escl/2011/05/03';
const PWG = 'http://www.pwg.org/schemas/2010/12/sm';
const read = (text: string) => readXml(new TextEncoder().encode(text));

function hear(response: Partial<HttpResponse> & { id: string }): EsclResponse {
  const [piece] = codec.decoder().push(httpServerCodec.encode({ status: 200, headers: {}, body: new Uint8Array(0), ...response }));
  return piece?.kind === 'frame' ? piece.frame : expect.fail('no frame');
}

describe('XML of a scanner', () => {
  it('is read by namespace, whatever the prefixes', () => {
    const forms = [
      `<scan:ScannerStatus xmlns:scan="${SCAN}" xmlns:pwg="${PWG}"><pwg:State>Idle</pwg:State></scan:ScannerStatus>`,
      `<ScannerStatus xmlns="${SCAN}"><State xmlns="${PWG}">Idle</State></ScannerStatus>`,
      `<a:ScannerStatus xmlns:a="${SCAN}" xmlns:b="${PWG}"><b:State>Idle</b:State></a:ScannerStatus>`,
      `\ufeff<?xml version='1.0' encoding='UTF-8'?>\r\n<pwg:ScannerStatus xmlns:pwg="${SCAN}"><x:State xmlns:x="https${PWG.slice(4)}"><![CDATA[Idle]]></x:State></pwg:ScannerStatus>`,
    ];
    for (const form of forms) {
      const xml = read(form);
      expect(xml.kind === 'document' ? textOf(xml.root, 'State') : xml.why).toBe('Idle');
    }
  });

  it('does not take elements of other namespaces for its own', () => {
    const xml = read(`<s:ScannerStatus xmlns:s="${SCAN}"><State xmlns="urn:other">Stopped</State><State>Stopped</State></s:ScannerStatus>`);
    expect(xml.kind === 'document' ? xml.root.children : xml).toEqual([]);
    expect(read('<ScannerStatus><State>Idle</State></ScannerStatus>').kind).toBe('bad');
  });

  it.each([
    ['nothing', ''],
    ['a web page', '<html><body>404</body></html>'],
    ['a document that is cut off', `<s:ScannerStatus xmlns:s="${SCAN}"><s:State>Id`],
    ['tags that cross', `<s:a xmlns:s="${SCAN}"><s:b></s:a></s:b>`],
    ['two roots', `<s:a xmlns:s="${SCAN}"/><s:a xmlns:s="${SCAN}"/>`],
    ['an unknown entity', `<s:a xmlns:s="${SCAN}">&lol;</s:a>`],
    ['an entity bomb', `<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><s:a xmlns:s="${SCAN}">&b;</s:a>`],
    ['an external entity', `<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><s:a xmlns:s="${SCAN}">&x;</s:a>`],
    ['a hundred thousand levels', `<s:a xmlns:s="${SCAN}">${'<s:a>'.repeat(20_000)}`],
    ['too many elements', `<s:a xmlns:s="${SCAN}">${'<s:a/>'.repeat(5_000)}</s:a>`],
    ['too many bytes', `<s:a xmlns:s="${SCAN}">${'x'.repeat(XML_MAX_BYTES)}</s:a>`],
    ['bytes that are no text', '\u0000\uffff\u0001'],
  ])('refuses %s with a reason', (_, text) => {
    expect(read(text)).toMatchObject({ kind: 'bad', why: expect.stringMatching(/.{5}/) as string });
  });

  it('never throws, whatever the bytes', () => {
    const good = `<?xml version="1.0"?><s:a xmlns:s="${SCAN}" b="c"><!-- d --><s:e>&amp;</s:e><?f g?></s:a>`;
    const mutated = fc
      .tuple(fc.nat(good.length), fc.string({ maxLength: 6 }), fc.nat(4))
      .map(([at, put, cut]) => good.slice(0, at) + put + good.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), mutated.map(fromLatin1)), (bytes) => readXml(bytes).kind.length > 0),
      { numRuns: 2_000 },
    );
  });

  it('keeps text apart from what lies deeper', () => {
    const xml = read(`<s:a xmlns:s="${SCAN}"> one <s:b> two </s:b></s:a>`);
    expect(xml.kind === 'document' && [xml.root.text, childOf(xml.root, 'b')?.text]).toEqual(['one', 'two']);
  });
});

describe('Location', () => {
  it.each([
    ['/eSCL/ScanJobs/1', '/eSCL/ScanJobs/1'],
    ['/eSCL/ScanJobs/1/', '/eSCL/ScanJobs/1'],
    ['/eSCL/ScanJob/1', '/eSCL/ScanJob/1'],
    ['/1f0c/ScanJobs/a-b', '/1f0c/ScanJobs/a-b'],
    ['http://192.168.1.7/eSCL/ScanJobs/1', '/eSCL/ScanJobs/1'],
    ['https://localhost:8443/eSCL/ScanJobs/1', '/eSCL/ScanJobs/1'],
    ['http://evil.example//169.254.169.254/x', '//169.254.169.254/x'],
    ['ScanJobs/1', 'ScanJobs/1'],
    ['./ScanJobs/1', 'ScanJobs/1'],
    ['/eSCL/ScanJobs/a b', '/eSCL/ScanJobs/a%20b'],
  ])('%s names %s', (location, path) => {
    expect(jobPathOf(location)).toBe(path);
  });

  it.each([
    'http://',
    'ftp://scanner/eSCL/ScanJobs/1',
    '../../ScanJobs/1',
    '/',
    'javascript:alert(1)',
    '/eSCL/ScanJobs/1?x=1',
    '/eSCL/ScanJobs/1#x',
  ])('%s names nothing', (location) => {
    expect(jobPathOf(location)).toBeUndefined();
  });

  it('is asked for by name: without it the job cannot be fetched', () => {
    expect(hear({ id: 'create-job#1', status: 201 })).toMatchObject({ kind: 'unreadable' });
    expect(hear({ id: 'create-job#1', status: 201, headers: { location: 'ScanJobs' } })).toMatchObject({ kind: 'unreadable' });
  });

  it('never throws and never leaves the host', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((s) => `//${s}`),
        ),
        (location) => {
          const path = jobPathOf(location);
          if (path === undefined) return;
          // As the transport puts it into the request line.
          const target = path.startsWith('/') ? path : `/eSCL/${path}`;
          expect(target).toMatch(/^\/[!-~]*$/);
          expect(new URL(`http://scanner${target}`).host).toBe('scanner');
        },
      ),
    );
  });
});

describe('Retry-After', () => {
  it.each([
    ['5', undefined, 5_000],
    ['0', undefined, 0],
    ['999999', undefined, 60_000],
    ['Sun, 22 Nov 2026 10:00:05 GMT', 'Sun, 22 Nov 2026 10:00:00 GMT', 5_000],
    ['Sun, 22 Nov 2026 09:00:00 GMT', 'Sun, 22 Nov 2026 10:00:00 GMT', 0],
    ['Sun, 22 Nov 2026 10:00:05 GMT', undefined, null],
    ['soon', undefined, null],
    ['-1', undefined, null],
  ])('%s (at %s) means %s ms', (retryAfter, date, expected) => {
    const headers = { 'retry-after': retryAfter, ...(date === undefined ? {} : { date }) };
    expect(hear({ id: 'next-document#1', status: 503, headers })).toMatchObject({ kind: 'status', status: 503, retryAfterMs: expected });
  });
});

describe('a page', () => {
  const gray = { widthPx: 300, heightPx: 20, kind: 'gray', dpi: 300 } as const;
  const png = encodePng(
    gray,
    new Uint8Array(300 * 20).map((_, i) => i * 7),
  );
  const jpeg = concatBytes([jpegStart(gray), jpegStrip(new Uint8Array(300 * 20).fill(90), gray, { blockRow: 0, isLast: true }), JPEG_END]);

  it('has the size its own bytes say', () => {
    expect(readPicture(png)).toEqual({ mediaType: 'image/png', widthPx: 300, heightPx: 20 });
    expect(readPicture(jpeg)).toEqual({ mediaType: 'image/jpeg', widthPx: 300, heightPx: 20 });
    expect(readPicture(concatBytes([jpeg, Uint8Array.of(0, 0, 0)]))).toEqual({ mediaType: 'image/jpeg', widthPx: 300, heightPx: 20 });
  });

  it('may tell its height only after the scan, as feeders do', () => {
    const late = jpeg.slice();
    const frame = late.findIndex((byte, i) => byte === 0xff && late[i + 1] === 0xc0);
    late.set([0, 0], frame + 5);
    expect(readPicture(late)).toBeUndefined();
    const withDnl = concatBytes([late.subarray(0, -2), Uint8Array.of(0xff, 0xdc, 0, 4, 0, 21), JPEG_END]);
    expect(readPicture(withDnl)).toMatchObject({ heightPx: 21 });
  });

  it('is not whole when any of its end is missing', () => {
    for (const whole of [png, jpeg])
      for (let cut = 1; cut < whole.length; cut += 7) expect(readPicture(whole.subarray(0, whole.length - cut))).toBeUndefined();
  });

  it('never throws on bytes of any kind', () => {
    const damaged = fc.tuple(fc.constantFrom(png, jpeg), fc.nat(), fc.nat(255)).map(([bytes, at, value]) => {
      const copy = bytes.slice();
      copy[at % copy.length] = value;
      return copy;
    });
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 100 }), damaged), (bytes) => readPicture(bytes)?.widthPx !== 0));
  });
});

describe('the vectors', () => {
  it.each([
    ['answers', httpClientCodec],
    ['requests', httpServerCodec],
  ] as const)('%s show in words what their bytes say', (file, side) => {
    const path = new URL(`../../drivers/seal-scanner/escl/vectors/${file}.json`, import.meta.url);
    const vectors = JSON.parse(readFileSync(path, 'utf8')) as { hex: string; http: { body: string | { $hex: string } } & object }[];
    expect(vectors.length).toBeGreaterThan(5);
    for (const { hex, http } of vectors) {
      const body = typeof http.body === 'string' ? new TextEncoder().encode(http.body) : fromHex(http.body.$hex);
      const [piece] = side.decoder().push(fromHex(hex) ?? new Uint8Array(0));
      expect(piece?.kind === 'frame' ? piece.frame : piece).toEqual({ ...http, body });
    }
  });

  it('ask as sane-airscan does, to the byte: 740 and 777 of them', () => {
    const path = new URL('../../drivers/seal-scanner/escl/vectors/requests.json', import.meta.url);
    const vectors = JSON.parse(readFileSync(path, 'utf8')) as { http: { body: string }; from: { kind: string } }[];
    const captured = vectors.filter(({ from, http }) => from.kind === 'capture' && http.body !== '').map(({ http }) => http.body.length);
    expect(captured).toEqual([740, 777]);
  });
});
