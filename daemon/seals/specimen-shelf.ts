import { stat } from 'node:fs/promises';
import type { Prepared } from './engine/specimen.ts';
import { readPicture } from './read-picture.ts';
import { preparedSpecimen } from './verify.ts';

/** A few, because one of them is as large as its picture. */
const KEPT = 8;
const shelf = new Map<string, Prepared>();

/** The specimen of a file, made ready: the ones asked for last are kept as long as their files stay as they are. Throws as `readPicture`. */
export async function specimenOf(path: string, dpi: number | undefined): Promise<Prepared> {
  const file = await stat(path, { bigint: true }).catch(() => undefined);
  // Without a file, reading it says what is wrong.
  const key = file === undefined ? path : [path, dpi, file.ino, file.size, file.mtimeNs, file.ctimeNs].join('|');
  const specimen = shelf.get(key) ?? preparedSpecimen(await readPicture(path, dpi));
  // The one asked for last stands at the end; what falls off is the one longest unasked for.
  shelf.delete(key);
  shelf.set(key, specimen);
  for (const oldest of shelf.keys()) {
    if (shelf.size <= KEPT) break;
    shelf.delete(oldest);
  }
  return specimen;
}
