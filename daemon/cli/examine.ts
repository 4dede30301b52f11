import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { openTransport } from '../../drivers/transports/open-transport.ts';
import { loadConfig } from '../config/load-config.ts';
import type { CounterdConfig } from '../config/config-schema.ts';
import { journalVerify } from '../journal/journal-command.ts';
import { printLine, setAnswer } from './run-program.ts';

export interface DoctorOptions {
  readonly config?: string;
  readonly data: string;
  readonly port: number;
  readonly json?: boolean;
}

interface Finding {
  readonly what: string;
  readonly state: 'good' | 'note' | 'bad';
  /** What was seen; for `bad`, what to do. */
  readonly text: string;
}

/** Free space below which the journal would soon stop. */
const roomMinBytes = 1024 ** 3;

/** Prints every finding; the answer is no when one is bad. */
export async function examine(options: DoctorOptions): Promise<void> {
  const config = readConfig(options.config);
  const findings = [
    checkNode(),
    checkClock(),
    config.finding,
    checkFolder(resolve(options.data)),
    checkRoom(resolve(options.data)),
    await checkPort(options.port),
    await checkJournal(resolve(options.data)),
    ...(await checkDevices(config.config)),
  ];
  if (options.json === true) printLine({ findings });
  else
    for (const { what, state, text } of findings)
      process.stdout.write(`${{ good: 'ok  ', note: 'note', bad: 'BAD ' }[state]} ${what}: ${text}\n`);
  setAnswer(findings.some(({ state }) => state === 'bad') ? 1 : 0);
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > 20 || (major === 20 && minor >= 19);
  return {
    what: 'program',
    state: isNew ? 'good' : 'bad',
    text: `Node ${process.versions.node}${isNew ? '' : '; install 20.19 or newer'}`,
  };
}

function checkClock(): Finding {
  const now = new Date();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (now.getUTCFullYear() < 2026)
    return { what: 'time', state: 'bad', text: `the clock says ${now.toISOString()}; set it, and let it be set over the network` };
  return { what: 'time', state: 'good', text: `${now.toISOString()}, zone ${zone}` };
}

function readConfig(given: string | undefined): { readonly config?: CounterdConfig; readonly finding: Finding } {
  const file = resolve(given ?? 'counterd.yaml');
  if (given === undefined && !existsSync(file)) {
    return {
      finding: {
        what: 'configuration',
        state: 'note',
        text: 'no counterd.yaml: the daemon would start a simulated branch; "counterd init" writes one',
      },
    };
  }
  try {
    const config = loadConfig(file);
    return { config, finding: { what: 'configuration', state: 'good', text: `${file}, ${String(config.devices.length)} devices` } };
  } catch (cause) {
    if (!(cause instanceof CounterdError)) throw cause;
    return { finding: { what: 'configuration', state: 'bad', text: `${cause.entry.text.en} ${cause.detail ?? ''}`.trim() } };
  }
}

/** The folder, or the nearest one above it that exists and would have to take it. */
function standing(folder: string): string {
  let place = folder;
  while (!existsSync(place)) place = dirname(place);
  return place;
}

function checkFolder(folder: string): Finding {
  const place = standing(folder);
  try {
    accessSync(place, constants.W_OK | constants.X_OK);
    return { what: 'data folder', state: 'good', text: place === folder ? `${folder} can be written` : `${folder} can be made` };
  } catch {
    return {
      what: 'data folder',
      state: 'bad',
      text: `${place} cannot be written by this account; change its owner or choose another with --data`,
    };
  }
}

function checkRoom(folder: string): Finding {
  const { bavail, bsize } = statfsSync(standing(folder));
  const freeBytes = bavail * bsize;
  const text = `${(freeBytes / 1024 ** 3).toFixed(1)} GiB free`;
  return {
    what: 'disk',
    state: freeBytes < roomMinBytes ? 'bad' : 'good',
    text: freeBytes < roomMinBytes ? `only ${text}; make room` : text,
  };
}

async function checkPort(port: number): Promise<Finding> {
  const isFree = await new Promise<boolean>((decide) => {
    const server = createServer();
    server.once('error', () => {
      decide(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        decide(true);
      });
    });
  });
  if (isFree) return { what: 'network port', state: 'good', text: `${String(port)} is free` };
  const isOurs = await fetch(`http://127.0.0.1:${String(port)}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
    (answer) => answer.ok,
    () => false,
  );
  return isOurs
    ? { what: 'network port', state: 'good', text: `a daemon serves on ${String(port)}` }
    : { what: 'network port', state: 'bad', text: `another program uses ${String(port)}; stop it, or start with --port` };
}

async function checkJournal(folder: string): Promise<Finding> {
  if (!existsSync(resolve(folder, 'journal.db'))) return { what: 'journal', state: 'note', text: 'none yet' };
  let said = '';
  const out = new Writable({
    write(chunk: Buffer, _encoding, next) {
      said += chunk.toString('utf8');
      next();
    },
  });
  try {
    const isWhole = (await journalVerify({ folder, out })) === 0;
    return {
      what: 'journal',
      state: isWhole ? 'good' : 'bad',
      text: isWhole
        ? `the chain is whole: ${said.trim()}`
        : `the chain does not fit: ${said.trim()}; keep the folder as it is and restore a backup`,
    };
  } catch (cause) {
    if (!(cause instanceof CounterdError)) throw cause;
    return { what: 'journal', state: 'bad', text: `${cause.entry.text.en} ${cause.detail ?? ''}`.trim() };
  }
}

async function checkDevices(config: CounterdConfig | undefined): Promise<readonly Finding[]> {
  return Promise.all(
    (config?.devices ?? []).map(async ({ id, address }): Promise<Finding> => {
      try {
        const link = await openTransport(address).open(AbortSignal.timeout(5_000));
        await link.close();
        return { what: `device ${id}`, state: 'good', text: `${address} can be opened` };
      } catch (cause) {
        if (!(cause instanceof CounterdError)) throw cause;
        const isHeld = cause.code === 'CD_LINK_BUSY';
        return { what: `device ${id}`, state: isHeld ? 'note' : 'bad', text: `${address}: ${cause.entry.text.en}` };
      }
    }),
  );
}
