import type { Command } from 'commander';
import type { DoctorOptions } from './examine.ts';
import { portNumber } from './port-number.ts';

/** `counterd doctor`: what keeps this machine from working, and what to do about it. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description(
      'Checks program, permissions, ports, devices, time, disk and journal, and says what to do. Status 1 when something has to be done.',
    )
    .option('--config <file>', 'default: counterd.yaml when there is one')
    .option('--data <folder>', 'the data folder', 'data')
    .option('--port <number>', 'the port that the daemon would use', portNumber, 7373)
    .option('--json', 'one JSON document instead of sentences')
    .action(async (options: DoctorOptions) => {
      const { examine } = await import('./examine.ts');
      await examine(options);
    });
}
