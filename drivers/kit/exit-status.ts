import type { CounterdError, ErrorCode } from './errors.ts';

/** Exit status of every program: 0 done, 1 it ran and the answer is no, 2 wrong use, 3 could not run. */
export type ExitStatus = 0 | 1 | 2 | 3;

/** What a person typed is wrong, as opposed to what the machine found. */
const wrongUse: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'CD_USE_ARGUMENTS',
  'CD_COMMAND_UNKNOWN',
  'CD_COMMAND_ARGS',
  'CD_CONFIG_ADDRESS',
  'CD_CONFIG_MODEL',
  'CD_SIM_UNKNOWN',
  'CD_SIM_SCENARIO',
]);

/** The exit status of a program that ended with `code`. */
export function exitStatusOf(code: ErrorCode): ExitStatus {
  return wrongUse.has(code) ? 2 : 3;
}

/** What a person at a terminal is told about `error`, in the language of `locale` (`zh_CN.UTF-8`). */
export function sentenceOf(error: CounterdError, locale = ''): string {
  const words = /^zh/i.test(locale) ? error.entry.text.zh : error.entry.text.en;
  return `counterd: ${words}${error.detail === undefined ? '' : `\n${error.detail}`}\n(${error.code})`;
}
