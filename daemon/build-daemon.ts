import { mkdirSync, readFileSync } from 'node:fs';
import { hostClock, type Clock } from '../drivers/kit/clock.ts';
import { CounterdError } from '../drivers/kit/errors.ts';
import { deviceModels } from '../drivers/models.generated.ts';
import { modelId } from '../drivers/kit/model.ts';
import { openTransport } from '../drivers/transports/open-transport.ts';
import { Approvals } from './authority/approvals.ts';
import { Authentication, type AuthorityParts } from './authority/authentication.ts';
import { DEMO_PASSWORD, demoPeople, registerDemoPeople } from './authority/demo-people.ts';
import { Displays } from './authority/displays.ts';
import { Intents } from './authority/intents.ts';
import { panelOrder } from './authority/panel-order.ts';
import { panelWatch, watchPanel } from './authority/panel-watch.ts';
import { People } from './authority/people.ts';
import { Positions } from './authority/positions.ts';
import { authorityTables } from './authority/private-tables.ts';
import { said } from './authority/said.ts';
import { limitsOf, type CounterdConfig, type DeviceConfig } from './config/config-schema.ts';
import type { EntryOf } from './contract/index.ts';
import { deviceLedger } from './devices/device-ledger.ts';
import { DeviceRegistry } from './devices/device-registry.ts';
import { openGateway, type Gateway } from './gateway/gateway.ts';
import { BlobStore } from './journal/blob-store.ts';
import { openJournal, type SqliteJournal } from './journal/sqlite-journal.ts';
import { demoBooks } from './ledger/demo-accounts.ts';
import { EmbeddedLedger } from './ledger/embedded-ledger.ts';
import { printedLines } from './ledger/printed-lines.ts';
import { createLogger, type Logger } from './observe/logger.ts';
import { Metrics } from './observe/metrics.ts';
import { branchState } from './registers/branch-state.ts';
import { entryRules } from './registers/entry-rules.ts';
import { WorkflowEngine } from './workflows/workflow-engine.ts';

export interface DaemonPaths {
  /** Journal, pictures, keys. Created when missing; locked while the daemon runs. */
  readonly dataFolder: string;
  /** Built user interface; without it only the API is served. */
  readonly uiFolder?: string;
}

export interface DaemonOverrides {
  readonly clock?: Clock;
  readonly log?: Logger;
  readonly version?: string;
  /** A simulated branch with demo people; `addressOf` is asked at every opening, because a simulator that came back may be elsewhere. */
  readonly demo?: { addressOf(deviceId: string): string | undefined };
}

export interface Daemon {
  readonly url: string;
  readonly journal: SqliteJournal;
  readonly people: People;
  readonly devices: DeviceRegistry;
  /** Ends what runs, writes that it ended, and gives the data folder free. Idempotent. */
  stop(reason?: EntryOf<'branch.stopped'>['data']['reason']): Promise<void>;
}

/** How often expiry is looked at; a decision looks at the clock itself. */
const SWEEP_MS = 1_000;

/** The whole daemon, wired. Resolves when it serves; throws what keeps it from serving, with nothing left open. */
export async function buildDaemon(config: CounterdConfig, paths: DaemonPaths, overrides: DaemonOverrides = {}): Promise<Daemon> {
  const stops: (() => void | Promise<void>)[] = [];
  try {
    return await assemble({ config, paths, overrides, stops });
  } catch (cause) {
    await unwind(stops);
    throw cause;
  }
}

interface Plan {
  readonly config: CounterdConfig;
  readonly paths: DaemonPaths;
  readonly overrides: DaemonOverrides;
  /** What is open, in the order it was opened. */
  readonly stops: (() => void | Promise<void>)[];
}

