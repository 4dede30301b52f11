import { Type, record } from '../../../drivers/kit/schema.ts';
import { AcceptedAnswer, ApprovalAnswer, ApprovalBody, GrantBody, IntentBody, RefuseBody } from '../../contract/index.ts';
import type { App } from '../app.ts';
import { actorOf } from '../require-login.ts';
import { API, type Registration } from './registration.ts';

const tags = ['approvals'];
const params = record({ approvalId: Type.String({ maxLength: 64 }) });
const accepted = { accepted: true } as const;

/** Arming and disarming by two people. Every rule is in `daemon/authority/approval-rules.ts`. */
export function registerApprovals(app: App, { parts: { approvals } }: Registration): void {
  app.post(
    `${API}/approvals`,
    { schema: { tags, summary: 'Ask for it.', body: ApprovalBody, response: { 200: ApprovalAnswer } } },
    (request) => approvals.request(actorOf(request), request.body.approvalId, request.body.content),
  );

  app.post(
    `${API}/approvals/:approvalId/open`,
    { schema: { tags, summary: 'A second person opens the content.', params } },
    async (request, reply) => {
      await approvals.open(actorOf(request), request.params.approvalId);
      return reply.code(204).send();
    },
  );

  app.post(
    `${API}/approvals/:approvalId/grant`,
    {
      config: { rateLimit: { max: 30, timeWindow: 60_000 } },
      schema: {
        tags,
        summary: 'Grant exactly this content, once, with the own password.',
        params,
        body: GrantBody,
        response: { 202: AcceptedAnswer },
      },
    },
    async (request, reply) => {
      await approvals.grant(actorOf(request), { approvalId: request.params.approvalId, ...request.body });
      return reply.code(202).send(accepted);
    },
  );

  app.post(
    `${API}/approvals/:approvalId/refuse`,
    { schema: { tags, summary: 'Refuse with a reason.', params, body: RefuseBody } },
    async (request, reply) => {
      await approvals.refuse(actorOf(request), { approvalId: request.params.approvalId, ...request.body });
      return reply.code(204).send();
    },
  );

  app.post(
    `${API}/approvals/:approvalId/withdraw`,
    { schema: { tags, summary: 'Take the own request back.', params, body: IntentBody } },
    async (request, reply) => {
      await approvals.withdraw(actorOf(request), { approvalId: request.params.approvalId, commandId: request.body.commandId });
      return reply.code(204).send();
    },
  );
}
