import { CounterdError } from '../../drivers/kit/errors.ts';

/** Where a simulated wire ends on the host's side: what a foreign program opens. */
export interface LineEnd {
  /** What to write into `counterd.yaml`: `serial:/tmp/panel`, `tcp://127.0.0.1:7001`. */
  readonly address: string;
  /** Bytes for the host. Lost when nobody has the line open, as on a real cable. */
  deliver(bytes: Uint8Array): void;
  /** Pulls the cable out or puts it back; the host notices as it would. Calls take effect in order. */
  plug(isPlugged: boolean): void;
  /** Idempotent; resolves when nothing of it is left. */
  close(): Promise<void>;
}

/** Makes an end; `received` gets what the host sends, `connected` is called when a network client connects. */
export type OpenLineEnd = (received: (bytes: Uint8Array) => void, connected: () => void) => Promise<LineEnd>;

/** A cable that cannot be put back (its port was taken meanwhile) is told to the person; the others go on. */
export function reportPlugging(cause: unknown): void {
  if (!(cause instanceof CounterdError)) throw cause;
  process.stderr.write(`${cause.message}\n`);
}