async function assemble(plan: Plan): Promise<Daemon> {
  const { config, paths, overrides, stops } = plan;
  const { clock = hostClock, log = createLogger('warn') } = overrides;
  const journal = openRecord(plan, clock);
  const blobs = new BlobStore(paths.dataFolder);
  const authority = authorityOf(journal, clock, config);
  const people = new People(authority, authority.authentication);
  await announceBranch(plan, journal, people);

  const devices = openDevices(plan, { journal, blobs, clock, log });
  const approvals = new Approvals(authority, authority.authentication, {
    carryOut: async ({ content, approvalId, actor }) =>
      devices.execute(content.device, { ...panelOrder(content), commandId: approvalId, actor }),
    onFailure: (cause) => log.error({ err: cause }, 'the end of an approved act could not be written'),
  });
  stops.push(() => approvals.idle());
  await devices.start();
  stops.push(() => devices.stop());
  await approvals.settleCutOff();
  stops.push(watchPanel(journal, (cause) => log.error({ err: cause }, 'an unexplained arming could not be written')));

  const ledger = new EmbeddedLedger(overrides.demo === undefined ? [] : demoBooks, journal.privateTables('ledger', []));
  const workflows = new WorkflowEngine({ journal, branch: branchState, devices, ledger });
  await workflows.open();
  stops.push(() => workflows.close());
  stops.push(sweepEverySecond(clock, () => Promise.all([authority.authentication.sweep(), approvals.expireDue()]), log));

  const metrics = new Metrics();
  stops.push(metrics.observe(journal));
  const gateway = await serve(plan, { ...authority, approvals, devices, workflows, blobs, clock, log, metrics });
  return { url: gateway.url, journal, people, devices, stop: stopOnce(plan, journal) };
}

