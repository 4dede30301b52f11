import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setAnswer } from './run-program.ts';
import type { Command } from 'commander';

/** How the simulators are started: a process of their own, never part of the daemon. From sources, the sources. */
export function simulatorsCommand(args: readonly string[]): { readonly command: string; readonly args: readonly string[] } {
  const here = import.meta.url;
  const script = here.endsWith('.ts') ? new URL('../../simulators/main.ts', here) : new URL(builtPlace(here), here);
  return { command: process.execPath, args: [...process.execArgv, fileURLToPath(script), ...args] };
}

/** Starts the simulators. The caller listens for its end. */
export function startSimulators(args: readonly string[], stdio: StdioOptions): ChildProcess {
  const { command, args: words } = simulatorsCommand(args);
  return spawn(command, words, { stdio });
}

/** `counterd sim …` and `counterd render …` are programs of the simulators; words and streams pass through. */
export function addSimulatorCommands(program: Command): void {
  for (const [name, doc] of [
    ['sim', 'simulated devices and branches: sim <family>/<model>, sim branch, sim list, sim faults'],
    ['render', 'interpret a printer byte stream and write its pages as PNG'],
  ] as const) {
    program
      .command(name)
      .description(doc)
      .helpOption(false)
      .allowUnknownOption()
      .allowExcessArguments()
      .argument('[words...]')
      .action(async (words: string[]) => {
        await passOn([name, ...words]);
      });
  }
}

async function passOn(args: readonly string[]): Promise<void> {
  // The channel says nothing; its end tells the simulators that this process is gone, however it ended.
  const child = startSimulators(args, ['inherit', 'inherit', 'inherit', 'ipc']);
  const forward = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  process.on('SIGINT', forward);
  process.on('SIGTERM', forward);
  const status = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve(code ?? 3);
    });
  });
  process.off('SIGINT', forward);
  process.off('SIGTERM', forward);
  if (status === 0 || status === 1) setAnswer(status);
  else process.exitCode = status;
}

/** Chunks lie one folder below the programs in dist/. */
function builtPlace(here: string): string {
  return here.includes('/chunks/') ? '../simulators.mjs' : './simulators.mjs';
}
