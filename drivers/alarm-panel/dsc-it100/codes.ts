import type { PanelOptions } from './options.ts';

/** The configured code as 033 and 040 carry it: six digits, a four-digit code padded with 00. */
export function codeDigits(options: PanelOptions): string | undefined {
  return options.code?.padEnd(6, '0');
}

/** The answer to 900: six digits (guide, section 4), or partition and four digits (guide, appendix C). */
export function codeAnswer(options: PanelOptions, partition: number): string | undefined {
  if (options.code === undefined) return undefined;
  return options.codeForm === '4' ? `${String(partition)}${options.code.slice(0, 4)}` : codeDigits(options);
}
