import { resolve } from 'node:path';
import type { Command } from 'commander';
import { printLine, setAnswer, tell } from './run-program.ts';

interface FolderOptions {
  readonly data: string;
  readonly json?: boolean;
}

/** `counterd backup DIR` and `counterd restore DIR`. */
export function addBackupCommands(program: Command): void {
  const command = (name: string, doc: string, target: string): Command =>
    program
      .command(name)
      .description(doc)
      .argument('<folder>', target)
      .option('--data <folder>', 'the data folder', 'data')
      .option('--json', 'say what was copied as JSON');

  command(
    'backup',
    'Copies journal, pictures and keys of a data folder, beside a running daemon too, and checks the copy. Status 1 when its chain does not fit.',
    'where the copy goes; missing or empty',
  ).action(async (folder: string, { data, json }: FolderOptions) => {
    const { backupFolder, isSound } = await import('../journal/copy-folder.ts');
    const to = resolve(folder);
    const found = await backupFolder(resolve(data), to);
    const { entryCount, head } = found.chain;
    if (json === true) printLine({ folder: to, ...found.chain, images: found.images });
    else
      tell(
        `${to}: ${String(entryCount)} entries, ${String(found.images?.imageCount ?? 0)} pictures. Last entry ${String(head.seq)}, hash ${head.hash}`,
      );
    if (!isSound(found))
      tell('The copy is complete, but its chain or a picture does NOT fit. Keep both folders; see "journal verify --images".');
    setAnswer(isSound(found) ? 0 : 1);
  });

  command(
    'restore',
    'Makes a data folder from a copy, after checking its chain and pictures. Refuses to overwrite anything.',
    'a copy that "counterd backup" made',
  ).action(async (folder: string, { data, json }: FolderOptions) => {
    const { restoreFolder } = await import('../journal/copy-folder.ts');
    const to = resolve(data);
    const found = await restoreFolder(resolve(folder), to);
    if (json === true) printLine({ folder: to, ...found.chain, images: found.images });
    else tell(`${to}: ${String(found.chain.entryCount)} entries restored. Now: counterd start --data ${to}`);
  });
}
