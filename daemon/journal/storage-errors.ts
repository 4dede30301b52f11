/** What the file system and the database say, as codes of the catalogue. */
import { statfsSync } from 'node:fs';
import { CounterdError, type ErrorCode } from '../../drivers/kit/errors.ts';

/** Below this much room an input/output error is taken for a full disk: SQLite reports some of them as such. */
const ROOM_MIN_BYTES = 1024 * 1024;

/** True for errors that say something about the disk or the data folder, not about us. */
export function isStorageError(cause: unknown): cause is CounterdError {
  return cause instanceof CounterdError && cause.entry.fault === 'storage';
}

/** `cause` as a CD_STORAGE_… error when the system or SQLite raised it; anything else comes back as it was. */
export function storageError(cause: unknown, folder: string): unknown {
  if (cause instanceof CounterdError) return cause;
  const systemCode = codeOf(cause);
  if (systemCode === undefined) return cause;
  const code = catalogCodeOf(systemCode, folder);
  return code === undefined ? cause : new CounterdError(code, systemCode, { cause });
}

function catalogCodeOf(systemCode: string, folder: string): ErrorCode | undefined {
  if (systemCode === 'SQLITE_FULL' || systemCode === 'ENOSPC' || systemCode === 'EDQUOT') return 'CD_STORAGE_FULL';
  if (systemCode.startsWith('SQLITE_IOERR')) return hasRoom(folder) ? 'CD_STORAGE_IO' : 'CD_STORAGE_FULL';
  if (systemCode.startsWith('SQLITE_CORRUPT') || systemCode === 'SQLITE_NOTADB') return 'CD_STORAGE_CHAIN';
  if (systemCode.startsWith('SQLITE_BUSY') || systemCode.startsWith('SQLITE_LOCKED')) return 'CD_STORAGE_LOCKED';
  if (systemCode.startsWith('SQLITE_READONLY') || systemCode.startsWith('SQLITE_CANTOPEN')) return 'CD_STORAGE_IO';
  if (systemCode.startsWith('SQLITE_')) return undefined;
  return 'CD_STORAGE_IO';
}

/** False when the disk under `folder` is as good as full. */
export function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ROOM_MIN_BYTES;
  } catch {
    // The folder itself cannot be asked: then room is not what is missing.
    return true;
  }
}

/** The `code` of a Node system error or an SQLite error. Node's own `ERR_…` codes are misuse, not the world. */
function codeOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'string') return undefined;
  return cause.code.startsWith('ERR_') ? undefined : cause.code;
}
