import { InvalidArgumentError, Option, type Command } from 'commander';
import { exportFormats } from '../journal/journal-export.ts';
import type { ExportOptions } from './export-journal.ts';
import { setAnswer, tell } from './run-program.ts';

interface FolderOptions {
  readonly data: string;
}

interface VerifyOptions extends FolderOptions {
  readonly images?: boolean;
}

interface TailOptions extends FolderOptions {
  readonly last: number;
  readonly follow?: boolean;
}

/** `counterd journal …`: looks at the journal of a data folder, beside a running daemon too. */
export function addJournalCommands(program: Command): void {
  const journal = program
    .command('journal')
    .description('The journal of a data folder: check it, follow it, take it out, make its projections again.');
  const sub = (name: string, doc: string): Command =>
    journal
      .command(name)
      .description(doc)
      .option('--data <folder>', 'the data folder', 'data')
      .option('--json', 'accepted everywhere; the answer is JSON anyhow');

  sub('verify', 'checks every link of the chain; status 1 when one does not fit')
    .option('--images', 'also read every picture that an entry names')
    .action(async ({ data, images }: VerifyOptions) => {
      const { journalVerify } = await import('../journal/journal-command.ts');
      const status = await journalVerify({ folder: data, out: process.stdout, checksImages: images === true });
      tell(status === 0 ? 'The chain is whole.' : 'The chain does NOT fit: entries were altered, removed or damaged.');
      setAnswer(status);
    });
  sub('tail', 'prints the last entries as JSON lines')
    .option('--last <count>', 'how many', wholeNumber, 20)
    .option('--follow', 'go on with new ones until interrupted')
    .action(async ({ data, last, follow }: TailOptions) => {
      const { journalTail } = await import('../journal/journal-command.ts');
      const stop = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { stop.abort(); }); // prettier-ignore
      setAnswer(
        await journalTail({ folder: data, out: process.stdout, lastCount: last, ...(follow === true ? { signal: stop.signal } : {}) }),
      );
    });
  addExportOptions(sub('export', 'prints entries for other programs; all options together narrow it down')).action(
    async (options: ExportOptions) => {
      const { exportJournal } = await import('./export-journal.ts');
      await exportJournal(options);
    },
  );
  sub('rebuild', 'makes every projection again and compares; status 1 when one differed. Not beside a running daemon').action(
    async ({ data }: FolderOptions) => {
      const { rebuildJournal } = await import('./rebuild-journal.ts');
      setAnswer(await rebuildJournal(data));
    },
  );
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('A whole number is needed.');
  return Number(text);
}

/** What `journal export` takes. */
function addExportOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--format <format>', 'csv for spreadsheets; json is one document, jsonl one line an entry')
        .choices(exportFormats)
        .default('json'),
    )
    .option('--after <seq>', 'only entries after this one', wholeNumber)
    .option('--until <seq>', 'only entries up to this one', wholeNumber)
    .option('--type <types>', 'only these, separated by commas: whole types (login.refused) or areas (login)')
    .option('--device <id>', 'only entries of this device')
    .option('--from <day>', 'from this day on, by the clock of this computer (2026-11-27), or from an instant (2026-11-27T08:00:00Z)')
    .option('--to <day>', 'up to the end of this day, or before an instant');
}
