import { Type, record } from '../../../drivers/kit/schema.ts';
import { DisplayAnswer, DisplayBody, DisplayCodeAnswer, IntentBody, ResumeBody } from '../../contract/index.ts';
import type { App } from '../app.ts';
import { actorOf } from '../require-login.ts';
import { API, type Registration } from './registration.ts';

const tags = ['positions'];
const params = record({ positionId: Type.String({ maxLength: 64 }) });

/** Who sits where (P-6), and the customer displays. */
export function registerPositions(app: App, { parts }: Registration): void {
  const { positions, displays } = parts;
  const verbs = {
    'sign-in': { summary: 'Take a position (签到).', act: positions.signIn.bind(positions), whileLeft: false },
    'sign-off': { summary: 'Give it back (签退).', act: positions.signOff.bind(positions), whileLeft: false },
    leave: { summary: 'Temporary leave (暂离): locks, and puts up the pause sign.', act: positions.leave.bind(positions), whileLeft: true },
  } as const;
  for (const [verb, { summary, act, whileLeft }] of Object.entries(verbs)) {
    app.post(
      `${API}/positions/:positionId/${verb}`,
      { config: { whileLeft }, schema: { tags, summary, params, body: IntentBody } },
      async (request, reply) => {
        await act(actorOf(request), { positionId: request.params.positionId, commandId: request.body.commandId });
        return reply.code(204).send();
      },
    );
  }

  app.post(
    `${API}/positions/:positionId/resume`,
    {
      config: { whileLeft: true, rateLimit: { max: 30, timeWindow: 60_000 } },
      schema: { tags, summary: 'The same person unlocks with the password.', params, body: ResumeBody },
    },
    async (request, reply) => {
      await positions.resume(actorOf(request), { positionId: request.params.positionId, ...request.body });
      return reply.code(204).send();
    },
  );

  app.post(
    `${API}/positions/:positionId/display`,
    { schema: { tags, summary: 'A code with which one customer display is connected.', params, response: { 200: DisplayCodeAnswer } } },
    (request) => displays.offer(actorOf(request), request.params.positionId),
  );

  app.post(
    `${API}/display`,
    {
      config: { access: 'public', rateLimit: { max: 20, timeWindow: 60_000 } },
      schema: { tags, summary: 'The display trades the code for its token.', body: DisplayBody, response: { 200: DisplayAnswer } },
    },
    (request) => displays.pair(request.body.code),
  );
}
