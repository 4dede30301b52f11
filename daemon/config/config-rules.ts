import { isMap, type ParsedNode, type Node } from 'yaml';
import { CounterdError } from '../../drivers/kit/errors.ts';
import type { AnyModel } from '../../drivers/kit/model.ts';
import { shapeFaults, unknownKeys, type ConfigFault } from './config-faults.ts';
import type { CounterdConfig, DeviceConfig } from './config-schema.ts';
import { nearestWord } from './nearest-word.ts';

/** What the rules need to know from outside: which models exist, and whether an address has a known form. */
export interface ConfigSurroundings {
  modelOf(id: string): AnyModel | undefined;
  readonly modelIds: readonly string[];
  /** Throws CD_CONFIG_ADDRESS. */
  checkAddress(address: string): void;
}

type Path = readonly (string | number)[];

/** What a schema cannot say: references, models, addresses, and the two rules that keep a branch safe. */
export function configFaults(config: CounterdConfig, surroundings: ConfigSurroundings, root: Node | ParsedNode | null): ConfigFault[] {
  return [
    ...twice(
      config.positions.map((p) => p.id),
      'positions',
    ),
    ...twice(
      config.devices.map((d) => d.id),
      'devices',
    ),
    ...config.devices.flatMap((device, index) => deviceFaults(device, { config, surroundings, root, path: ['devices', index] })),
    ...simulationFaults(config),
    ...hostFaults(config),
  ];
}

/** True for the names and addresses that only this computer can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

interface DevicePlace {
  readonly config: CounterdConfig;
  readonly surroundings: ConfigSurroundings;
  readonly root: Node | ParsedNode | null;
  readonly path: Path;
}

function deviceFaults(device: DeviceConfig, place: DevicePlace): ConfigFault[] {
  const { config, surroundings, path } = place;
  const faults: ConfigFault[] = [];
  if (device.position !== undefined && !config.positions.some((p) => p.id === device.position)) {
    faults.push(invalid([...path, 'position'], `device "${device.id}" names position "${device.position}", which is not configured`));
  }
  try {
    surroundings.checkAddress(device.address);
  } catch (cause) {
    if (!(cause instanceof CounterdError)) throw cause;
    faults.push({ code: cause.code, path: [...path, 'address'], message: `device "${device.id}": ${cause.detail ?? cause.entry.text.en}` });
  }
  return [...faults, ...modelFaults(device, place)];
}

function modelFaults(device: DeviceConfig, { surroundings, root, path }: DevicePlace): ConfigFault[] {
  const model = surroundings.modelOf(device.model);
  if (model === undefined) {
    const nearest = nearestWord(device.model, surroundings.modelIds);
    const hint = nearest === undefined ? `models: ${surroundings.modelIds.join(', ')}` : `did you mean "${nearest}"?`;
    return [{ code: 'CD_CONFIG_MODEL', path: [...path, 'model'], message: `device "${device.id}": no model "${device.model}"; ${hint}` }];
  }
  if (device.options === undefined) return [];
  const at = [...path, 'options'];
  const node: unknown = isMap(root) ? root.getIn(at, true) : undefined;
  return [...unknownKeys(model.options, node, at), ...shapeFaults(model.options, device.options, at)];
}

/** A simulated device next to a real one could disarm the real branch in a demonstration. */
function simulationFaults(config: CounterdConfig): ConfigFault[] {
  if (config.allowSimulatedBesideReal === true) return [];
  const simulated = config.devices.findIndex((d) => d.simulated === true);
  const real = config.devices.find((d) => d.simulated !== true);
  if (simulated < 0 || real === undefined) return [];
  const first = config.devices[simulated];
  return [
    {
      code: 'CD_CONFIG_SIMULATED',
      path: ['devices', simulated],
      message: `"${first?.id ?? ''}" is simulated and "${real.id}" is real; separate them, or set allowSimulatedBesideReal: true`,
    },
  ];
}

function hostFaults(config: CounterdConfig): ConfigFault[] {
  if (config.tls !== undefined || isLoopback(config.host ?? '127.0.0.1')) return [];
  return [
    {
      code: 'CD_CONFIG_TLS',
      path: ['host'],
      message: `host "${config.host ?? ''}" can be reached from other computers; set tls.certFile and tls.keyFile, or host 127.0.0.1`,
    },
  ];
}

function twice(ids: readonly string[], list: string): ConfigFault[] {
  return ids.flatMap((id, index) => (ids.indexOf(id) < index ? [invalid([list, index, 'id'], `${list}: id "${id}" is used twice`)] : []));
}

function invalid(path: Path, message: string): ConfigFault {
  return { code: 'CD_CONFIG_INVALID', path, message };
}
