import { NO_BYTES, concatBytes } from './bytes.ts';
import { assert } from './assert.ts';
import type { Decoded, Decoder, JunkReason } from './codec.ts';

/**
 * What a scanner sees at the front of the buffer.
 * - `need`: not decidable yet, wait for more bytes; with `atLeast`, not before the buffer holds that many
 *   (a frame whose head told its length), which keeps a long frame in small chunks linear.
 * - `frame`: the first `length` bytes are one frame.
 * - `junk`: the first `length` bytes are nobody's; skip exactly them and look again.
 */
export type Scan<F> =
  | { readonly kind: 'need'; readonly atLeast?: number }
  | { readonly kind: 'frame'; readonly length: number; readonly frame: F }
  | { readonly kind: 'junk'; readonly length: number; readonly reason: JunkReason };

export interface Framing<F> {
  readonly frameMaxBytes: number;
  /** Looks at the front of `buffer` (never empty). Pure; must not throw; lengths at least 1. */
  scan(buffer: Uint8Array): Scan<F>;
}

/**
 * The one decoder: buffering, resynchronising and byte accounting live here, so that a protocol is only
 * its `scan`. Consecutive junk of one reason inside a single push stays separate records: merging them
 * would make the output depend on chunking (law 2).
 */
export function frameDecoder<F>(framing: Framing<F>): Decoder<F> {
  let held: Uint8Array[] = [];
  let buffered = 0;
  let wanted = 0;
  return {
    push(bytes) {
      if (bytes.length === 0) return [];
      held.push(bytes.slice());
      buffered += bytes.length;
      if (buffered < wanted) return [];
      const out: Decoded<F>[] = [];
      const rest = drain(concatBytes(held), framing, out);
      wanted = rest.wanted;
      buffered = rest.bytes.length;
      held = buffered === 0 ? [] : [rest.bytes];
      return out;
    },
    reset() {
      held = [];
      buffered = 0;
      wanted = 0;
    },
    get buffered() {
      return buffered;
    },
  };
}

/** Takes frames and junk off the front until more bytes are needed; returns what is left. */
function drain<F>(all: Uint8Array, framing: Framing<F>, out: Decoded<F>[]): { bytes: Uint8Array; wanted: number } {
  let buffer = all;
  while (buffer.length > 0) {
    const seen = framing.scan(buffer);
    if (seen.kind === 'need') {
      const wanted = seen.atLeast ?? 0;
      if (buffer.length < framing.frameMaxBytes && wanted <= framing.frameMaxBytes) return { bytes: buffer.slice(), wanted };
      // A frame this long does not exist: give up one byte and look for a start again.
      out.push({ kind: 'junk', reason: 'overflow', raw: buffer.slice(0, 1) });
      buffer = buffer.subarray(1);
      continue;
    }
    assert(seen.length >= 1 && seen.length <= buffer.length, 'a scan takes between 1 and all bytes');
    const raw = buffer.slice(0, seen.length);
    out.push(seen.kind === 'frame' ? { kind: 'frame', frame: seen.frame, raw } : { kind: 'junk', reason: seen.reason, raw });
    buffer = buffer.subarray(seen.length);
  }
  return { bytes: NO_BYTES, wanted: 0 };
}
