import { CounterdError } from '../../../drivers/kit/errors.ts';
import { Type, record } from '../../../drivers/kit/schema.ts';
import type { Actor } from '../../authority/actor.ts';
import { requireMay, type Action } from '../../authority/policy.ts';
import { ownValue } from '../../authority/said.ts';
import { AcceptedAnswer, FlowActionBody, FlowStartBody, PagePreview, PassbookView, type FlowKind } from '../../contract/index.ts';
import { branchState } from '../../registers/branch-state.ts';
import type { App } from '../app.ts';
import { actorOf } from '../require-login.ts';
import { API, type Registration } from './registration.ts';

const tags = ['flows'];
const accepted = { accepted: true } as const;

/** Procedures at the position, and the books they need. */
export function registerFlows(app: App, { parts }: Registration): void {
  const { workflows, journal } = parts;
  registerPassbooks(app, parts);

  app.post(
    `${API}/flows`,
    { schema: { tags, summary: 'Start a procedure at the own position.', body: FlowStartBody, response: { 202: AcceptedAnswer } } },
    async (request, reply) => {
      const { flowId, start } = request.body;
      await workflows.start(flowId, start, workerOf(actorOf(request), start.kind));
      return reply.code(202).send(accepted);
    },
  );

  app.post(
    `${API}/flows/:flowId/actions`,
    {
      schema: {
        tags,
        summary: 'One step of an open procedure.',
        params: record({ flowId: Type.String({ maxLength: 64 }) }),
        body: FlowActionBody,
        response: { 202: AcceptedAnswer },
      },
    },
    async (request, reply) => {
      const flow = ownValue(journal.stateOf(branchState).flows, request.params.flowId);
      if (flow === undefined) throw new CounterdError('CD_FLOW_UNKNOWN', request.params.flowId);
      const actor = workerOf(actorOf(request), flow.kind, flow.positionId);
      await workflows.act(flow.id, request.body.action, { actor, commandId: request.body.commandId });
      return reply.code(202).send(accepted);
    },
  );
}

function registerPassbooks(app: App, { workflows }: Registration['parts']): void {
  app.get(
    `${API}/passbooks`,
    {
      schema: {
        tags,
        summary: 'Passbooks by number or account.',
        querystring: record({ account: Type.Optional(Type.String({ maxLength: 32 })) }),
        response: { 200: Type.Array(PassbookView) },
      },
    },
    (request) => {
      requireMay(actorOf(request), 'passbook.read');
      return [...workflows.passbooks(request.query.account ?? '')];
    },
  );

  app.get(
    `${API}/passbooks/:passbookId/preview`,
    {
      schema: {
        tags,
        summary: 'A page as it is and as it will be (B-5).',
        params: record({ passbookId: Type.String({ maxLength: 32 }) }),
        querystring: record({ page: Type.Optional(Type.Integer({ minimum: 1, maximum: 999, default: 1 })) }),
        response: { 200: PagePreview },
      },
    },
    (request) => {
      requireMay(actorOf(request), 'passbook.read');
      return workflows.preview(request.params.passbookId, request.query.page ?? 1);
    },
  );
}

const actions: Readonly<Record<FlowKind, Action>> = {
  'passbook-update': 'passbook-update.work',
  'cash-count': 'cash-count.work',
  'slip-scan': 'slip-scan.work',
};

/** The person as a workflow wants them: with the position where this is done. */
function workerOf(actor: Actor, kind: FlowKind, positionId = actor.positionId): Actor & { readonly positionId: string } {
  if (actor.positionId === undefined || positionId === undefined) {
    requireMay(actor, actions[kind]);
    throw new CounterdError('CD_AUTH_POSITION');
  }
  requireMay(actor, actions[kind], [positionId === actor.positionId ? 'own-position' : 'other-position']);
  return { ...actor, positionId: actor.positionId };
}
