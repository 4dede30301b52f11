/**
 * eSCL (AirScan) over HTTP. The scanner never speaks first.
 *
 *     GET    ScannerCapabilities       200 XML: sources, sizes in 1/300 inch, resolutions, modes, formats
 *     GET    ScannerStatus             200 XML: State, AdfState, Jobs/JobInfo
 *     POST   ScanJobs (ScanSettings)   201 + Location; 409 bad settings or busy; 503 (+ Retry-After) come back later
 *     GET    {Location}/NextDocument   200 a page; 404 no more; 410 the job is gone; 503 not yet; 409 stopped
 *     DELETE {Location}                cancels, or tidies up after the last page
 *
 * Timing: NextDocument may hold its answer until the page is there. 503 is asked again up to 30 times.
 * Quirks: Location may be absolute (with the name the scanner thinks it has), a path, or relative to ScanJobs: the
 * path is used as it was given, the host never. HP units want `Host: localhost` with ScanJobs and the input source in
 * the pwg namespace. A platen, too, is asked a second time and answers 404. AirSane ends a feeder with 409.
 * Sources: alexpevzner/sane-airscan airscan-escl.c, SimulPiscator/AirSane server/, SANE issues 424, 479, 592.
 */
import { NO_BYTES } from '../../kit/bytes.ts';
import type { Codec, Decoded, Decoder } from '../../kit/codec.ts';
import { httpClientCodec, type HttpRequest, type HttpResponse } from '../../kit/http-message.ts';
import type { ScanColorMode, ScanFormat } from '../family.ts';
import { readCapabilities, readStatus, type EsclCapabilities, type EsclStatus } from './documents.ts';
import { readPicture, type PictureFacts } from './picture.ts';
import { escapeXml, readXml, type XmlElement } from './xml.ts';

/** `id` counts the driver's requests and comes back with the answer. A `job` is what `Location` named. */
export type EsclRequest =
  | { readonly op: 'capabilities' | 'status'; readonly id: number }
  | { readonly op: 'create-job'; readonly id: number; readonly host?: string; readonly settings: EsclScanSettings }
  | { readonly op: 'next-document' | 'delete-job'; readonly id: number; readonly job: string };

export type EsclOp = EsclRequest['op'];

/** Width and height in 1/300 inch. */
export interface EsclScanSettings {
  readonly source: 'platen' | 'feeder';
  readonly dpi: number;
  readonly colorMode: ScanColorMode;
  readonly format: ScanFormat;
  readonly width: number;
  readonly height: number;
  /** Name the format as DocumentFormatExt as well. */
  readonly hasFormatExt: boolean;
}

export type EsclResponse =
  | { readonly op: 'capabilities'; readonly id: number; readonly kind: 'ok'; readonly capabilities: EsclCapabilities }
  | { readonly op: 'status'; readonly id: number; readonly kind: 'ok'; readonly status: EsclStatus }
  | { readonly op: 'create-job'; readonly id: number; readonly kind: 'ok'; readonly job: string }
  | { readonly op: 'next-document'; readonly id: number; readonly kind: 'ok'; readonly page: EsclPage }
  | { readonly op: 'delete-job'; readonly id: number; readonly kind: 'ok' }
  /** An HTTP status that is not the good one of its operation; 0 for an answer too large to pass on. */
  | { readonly op: EsclOp; readonly id: number; readonly kind: 'status'; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly op: EsclOp; readonly id: number; readonly kind: 'unreadable'; readonly why: string };

export interface EsclPage {
  /** What the bytes say; null when they are cut off or no PNG or JPEG. */
  readonly picture: PictureFacts | null;
  /** What the scanner says they are. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export const codec: Codec<EsclResponse, EsclRequest> = {
  frameMaxBytes: httpClientCodec.frameMaxBytes,
  decoder: () => responseDecoder(httpClientCodec.decoder()),
  encode: (request) => httpClientCodec.encode(toHttp(request)),
};

/** The path `Location` names, in the form of `HttpRequest.path`; undefined when it names none. Never throws. */
export function jobPathOf(location: string): string | undefined {
  if (!URL.canParse(location, `http://scanner${ROOT_MARK}ScanJobs`)) return undefined;
  const url = new URL(location, `http://scanner${ROOT_MARK}ScanJobs`);
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.search !== '' || url.hash !== '') return undefined;
  const path = url.pathname.replace(/\/+$/, '');
  if (path.startsWith(ROOT_MARK)) return path.slice(ROOT_MARK.length);
  const isOutsideRoot = !/^(https?:)?\//i.test(location.trim());
  return path === '' || isOutsideRoot ? undefined : path;
}

/** Stands for the path of the device's address, which only the transport knows. */
const ROOT_MARK = '/@root@/';
const OPS: readonly EsclOp[] = ['capabilities', 'status', 'create-job', 'next-document', 'delete-job'];
const RETRY_MAX_MS = 60_000;

function responseDecoder(inner: Decoder<HttpResponse>): Decoder<EsclResponse> {
  return {
    push: (bytes) => inner.push(bytes).map(understand),
    reset: () => inner.reset(),
    get buffered() {
      return inner.buffered;
    },
  };
}

