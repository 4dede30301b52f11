import { toHex } from '../../drivers/kit/bytes.ts';
import type { AnyModel } from '../../drivers/kit/model.ts';

/** One raw frame as the inspector shows it. */
export interface TracedFrame {
  readonly id: number;
  readonly at: string;
  readonly direction: 'rx' | 'tx' | 'junk';
  /** The bytes, at most the first 256, as hex; masked when the frame carries a secret. */
  readonly hex: string;
  /** What it says, in the model's words. */
  readonly says: string;
}

export interface TracePage {
  readonly frames: readonly TracedFrame[];
  /** Frames after the one asked for that the ring no longer holds. */
  readonly droppedCount: number;
}

interface KeptFrame {
  readonly id: number;
  readonly atMs: number;
  readonly direction: TracedFrame['direction'];
  readonly bytes: Uint8Array;
  readonly byteLength: number;
  readonly frame: unknown;
}

const KEPT_FRAMES = 512;
const KEPT_BYTES = 256;
/** What models write in `describe` for a secret's characters: a run of bullets. */
const MASKED = /\u2022/;

/** The last frames of one device, both ways. They are put into words only when somebody looks. */
export class FrameTrace {
  readonly #describe: AnyModel['describe'];
  readonly #ring: KeptFrame[] = [];
  #lastId = 0;

  constructor(describe: AnyModel['describe']) {
    this.#describe = describe;
  }

  /** `frame` is undefined for junk: then `says` is the reason. */
  keep(seen: {
    readonly atMs: number;
    readonly direction: TracedFrame['direction'];
    readonly frame: unknown;
    readonly raw: Uint8Array;
  }): void {
    const { atMs, direction, frame, raw } = seen;
    const id = ++this.#lastId;
    this.#ring[id % KEPT_FRAMES] = { id, atMs, direction, frame, bytes: raw.slice(0, KEPT_BYTES), byteLength: raw.length };
  }

  /** Frames after `afterId`, oldest first. */
  page(afterId: number): TracePage {
    const from = Math.max(afterId, this.#lastId - KEPT_FRAMES) + 1;
    const frames: TracedFrame[] = [];
    for (let id = from; id <= this.#lastId; id++) {
      const kept = this.#ring[id % KEPT_FRAMES];
      if (kept !== undefined) frames.push(this.#show(kept));
    }
    return { frames, droppedCount: Math.max(0, from - 1 - afterId) };
  }

  #show({ id, atMs, direction, bytes, byteLength, frame }: KeptFrame): TracedFrame {
    const says = direction === 'junk' ? String(frame) : this.#describe(frame);
    // A frame that says a secret has it in its bytes, too - and in its checksum, so all of them are masked.
    const hex = MASKED.test(says) ? '\u2022\u2022'.repeat(bytes.length) : toHex(bytes);
    const rest = byteLength > bytes.length ? ` \u2026 ${byteLength} bytes` : '';
    return { id, at: new Date(atMs).toISOString(), direction, hex, says: says + rest };
  }
}
