/**
 * Commands from the order to the outcome. A command is in the journal before its first byte leaves and settles
 * there in one of the four ways; its id is good for one intention, also across restarts.
 */
import { randomUUID } from 'node:crypto';
import { CounterdError } from '../../drivers/kit/errors.ts';
import type { CommandSpec } from '../../drivers/kit/family.ts';
import type { CommandId } from '../../drivers/kit/machine.ts';
import { failed, inDoubt, refused, type Outcome } from '../../drivers/kit/outcome.ts';
import { checker, type Checker, type TObject } from '../../drivers/kit/schema.ts';
import type { NewEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import type { Claim } from './claim.ts';
import type { DeviceLedger, KnownCommand } from './device-ledger.ts';
import type { Member } from './member.ts';
import { withoutSecrets } from './without-secrets.ts';

/** What is to be done. */
export interface DeviceOrder extends OrderContext {
  readonly name: string;
  readonly args: unknown;
}

/** Whose order it is. */
export interface OrderContext {
  /** One intention of one person or program; a new one when absent. */
  readonly commandId?: string;
  readonly actor?: string;
  readonly position?: string;
  /** The workflow instance; orders of the flow that claimed the device pass. */
  readonly flow?: string;
}

export interface CommandDeskParts {
  readonly journal: Journal;
  readonly ledger: DeviceLedger;
  readonly claimOf: (deviceId: string) => Claim | undefined;
}

interface Running {
  readonly what: string;
  readonly outcome: Promise<Outcome>;
}

/** An order that makes sense, on its way to one device. */
interface Accepted {
  readonly member: Member;
  readonly spec: CommandSpec;
  readonly id: string;
  readonly name: string;
  readonly args: unknown;
  readonly stamp: Pick<NewEntry, 'device' | 'position' | 'actor' | 'flow' | 'cause'>;
}

export class CommandDesk {
  readonly #parts: CommandDeskParts;
  readonly #running = new Map<string, Running>();
  /** Outcomes that the disk has not taken yet. */
  readonly #unwritten = new Map<string, Outcome>();
  readonly #checkers = new Map<TObject, Checker<unknown>>();

  constructor(parts: CommandDeskParts) {
    this.#parts = parts;
  }

  /** See `DeviceRegistry.execute`. */
  execute(member: Member, order: DeviceOrder, context: OrderContext): Promise<Outcome> {
    const accepted = this.#accept(member, order, context);
    const what = JSON.stringify([member.setting.id, order.name, argsFor(accepted)]);
    const before = this.#before(accepted.id, what);
    if (before !== undefined) return before;
    const outcome = this.#carryOut(accepted);
    this.#running.set(accepted.id, { what, outcome });
    const forget = (): void => void this.#running.delete(accepted.id);
    outcome.then(forget, forget);
    return outcome;
  }

  /** Settles what a killed daemon left open: what may have moved something is in doubt. */
  async settleInterrupted(): Promise<void> {
    for (const command of this.#parts.ledger.openCommands()) {
      const { id, device, name, repeat, outcome: _open, argsJson: _args, ...whose } = command;
      const outcome = repeat === 'unsafe' ? inDoubt('CD_COMMAND_INTERRUPTED') : failed('CD_COMMAND_INTERRUPTED');
      await this.#parts.journal.append([{ type: 'device.command-settled', data: { command: name, outcome }, device, cause: id, ...whose }]);
    }
  }

  /** Resolves when no command runs. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.#running.values()].map(({ outcome }) => outcome));
  }

  #accept(member: Member, { name, args }: DeviceOrder, context: OrderContext): Accepted {
    const spec = Object.hasOwn(member.model.family.commands, name) ? member.model.family.commands[name] : undefined;
    if (spec === undefined) throw new CounterdError('CD_COMMAND_UNKNOWN', name);
    const { actor, flow, commandId: id = randomUUID() } = context;
    const position = context.position ?? member.setting.position;
    const stamp = {
      device: member.setting.id,
      cause: id,
      ...(position === undefined ? {} : { position }),
      ...(actor === undefined ? {} : { actor }),
      ...(flow === undefined ? {} : { flow }),
    };
    const accepted = { member, spec, id, name, args, stamp };
    const misfit = this.#misfitOf(accepted);
    if (misfit !== undefined && flow === undefined) throw new CounterdError('CD_COMMAND_ARGS', misfit);
    return accepted;
  }

  #misfitOf({ spec, args }: Accepted): string | undefined {
    const known = this.#checkers.get(spec.args) ?? checker(spec.args);
    this.#checkers.set(spec.args, known);
    const [misfit] = known.misfits(args);
    return misfit === undefined ? undefined : `${misfit.path} ${misfit.message}`;
  }

  /** What this id has led to already. */
  #before(id: string, what: string): Promise<Outcome> | undefined {
    const running = this.#running.get(id);
    const past = running === undefined ? this.#parts.ledger.command(id) : undefined;
    if (running === undefined && past === undefined) return undefined;
    const known = running?.what ?? (past === undefined ? '' : whatOf(past));
    if (known !== what) return Promise.reject(new CounterdError('CD_COMMAND_DUPLICATE', id));
    return running?.outcome ?? Promise.resolve(past?.outcome ?? this.#unwritten.get(id) ?? inDoubt('CD_COMMAND_INTERRUPTED'));
  }

  async #carryOut(accepted: Accepted): Promise<Outcome> {
    const { member, stamp, name, spec } = accepted;
    const started: NewEntry = {
      type: 'device.command-started',
      data: { command: name, args: argsFor(accepted), repeat: spec.repeat },
      ...stamp,
    };
    const refusal = this.#refusalOf(accepted);
    await member.recorder.recordOrRefuse(started);
    const outcome = refusal ?? (await this.#give(accepted));
    const settled: NewEntry = { type: 'device.command-settled', data: { command: name, outcome: outcomeFacts(spec, outcome) }, ...stamp };
    this.#unwritten.set(accepted.id, outcome);
    await member.recorder.record(settled);
    this.#unwritten.delete(accepted.id);
    return outcome;
  }

  /** Why nothing will be sent. */
  #refusalOf(accepted: Accepted): Outcome | undefined {
    const { member, stamp } = accepted;
    const misfit = this.#misfitOf(accepted);
    if (misfit !== undefined) return refused('CD_COMMAND_ARGS', misfit);
    const claim = this.#parts.claimOf(member.setting.id);
    if (claim !== undefined && claim.owner !== stamp.flow) return refused('CD_DEVICE_CLAIMED');
    return member.device.phase.phase === 'online' ? undefined : refused('CD_DEVICE_NOT_ONLINE');
  }

  #give({ member, spec, id, name, args }: Accepted): Promise<Outcome> {
    return new Promise((settle) => {
      const { timeoutMs, repeat } = spec;
      member.device.execute({ id: id as CommandId, command: { name, args }, terms: { timeoutMs, repeat }, settle });
    });
  }
}

function argsFor({ spec, args }: Accepted): unknown {
  return withoutSecrets(spec.args, args) ?? null;
}

const whatOf = ({ device, name, argsJson }: KnownCommand): string => `[${JSON.stringify(device)},${JSON.stringify(name)},${argsJson}]`;

const DETAIL_MAX = 400;

/** An outcome as the contract's `device.command-settled` says it: without secrets. */
function outcomeFacts(spec: CommandSpec, outcome: Outcome): object {
  if (outcome.kind === 'done') return { kind: 'done', result: withoutSecrets(spec.result, outcome.result) ?? null };
  const { kind, code, detail } = outcome;
  return detail === undefined ? { kind, code } : { kind, code, detail: detail.slice(0, DETAIL_MAX) };
}
