import { CounterdError } from '../../../drivers/kit/errors.ts';
import { Type, record } from '../../../drivers/kit/schema.ts';
import type { Actor } from '../../authority/actor.ts';
import { contentHash } from '../../authority/content-hash.ts';
import { requireMay, type Action } from '../../authority/policy.ts';
import { ownValue } from '../../authority/said.ts';
import { DeviceCommandBody, DeviceDetail, FramePage, IntentBody, OutcomeAnswer } from '../../contract/index.ts';
import { branchState } from '../../registers/branch-state.ts';
import type { App } from '../app.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { actorOf } from '../require-login.ts';
import { runOnce } from '../run-once.ts';
import { API, type Registration } from './registration.ts';

const tags = ['devices'];
const params = record({ deviceId: Type.String({ maxLength: 64 }) });

/** Devices: what they are, their frames, their health. What moves paper, cash or the alarm is a workflow’s or an approval’s. */
export function registerDevices(app: App, { parts }: Registration): void {
  const { devices } = parts;

  app.get(
    `${API}/devices/:deviceId`,
    { schema: { tags, summary: 'Model, capabilities, commands, statistics.', params, response: { 200: DeviceDetail } } },
    (request) => {
      requireMay(actorOf(request), 'device.read');
      return devices.detail(request.params.deviceId);
    },
  );

  app.get(
    `${API}/devices/:deviceId/frames`,
    {
      schema: {
        tags,
        summary: 'Raw frames, secrets masked.',
        params,
        querystring: record({ afterId: Type.Optional(Type.Integer({ minimum: 0 })) }),
        response: { 200: FramePage },
      },
    },
    (request) => {
      requireMay(actorOf(request), 'device.frames');
      return devices.frames(request.params.deviceId, request.query.afterId ?? 0);
    },
  );

  app.post(
    `${API}/devices/:deviceId/reconnect`,
    { schema: { tags, summary: 'Open the link again now.', params, body: IntentBody } },
    async (request, reply) => {
      const actor = actorOf(request);
      requireMay(actor, 'device.reconnect');
      const { deviceId } = request.params;
      const key = { personId: actor.personId, commandId: request.body.commandId, what: `reconnect ${deviceId}` };
      await runOnce(parts, key, () => {
        devices.reconnect(deviceId);
        return Promise.resolve(null);
      });
      return reply.code(204).send();
    },
  );

  app.post(
    `${API}/devices/:deviceId/commands`,
    { schema: { tags, summary: 'A health check or a refresh.', params, body: DeviceCommandBody, response: { 200: OutcomeAnswer } } },
    async (request): Promise<OutcomeAnswer> => {
      const actor = actorOf(request);
      const { deviceId } = request.params;
      const { commandId, name, args } = request.body;
      requireMay(actor, actionOf(devices.detail(deviceId), name), [standsTo(parts, actor, deviceId)]);
      const key = { personId: actor.personId, commandId, what: `command ${deviceId} ${name} ${contentHash(args ?? null)}` };
      const position = actor.positionId === undefined ? {} : { position: actor.positionId };
      return runOnce(parts, key, async () => ({
        outcome: await devices.execute(deviceId, { name, args, commandId, actor: actor.personId, ...position }),
      }));
    },
  );
}

/** What a person may ask of a device directly. Anything else has a procedure of its own and is refused here. */
function actionOf(detail: DeviceDetail, name: string): Action {
  const command = detail.commands.find((one) => one.name === name);
  if (command === undefined) throw new CounterdError('CD_COMMAND_UNKNOWN', name);
  if (command.health === 'internal') return 'device.check';
  if (command.health !== undefined) return 'device.test';
  if (command.repeat === 'safe' && /^(refresh|read)-/.test(name)) return 'device.check';
  throw new CounterdError('CD_AUTH_ROLE', name);
}

/** A device without a position is everybody’s. */
function standsTo(parts: GatewayParts, actor: Actor, deviceId: string): 'own-position' | 'other-position' {
  const device = ownValue(parts.journal.stateOf(branchState).devices, deviceId);
  return device?.position === undefined || device.position === actor.positionId ? 'own-position' : 'other-position';
}
