import type { CancelTimer, Clock } from '../../drivers/kit/clock.ts';
import type { NewEntry } from '../journal/entry.ts';
import { ClaimBook, type Claim } from './claim.ts';
import type { Member } from './member.ts';

export interface ClaimTerms {
  /** The claim ends by itself after this; without it, when it is released. */
  readonly ttlMs?: number;
  readonly actor?: string;
  /** False when the owner is not a workflow instance. */
  readonly isFlow?: boolean;
}

interface ReleaseTerms {
  /** Only this owner's claim; anybody's when absent. */
  readonly owner?: string;
  readonly isForced: boolean;
  readonly actor?: string;
}

/** Exclusive claims on devices, each taken and given back in the journal. */
export class DeviceClaims {
  readonly #clock: Clock;
  readonly #book = new ClaimBook();
  readonly #endings = new Map<string, CancelTimer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The claim in force. */
  of(deviceId: string): Claim | undefined {
    return this.#book.of(deviceId, this.#clock.nowMs());
  }

  /** Takes or renews. Rejects with CD_DEVICE_CLAIMED when somebody else holds it, and with CD_STORAGE_… when that cannot be written. */
  async take(member: Member, owner: string, { ttlMs, isFlow = true, actor }: ClaimTerms): Promise<void> {
    const nowMs = this.#clock.nowMs();
    const { id } = member.setting;
    const claim: Claim = { owner, ...(isFlow ? { flow: owner } : {}), ...(ttlMs === undefined ? {} : { untilMs: nowMs + ttlMs }) };
    const isNew = this.#book.take(id, claim, nowMs);
    this.#endAfter(member, ttlMs);
    if (!isNew) return;
    try {
      await member.recorder.recordOrRefuse(
        entryOf(member, claim, { type: 'device.claimed', data: { owner }, ...(actor === undefined ? {} : { actor }) }),
      );
    } catch (cause) {
      this.#drop(id, owner);
      throw cause;
    }
  }

  /** Gives it back; false when nobody, or another owner, holds it. */
  async release(member: Member, { owner, isForced, actor }: ReleaseTerms): Promise<boolean> {
    const claim = this.#drop(member.setting.id, owner);
    if (claim === undefined) return false;
    const data = { owner: claim.owner, isForced };
    await member.recorder.record(entryOf(member, claim, { type: 'device.released', data, ...(actor === undefined ? {} : { actor }) }));
    return true;
  }

  /** No claim ends by itself any more. */
  close(): void {
    for (const cancel of this.#endings.values()) cancel();
    this.#endings.clear();
  }

  #drop(deviceId: string, owner: string | undefined): Claim | undefined {
    const claim = this.#book.drop(deviceId, owner);
    if (claim !== undefined) this.#cancelEnd(deviceId);
    return claim;
  }

  #endAfter(member: Member, ttlMs: number | undefined): void {
    const { id } = member.setting;
    this.#cancelEnd(id);
    if (ttlMs === undefined) return;
    const end = (): void => {
      const claim = this.#drop(id, undefined);
      if (claim !== undefined)
        member.recorder.say(entryOf(member, claim, { type: 'device.released', data: { owner: claim.owner, isForced: false } }));
    };
    this.#endings.set(id, this.#clock.after(ttlMs, end));
  }

  #cancelEnd(deviceId: string): void {
    this.#endings.get(deviceId)?.();
    this.#endings.delete(deviceId);
  }
}

function entryOf({ setting }: Member, { flow }: Claim, entry: NewEntry): NewEntry {
  const { id: device, position } = setting;
  return { ...entry, device, ...(position === undefined ? {} : { position }), ...(flow === undefined ? {} : { flow }) };
}
