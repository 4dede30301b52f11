import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { hostClock } from '../../drivers/kit/clock.ts';
import { Conversation } from '../../drivers/kit/conversation.ts';
import { toHex } from '../../drivers/kit/bytes.ts';
import { CounterdError, type ErrorCode } from '../../drivers/kit/errors.ts';
import type { Attachment, CommandId } from '../../drivers/kit/machine.ts';
import { modelId, type AnyModel } from '../../drivers/kit/model.ts';
import type { Outcome } from '../../drivers/kit/outcome.ts';
import { runLink, type Outbox } from '../../drivers/kit/runner.ts';
import { checker, type TObject } from '../../drivers/kit/schema.ts';
import type { Link } from '../../drivers/kit/transport.ts';
import { deviceModels } from '../../drivers/models.generated.ts';
import { openTransport } from '../../drivers/transports/open-transport.ts';
import { printLine, setAnswer } from './run-program.ts';

export interface DriveOptions {
  readonly for: number | undefined;
  readonly wait: number;
  readonly options: string;
  readonly out: string | undefined;
}

export interface DriveRequest {
  readonly model: string;
  readonly address: string;
  /** A command of the family, or `watch`. */
  readonly command: string;
  /** JSON, or `-` for stdin. */
  readonly args: string;
  readonly options: DriveOptions;
}

type AnyConversation = Conversation<unknown, unknown, unknown, unknown, unknown, string>;

/**
 * Opens the address, waits until the device is online, gives it the command and prints everything that comes.
 * Throws CD_DEVICE_NO_ANSWER when it does not come online in time, or the code the driver gives up with.
 */
export async function driveDevice(request: DriveRequest): Promise<void> {
  const model = findModel(request.model);
  const command = request.command === 'watch' ? undefined : await readCommand(model, request);
  const options = readJson(request.options.options, '--options', model.options);
  const need = model.manifest.transports.find((each) => request.address.startsWith(`${each.scheme}:`));
  const link = await openTransport(request.address, need).open(AbortSignal.timeout(request.options.wait));
  const drive = new Drive({ model, options, link, request });
  if (command === undefined) await drive.watch();
  else setAnswer((await drive.execute(command)).kind === 'done' ? 0 : 1);
}

interface DriveParts {
  readonly model: AnyModel;
  readonly options: unknown;
  readonly link: Link;
  readonly request: DriveRequest;
}

/** One link from open to close, with its conversation. */
class Drive {
  readonly #parts: DriveParts;
  readonly #conversation: AnyConversation;
  /** The link is closed and everything has settled. */
  readonly #ended: Promise<void>;
  readonly #online: Promise<void>;
  /** Why it is over: the driver gave up, or the link ended. Settles once. */
  readonly #over: Promise<CounterdError>;
  #fileCount = 0;
  #lastStatus = '';

