import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import fastify, { LogController, type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import { assert } from '../../drivers/kit/assert.ts';
import { CounterdError } from '../../drivers/kit/errors.ts';
import type { App } from './app.ts';
import { registerDocuments } from './documents.ts';
import type { GatewayParts, Listening } from './gateway-parts.ts';
import { canonicalPlace, refusalOfForm, refusalOfSource, type OwnNames } from './guard.ts';
import { failureOf, problemOf } from './problem.ts';
import { checkLogin } from './require-login.ts';
import { registerApprovals } from './routes/approvals.ts';
import { registerBranch } from './routes/branch.ts';
import { registerDevices } from './routes/devices.ts';
import { registerFlows } from './routes/flows.ts';
import { registerHealth } from './routes/health.ts';
import { registerLogin } from './routes/login.ts';
import { registerPositions } from './routes/positions.ts';
import { registerStatic } from './static-files.ts';

/** The HTTP side: guard, login, routes, documents, static files. Nothing listens yet. */
export async function createApp(parts: GatewayParts, listening: Listening): Promise<App> {
  const options = {
    loggerInstance: parts.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: parts.bodyMaxBytes,
    routerOptions: { maxParamLength: 200 },
    requestTimeout: 15_000,
    forceCloseConnections: true,
  } as const;
  // With TLS the server has another type; everything below is the same.
  const bare: unknown = parts.tls === undefined ? fastify(options) : fastify({ ...options, https: parts.tls });
  const app = bare as App;
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  // Answers are ours and typed by the compiler: no second schema rewrites them.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  // Forms and plain text are what another site can send without asking.
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('actor', null);
  addGuard(app, parts, listening);
  answerFailures(app, parts);
  await app.register(helmet, helmetOptions(parts.tls !== undefined));
  await app.register(cookie);
  await app.register(rateLimit, { global: false, errorResponseBuilder: () => new CounterdError('CD_INPUT_RATE') });
  await registerDocuments(app, parts.version);
  registerHealth(app, parts);
  for (const register of [registerLogin, registerBranch, registerPositions, registerDevices, registerFlows, registerApprovals]) {
    register(app, { parts, names: () => namesOf(listening) });
  }
  await registerStatic(app, parts.uiFolder);
  return app;
}

export function namesOf(listening: Listening): OwnNames {
  assert(listening.names !== undefined, 'requests come only once the server listens');
  return listening.names;
}

function addGuard(app: App, parts: GatewayParts, listening: Listening): void {
  app.addHook('onRequest', async (request, reply) => {
    const names = namesOf(listening);
    const refusal = refusalOfSource(request.headers, names) ?? refusalOfForm(request.method, request.headers);
    if (refusal !== undefined) throw new CounterdError(refusal);
    const place = canonicalPlace(request, names);
    if (place !== undefined) return reply.redirect(place, 308);
    if (request.is404) return;
    checkLogin(request, parts.authentication, names);
  });
  app.addHook('onResponse', async (request, reply) => {
    parts.metrics.noteAnswer(reply.statusCode, request.routeOptions.url ?? 'unknown', reply.elapsedTime / 1000);
  });
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });
}

function answerFailures(app: App, parts: GatewayParts): void {
  app.setErrorHandler((cause: FastifyError | CounterdError, request: FastifyRequest, reply: FastifyReply) => {
    const { problem, isBug } = failureOf(cause);
    if (isBug) parts.log.error({ err: cause, route: request.routeOptions.url }, 'a bug in answering a request');
    else parts.log.info({ code: problem.code, method: request.method, route: request.routeOptions.url }, 'refused');
    parts.metrics.noteRefusal(problem.code);
    return sendProblem(reply, problem);
  });
  app.setNotFoundHandler((request, reply) => sendProblem(reply, problemOf('CD_INPUT_NOT_FOUND', request.url.split('?')[0]?.slice(0, 100))));
}

function sendProblem(reply: FastifyReply, problem: ReturnType<typeof problemOf>): FastifyReply {
  // Plain text for the serializer: the media type is not `application/json`.
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(problem);
}

function helmetOptions(hasTls: boolean): Parameters<typeof helmet>[1] {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The widget library writes style elements at run time; scripts stay strict.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        mediaSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    strictTransportSecurity: hasTls ? { maxAge: 31_536_000 } : false,
  };
}
