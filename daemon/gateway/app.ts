import type { FastifyBaseLogger, FastifyInstance, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Actor } from '../authority/actor.ts';

/** Who may call a route before its own rule is asked. */
export type Access =
  /** Anybody at this computer: login, health, documents, static files. */
  | 'public'
  /** The cookie is enough: pictures, which a page loads without headers. */
  | 'cookie'
  /** Cookie and token. The default. */
  | 'login';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** Allowed while the position is locked by a temporary leave (P-6). */
    whileLeft?: boolean;
  }
  interface FastifyRequest {
    /** Set once the login is checked; read it with `actorOf`. */
    actor: Actor | null;
  }
}

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;
