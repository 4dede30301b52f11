/**
 * What is refused before anything else runs, over HTTP and over the socket alike. A browser lets any web page
 * send requests to this computer, so the daemon itself looks at where they come from:
 * - Host must be a name of ours (a foreign name that resolves to us is DNS rebinding);
 * - Origin, when sent, must be exactly the origin of that Host - compared whole, never by prefix or suffix;
 * - Sec-Fetch-Site, when sent, must be same-origin or none (evidence only: not every browser sends it everywhere);
 * - what changes something must be JSON, which a simple cross-site form cannot send, and carry the login token
 *   in a header, because cookies go to every port of this host.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { ErrorCode } from '../../drivers/kit/errors.ts';

/** Names this daemon goes by, known once it listens. */
export interface OwnNames {
  readonly scheme: 'http' | 'https';
  /** `host:port`, lower case; the first is the one in the printed address. */
  readonly hosts: readonly [string, ...string[]];
}

export const TOKEN_HEADER = 'x-counterd-token';

/** Why a request from there is refused, whatever it asks for. */
export function refusalOfSource(headers: IncomingHttpHeaders, names: OwnNames): ErrorCode | undefined {
  const host = headers.host?.toLowerCase() ?? '';
  if (!names.hosts.includes(host)) return 'CD_INPUT_HOST';
  if (headers.origin !== undefined && headers.origin !== `${names.scheme}://${host}`) return 'CD_INPUT_ORIGIN';
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'CD_INPUT_ORIGIN';
  return undefined;
}

/** Why a request that changes something is refused for its form. */
export function refusalOfForm(method: string, headers: IncomingHttpHeaders): ErrorCode | undefined {
  if (isReading(method)) return undefined;
  const mediaType = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return mediaType === 'application/json' ? undefined : 'CD_INPUT_MEDIA_TYPE';
}

export function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** `localhost` and `127.0.0.1` are two origins with cookies of their own: pages are served under one of them. */
export function canonicalPlace(
  request: { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders },
  names: OwnNames,
): string | undefined {
  const host = request.headers.host?.toLowerCase();
  const isPage = isReading(request.method) && (request.headers.accept ?? '').includes('text/html');
  return isPage && host !== undefined && host.startsWith('localhost:') && host !== names.hosts[0]
    ? `${names.scheme}://${names.hosts[0]}${request.url}`
    : undefined;
}

/** `name=value; …` as a browser sends it. */
export function cookieIn(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** Carries the port: two daemons on one computer share the cookie jar of the host. */
export function loginCookieName(names: OwnNames): string {
  return `counterd_login_${names.hosts[0].split(':').at(-1) ?? ''}`;
}
