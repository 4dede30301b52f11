import { CounterdError } from '../kit/errors.ts';

/** Refuses to begin when the caller has already changed its mind. */
export function refuseIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new CounterdError('CD_LINK_ABORTED');
}

/**
 * An opening that may be abandoned: rejects with `CD_LINK_ABORTED` the moment `signal` aborts, and gives
 * whatever still comes of it to `discard`.
 */
export function abandonable<V>(signal: AbortSignal, opening: Promise<V>, discard: (late: V) => void): Promise<V> {
  return new Promise((resolve, reject) => {
    let isAbandoned = false;
    const abandon = (): void => {
      isAbandoned = true;
      reject(new CounterdError('CD_LINK_ABORTED'));
    };
    signal.addEventListener('abort', abandon, { once: true });
    opening.then(
      (value) => {
        signal.removeEventListener('abort', abandon);
        if (isAbandoned) discard(value);
        else resolve(value);
      },
      (cause: unknown) => {
        signal.removeEventListener('abort', abandon);
        reject(cause instanceof Error ? cause : new CounterdError('CD_LINK_FAILED', String(cause)));
      },
    );
  });
}

/** The `code` of a Node system error, e.g. `ECONNREFUSED`; undefined for any other value. */
export function systemCode(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}