  constructor(parts: DriveParts) {
    this.#parts = parts;
    const driver = parts.model.driver(parts.options);
    let outbox: Outbox | undefined;
    let cameOnline: () => void = () => undefined;
    let isOver: (error: CounterdError) => void = () => undefined;
    this.#online = new Promise((resolve) => {
      cameOnline = resolve;
    });
    this.#over = new Promise((resolve) => {
      isOver = resolve;
    });
    this.#conversation = new Conversation({
      machine: driver,
      codec: parts.model.codec,
      clock: hostClock,
      sinks: {
        send: (bytes) => outbox?.send(bytes),
        event: (event, attachment) => {
          this.#printEvent(event, attachment);
        },
        stepped: () => {
          this.#printStatus(driver.status(this.#conversation.state));
        },
        ready: (identity) => {
          printLine({ kind: 'ready', identity });
          cameOnline();
        },
        giveUp: (code) => {
          isOver(new CounterdError(code, parts.request.address));
          void parts.link.close();
        },
        junk: (reason, raw) => {
          printLine({ kind: 'junk', reason, bytes: raw.length, hex: toHex(raw.subarray(0, 64)) });
        },
      },
    });
    this.#ended = runLink(parts.link, this.#conversation, (box) => {
      outbox = box;
    }).then((end) => {
      isOver(new CounterdError(end.kind === 'lost' ? end.code : 'CD_LINK_LOST', parts.request.address));
    });
  }

  async execute(command: { readonly name: string; readonly args: unknown }): Promise<Outcome> {
    const { model, link } = this.#parts;
    const spec = model.family.commands[command.name];
    if (spec === undefined) throw new CounterdError('CD_COMMAND_UNKNOWN', command.name);
    try {
      await this.#untilOnline();
      const outcome = await new Promise<Outcome>((settle) => {
        const { timeoutMs, repeat } = spec;
        this.#conversation.execute({ id: 'drive' as CommandId, command, terms: { timeoutMs, repeat }, settle });
      });
      printLine(outcome.kind === 'done' ? { kind: 'outcome', outcome: 'done', result: outcome.result } : notDoneLine(outcome));
      return outcome;
    } finally {
      await link.close();
      await this.#ended;
    }
  }

  async watch(): Promise<void> {
    const { link, request } = this.#parts;
    const stop = new AbortController();
    const interrupt = (): void => {
      stop.abort();
    };
    process.once('SIGINT', interrupt);
    process.once('SIGTERM', interrupt);
    try {
      await this.#untilOnline();
      await Promise.race([this.#over.then(raise), untilStopped(stop.signal, request.options.for)]);
    } finally {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
      stop.abort();
      await link.close();
      await this.#ended;
    }
  }

  async #untilOnline(): Promise<void> {
    let cancel: () => void = () => undefined;
    const late = new Promise<never>((_, reject) => {
      cancel = hostClock.after(this.#parts.request.options.wait, () => {
        reject(new CounterdError('CD_DEVICE_NO_ANSWER', this.#parts.request.address));
      });
    });
    await Promise.race([this.#online, this.#over.then(raise), late]).finally(cancel);
  }

  #printEvent({ type, data }: { type: string; data: unknown }, attachment: Attachment | undefined): void {
    if (attachment === undefined) {
      printLine({ kind: 'event', type, data });
      return;
    }
    const { mediaType, bytes } = attachment;
    const file = this.#save(mediaType, bytes);
    printLine({ kind: 'event', type, data, attachment: { mediaType, bytes: bytes.length, ...(file === undefined ? {} : { file }) } });
  }

  #save(mediaType: string, bytes: Uint8Array): string | undefined {
    const folder = this.#parts.request.options.out;
    if (folder === undefined) return undefined;
    mkdirSync(folder, { recursive: true });
    this.#fileCount++;
    const file = join(folder, `${String(this.#fileCount).padStart(4, '0')}.${/[a-z0-9]+$/.exec(mediaType)?.[0] ?? 'bin'}`);
    writeFileSync(file, bytes);
    return file;
  }

  #printStatus(status: unknown): void {
    const line = JSON.stringify(status);
    if (line === this.#lastStatus) return;
    this.#lastStatus = line;
    printLine({ kind: 'status', status });
  }
}

function raise(error: CounterdError): never {
  throw error;
}

function notDoneLine(outcome: Exclude<Outcome, { kind: 'done' }>): Record<string, unknown> {
  const { kind, code, detail } = outcome;
  return { kind: 'outcome', outcome: kind, code, ...(detail === undefined ? {} : { detail }), text: textOf(code) };
}

function textOf(code: ErrorCode): string {
  return new CounterdError(code).entry.text.en;
}

function untilStopped(signal: AbortSignal, forMs: number | undefined): Promise<void> {
  return new Promise((resolve) => {
    const cancel = forMs === undefined ? undefined : hostClock.after(forMs, resolve);
    signal.addEventListener('abort', () => {
      cancel?.();
      resolve();
    });
  });
}

function findModel(id: string): AnyModel {
  const found = deviceModels.find((model) => modelId(model.manifest) === id);
  if (found !== undefined) return found;
  throw new CounterdError('CD_CONFIG_MODEL', `"${id}" is none of: ${deviceModels.map((model) => modelId(model.manifest)).join(', ')}`);
}

async function readCommand(model: AnyModel, request: DriveRequest): Promise<{ name: string; args: unknown }> {
  const spec = model.family.commands[request.command];
  if (spec === undefined) {
    throw new CounterdError(
      'CD_COMMAND_UNKNOWN',
      `"${request.command}" is none of: watch, ${Object.keys(model.family.commands).join(', ')}`,
    );
  }
  const words = request.args === '-' ? await text(process.stdin) : request.args;
  return { name: request.command, args: readJson(words, 'the arguments', spec.args) };
}

/** Reads JSON that fits `schema`. What does not fit is named by its place, never by its value: it may be a code. */
function readJson(words: string, what: string, schema: TObject): unknown {
  let value: unknown;
  try {
    value = JSON.parse(words);
  } catch (cause) {
    throw new CounterdError('CD_COMMAND_ARGS', `${what} are not valid JSON`, { cause });
  }
  const misfits = checker(schema).misfits(value);
  if (misfits.length === 0) return value;
  throw new CounterdError(
    'CD_COMMAND_ARGS',
    `${what}: ${misfits.map(({ path, message }) => `${path === '' ? '/' : path} ${message}`).join('; ')}`,
  );
}
