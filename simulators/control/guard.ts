import type { FastifyRequest } from 'fastify';
import { CounterdError } from '../../drivers/kit/errors.ts';

/**
 * Refuses what other web pages or rebound names could send: only our own Host, our own Origin (or none), and no
 * cross-site fetch. Every request passes here, the page and its pictures included.
 */
export function refuseForeign(request: FastifyRequest, port: number): void {
  const hosts = [`127.0.0.1:${String(port)}`, `localhost:${String(port)}`];
  const { host, origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (host === undefined || !hosts.includes(host)) throw new CounterdError('CD_INPUT_HOST');
  if (origin !== undefined && !hosts.some((each) => origin === `http://${each}`)) throw new CounterdError('CD_INPUT_ORIGIN');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new CounterdError('CD_INPUT_ORIGIN');
}
