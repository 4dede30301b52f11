import type { Command } from 'commander';
import type { DevicesOptions } from './list-devices.ts';

/** `counterd devices`: ports that are there, and what is configured. */
export function addDevicesCommand(program: Command): void {
  program
    .command('devices')
    .description(
      'Ports that are present, with their USB ids and the models they may be; devices of counterd.yaml and whether their address is there.',
    )
    .option(
      '--probe',
      'open every port that is free and try the protocols that fit: names the model that answers. Nothing is printed or moved.',
    )
    .option('--config <file>', 'default: counterd.yaml when there is one')
    .option('--json', 'one JSON document instead of a table')
    .action(async (options: DevicesOptions) => {
      const { listDevices } = await import('./list-devices.ts');
      await listDevices(options);
    });
}
