/**
 * The control server of simulated devices: gestures, faults, pictures and what really happened, over HTTP and
 * out of band of every protocol. It also serves the page of the virtual branch. Loopback only.
 *
 *   GET    /api/branch                            everything (branch-description.ts)
 *   GET    /api/ready                             where everything is (ready-line.ts), for a daemon that attaches
 *   GET    /api/stream                            changes, as Server-Sent Events (stream.ts)
 *   POST   /api/devices/:id/gestures/:name        body: the arguments -> {"kind":"done","result":…}, or a problem
 *   POST   /api/devices/:id/faults                body: {"kind":"slow","byMs":200}
 *   DELETE /api/devices/:id/faults/:kind
 *   GET    /api/devices/:id/pictures              {"names":[…]}
 *   GET    /api/devices/:id/pictures/:name.png
 *   POST   /api/clock                             body: {"speed":0|…|100} or {"stepMs":100}
 */
import fastifyStatic from '@fastify/static';
import { fastify, type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CounterdError, type ErrorCode } from '../../drivers/kit/errors.ts';
import { Type, checker, record } from '../../drivers/kit/schema.ts';
import type { Outcome } from '../../drivers/kit/outcome.ts';
import { faultVocabulary, type Fault, type FaultKind } from '../kit/faults.ts';
import { packageRoot } from '../scenarios/load-scenario.ts';
import type { ServedBranch } from '../serve/served-branch.ts';
import type { ServedDevice } from '../serve/served-device.ts';
import type { ListenPlace } from '../serve/tcp.ts';
import { describeBranch, describeClock } from './branch-description.ts';
import { refuseForeign } from './guard.ts';
import { readyLine } from './ready-line.ts';
import { streamBranch } from './stream.ts';

export interface ControlServer {
  readonly url: string;
  close(): Promise<void>;
}

const ClockOrder = record({
  speed: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
  stepMs: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_600_000 })),
});
const clockOrder = checker(ClockOrder);

const pageHeaders = {
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

/** Serves `branch` at `place`. Throws CD_USE_ARGUMENTS off loopback, CD_CONFIG_PORT when the port is taken. */
export async function serveControl(branch: ServedBranch, place: ListenPlace): Promise<ControlServer> {
  if (place.host !== '127.0.0.1' && place.host !== 'localhost') {
    throw new CounterdError('CD_USE_ARGUMENTS', 'the control panel listens on 127.0.0.1 only: it asks nobody who they are');
  }
  const app = fastify({ bodyLimit: 256 * 1024, forceCloseConnections: true });
  app.removeContentTypeParser('text/plain');
  let port = place.port;
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(pageHeaders);
    refuseForeign(request, port);
  });
  app.setErrorHandler((error: FastifyError, _request, reply) => sendProblem(reply, error));
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, new CounterdError('CD_INPUT_NOT_FOUND')));
  addBranchRoutes(app, branch);
  app.get('/api/ready', () => readyLine(branch, `http://127.0.0.1:${String(port)}`));
  addDeviceRoutes(app, branch);
  await addPage(app);
  try {
    await app.listen({ host: '127.0.0.1', port: place.port });
  } catch (cause) {
    throw new CounterdError('CD_CONFIG_PORT', `127.0.0.1:${String(place.port)}`, { cause });
  }
  const bound = app.server.address();
  if (bound !== null && typeof bound === 'object') port = bound.port;
  return { url: `http://127.0.0.1:${String(port)}`, close: () => app.close() };
}

function addBranchRoutes(app: FastifyInstance, branch: ServedBranch): void {
  app.get('/api/branch', () => describeBranch(branch));
  app.get('/api/stream', (_request, reply) => {
    streamBranch(branch, reply);
  });
  app.post('/api/clock', (request) => {
    const { body } = request;
    if (!clockOrder.accepts(body)) throw new CounterdError('CD_INPUT_SHAPE', clockOrder.misfits(body)[0]?.message);
    if (body.speed !== undefined) branch.clock.setSpeed(body.speed);
    if (body.stepMs !== undefined) branch.clock.step(body.stepMs);
    return describeClock(branch);
  });
}

