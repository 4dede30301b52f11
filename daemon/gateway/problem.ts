import { CounterdError, errorEntry, type ErrorCode } from '../../drivers/kit/errors.ts';
import type { Problem } from '../contract/index.ts';

/** What a request may fail with before our own code sees it, by fastify’s word for it. */
const fastifyCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'CD_INPUT_JSON',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'CD_INPUT_JSON',
  FST_ERR_CTP_BODY_TOO_LARGE: 'CD_INPUT_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'CD_INPUT_MEDIA_TYPE',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'CD_INPUT_SHAPE',
  FST_ERR_VALIDATION: 'CD_INPUT_SHAPE',
  FST_ERR_BAD_URL: 'CD_INPUT_NOT_FOUND',
  FST_ERR_NOT_FOUND: 'CD_INPUT_NOT_FOUND',
};

export interface Failure {
  readonly problem: Problem;
  /** Ours: it is logged with its stack, and the caller is told nothing of it. */
  readonly isBug: boolean;
}

/** RFC 9457 problem document of a code. `detail` names keys and ids, never a value. */
export function problemOf(code: ErrorCode, detail?: string): Problem {
  const entry = errorEntry(code);
  return {
    type: `https://counterd.invalid/errors/${code}`,
    title: entry.text.en,
    status: entry.http,
    code,
    text: entry.text,
    ...(detail === undefined ? {} : { detail }),
  };
}

/** The document for anything a handler threw. What is not in the catalogue is a bug and says so without details. */
export function failureOf(cause: unknown): Failure {
  if (cause instanceof CounterdError)
    return { problem: problemOf(cause.code, cause.entry.fault === 'bug' ? undefined : cause.detail), isBug: cause.entry.fault === 'bug' };
  const code = fastifyCodeOf(cause);
  if (code === undefined) return { problem: problemOf('CD_BUG'), isBug: true };
  const misfits = misfitsOf(cause);
  return { problem: misfits === undefined ? problemOf(code) : { ...problemOf(code), misfits }, isBug: false };
}

function fastifyCodeOf(cause: unknown): ErrorCode | undefined {
  if (!(cause instanceof Error)) return undefined;
  if ('validation' in cause) return 'CD_INPUT_SHAPE';
  const named = 'code' in cause && typeof cause.code === 'string' ? fastifyCodes[cause.code] : undefined;
  if (named !== undefined) return named;
  const status = 'statusCode' in cause && typeof cause.statusCode === 'number' ? cause.statusCode : 500;
  if (status === 429) return 'CD_INPUT_RATE';
  if (status === 404) return 'CD_INPUT_NOT_FOUND';
  return status >= 400 && status < 500 ? 'CD_INPUT_SHAPE' : undefined;
}

function misfitsOf(cause: unknown): { path: string; message: string }[] | undefined {
  if (!(cause instanceof Error) || !('validation' in cause) || !Array.isArray(cause.validation)) return undefined;
  const errors = cause.validation as readonly { readonly instancePath?: string; readonly message?: string }[];
  return errors.slice(0, 20).map(({ instancePath = '', message = '' }) => ({ path: instancePath, message }));
}
