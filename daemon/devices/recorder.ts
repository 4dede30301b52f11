import type { CounterdError } from '../../drivers/kit/errors.ts';
import type { Attachment } from '../../drivers/kit/machine.ts';
import type { BlobStore } from '../journal/blob-store.ts';
import type { NewEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import { isStorageError } from '../journal/storage-errors.ts';

/** Entries of one device that wait while the disk refuses. More than these, and the device is let go. */
const HELD_MAX = 1_000;

export interface RecorderParts {
  readonly journal: Pick<Journal, 'append'>;
  readonly blobs: Pick<BlobStore, 'put'>;
  /** The disk has refused for so long that what this device says is no longer kept. */
  overflowed(): void;
  /** An entry that the journal does not accept: a mistake of the driver's or ours. Its cause names no values. */
  misfit(cause: unknown): void;
}

/**
 * Writes what one device says into the journal, in the order it was said: a picture before the entry that names
 * it, and nothing overtaking while a picture is being stored or the disk refuses. What was refused is kept and
 * written as soon as the journal writes again (`release`).
 */
export class Recorder {
  readonly #parts: RecorderParts;
  /** Set while something must not be overtaken. */
  #tail: Promise<void> | undefined;
  #held: NewEntry[] = [];
  #refusal: CounterdError | undefined;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
  }

  /**
   * Resolves when the entry is on disk. Rejects with the storage error of the first try when the disk refuses;
   * the entry is kept all the same and written later.
   */
  record(entry: NewEntry, attachment?: Attachment): Promise<void> {
    if (this.#tail === undefined && attachment === undefined) return this.#write(entry);
    const done = (this.#tail ?? Promise.resolve()).then(() => this.#store(entry, attachment)).then((whole) => this.#write(whole));
    const tail = done.catch(() => undefined); // whoever asked hears of it; those behind go on
    this.#tail = tail;
    void tail.then(() => {
      if (this.#tail === tail) this.#tail = undefined;
    });
    return done;
  }

  /** As `record`, for what must not happen unless it is written: nothing is kept when the disk refuses. */
  async recordOrRefuse(entry: NewEntry): Promise<void> {
    await this.#tail;
    if (this.#refusal !== undefined) throw this.#refusal;
    await this.#parts.journal.append([entry]);
  }

  /** `record` for what nobody waits for. */
  say(entry: NewEntry, attachment?: Attachment): void {
    this.record(entry, attachment).catch((cause: unknown) => {
      if (!isStorageError(cause)) this.#parts.misfit(cause);
    });
  }

  /** The journal has just written something: what was held goes next, in its order. */
  release(): void {
    if (this.#refusal === undefined) return;
    this.#refusal = undefined;
    for (const entry of this.#held.splice(0)) this.say(entry);
  }

  /** Resolves when everything said so far was tried. */
  async settled(): Promise<void> {
    await this.#tail;
  }

  async #store(entry: NewEntry, attachment: Attachment | undefined): Promise<NewEntry> {
    if (attachment === undefined) return entry;
    try {
      return { ...entry, attachment: await this.#parts.blobs.put(attachment.bytes, attachment.mediaType) };
    } catch (cause) {
      // Without its picture the entry would be half the truth: the device says so by losing its link.
      if (isStorageError(cause)) this.#parts.overflowed();
      throw cause;
    }
  }

  async #write(entry: NewEntry): Promise<void> {
    if (this.#refusal !== undefined) {
      this.#hold(entry, this.#refusal);
      throw this.#refusal;
    }
    try {
      await this.#parts.journal.append([entry]);
    } catch (cause) {
      if (isStorageError(cause)) this.#hold(entry, cause);
      throw cause;
    }
  }

  #hold(entry: NewEntry, refusal: CounterdError): void {
    this.#refusal = refusal;
    // What supervision says - phases, ends of commands - is little and always kept.
    if (this.#held.length >= HELD_MAX && !entry.type.startsWith('device.')) this.#parts.overflowed();
    else this.#held.push(entry);
  }
}
