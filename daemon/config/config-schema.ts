import { Type, record, type Static } from '../../drivers/kit/schema.ts';
import { DeviceId, PositionId, Text } from '../contract/events/words.ts';

/** Shape of `counterd.yaml`. Every key is described here and nowhere else; docs/guides/operate.md quotes it. */

const englishName = Type.Optional(
  Type.String({ minLength: 1, maxLength: 40, description: 'Shown instead of the name where the screens are in English.' }),
);

export const PositionConfig = record({
  id: PositionId,
  name: Type.String({ minLength: 1, maxLength: 40, description: 'Shown on the screens, e.g. 现金1号.' }),
  englishName,
  facesPublic: Type.Optional(
    Type.Boolean({ default: true, description: 'A customer can see this screen: hold-up and duress are never shown on it.' }),
  ),
});
export type PositionConfig = Static<typeof PositionConfig>;

export const DeviceConfig = record({
  id: DeviceId,
  name: Type.String({ minLength: 1, maxLength: 40, description: 'Shown on the device strip, e.g. 打印机.' }),
  englishName,
  model: Type.String({
    pattern: '^[a-z-]+/[a-z0-9-]+$',
    description: 'family/maker-model, e.g. alarm-panel/dsc-it100; `counterd sim list` names them.',
  }),
  address: Type.String({ minLength: 1, maxLength: 400, description: 'serial:…, tcp://…, http://…: the forms are in the README.' }),
  position: Type.Optional(PositionId),
  options: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), { description: 'What the model lets a branch set; each model’s README lists it.' }),
  ),
  simulated: Type.Optional(Type.Boolean({ default: false, description: 'The far end is a simulator, not a real device.' })),
});
export type DeviceConfig = Static<typeof DeviceConfig>;

export const LimitsConfig = record({
  loginIdleMinutes: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1440, default: 60, description: 'A login nobody uses ends after this.' }),
  ),
  loginMaxHours: Type.Optional(Type.Integer({ minimum: 1, maximum: 24, default: 12, description: 'Every login ends after this.' })),
  approvalSeconds: Type.Optional(
    Type.Integer({ minimum: 10, maximum: 600, default: 120, description: 'Nobody decided in time: the request to arm or disarm expires.' }),
  ),
  bodyKilobytes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1024, default: 64, description: 'Largest request body.' })),
});

export const CounterdConfig = record({
  branch: record({ id: Type.String({ minLength: 1, maxLength: 32 }), name: Text }),
  host: Type.Optional(
    Type.String({ default: '127.0.0.1', maxLength: 255, description: 'Address to listen on. Anything but loopback needs `tls`.' }),
  ),
  port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535, default: 7373, description: '0 picks a free one.' })),
  allowedHosts: Type.Optional(
    Type.Array(Type.String({ pattern: '^[a-z0-9.-]+(:\\d+)?$' }), {
      maxItems: 16,
      description: 'Further names this daemon is reached by (Host header), e.g. branch-012.bank.example:7373.',
    }),
  ),
  tls: Type.Optional(record({ certFile: Type.String(), keyFile: Type.String() })),
  positions: Type.Array(PositionConfig, { minItems: 1, maxItems: 64 }),
  devices: Type.Array(DeviceConfig, { maxItems: 256 }),
  allowSimulatedBesideReal: Type.Optional(
    Type.Boolean({ default: false, description: 'Simulated and real devices may run in one daemon. For test benches only.' }),
  ),
  limits: Type.Optional(LimitsConfig),
});
export type CounterdConfig = Static<typeof CounterdConfig>;

/** The limits with every default filled in, in the units the code works with. */
export interface Limits {
  readonly loginIdleMs: number;
  readonly loginMaxMs: number;
  readonly approvalMs: number;
  readonly bodyMaxBytes: number;
}

export function limitsOf(config: Pick<CounterdConfig, 'limits'>): Limits {
  const given = config.limits ?? {};
  return {
    loginIdleMs: (given.loginIdleMinutes ?? 60) * 60_000,
    loginMaxMs: (given.loginMaxHours ?? 12) * 3_600_000,
    approvalMs: (given.approvalSeconds ?? 120) * 1000,
    bodyMaxBytes: (given.bodyKilobytes ?? 64) * 1024,
  };
}
