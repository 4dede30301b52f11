import { CommanderError, type Command } from 'commander';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { exitStatusOf, sentenceOf, type ExitStatus } from '../../drivers/kit/exit-status.ts';

/** Parses `argv` (without program and script) and runs the subcommand it names; what it throws becomes one sentence and an exit status. */
export async function runProgram(program: Command, argv: readonly string[]): Promise<void> {
  // Whoever read our output has seen enough (`… | head`).
  process.stdout.on('error', () => process.exit());
  try {
    for (const command of withSubcommands(program)) command.exitOverride().showHelpAfterError('(--help lists what is possible)');
    await program.parseAsync([...argv], { from: 'user' });
  } catch (cause) {
    process.exitCode = explain(cause);
  }
}

/** One JSON value on a line of its own on stdout, where programs read it. */
export function printLine(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

function explain(cause: unknown): ExitStatus {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : 2; // commander has said it already
  if (!(cause instanceof CounterdError)) throw cause;
  process.stderr.write(`${sentenceOf(cause, process.env['LC_ALL'] ?? process.env['LANG'])}\n`);
  return exitStatusOf(cause.code);
}
