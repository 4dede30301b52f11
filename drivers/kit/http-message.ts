/**
 * HTTP as messages, so that the driver of an HTTP device is a pure function over bytes like every other.
 * The transport turns one request message into one HTTP exchange and its answer into one response message;
 * several may be under way, matched by `id`. This form never leaves the host: on the network it is HTTP.
 *
 *     0  4  "CDH1"
 *     4  4  length of the head, big-endian
 *     8  4  length of the body, big-endian
 *    12  4  Adler-32 of bytes 0-11: a damaged length is never waited for
 *    16  4  Adler-32 of head and body
 *    20     head: JSON {id, method, path, once?, headers} or {id, status, headers}, then the body
 *
 * The sums stand in for TCP's: on a simulated wire a damaged message becomes junk, never a damaged picture.
 */
import { adler32 } from './checksums.ts';
import type { Codec } from './codec.ts';
import { concatBytes } from './bytes.ts';
import { frameDecoder, type Scan } from './framing.ts';
import { Type, checker, record } from './schema.ts';

/** Header names are lower-case: HTTP compares them without case, and devices write them as they like. */
export type HttpHeaders = Readonly<Record<string, string>>;

export interface HttpRequest {
  /** Chosen by the sender; comes back with the answer. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PUT' | 'HEAD';
  /** With a leading slash: a path of the host, taken as it stands. Without: below the path of the device's address. */
  readonly path: string;
  /** Asking twice is not the same as asking once: the transport gives it a connection of its own and never repeats it. */
  readonly once?: boolean;
  readonly headers: HttpHeaders;
  readonly body: Uint8Array;
}

export interface HttpResponse {
  readonly id: string;
  /** The status; 0 when there was an answer that cannot be passed on (larger than a message may be). */
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly body: Uint8Array;
}

/** The longest message, head and all: a 600 dpi A4 page in colour, uncompressed, does not fit, a compressed one does. */
export const HTTP_MESSAGE_MAX_BYTES = 64 * 1024 * 1024;

/** The driver's side: sends requests, receives responses. */
export const httpClientCodec: Codec<HttpResponse, HttpRequest> = {
  frameMaxBytes: HTTP_MESSAGE_MAX_BYTES,
  decoder: () => messageDecoder(readResponse),
  encode: ({ body, ...head }) => encodeMessage(head, body),
};

/** The far side: the transport, or the firmware of a simulated device. */
export const httpServerCodec: Codec<HttpRequest, HttpResponse> = {
  frameMaxBytes: HTTP_MESSAGE_MAX_BYTES,
  decoder: () => messageDecoder(readRequest),
  encode: ({ body, ...head }) => encodeMessage(head, body),
};

const MAGIC = [0x43, 0x44, 0x48, 0x31] as const;
const PREFIX_BYTES = 20;
const HEAD_MAX_BYTES = 64 * 1024;

const Headers = Type.Record(Type.String(), Type.String());
const RequestHead = record({
  id: Type.String(),
  method: Type.Enum(['GET', 'POST', 'DELETE', 'PUT', 'HEAD']),
  path: Type.String(),
  once: Type.Optional(Type.Boolean()),
  headers: Headers,
});
const ResponseHead = record({ id: Type.String(), status: Type.Integer({ minimum: 0, maximum: 999 }), headers: Headers });
const requestHead = checker(RequestHead);
const responseHead = checker(ResponseHead);

const toUtf8 = new TextEncoder();
const fromUtf8 = new TextDecoder('utf-8', { fatal: true });

function encodeMessage(head: object, body: Uint8Array): Uint8Array {
  const headBytes = toUtf8.encode(JSON.stringify(head));
  const prefix = new Uint8Array(PREFIX_BYTES);
  prefix.set(MAGIC);
  const view = new DataView(prefix.buffer);
  view.setUint32(4, headBytes.length);
  view.setUint32(8, body.length);
  view.setUint32(12, adler32(prefix.subarray(0, 12)));
  view.setUint32(16, adler32(body, adler32(headBytes)));
  return concatBytes([prefix, headBytes, body]);
}

function messageDecoder<M>(read: (head: unknown, body: Uint8Array) => M | undefined) {
  return frameDecoder<M>({ frameMaxBytes: HTTP_MESSAGE_MAX_BYTES, scan: (buffer) => scanMessage(buffer, read) });
}

function scanMessage<M>(buffer: Uint8Array, read: (head: unknown, body: Uint8Array) => M | undefined): Scan<M> {
  for (let i = 0; i < Math.min(MAGIC.length, buffer.length); i++) {
    if (buffer[i] !== MAGIC[i]) return { kind: 'junk', length: 1, reason: 'unframed' };
  }
  // While the mark is not whole, the next byte may show that this is no message: nothing may be waited for yet.
  if (buffer.length < MAGIC.length) return { kind: 'need' };
  if (buffer.length < PREFIX_BYTES) return { kind: 'need', atLeast: PREFIX_BYTES };
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  if (adler32(buffer.subarray(0, 12)) !== view.getUint32(12)) return { kind: 'junk', length: 1, reason: 'checksum' };
  const headEnd = PREFIX_BYTES + view.getUint32(4);
  const end = headEnd + view.getUint32(8);
  if (headEnd > PREFIX_BYTES + HEAD_MAX_BYTES || end > HTTP_MESSAGE_MAX_BYTES) return { kind: 'junk', length: 1, reason: 'length' };
  if (buffer.length < end) return { kind: 'need', atLeast: end };
  if (adler32(buffer.subarray(PREFIX_BYTES, end)) !== view.getUint32(16)) return { kind: 'junk', length: end, reason: 'checksum' };
  const frame = read(readJson(buffer.subarray(PREFIX_BYTES, headEnd)), buffer.subarray(headEnd, end));
  return frame === undefined ? { kind: 'junk', length: end, reason: 'unknown' } : { kind: 'frame', length: end, frame };
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8.decode(bytes));
  } catch {
    // Not UTF-8 or not JSON: the caller refuses `undefined` as it refuses any other wrong shape.
    return undefined;
  }
}

function readRequest(head: unknown, body: Uint8Array): HttpRequest | undefined {
  return requestHead.accepts(head) ? { ...head, body: body.slice() } : undefined;
}

function readResponse(head: unknown, body: Uint8Array): HttpResponse | undefined {
  return responseHead.accepts(head) ? { ...head, body: body.slice() } : undefined;
}
