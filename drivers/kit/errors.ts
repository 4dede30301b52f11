import { errorCatalog } from './error-catalog.ts';
import type { ErrorEntry } from './error-entry.ts';

export type { ErrorEntry, Fault, Retry } from './error-entry.ts';

export type ErrorCode = keyof typeof errorCatalog;

/** The catalogue entry of `code`. */
export function errorEntry(code: ErrorCode): ErrorEntry {
  return errorCatalog[code];
}

/** True when `text` is a code of the catalogue. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorCatalog, text);
}

/**
 * The one error class. `detail` holds numbers, names of keys and ids for the log and the problem document;
 * never a secret, a customer's name or a raw frame.
 */
export class CounterdError extends Error {
  override readonly name = 'CounterdError';
  readonly code: ErrorCode;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, detail?: string, options?: { readonly cause?: unknown }) {
    super(`${code}: ${errorCatalog[code].text.en}${detail === undefined ? '' : ` (${detail})`}`, options);
    this.code = code;
    this.detail = detail;
  }

  get entry(): ErrorEntry {
    return errorCatalog[this.code];
  }
}
