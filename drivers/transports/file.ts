/**
 * A watched folder, for devices that leave files (a stick, a share, FTP). Each completed new file is one chunk:
 *
 *   "CDF1" | name length u32 LE | content length u32 LE | name, UTF-8 | content
 *
 * - Complete means: size and time of change stayed the same between two looks, 250 ms apart.
 * - Files that are there at the first open are announced too: what was dropped while the daemon was down
 *   must not be lost. A file announced once is announced again only when it changes, for the life of the
 *   transport; after a restart everything in the folder comes again, and the reader tells by content.
 * - Names that begin with a dot or end in `.part` or `.tmp` are being written by somebody; sub-folders are not entered.
 * - Files above 64 MiB are passed over.
 * - Nothing can be written to it.
 */
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { concatBytes } from '../kit/bytes.ts';
import { CounterdError } from '../kit/errors.ts';
import type { Link, Transport } from '../kit/transport.ts';
import { ChunkQueue } from './chunk-queue.ts';
import { abandonable, refuseIfAborted, systemCode } from './opening.ts';

/** A folder whose new files arrive as framed chunks. `path` is relative to the working folder when not absolute. */
export function fileTransport(address: string, path: string): Transport {
  const announced = new Map<string, string>();
  return {
    address,
    async open(signal) {
      refuseIfAborted(signal);
      const opening = look(path).then(() => new FolderLink(path, announced));
      return abandonable(signal, opening, (late) => void late.close());
    },
  };
}

/** Frames one file as this transport's chunk. */
export function frameFile(name: string, content: Uint8Array): Uint8Array {
  const nameBytes = new TextEncoder().encode(name);
  const head = new Uint8Array(12);
  head.set([0x43, 0x44, 0x46, 0x31]);
  const view = new DataView(head.buffer);
  view.setUint32(4, nameBytes.length, true);
  view.setUint32(8, content.length, true);
  return concatBytes([head, nameBytes, content]);
}

const LOOK_EVERY_MS = 250;
const FILE_MAX_BYTES = 64 * 1024 * 1024;

class FolderLink implements Link {
  readonly chunks: ChunkQueue;
  readonly #path: string;
  readonly #announced: Map<string, string>;
  #seen = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #isOpen = true;
  #isPaused = false;

  constructor(path: string, announced: Map<string, string>) {
    this.#path = path;
    this.#announced = announced;
    this.chunks = new ChunkQueue({
      pause: () => {
        this.#isPaused = true;
      },
      resume: () => {
        this.#isPaused = false;
      },
    });
    void this.#watch();
  }

  write(): Promise<void> {
    return Promise.reject(new CounterdError('CD_LINK_FAILED', 'a watched folder takes no bytes'));
  }

  close(): Promise<void> {
    this.#isOpen = false;
    clearTimeout(this.#timer);
    this.chunks.end();
    return Promise.resolve();
  }

  async #watch(): Promise<void> {
    try {
      if (!this.#isPaused) await this.#lookOnce();
    } catch (cause) {
      this.#isOpen = false;
      this.chunks.fail(new CounterdError('CD_LINK_LOST', this.#path, { cause }));
    }
    if (this.#isOpen) this.#timer = setTimeout(() => void this.#watch(), LOOK_EVERY_MS);
  }

  async #lookOnce(): Promise<void> {
    const found = await look(this.#path);
    for (const [name, mark] of found) {
      if (!this.#isOpen) return;
      if (this.#seen.get(name) !== mark || this.#announced.get(name) === mark) continue;
      const content = await unlessGone(readFile(join(this.#path, name)));
      if (content === undefined) continue;
      this.#announced.set(name, mark);
      this.chunks.push(frameFile(name, content));
    }
    for (const name of [...this.#announced.keys()]) if (!found.has(name)) this.#announced.delete(name);
    this.#seen = found;
  }
}

/** Every finished-looking file with a mark that changes when the file does. */
async function look(path: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const names = await readdir(path).catch((cause: unknown) => {
    const code = systemCode(cause);
    throw new CounterdError(code === 'EACCES' ? 'CD_LINK_FORBIDDEN' : code === 'ENOENT' ? 'CD_LINK_NOT_FOUND' : 'CD_LINK_FAILED', path, {
      cause,
    });
  });
  for (const name of names.filter((each) => !/^\.|\.(part|tmp)$/.test(each)).sort()) {
    const facts = await unlessGone(stat(join(path, name)));
    if (facts?.isFile() === true && facts.size <= FILE_MAX_BYTES) found.set(name, `${facts.size} ${facts.mtimeMs} ${facts.ino}`);
  }
  return found;
}

/** A file may be moved away between two looks; that is no fault of the folder. */
async function unlessGone<V>(reading: Promise<V>): Promise<V | undefined> {
  try {
    return await reading;
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return undefined;
    throw cause;
  }
}
