import type { FastifyRequest } from 'fastify';
import { assert } from '../../drivers/kit/assert.ts';
import { CounterdError } from '../../drivers/kit/errors.ts';
import type { Actor } from '../authority/actor.ts';
import type { Authentication } from '../authority/authentication.ts';
import { TOKEN_HEADER, cookieIn, isReading, loginCookieName, type OwnNames } from './guard.ts';

/** The person who asks. Only on routes that need a login. */
export function actorOf(request: FastifyRequest): Actor {
  assert(request.actor !== null, 'a route that reads the actor needs a login');
  return request.actor;
}

/** Checks the login as the route’s `access` says and puts the person into the request. Throws the refusal. */
export function checkLogin(request: FastifyRequest, authentication: Authentication, names: OwnNames): void {
  const access = request.routeOptions.config.access ?? 'login';
  if (access === 'public') return;
  const cookie = cookieIn(request.headers.cookie, loginCookieName(names));
  if (cookie === undefined) throw new CounterdError('CD_AUTH_REQUIRED');
  const token = request.headers[TOKEN_HEADER];
  if (access === 'login' && (typeof token !== 'string' || token === '')) throw new CounterdError('CD_INPUT_TOKEN');
  const actor = authentication.actorOf(typeof token === 'string' ? { cookie, token } : { cookie });
  if (actor === undefined)
    throw new CounterdError(authentication.actorOf({ cookie }) === undefined ? 'CD_AUTH_REQUIRED' : 'CD_INPUT_TOKEN');
  if (actor.isLeft && !isReading(request.method) && request.routeOptions.config.whileLeft !== true)
    throw new CounterdError('CD_AUTH_LEFT', actor.positionId);
  request.actor = actor;
}
