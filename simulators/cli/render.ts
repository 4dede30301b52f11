import type { Command } from 'commander';
import { printLine } from './run-program.ts';

interface RenderCommandOptions {
  readonly out: string;
  readonly dpi?: string;
  readonly paper?: string;
}

/** `counterd render`: what a printer would make of a byte stream, without the printer. */
export function addRenderCommand(program: Command): void {
  program
    .command('render')
    .description('Interprets a printer byte stream and writes its pages as PNG, each with a JSON of every glyph placed.')
    .argument('<language>', 'escp (24 pins), escp24 or escp9')
    .argument('<file>', 'the bytes as they would go to the printer')
    .requiredOption('--out <folder>', 'where the pages go')
    .option('--dpi <number>', 'resolution of the pictures; 240x216 for exactly one pixel a dot')
    .option('--paper <name>', 'auto, a4, a5, letter, passbook, or a size as in 210x297mm')
    .option('--json', 'accepted everywhere; this command prints nothing else')
    .action(async (language: string, file: string, { out, dpi, paper }: RenderCommandOptions) => {
      const { renderCommand } = await import('../render-command.ts');
      printLine(
        await renderCommand({ language, file, out, ...(dpi === undefined ? {} : { dpi }), ...(paper === undefined ? {} : { paper }) }),
      );
    });
}
