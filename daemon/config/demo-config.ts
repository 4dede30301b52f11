import { CounterdError } from '../../drivers/kit/errors.ts';
import { Type, checker, type Static } from '../../drivers/kit/schema.ts';
import { DeviceId, PositionId, Text } from '../contract/events/words.ts';
import type { CounterdConfig } from './config-schema.ts';

/** The one line a simulated branch prints when all its devices can be reached. */
export const SimulatedBranch = Type.Object({
  ready: Type.Literal(true),
  /** Address of its control server: the virtual branch page. */
  control: Type.String(),
  devices: Type.Array(
    Type.Object({
      id: DeviceId,
      name: Text,
      englishName: Type.Optional(Text),
      family: Text,
      model: Text,
      address: Type.String(),
      position: Type.Optional(PositionId),
      options: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    }),
    { maxItems: 256 },
  ),
});
export type SimulatedBranch = Static<typeof SimulatedBranch>;

const simulatedBranch = checker(SimulatedBranch);

/** Reads the ready line. Throws CD_SIM_SCENARIO when it is something else. */
export function parseReadyLine(line: string): SimulatedBranch {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new CounterdError('CD_SIM_SCENARIO', 'the simulated branch did not print its ready line', { cause });
  }
  if (!simulatedBranch.accepts(value)) throw new CounterdError('CD_SIM_SCENARIO', simulatedBranch.misfits(value)[0]?.path ?? '');
  return value;
}

/** Configuration of a branch whose every device is simulated. Positions the scenario names are added to the usual two. */
export function demoConfig(branch: SimulatedBranch, listen: { readonly host?: string; readonly port?: number } = {}): CounterdConfig {
  const named = branch.devices.flatMap((device) => (device.position === undefined ? [] : [device.position]));
  const ids = [...new Set(named.length === 0 ? ['desk-1', 'desk-2'] : named)].sort();
  return {
    branch: { id: 'demo', name: '城东支行' },
    ...listen,
    positions: ids.map((id, index) => ({
      id,
      name: `现金${String(index + 1)}号`,
      englishName: `Cash ${String(index + 1)}`,
      facesPublic: true,
    })),
    devices: branch.devices.map((device) => ({
      id: device.id,
      name: device.name,
      ...(device.englishName === undefined ? {} : { englishName: device.englishName }),
      model: device.model.includes('/') ? device.model : `${device.family}/${device.model}`,
      address: device.address,
      simulated: true,
      ...(device.position === undefined ? {} : { position: device.position }),
      ...(device.options === undefined ? {} : { options: device.options }),
    })),
  };
}