function understand(piece: Decoded<HttpResponse>): Decoded<EsclResponse> {
  if (piece.kind === 'junk') return piece;
  const [op, number] = piece.frame.id.split('#');
  const known = OPS.find((word) => word === op);
  if (known === undefined || !/^\d{1,15}$/.test(number ?? '')) return { kind: 'junk', reason: 'unknown', raw: piece.raw };
  return { kind: 'frame', frame: readResponse(known, Number(number), piece.frame), raw: piece.raw };
}

const GOOD_STATUS: Readonly<Record<EsclOp, readonly number[]>> = {
  capabilities: [200],
  status: [200],
  'create-job': [201],
  'next-document': [200],
  'delete-job': [200, 204],
};

function readResponse(op: EsclOp, id: number, { status, headers, body }: HttpResponse): EsclResponse {
  if (!GOOD_STATUS[op].includes(status)) return { op, id, kind: 'status', status, retryAfterMs: retryAfterMs(headers) };
  switch (op) {
    case 'capabilities': {
      const capabilities = readDocument(body, readCapabilities);
      return typeof capabilities === 'string' ? { op, id, kind: 'unreadable', why: capabilities } : { op, id, kind: 'ok', capabilities };
    }
    case 'status': {
      const seen = readDocument(body, readStatus);
      return typeof seen === 'string' ? { op, id, kind: 'unreadable', why: seen } : { op, id, kind: 'ok', status: seen };
    }
    case 'create-job': {
      const job = jobPathOf(headers['location'] ?? '');
      const isNamed = job !== undefined && job !== '' && job !== 'ScanJobs';
      return isNamed ? { op, id, kind: 'ok', job } : { op, id, kind: 'unreadable', why: 'no usable Location' };
    }
    case 'next-document': {
      const mediaType = (headers['content-type'] ?? 'application/octet-stream').split(';')[0]?.trim().toLowerCase() ?? '';
      return { op, id, kind: 'ok', page: { picture: readPicture(body) ?? null, mediaType, bytes: body } };
    }
    case 'delete-job':
      return { op, id, kind: 'ok' };
  }
}

/** What `read` makes of the document, or why it is none. */
function readDocument<D extends object>(body: Uint8Array, read: (root: XmlElement) => D | undefined): D | string {
  const xml = readXml(body);
  return xml.kind === 'bad' ? xml.why : (read(xml.root) ?? `an unusable ${xml.root.name}`);
}

/** Seconds, or a date, which is read against the scanner's own (RFC 9110, 10.2.3). */
function retryAfterMs(headers: HttpResponse['headers']): number | null {
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,6}$/.test(text)) return Math.min(Number(text) * 1000, RETRY_MAX_MS);
  const waitMs = Date.parse(text) - Date.parse(headers['date'] ?? '');
  return Number.isNaN(waitMs) ? null : Math.min(Math.max(waitMs, 0), RETRY_MAX_MS);
}

function toHttp(request: EsclRequest): HttpRequest {
  const plain = { id: `${request.op}#${request.id}`, headers: {}, body: NO_BYTES } as const;
  switch (request.op) {
    case 'capabilities':
      return { ...plain, method: 'GET', path: 'ScannerCapabilities' };
    case 'status':
      return { ...plain, method: 'GET', path: 'ScannerStatus' };
    case 'create-job': {
      const headers = { 'content-type': 'text/xml', ...(request.host === undefined ? {} : { host: request.host }) };
      const body = new TextEncoder().encode(writeScanSettings(request.settings));
      return { ...plain, method: 'POST', path: 'ScanJobs', once: true, headers, body };
    }
    case 'next-document':
      return { ...plain, method: 'GET', path: `${request.job}/NextDocument`, once: true };
    case 'delete-job':
      return { ...plain, method: 'DELETE', path: request.job };
  }
}

const MODE_WORDS: Readonly<Record<ScanColorMode, string>> = { color: 'RGB24', gray: 'Grayscale8', bw: 'BlackAndWhite1' };
const FORMAT_WORDS: Readonly<Record<ScanFormat, string>> = { png: 'image/png', jpeg: 'image/jpeg' };

/** Elements and their order as sane-airscan sends them: devices in the field have been tested against that. */
function writeScanSettings(settings: EsclScanSettings): string {
  const format = FORMAT_WORDS[settings.format];
  const parts = [
    element('pwg:Version', '2.0'),
    '<pwg:ScanRegions><pwg:ScanRegion>',
    element('pwg:ContentRegionUnits', 'escl:ThreeHundredthsOfInches'),
    element('pwg:XOffset', '0'),
    element('pwg:YOffset', '0'),
    element('pwg:Width', String(settings.width)),
    element('pwg:Height', String(settings.height)),
    '</pwg:ScanRegion></pwg:ScanRegions>',
    element('pwg:InputSource', settings.source === 'platen' ? 'Platen' : 'Feeder'),
    element('scan:ColorMode', MODE_WORDS[settings.colorMode]),
    element('pwg:DocumentFormat', format),
    settings.hasFormatExt ? element('scan:DocumentFormatExt', format) : '',
    element('scan:XResolution', String(settings.dpi)),
    element('scan:YResolution', String(settings.dpi)),
    settings.source === 'feeder' ? element('scan:Duplex', 'false') : '',
  ];
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<scan:ScanSettings xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03">' +
    `${parts.join('')}</scan:ScanSettings>`
  );
}

function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}
