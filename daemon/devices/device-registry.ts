/** All configured devices: the one place where the rest of the daemon meets them. */
import { hostClock, type Clock } from '../../drivers/kit/clock.ts';
import { CounterdError, type ErrorCode } from '../../drivers/kit/errors.ts';
import type { TransportNeed } from '../../drivers/kit/manifest.ts';
import { modelId, type AnyModel } from '../../drivers/kit/model.ts';
import type { Outcome } from '../../drivers/kit/outcome.ts';
import { checker } from '../../drivers/kit/schema.ts';
import type { Transport } from '../../drivers/kit/transport.ts';
import type { DeviceDetail, FramePage } from '../contract/index.ts';
import type { BlobStore } from '../journal/blob-store.ts';
import type { NewEntry } from '../journal/entry.ts';
import type { Sql } from '../journal/journal-database.ts';
import type { Journal } from '../journal/journal.ts';
import type { Claim } from './claim.ts';
import { CommandDesk, type DeviceOrder, type OrderContext } from './command-desk.ts';
import { DeviceClaims, type ClaimTerms } from './device-claims.ts';
import { DeviceLedger } from './device-ledger.ts';
import { Device } from './device.ts';
import type { DeviceSetting, Member } from './member.ts';
import { Recorder } from './recorder.ts';
import type { DevicePhase } from './supervisor.ts';

export interface DeviceRegistryParts {
  readonly settings: readonly DeviceSetting[];
  readonly models: readonly AnyModel[];
  readonly journal: Journal;
  /** Where the `deviceLedger` projection lives: the journal's database. */
  readonly ledgerTables: Sql;
  readonly blobs: Pick<BlobStore, 'put'>;
  readonly openTransport: (address: string, need: TransportNeed | undefined) => Transport;
  /** A mistake in a driver or in us, for the log: the device is quarantined. Never holds a secret. */
  readonly onBug: (deviceId: string, cause: unknown) => void;
  readonly clock?: Clock;
  /** In [0, 1). */
  readonly random?: () => number;
}

export class DeviceRegistry {
  readonly #parts: DeviceRegistryParts;
  readonly #clock: Clock;
  readonly #members: ReadonlyMap<string, Member>;
  readonly #claims: DeviceClaims;
  readonly #ledger: DeviceLedger;
  readonly #desk: CommandDesk;
  readonly #stopListening: () => void;

