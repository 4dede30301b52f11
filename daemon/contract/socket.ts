import type { Entry } from './entry.ts';

/**
 * The live feed. One event, `entry`, carries the whole union: order and resume need a single stream. `clock` beside
 * it proves that the daemon still runs, which a socket that is merely open does not.
 * The browser connects with what it has; the daemon pages the rest from the journal and then follows.
 */
export interface FeedHandshake {
  /** The login token; the cookie alone is shared by every port of the host. */
  readonly token: string;
  readonly afterSeq: number;
  /** Hash of the contract the page was built with; a stale page is told to reload. */
  readonly contractHash: string;
}

/** Between two `clock` events, in milliseconds: three may be late before two seconds are over (U2). */
export const CLOCK_EVERY_MS = 500;

export interface ServerToUi {
  entry: (entry: Entry) => void;
  /** `gap`: fetch `/api/v1/state` again and reconnect. `contract-changed`: reload the page. `login-ended`: log in again. */
  resync: (reason: 'gap' | 'contract-changed' | 'login-ended') => void;
  /** Everything up to `seq` has been sent; from here on it is live. `at` is the daemon’s clock. */
  live: (seq: number, at: string) => void;
  /** The daemon’s clock, ISO 8601 in UTC, only to those who are live. Volatile: a line that is busy misses some. */
  clock: (at: string) => void;
}

/** Nothing is asked over the socket: intentions travel over HTTP, where they are checked, answered and idempotent. */
export type UiToServer = Readonly<Record<string, never>>;

/** What a customer display receives, and all it receives (W5). */
export interface DisplayView {
  readonly positionName: string;
  readonly tellerNumber?: string;
  readonly mode: 'welcome' | 'paused' | 'counting' | 'counted' | 'printing' | 'wait';
  readonly currency?: string;
  readonly lines: readonly { readonly denominationMinor: string; readonly noteCount: number; readonly amountMinor: string }[];
  readonly noteCount: number;
  readonly totalMinor: string;
  /** Notes that need a second look; neutral words only. */
  readonly reviewCount: number;
}

export interface DisplayHandshake {
  readonly displayToken: string;
}

export interface ServerToDisplay {
  display: (view: DisplayView) => void;
  clock: ServerToUi['clock'];
}
