import type { Command } from 'commander';
import type { InitOptions } from './init.ts';
import { portNumber } from './port-number.ts';
import type { StartOptions } from './start.ts';
import type { UserOptions } from './user.ts';

/** `counterd start`, `init` and `user`. */
export function addDaemonCommands(program: Command): void {
  program
    .command('start')
    .description('The daemon. Prints {"ready":true,"url":…} when it serves, and runs until it is told to stop; SIGTERM drains.')
    .option('--config <file>', 'default: counterd.yaml when there is one, otherwise a simulated branch')
    .option('--data <folder>', 'journal, pictures and keys; default: data')
    .option('--host <host>', 'default 127.0.0.1; anything but loopback needs TLS')
    .option('--port <number>', 'default 7373; 0 picks one', portNumber)
    .option('--simulate [scenario]', 'devices are simulated; "sim list" names the scenarios')
    .option('--json', 'accepted everywhere; this command prints nothing else on stdout')
    .action(async (options: StartOptions) => {
      const { startCommand } = await import('./start.ts');
      await startCommand(options);
    });

  program
    .command('init')
    .description('Writes counterd.yaml (mode 0600) and registers the first administrator. The password is asked for, or read from stdin.')
    .option('--admin <number>', 'person number of the first administrator')
    .option('--branch <name>', 'name of the branch')
    .option('--config <file>', 'default: counterd.yaml')
    .option('--data <folder>', 'default: data')
    .option('--json', 'say what was written as JSON')
    .action(async (options: InitOptions) => {
      const { initCommand } = await import('./init.ts');
      await initCommand(options);
    });

  const user = program.command('user').description('People, when nobody can log in. The daemon must not be running.');
  for (const [action, doc] of [
    ['add', 'register a person; the password is asked for, or read from stdin'],
    ['list', 'who there is'],
    ['disable', 'a person may not log in any more'],
    ['reset', 'a new password; it is asked for, or read from stdin'],
  ] as const) {
    const command = user.command(action).description(doc).option('--data <folder>', 'default: data').option('--json', 'answer as JSON');
    if (action !== 'list') command.argument('<number>', 'person number');
    if (action === 'add') command.option('--name <name>', 'full name').requiredOption('--roles <roles>', 'separated by commas');
    if (action === 'disable') command.option('--reason <text>', 'why; it is journalled');
    command.action(async (...words: unknown[]) => {
      const { userCommand } = await import('./user.ts');
      const [id] = words;
      const options = command.opts<Omit<UserOptions, 'action' | 'id'>>();
      await userCommand({ ...options, action, ...(typeof id === 'string' ? { id } : {}) });
    });
  }
}
