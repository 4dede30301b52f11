import { CounterdError } from '../../drivers/kit/errors.ts';

/** Who holds a device for itself. */
export interface Claim {
  /** A workflow instance, or whatever else asked. */
  readonly owner: string;
  /** Set when the owner is a workflow instance: what the device says then belongs to it. */
  readonly flow?: string;
  /** By the clock's `nowMs`; absent: until it is released. */
  readonly untilMs?: number;
}

/** Exclusive claims, one for each device. An expired claim is no claim. */
export class ClaimBook {
  readonly #claims = new Map<string, Claim>();

  /** The claim in force. */
  of(deviceId: string, nowMs: number): Claim | undefined {
    const claim = this.#claims.get(deviceId);
    return claim?.untilMs !== undefined && claim.untilMs <= nowMs ? undefined : claim;
  }

  /** Takes or renews; throws CD_DEVICE_CLAIMED when another owner holds it. Says whether it is new. */
  take(deviceId: string, claim: Claim, nowMs: number): boolean {
    const held = this.of(deviceId, nowMs);
    if (held !== undefined && held.owner !== claim.owner) throw new CounterdError('CD_DEVICE_CLAIMED', deviceId);
    this.#claims.set(deviceId, claim);
    return held === undefined;
  }

  /** Gives it back; with an `owner`, only that owner's. Returns what was held, expired or not. */
  drop(deviceId: string, owner?: string): Claim | undefined {
    const claim = this.#claims.get(deviceId);
    if (claim === undefined || (owner !== undefined && claim.owner !== owner)) return undefined;
    this.#claims.delete(deviceId);
    return claim;
  }
}
