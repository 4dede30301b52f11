import type { Family } from '../../daemon/contract/entry.ts';
import type { DeviceView, StatusOf } from '../../daemon/contract/state.ts';

/** The status of a device when it is of this family and has said one. */
export function statusOf<K extends Family['kind']>(device: DeviceView | undefined, family: K): StatusOf<K> | undefined {
  // The fold keeps a family's own status with each device; the two members are set together.
  return device?.family === family ? (device.status as StatusOf<K> | undefined) : undefined;
}

export const byFamily = (devices: Readonly<Record<string, DeviceView>>, family: Family['kind']): readonly DeviceView[] =>
  Object.values(devices).filter((device) => device.family === family);

/** The device of a family that belongs to a position, else one that belongs to the whole branch. */
export function deviceFor(
  devices: Readonly<Record<string, DeviceView>>,
  family: Family['kind'],
  positionId: string | undefined,
): DeviceView | undefined {
  const fitting = byFamily(devices, family);
  return fitting.find((device) => device.position === positionId) ?? fitting.find((device) => device.position === undefined);
}
