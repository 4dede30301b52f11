import type { ErrorCode } from './errors.ts';
import type { JunkReason } from './codec.ts';
import type { Outcome } from './outcome.ts';

/** Identifies one intention of one person or program. Idempotency hangs on it. */
export type CommandId = string & { readonly __brand: 'CommandId' };

/** What a device says about itself while it is being identified. Absent fields are not known, never guessed. */
export interface Identity {
  readonly maker?: string;
  readonly model?: string;
  readonly firmware?: string;
  readonly serial?: string;
}

/** A picture or document that travels with an event; the daemon stores it by content hash. */
export interface Attachment {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/**
 * Everything that can happen to a driver.
 * `lost` is the last input of a link: the cable, the process or the power went. `drained` says that every
 * byte sent so far has left the host, which is the only thing known about a device that never answers.
 */
export type Input<Rx, C, T extends string = string> =
  | { readonly kind: 'opened' }
  | { readonly kind: 'frame'; readonly frame: Rx }
  | { readonly kind: 'junk'; readonly reason: JunkReason; readonly raw: Uint8Array }
  | { readonly kind: 'timer'; readonly timer: T }
  | { readonly kind: 'command'; readonly id: CommandId; readonly command: C }
  | { readonly kind: 'cancel'; readonly id: CommandId }
  | { readonly kind: 'drained' }
  | { readonly kind: 'lost' };

/**
 * Everything a driver can ask for.
 * - `ready`: the device answered as this model does; from here on it is online.
 * - `give-up`: this link is of no use (no answer, wrong device). The code's `retry` in the error catalogue
 *   decides between back-off and quarantine.
 */
export type Effect<Tx, E, T extends string = string> =
  | { readonly kind: 'send'; readonly frame: Tx }
  | { readonly kind: 'arm'; readonly timer: T; readonly ms: number }
  | { readonly kind: 'disarm'; readonly timer: T }
  | { readonly kind: 'emit'; readonly event: E; readonly attachment?: Attachment }
  | { readonly kind: 'settle'; readonly id: CommandId; readonly outcome: Outcome }
  | { readonly kind: 'ready'; readonly identity: Identity }
  | { readonly kind: 'give-up'; readonly code: ErrorCode };

/**
 * A driver - or, with the roles swapped, the firmware of a simulated device - as a pure function.
 * No promise, timer, listener, clock or `try`. `step` returns a new state and leaves the old one as it was.
 * The state survives a lost link; `opened` is the first input of the next one.
 */
export interface Machine<S, Rx, Tx, C, E, T extends string = string> {
  readonly initial: S;
  step(state: S, input: Input<Rx, C, T>): readonly [next: S, effects: readonly Effect<Tx, E, T>[]];
}
