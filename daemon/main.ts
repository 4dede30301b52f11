/** `counterd`: the subcommands. Each loads its own code when it is called, so that small ones start quickly. */
import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addBackupCommands } from './cli/backup.ts';
import { addDaemonCommands } from './cli/daemon-commands.ts';
import { addDevicesCommand } from './cli/devices.ts';
import { addDoctorCommand } from './cli/doctor.ts';
import { addDriveCommand } from './cli/drive.ts';
import { addJournalCommands } from './cli/journal.ts';
import { runProgram } from './cli/run-program.ts';
import { addSealCommands } from './cli/seal.ts';
import { addSimulatorCommands } from './cli/simulators-process.ts';

const program = new Command('counterd')
  .description('Drives the devices of a bank counter and keeps a journal that cannot be quietly changed.')
  .version(versionOf(), '--version', 'print the version')
  .enablePositionalOptions();

addDaemonCommands(program);
addBackupCommands(program);
addDevicesCommand(program);
addDoctorCommand(program);
addDriveCommand(program);
addJournalCommands(program);
addSealCommands(program);
addSimulatorCommands(program);

await runProgram(program, process.argv.slice(2));

/** package.json lies above the sources and above dist/ alike. */
function versionOf(): string {
  let file = new URL('./package.json', import.meta.url);
  while (!existsSync(file) && file.pathname !== '/package.json') file = new URL('../package.json', file);
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return version;
}
