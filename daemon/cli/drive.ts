import { InvalidArgumentError, type Command } from 'commander';
import type { DriveOptions } from './drive-device.ts';

/** `counterd drive`: one driver command against any address, without the daemon. */
export function addDriveCommand(program: Command): void {
  program
    .command('drive')
    .description(
      'Sends one command to a device without the daemon. Prints JSON lines: ready, status and event as they come, the outcome last. ' +
        'Exit status 0 when it is done, 1 when it is refused, failed or in doubt, 3 when the device is not there.',
    )
    .argument('<model>', 'family and model, for example alarm-panel/dsc-it100')
    .argument('<address>', 'serial:…, tcp://…, http://…, file:…')
    .argument('<command>', 'a command of the family, or "watch" to listen')
    .argument('[args]', 'arguments as JSON; "-" reads them from stdin, which keeps a code out of the process list', '{}')
    .option('--for <time>', 'with watch: stop after this time (5s, 500ms, 2m); otherwise until interrupted', duration)
    .option('--wait <time>', 'how long the device may take to come online', duration, 15_000)
    .option('--options <json>', 'options of the driver, as in counterd.yaml', '{}')
    .option('--out <folder>', 'save pictures and documents of events there')
    .option('--json', 'accepted everywhere; this command prints nothing else')
    .action(async (...words: [model: string, address: string, command: string, args: string, options: DriveOptions]) => {
      const [model, address, command, args, options] = words;
      const { driveDevice } = await import('./drive-device.ts');
      await driveDevice({ model, address, command, args, options });
    });
}

/** `5s`, `500ms`, `2m` -> milliseconds. */
export function duration(text: string): number {
  const parts = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text);
  const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[parts?.[2] ?? 's'] ?? 1_000;
  const ms = Number(parts?.[1]) * unitMs;
  if (!Number.isFinite(ms)) throw new InvalidArgumentError('A time looks like 500ms, 5s, 2m or 1h.');
  return ms;
}
