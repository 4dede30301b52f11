import type { ErrorCode } from './errors.ts';

/**
 * The four ways a command ends (design, idea 3).
 * - `done`: it happened, and the device said so.
 * - `refused`: the device or we said no; nothing moved.
 * - `failed`: it was tried and is known not to have happened.
 * - `in-doubt`: paper or cash may have moved; a person must look. Never retried by the program.
 */
export type Outcome<R = unknown> =
  | { readonly kind: 'done'; readonly result: R }
  | { readonly kind: 'refused' | 'failed' | 'in-doubt'; readonly code: ErrorCode; readonly detail?: string };

export const done = <R>(result: R): Outcome<R> => ({ kind: 'done', result });
export const refused = (code: ErrorCode, detail?: string): Outcome<never> => notDone('refused', code, detail);
export const failed = (code: ErrorCode, detail?: string): Outcome<never> => notDone('failed', code, detail);
export const inDoubt = (code: ErrorCode, detail?: string): Outcome<never> => notDone('in-doubt', code, detail);

function notDone(kind: 'refused' | 'failed' | 'in-doubt', code: ErrorCode, detail: string | undefined): Outcome<never> {
  return detail === undefined ? { kind, code } : { kind, code, detail };
}
