import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CounterdError } from '../../drivers/kit/errors.ts';
import type { Identity } from '../../drivers/kit/machine.ts';
import { modelId, type AnyModel } from '../../drivers/kit/model.ts';
import { deviceModels } from '../../drivers/models.generated.ts';
import { openTransport } from '../../drivers/transports/open-transport.ts';
import type { ListedPort } from '../../drivers/transports/serial.ts';
import { loadConfig } from '../config/load-config.ts';
import { listPorts } from './list-ports.ts';
import { probeModel } from './probe-model.ts';
import { printLine } from './run-program.ts';

export interface DevicesOptions {
  readonly probe?: boolean;
  readonly json?: boolean;
  readonly config?: string;
}

interface SeenPort extends ListedPort {
  /** What to write into counterd.yaml; by USB identity where the port has one. */
  readonly address: string;
  /** Models that use a chip with these ids. */
  readonly mayBe: readonly string[];
  /** With --probe: the model that answered, or undefined. */
  readonly found?: { readonly model: string; readonly identity: Identity };
}

interface ConfiguredDevice {
  readonly id: string;
  readonly name: string;
  readonly model: string;
  readonly address: string;
  /** `reachable`, or what is wrong in words. */
  readonly state: string;
}

const probeMs = 4_000;

/** Prints ports and configured devices; a port that another program holds is listed, not probed. */
export async function listDevices(options: DevicesOptions): Promise<void> {
  const ports: SeenPort[] = [];
  for (const port of await listPorts()) ports.push(await look(port, options.probe === true));
  const devices = await configuredDevices(options.config);
  if (options.json === true) printLine({ ports, devices });
  else printTables(ports, devices);
}

async function look(port: ListedPort, isProbed: boolean): Promise<SeenPort> {
  const { vendorId, productId, serialNumber, path } = port;
  const hasIdentity = vendorId !== undefined && productId !== undefined && serialNumber !== undefined;
  const address = hasIdentity ? `serial:usb-${vendorId}:${productId}:${serialNumber}` : `serial:${path}`;
  const fitting = deviceModels.filter(({ manifest }) =>
    manifest.usb.some((usb) => sameId(usb.vendorId, vendorId) && sameId(usb.productId, productId)),
  );
  const seen = { ...port, address, mayBe: fitting.map(({ manifest }) => modelId(manifest)) };
  if (!isProbed) return seen;
  const found = await probe(`serial:${path}`, fitting.length > 0 ? fitting : deviceModels.filter(answers));
  return found === undefined ? seen : { ...seen, found };
}

/** Printers of this family answer nothing: what is sent to find one would be printed by whatever else is there. */
function answers({ manifest }: AnyModel): boolean {
  return manifest.family !== 'passbook-printer';
}

/** Tries one model after the other: asking is safe, a driver only identifies its device until it is given a command. */
async function probe(address: string, models: readonly AnyModel[]): Promise<SeenPort['found']> {
  for (const model of models.filter(({ manifest }) => manifest.transports.some(({ scheme }) => scheme === 'serial'))) {
    const identity = await probeModel(model, address, probeMs);
    if (identity !== undefined) return { model: modelId(model.manifest), identity };
  }
  return undefined;
}

async function configuredDevices(given: string | undefined): Promise<readonly ConfiguredDevice[]> {
  const file = resolve(given ?? 'counterd.yaml');
  if (given === undefined && !existsSync(file)) return [];
  const { devices } = loadConfig(file);
  return Promise.all(devices.map(async ({ id, name, model, address }) => ({ id, name, model, address, state: await stateOf(address) })));
}

/** Whether the address can be opened now; a running daemon holds its ports, which is a good sign. */
async function stateOf(address: string): Promise<string> {
  try {
    const link = await openTransport(address).open(AbortSignal.timeout(5_000));
    await link.close();
    return 'reachable';
  } catch (cause) {
    if (!(cause instanceof CounterdError)) throw cause;
    return cause.code === 'CD_LINK_BUSY' ? 'in use (by a running counterd?)' : cause.entry.text.en;
  }
}

function sameId(one: string, other: string | undefined): boolean {
  return other !== undefined && one.toLowerCase() === other.toLowerCase();
}

function printTables(ports: readonly SeenPort[], devices: readonly ConfiguredDevice[]): void {
  const lines = [
    ports.length === 0 ? 'No serial port is present.' : 'Ports:',
    ...ports.map(
      ({ path, address, mayBe, found }) =>
        `  ${path}  ${address}  ${found === undefined ? mayBe.join(' or ') || 'unknown' : `is ${found.model}`}`,
    ),
    ...(devices.length === 0
      ? []
      : ['Configured:', ...devices.map(({ id, name, model, state }) => `  ${id}  ${name}  ${model}  ${state}`)]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
