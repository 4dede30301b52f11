/**
 * A codec turns bytes into frames and back. It does no I/O, reads no clock, keeps no promise and never
 * throws on bytes from a device: what it cannot read it returns as junk, with the bytes.
 *
 * Four laws, held by every codec (`test/conformance/codec-laws.test.ts`):
 * 1. encode then decode is the identity;
 * 2. how the bytes are chunked does not matter;
 * 3. garbage never throws;
 * 4. no byte is lost: the lengths of all `raw` plus `buffered` equal the bytes pushed, and `buffered`
 *    never exceeds `frameMaxBytes`.
 */
export type JunkReason = 'checksum' | 'length' | 'unframed' | 'overflow' | 'unknown';

export type Decoded<F> =
  | { readonly kind: 'frame'; readonly frame: F; readonly raw: Uint8Array }
  | { readonly kind: 'junk'; readonly reason: JunkReason; readonly raw: Uint8Array };

export interface Decoder<F> {
  /** Takes any number of bytes, returns what became complete. Never throws. */
  push(bytes: Uint8Array): readonly Decoded<F>[];
  /** Forgets the partial frame (an inter-byte time-out, a new link). */
  reset(): void;
  /** Bytes held back, waiting for more. */
  readonly buffered: number;
}

export interface Codec<Rx, Tx> {
  /** The longest frame this protocol can carry; the decoder never holds more. */
  readonly frameMaxBytes: number;
  decoder(): Decoder<Rx>;
  encode(frame: Tx): Uint8Array;
}
