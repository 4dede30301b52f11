import { InvalidArgumentError, type Command } from 'commander';
import { printLine, setAnswer } from './run-program.ts';

interface VerifyOptions {
  readonly specimen: string;
  readonly impression: string;
  readonly specimenDpi?: number;
  readonly impressionDpi?: number;
  readonly overlay?: string;
}

/** `counterd seal`: image match of seal impressions. A match says that two pictures are alike, never that a seal is authentic. */
export function addSealCommands(program: Command): void {
  const seal = program
    .command('seal')
    .description('Compares pictures of seal impressions: whether they match, never whether a seal is authentic.');
  seal
    .command('verify')
    .description('Compares an impression, or the best one on a page, with a specimen. Status 1 when it does not match.')
    .requiredOption('--specimen <file>', 'picture of the specimen')
    .requiredOption('--impression <file>', 'picture of the questioned impression, or of a whole page')
    .option('--specimen-dpi <number>', 'when the file does not say, or says it wrong', resolution)
    .option('--impression-dpi <number>', 'the same for the questioned picture', resolution)
    .option('--overlay <file>', 'write a PNG of both, one on the other')
    .option('--json', 'accepted everywhere; this command prints nothing else')
    .action(async (options: VerifyOptions) => {
      const { verifyCommand } = await import('../seals/verify-command.ts');
      const said = await verifyCommand(options);
      printLine(said);
      setAnswer(said.verdict === 'fail' ? 1 : 0);
    });
  seal
    .command('extract')
    .description('Finds every seal impression in a scan: one JSON document, and a PNG of each.')
    .argument('<image>', 'PNG, JPEG or TIFF, in colour')
    .requiredOption('--out <folder>', 'where the cut-out impressions go')
    .option('--dpi <number>', 'when the file does not say, or says it wrong', resolution)
    .option('--json', 'accepted everywhere; this command prints nothing else')
    .action(async (image: string, { out, dpi }: { readonly out: string; readonly dpi?: number }) => {
      const { extractCommand } = await import('../seals/extract-command.ts');
      printLine(await extractCommand({ image, out, ...(dpi === undefined ? {} : { dpi }) }));
    });
  seal
    .command('batch')
    .description(
      'Compares many pairs. A line holds id, specimen and impression, and specimenDpi and impressionDpi where needed; an answer id, verdict, similarity and ms.',
    )
    .argument('<pairs>', 'a JSON Lines file, or - for standard input')
    .option('--json', 'accepted everywhere; this command prints nothing else')
    .action(async (pairs: string) => {
      const { sealBatch } = await import('../seals/seal-batch.ts');
      for await (const answer of sealBatch(pairs)) printLine(answer);
    });
}

function resolution(text: string): number {
  const value = Number(text);
  if (!/^\d{2,5}(\.\d+)?$/.test(text)) throw new InvalidArgumentError('A resolution is a number of dots per inch, such as 300.');
  return value;
}
