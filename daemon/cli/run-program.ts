/** The end of every subcommand: what it throws becomes one sentence on stderr and an exit status. */
import { CommanderError, type Command } from 'commander';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { exitStatusOf, sentenceOf, type ExitStatus } from '../../drivers/kit/exit-status.ts';

/** Parses `argv` (without program and script) and runs the subcommand it names. Never throws for what a person can cause. */
export async function runProgram(program: Command, argv: readonly string[]): Promise<void> {
  // Whoever read our output has seen enough (`… | head`).
  process.stdout.on('error', () => process.exit());
  try {
    // Commands inherit this when they are made, so it has to be set on each of those that exist already.
    for (const command of withSubcommands(program)) command.exitOverride().showHelpAfterError('(--help lists what is possible)');
    await program.parseAsync([...argv], { from: 'user' });
  } catch (cause) {
    process.exitCode = explain(cause);
  }
}

/** The answer of a subcommand that ran: done, or no. */
export function setAnswer(status: Extract<ExitStatus, 0 | 1>): void {
  process.exitCode = status;
}

/** One JSON value on a line of its own on stdout, where programs read it. */
export function printLine(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** A sentence for the person at the terminal. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

function explain(cause: unknown): ExitStatus {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : 2; // commander has said it already
  if (!(cause instanceof CounterdError)) throw cause;
  tell(sentenceOf(cause, process.env['LC_ALL'] ?? process.env['LANG']));
  return exitStatusOf(cause.code);
}
