/** `counterd sim …` and `counterd render …`: a process of its own, which the daemon knows only through bytes. */
import { Command } from 'commander';
import { addRenderCommand } from './cli/render.ts';
import { runProgram } from './cli/run-program.ts';
import { addSimCommand } from './cli/sim.ts';

const program = new Command('counterd').description('Simulated devices of a bank counter.').enablePositionalOptions();
addSimCommand(program);
addRenderCommand(program);
await runProgram(program, process.argv.slice(2));