function addDeviceRoutes(app: FastifyInstance, branch: ServedBranch): void {
  app.post<{ Params: { id: string; name: string } }>('/api/devices/:id/gestures/:name', (request, reply) => {
    const outcome = deviceOf(branch, request.params.id).gesture(request.params.name, request.body ?? {});
    return sendOutcome(reply, outcome);
  });
  app.post<{ Params: { id: string } }>('/api/devices/:id/faults', (request, reply) => {
    return sendOutcome(reply, deviceOf(branch, request.params.id).fault(readFault(request.body)));
  });
  app.delete<{ Params: { id: string; kind: string } }>('/api/devices/:id/faults/:kind', (request, reply) => {
    const { id, kind } = request.params;
    if (!isFaultKind(kind)) throw new CounterdError('CD_SIM_UNKNOWN', `fault "${kind}"`);
    return sendOutcome(reply, deviceOf(branch, id).clear(kind));
  });
  app.get<{ Params: { id: string } }>('/api/devices/:id/pictures', async (request) => {
    return { names: Object.keys(await deviceOf(branch, request.params.id).pictures()) };
  });
  app.get<{ Params: { id: string; file: string } }>('/api/devices/:id/pictures/:file', async (request, reply) => {
    const { id, file } = request.params;
    const pictures = await deviceOf(branch, id).pictures();
    const name = file.replace(/\.png$/, '');
    const bytes = Object.hasOwn(pictures, name) ? pictures[name] : undefined;
    if (bytes === undefined) throw new CounterdError('CD_INPUT_NOT_FOUND', `picture "${name}"`);
    return reply.type('image/png').header('cache-control', 'no-store').send(Buffer.from(bytes));
  });
}

/** The page as built; before `npm run build` there is only the API. */
async function addPage(app: FastifyInstance): Promise<void> {
  const folder = join(packageRoot(), 'dist', 'branch');
  if (existsSync(join(folder, 'index.html'))) await app.register(fastifyStatic, { root: folder, wildcard: true });
  else
    app.get('/', (_request, reply) =>
      reply
        .type('text/plain; charset=utf-8')
        .send('The page of the virtual branch is not built: npm run build. The API is at /api/branch.\n'),
    );
}

function deviceOf(branch: ServedBranch, id: string): ServedDevice {
  const found = branch.devices.find((device) => device.served.id === id);
  if (found === undefined)
    throw new CounterdError('CD_SIM_UNKNOWN', `device "${id}" is none of: ${branch.devices.map((each) => each.served.id).join(', ')}`);
  return found.served;
}

function readFault(body: unknown): Fault {
  const { kind, ...args } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  if (typeof kind !== 'string' || !isFaultKind(kind))
    throw new CounterdError('CD_SIM_UNKNOWN', `"kind" is none of: ${Object.keys(faultVocabulary).join(', ')}`);
  const misfits = checker(faultVocabulary[kind].args).misfits(args);
  if (misfits.length > 0)
    throw new CounterdError('CD_INPUT_SHAPE', misfits.map(({ path, message }) => `${path || '/'} ${message}`).join('; '));
  return { kind, ...args } as Fault;
}

function isFaultKind(word: string): word is FaultKind {
  return Object.hasOwn(faultVocabulary, word);
}

function sendOutcome(reply: FastifyReply, outcome: Outcome): FastifyReply {
  return outcome.kind === 'done' ? reply.send(outcome) : sendProblem(reply, new CounterdError(outcome.code, outcome.detail));
}

/** RFC 9457. */
function sendProblem(reply: FastifyReply, error: Error & { readonly statusCode?: number | undefined }): FastifyReply {
  const problem = error instanceof CounterdError ? error : new CounterdError(codeOf(error.statusCode));
  if (problem.code === 'CD_BUG') process.stderr.write(`${error.stack ?? error.message}\n`);
  const { http, text } = problem.entry;
  return reply
    .status(http)
    .type('application/problem+json; charset=utf-8')
    .send({
      type: `urn:counterd:${problem.code}`,
      title: text.en,
      status: http,
      code: problem.code,
      detail: problem.detail,
      text,
    });
}

/** What the server itself refuses before any route runs. */
function codeOf(status: number | undefined): ErrorCode {
  if (status === 413) return 'CD_INPUT_TOO_LARGE';
  if (status === 415) return 'CD_INPUT_MEDIA_TYPE';
  if (status === 404) return 'CD_INPUT_NOT_FOUND';
  return status !== undefined && status < 500 ? 'CD_INPUT_JSON' : 'CD_BUG';
}