  /** Throws CD_CONFIG_MODEL and CD_CONFIG_INVALID. Nothing is opened before `start`. */
  constructor(parts: DeviceRegistryParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? hostClock;
    this.#claims = new DeviceClaims(this.#clock);
    this.#ledger = new DeviceLedger(parts.ledgerTables);
    this.#desk = new CommandDesk({ journal: parts.journal, ledger: this.#ledger, claimOf: (deviceId) => this.#claims.of(deviceId) });
    this.#members = new Map(parts.settings.map((setting) => [setting.id, this.#memberOf(setting)]));
    this.#stopListening = parts.journal.onCommit(() => {
      for (const { recorder } of this.#members.values()) recorder.release();
    });
  }

  /** Settles what a killed daemon left open - an unsafe command is in doubt - frees its claims, then opens every device. */
  async start(): Promise<void> {
    await this.#desk.settleInterrupted();
    for (const { device, owner } of this.#ledger.claims()) {
      await this.#parts.journal.append([{ type: 'device.released', data: { owner, isForced: false }, device }]);
    }
    for (const { device } of this.#members.values()) device.start();
  }

  /** Closes every link; resolves when every open command has settled and is written. */
  async stop(): Promise<void> {
    await Promise.all([...this.#members.values()].map(({ device }) => device.stop()));
    await this.#desk.idle();
    await Promise.all([...this.#members.values()].map(({ recorder }) => recorder.settled()));
    this.#claims.close();
    this.#stopListening();
  }

  get deviceIds(): readonly string[] {
    return [...this.#members.keys()];
  }

  /** All of these throw CD_DEVICE_UNKNOWN. */
  phase(deviceId: string): DevicePhase {
    return this.#member(deviceId).device.phase;
  }

  detail(deviceId: string): DeviceDetail {
    const { setting, model, device } = this.#member(deviceId);
    const commands = Object.entries(model.family.commands).map(([name, { doc, repeat, health }]) =>
      health === undefined ? { name, doc, repeat } : { name, doc, repeat, health },
    );
    const { id, address } = setting;
    return { id, address, manifest: model.manifest, capabilities: model.capabilities, commands, statistics: device.statistics() };
  }

  /** Raw frames after `afterId`, oldest first, as far as the ring still holds them; secrets masked. */
  frames(deviceId: string, afterId: number): FramePage {
    const { frames, droppedCount } = this.#member(deviceId).device.frames(afterId);
    return { frames: [...frames], droppedCount };
  }

  /** Opens the link again now, out of back-off and quarantine. */
  reconnect(deviceId: string): void {
    this.#member(deviceId).device.reconnect();
  }

  /**
   * Gives a device a command and resolves with its one outcome once that is on disk. The same command id again
   * gives the same outcome and does nothing; for another command it is CD_COMMAND_DUPLICATE. Throws
   * CD_DEVICE_UNKNOWN, CD_COMMAND_UNKNOWN and CD_COMMAND_ARGS for orders that make no sense - of a workflow,
   * arguments that do not fit are *refused*, so that it can go on - and CD_STORAGE_… when the start or the end
   * could not be written. `context` says whose order it is; it may also be part of the order.
   */
  async execute(deviceId: string, order: DeviceOrder, context: OrderContext = order): Promise<Outcome> {
    return this.#desk.execute(this.#member(deviceId), order, context);
  }

  /** Takes the device for `owner`, or renews its claim. Rejects with CD_DEVICE_CLAIMED when somebody else holds it. */
  async claim(deviceId: string, owner: string, terms: ClaimTerms = {}): Promise<void> {
    await this.#claims.take(this.#member(deviceId), owner, terms);
  }

  /** Gives the device back; nothing happens when `owner` does not hold it. */
  async release(deviceId: string, owner: string): Promise<void> {
    await this.#claims.release(this.#member(deviceId), { owner, isForced: false });
  }

  /** Takes the device from whoever holds it, on a person's responsibility. Resolves false when nobody did. */
  async forceRelease(deviceId: string, actor: string): Promise<boolean> {
    return this.#claims.release(this.#member(deviceId), { isForced: true, actor });
  }

  claimOf(deviceId: string): Claim | undefined {
    return this.#claims.of(this.#member(deviceId).setting.id);
  }

  #memberOf(setting: DeviceSetting): Member {
    const { openTransport, blobs, journal, models, random = Math.random } = this.#parts;
    const { id, address } = setting;
    const model = models.find(({ manifest }) => modelId(manifest) === setting.model);
    if (model === undefined) throw new CounterdError('CD_CONFIG_MODEL', `${id}: ${setting.model}`);
    const options = setting.options ?? {};
    const [misfit] = checker(model.options).misfits(options);
    if (misfit !== undefined) throw new CounterdError('CD_CONFIG_INVALID', `${id}: options${misfit.path} ${misfit.message}`);
    const letGo = (code: ErrorCode): void => device.letGo(code);
    const recorder = new Recorder({
      journal,
      blobs,
      overflowed: () => letGo('CD_STORAGE_FULL'),
      misfit: (cause) => {
        this.#parts.onBug(id, cause);
        letGo('CD_BUG');
      },
    });
    const device: Device = new Device({
      id,
      model,
      options,
      clock: this.#clock,
      random,
      recorder,
      transport: () =>
        openTransport(
          address,
          model.manifest.transports.find(({ scheme }) => address.startsWith(`${scheme}:`)),
        ),
      stamp: (entry) => ({ ...entry, ...this.#stampOf(setting, entry.type) }),
      onBug: (cause) => this.#parts.onBug(id, cause),
    });
    return { setting, model, device, recorder };
  }

  /** What a device says while a workflow holds it belongs to that workflow; how its link fares does not. */
  #stampOf({ id, position }: DeviceSetting, type: string): Pick<NewEntry, 'device' | 'position' | 'flow'> {
    const flow = type.startsWith('device.') ? undefined : this.#claims.of(id)?.flow;
    return { device: id, ...(position === undefined ? {} : { position }), ...(flow === undefined ? {} : { flow }) };
  }

  #member(deviceId: string): Member {
    const member = this.#members.get(deviceId);
    if (member === undefined) throw new CounterdError('CD_DEVICE_UNKNOWN', deviceId);
    return member;
  }
}
