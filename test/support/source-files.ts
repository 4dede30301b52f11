import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceFile {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** `.git` is a file in a second work tree. */
const skipped = new Set(['node_modules', 'dist', '.git', 'data', 'coverage']);

/** Every file of the repository below `folders` whose name ends in one of `endings`. Generated ones are left out. */
export function sourceFiles(folders: readonly string[], endings: readonly string[]): readonly SourceFile[] {
  return folders
    .flatMap((folder) => pathsBelow(folder))
    .filter((path) => endings.some((ending) => path.endsWith(ending)) && !path.includes('.generated.'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Our code, by where it lies. */
export const productFolders = ['daemon', 'drivers', 'simulators', 'ui'] as const;
export const allFolders = [...productFolders, 'test', 'bench', '.ci'] as const;

function pathsBelow(folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (skipped.has(entry.name)) return [];
        if (entry.isDirectory()) return pathsBelow(path);
        return entry.isFile() ? [path] : [];
      });
  } catch {
    return []; // a folder that does not exist yet holds no files
  }
}
