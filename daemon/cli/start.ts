import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { DEMO_PASSWORD, demoPeople } from '../authority/demo-people.ts';
import { buildDaemon, type Daemon } from '../build-daemon.ts';
import type { CounterdConfig } from '../config/config-schema.ts';
import { demoConfig } from '../config/demo-config.ts';
import { builtIn, loadConfig } from '../config/load-config.ts';
import { checkConfig } from '../config/parse-config.ts';
import { lockFolder } from '../journal/data-lock.ts';
import { createLogger } from '../observe/logger.ts';
import { attachToBranch } from './attached-branch.ts';
import { printLine, tell } from './run-program.ts';
import { runSimulatedBranch, type BranchProcess } from './simulated-branch.ts';
import { uiFolder } from './ui-folder.ts';

export interface StartOptions {
  /** Default: counterd.yaml, when there is one. */
  readonly config?: string;
  readonly data?: string;
  readonly host?: string;
  readonly port?: number;
  /** A scenario, the control address of a simulated branch that runs already, or `true` for the usual scenario. */
  readonly simulate?: string | true;
}

const USUAL_SCENARIO = 'quiet-day';

/** `counterd start`: serves until it is told to stop, then drains and ends. */
export async function startCommand(options: StartOptions): Promise<void> {
  const file = resolve(options.config ?? 'counterd.yaml');
  const isSimulated = options.simulate !== undefined || (options.config === undefined && !existsSync(file));
  const dataFolder = resolve(options.data ?? (isSimulated ? join('data', 'simulated') : 'data'));
  const stopped = stopRequest();
  checkFree(dataFolder);
  const log = createLogger(process.env['COUNTERD_LOG'] ?? 'warn');
  const branch = isSimulated
    ? await startBranch(options, { folder: join(dataFolder, 'terminals'), warn: (text) => log.warn(text) })
    : undefined;
  let daemon: Daemon | undefined;
  try {
    const config = branch === undefined ? withListen(loadConfig(file), options) : demoConfig(branch.branch, listenOf(options));
    checkConfig(config, builtIn);
    daemon = await buildDaemon(
      config,
      { dataFolder, uiFolder: uiFolder() },
      { log, ...(branch === undefined ? {} : { demo: { addressOf: (id) => branch.addressOf(id) } }) },
    );
    announce(daemon.url, branch);
    const reason = await stopped;
    if (reason !== 'signal') log.fatal({ err: reason.cause }, 'a bug: the daemon stops');
    await daemon.stop(reason === 'signal' ? 'signal' : 'bug');
    if (reason !== 'signal') process.exitCode = 70;
  } finally {
    await branch?.stop();
  }
}

/** Before simulators begin to write there: the folder can be written, and no other daemon serves it. */
function checkFree(folder: string): void {
  try {
    lockFolder(folder)();
  } catch (cause) {
    if (!(cause instanceof CounterdError)) throw cause;
    const more = cause.detail === undefined ? '' : ` (${cause.detail})`;
    throw new CounterdError(cause.code, `${folder}${more}; another folder: --data`, { cause });
  }
}

async function startBranch(options: StartOptions, place: { readonly folder: string; warn(text: string): void }): Promise<BranchProcess> {
  const scenario = options.simulate === undefined || options.simulate === true ? USUAL_SCENARIO : options.simulate;
  if (/^https?:/.test(scenario)) return attachToBranch(scenario);
  return runSimulatedBranch({ scenario, folder: place.folder, onTrouble: (text) => place.warn(text) });
}

function listenOf({ host, port }: StartOptions): { host?: string; port?: number } {
  return { ...(host === undefined ? {} : { host }), ...(port === undefined ? {} : { port }) };
}

function withListen(config: CounterdConfig, options: StartOptions): CounterdConfig {
  return { ...config, ...listenOf(options) };
}

/** For programs on stdout, for people on stderr. */
function announce(url: string, branch: BranchProcess | undefined): void {
  printLine({ ready: true, url, ...(branch === undefined ? {} : { control: branch.branch.control }) });
  tell(`\ncounterd  ${url}`);
  if (branch === undefined) return;
  tell(`模拟网点 virtual branch  ${branch.branch.control}`);
  tell(`演示人员 demo people (密码 password: ${DEMO_PASSWORD})`);
  for (const { id, name, roles } of demoPeople) tell(`  ${id}  ${name}  ${roles.join(', ')}`);
}

/** Resolves with why to stop: a signal, or a mistake of ours that nothing caught. */
function stopRequest(): Promise<'signal' | { readonly cause: unknown }> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve('signal'));
    for (const event of ['uncaughtException', 'unhandledRejection'] as const)
      process.once(event, (cause: unknown) => resolve({ cause: cause ?? new CounterdError('CD_BUG') }));
  });
}
