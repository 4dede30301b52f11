/** A place bytes come from. Reusable: each `open` gives one single-use link. */
export interface Transport {
  /** The address in the form of docs/GLOSSARY.md "address", e.g. `serial:/dev/ttyUSB0?baud=9600`. */
  readonly address: string;
  /** Rejects with a `CounterdError` (CD_LINK_…) when the place cannot be reached, or when `signal` aborts. */
  open(signal: AbortSignal): Promise<Link>;
}

/**
 * One connection to one device, from open to its end.
 *
 * The law that lets all transports be swapped: `chunks` ends quietly after our own `close()`, and throws
 * `CounterdError('CD_LINK_LOST')` when the far end went away. Nothing else ends it.
 */
export interface Link {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Resolves once the bytes left the host (drained to the line). Callers never overlap two writes. */
  write(bytes: Uint8Array): Promise<void>;
  /** Idempotent. */
  close(): Promise<void>;
}