function openRecord({ paths, stops }: Plan, clock: Clock): SqliteJournal {
  try {
    mkdirSync(paths.dataFolder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new CounterdError('CD_STORAGE_IO', `the data folder ${paths.dataFolder} cannot be written; choose another with --data`, {
      cause,
    });
  }
  const journal = openJournal({
    folder: paths.dataFolder,
    rules: entryRules,
    folds: [branchState, panelWatch],
    projections: [deviceLedger, printedLines],
    clock,
  });
  stops.push(() => journal.close());
  return journal;
}

type AuthoritySide = AuthorityParts & {
  readonly journal: SqliteJournal;
  readonly authentication: Authentication;
  readonly positions: Positions;
  readonly displays: Displays;
  readonly intents: Intents;
};

function authorityOf(journal: SqliteJournal, clock: Clock, config: CounterdConfig): AuthoritySide {
  const sql = journal.privateTables('authority', authorityTables);
  const parts = { journal, sql, clock, limits: limitsOf(config) };
  const authentication = new Authentication(parts);
  return {
    ...parts,
    authentication,
    positions: new Positions(parts, authentication),
    displays: new Displays(parts),
    intents: new Intents(sql),
  };
}

/** Says what the branch is, so that everything else can be a fold. A data folder stays what it was: demo people never meet a real branch. */
async function announceBranch({ config, overrides }: Plan, journal: SqliteJournal, people: People): Promise<void> {
  const isSimulated = overrides.demo !== undefined || config.devices.some((device) => device.simulated === true);
  const before = journal.stateOf(branchState).branch;
  if (before !== undefined && before.isSimulated !== isSimulated) {
    const was = before.isSimulated ? 'simulated' : 'real';
    throw new CounterdError('CD_CONFIG_SIMULATED', `this data folder belongs to a ${was} branch; choose another with --data`);
  }
  const data: EntryOf<'branch.started'>['data'] = {
    branchId: config.branch.id,
    branchName: config.branch.name,
    version: versionOf(overrides),
    isSimulated,
    positions: config.positions.map((position) => ({ ...position, facesPublic: position.facesPublic ?? true })),
    devices: config.devices.map(deviceFacts),
  };
  await journal.append([said({ type: 'branch.started', data })]);
  if (overrides.demo === undefined) return;
  const personCount = await registerDemoPeople(people);
  if (personCount > 0)
    await journal.append([said({ type: 'branch.demo-prepared', data: { personCount, accountCount: demoBooks.length } })]);
}

function deviceFacts({
  id,
  name,
  englishName,
  model: modelName,
  position,
  simulated = false,
}: DeviceConfig): EntryOf<'branch.started'>['data']['devices'][number] {
  const model = deviceModels.find(({ manifest }) => modelId(manifest) === modelName);
  if (model === undefined) throw new CounterdError('CD_CONFIG_MODEL', `${id}: ${modelName}`);
  const { family, model: shortName, name: shownName, evidence } = model.manifest;
  return {
    id,
    name,
    family,
    model: shortName,
    modelName: shownName,
    evidence,
    isSimulated: simulated,
    ...(englishName === undefined ? {} : { englishName }),
    ...(position === undefined ? {} : { position }),
  };
}

function openDevices(
  { config, overrides }: Plan,
  parts: { readonly journal: SqliteJournal; readonly blobs: BlobStore; readonly clock: Clock; readonly log: Logger },
): DeviceRegistry {
  const { journal, blobs, clock, log } = parts;
  const idByAddress = new Map(config.devices.map(({ id, address }) => [address, id]));
  return new DeviceRegistry({
    settings: config.devices,
    models: deviceModels,
    journal,
    ledgerTables: journal.privateTables('devices', []),
    blobs,
    clock,
    openTransport: (address, need) => openTransport(overrides.demo?.addressOf(idByAddress.get(address) ?? '') ?? address, need),
    onBug: (deviceId, cause) => log.error({ err: cause, deviceId }, 'a bug in a driver: the device is quarantined'),
  });
}

type Served = Omit<Parameters<typeof openGateway>[0], 'version' | 'demoPeople' | 'bodyMaxBytes' | 'uiFolder' | 'tls' | 'allowedHosts'>;

async function serve({ config, paths, overrides, stops }: Plan, parts: Served): Promise<Gateway> {
  const demo =
    overrides.demo === undefined ? [] : demoPeople.map((person) => ({ ...person, roles: [...person.roles], password: DEMO_PASSWORD }));
  const gateway = await openGateway(
    {
      ...parts,
      version: versionOf(overrides),
      demoPeople: demo,
      bodyMaxBytes: limitsOf(config).bodyMaxBytes,
      allowedHosts: config.allowedHosts ?? [],
      ...(paths.uiFolder === undefined ? {} : { uiFolder: paths.uiFolder }),
      ...(config.tls === undefined ? {} : { tls: readTls(config.tls) }),
    },
    { host: config.host ?? '127.0.0.1', port: config.port ?? 7373 },
  );
  stops.push(() => gateway.close());
  return gateway;
}

function readTls({ certFile, keyFile }: { readonly certFile: string; readonly keyFile: string }): {
  readonly cert: string;
  readonly key: string;
} {
  try {
    return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  } catch (cause) {
    throw new CounterdError('CD_CONFIG_TLS', `${certFile} or ${keyFile} cannot be read`, { cause });
  }
}

function sweepEverySecond(clock: Clock, sweep: () => Promise<unknown>, log: Logger): () => void {
  let cancel = (): void => undefined;
  const next = (): void => {
    cancel = clock.after(SWEEP_MS, () => {
      sweep().catch((cause: unknown) => log.error({ err: cause }, 'what has expired could not be written'));
      next();
    });
  };
  next();
  return () => cancel();
}

function stopOnce({ stops }: Plan, journal: SqliteJournal): Daemon['stop'] {
  let stopping: Promise<void> | undefined;
  const stop = async (reason: EntryOf<'branch.stopped'>['data']['reason']): Promise<void> => {
    // The journal is the first that was opened and the last that is closed: the end is written just before.
    await unwind(stops.splice(1));
    // Safe: a disk that refuses loses only the word that the end was orderly.
    await journal.append([said({ type: 'branch.stopped', data: { reason } })]).catch(() => undefined);
    await unwind(stops.splice(0));
  };
  return (reason = 'command') => (stopping ??= stop(reason));
}

/** Closes in the opposite order, whatever one of them says. */
async function unwind(stops: readonly (() => void | Promise<void>)[]): Promise<void> {
  for (const stop of [...stops].reverse()) await stop();
}

function versionOf({ version }: DaemonOverrides): string {
  return version ?? '0.1.0';
}
