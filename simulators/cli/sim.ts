import { InvalidArgumentError, type Command } from 'commander';
import type { SimBranchOptions } from './sim-branch.ts';
import type { SimDeviceOptions } from './sim-device.ts';

/** `counterd sim`: one simulated device, a whole branch, or what there is. */
export function addSimCommand(program: Command): void {
  const sim = program
    .command('sim')
    .enablePositionalOptions()
    .description('One simulated device. Prints {"ready":true,"address":…} when it can be reached, and runs until interrupted.')
    .argument('<model>', 'family and model, for example alarm-panel/dsc-it100; "list" names them')
    .option('--pty <path>', 'make PATH a link to a pseudo-terminal that a program can open as a serial port')
    .option('--tcp <host:port>', 'listen there instead; port 0 picks one')
    .option('--world <file>', 'what stands around the device: YAML or JSON');
  addServingOptions(sim).action(async (model: string, options: SimDeviceOptions) => {
    const { simulateDevice } = await import('./sim-device.ts');
    await simulateDevice(model, options);
  });

  const branch = sim
    .command('branch')
    .description('A whole simulated branch. Prints one JSON line with every address, and runs until interrupted.')
    .argument('[scenario]', 'the name of a scenario ("list" names them) or a YAML file', 'quiet-day')
    .option('--dir <folder>', 'put the pseudo-terminals there instead of a new temporary folder');
  addServingOptions(branch).action(async (scenario: string, options: SimBranchOptions) => {
    const { simulateBranch } = await import('./sim-branch.ts');
    await simulateBranch(scenario, options);
  });

  for (const [name, doc] of [
    ['list', 'models and scenarios'],
    ['faults', 'the fault vocabulary: what can be done to a wire or a device'],
  ] as const) {
    sim
      .command(name)
      .description(doc)
      .option('--json', 'one JSON document instead of a table')
      .action(async (options: { readonly json?: boolean }) => {
        const { printFaults, printList } = await import('./sim-list.ts');
        const print = name === 'list' ? printList : printFaults;
        print(options.json === true);
      });
  }
}

function addServingOptions(command: Command): Command {
  return command
    .option('--control <host:port>', 'serve the control panel there: gestures, faults, pictures, what really happened')
    .option('--trace <file>', 'append every frame to this file, one JSON line each')
    .option('--seed <number>', 'everything random follows from it; printed when it is chosen by the program', wholeNumber)
    .option('--with-parent', 'end when standard input ends, so that nothing outlives the program that started it');
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('A seed is a whole number.');
  return value;
}
