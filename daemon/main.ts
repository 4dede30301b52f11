/** `counterd`: the subcommands. Each loads its own code when it is called, so that small ones start quickly. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addDriveCommand } from './cli/drive.ts';
import { runProgram } from './cli/run-program.ts';
import { addSimulatorCommands } from './cli/simulators-process.ts';

const program = new Command('counterd')
  .description('Drives the devices of a bank counter and keeps a journal that cannot be quietly changed.')
  .version(versionOf(), '--version', 'print the version')
  .enablePositionalOptions();

addDriveCommand(program);
addSimulatorCommands(program);

await runProgram(program, process.argv.slice(2));

function versionOf(): string {
  const file = new URL('../package.json', import.meta.url); // one folder up from daemon/ and from dist/ alike
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return version;
}
