/**
 * Pictures and documents, kept under the SHA-256 of their bytes: `images/<2 hex>/<64 hex>`. A file is whole and
 * on disk before `put` resolves, so an entry that names it can be appended afterwards; the same bytes are kept
 * once. Nothing is ever overwritten or removed.
 */
import { hash as oneShotHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CounterdError } from '../../drivers/kit/errors.ts';
import type { AttachmentRef } from './entry.ts';
import { storageError } from './storage-errors.ts';

const UNFINISHED = '.unfinished-';
const HASH = /^[0-9a-f]{64}$/;

export class BlobStore {
  readonly #folder: string;

  /** `dataFolder` is the daemon's; pictures live in its `images/`. */
  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'images');
  }

  /** Removes what a crash left half written. For the daemon at its start, when nobody else writes. */
  removeUnfinished(): void {
    if (!existsSync(this.#folder)) return;
    try {
      for (const name of readdirSync(this.#folder)) if (name.startsWith(UNFINISHED)) rmSync(join(this.#folder, name));
    } catch (cause) {
      throw storageError(cause, this.#folder);
    }
  }

  /** Keeps `bytes`; resolves when they are on disk, under their final name. Rejects with CD_STORAGE_FULL or _IO. */
  async put(bytes: Uint8Array, mediaType: string): Promise<AttachmentRef> {
    const sha256 = oneShotHash('sha256', bytes, 'hex');
    try {
      if ((await this.#byteLengthOf(sha256)) === bytes.length) await syncFolder(this.#shelfOf(sha256));
      else await this.#write(sha256, bytes);
    } catch (cause) {
      throw storageError(cause, this.#folder);
    }
    return { sha256, mediaType, byteLength: bytes.length };
  }

  /** The bytes under `sha256`, or undefined when there are none. Rejects with CD_STORAGE_CHAIN when they are not what their name says. */
  async read(sha256: string): Promise<Uint8Array | undefined> {
    if (!HASH.test(sha256)) return undefined;
    try {
      const bytes = await readFile(this.#pathOf(sha256));
      if (oneShotHash('sha256', bytes, 'hex') !== sha256) throw new CounterdError('CD_STORAGE_CHAIN', `image ${sha256}`);
      return bytes;
    } catch (cause) {
      if (isMissing(cause)) return undefined;
      throw storageError(cause, this.#folder);
    }
  }

  #shelfOf(sha256: string): string {
    return join(this.#folder, sha256.slice(0, 2));
  }

  #pathOf(sha256: string): string {
    return join(this.#shelfOf(sha256), sha256);
  }

  async #byteLengthOf(sha256: string): Promise<number | undefined> {
    try {
      return (await stat(this.#pathOf(sha256))).size;
    } catch (cause) {
      if (isMissing(cause)) return undefined;
      throw cause;
    }
  }

  /** Under another name first: what bears its hash as a name is whole. */
  async #write(sha256: string, bytes: Uint8Array): Promise<void> {
    const unfinished = join(this.#folder, UNFINISHED + randomUUID());
    const path = this.#pathOf(sha256);
    const shelf = this.#shelfOf(sha256);
    try {
      const isNewShelf = (await mkdir(shelf, { recursive: true, mode: 0o700 })) !== undefined;
      const file = await open(unfinished, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, path);
      await syncFolder(shelf);
      if (isNewShelf) await syncFolder(this.#folder);
    } catch (cause) {
      await rm(unfinished, { force: true });
      throw cause;
    }
  }
}

/** A name is on disk only once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
}
