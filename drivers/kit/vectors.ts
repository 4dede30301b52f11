/**
 * Test vectors: bytes that pin a codec to the world, with where each comes from.
 * `vectors/*.json` of a model holds an array of these.
 */
export interface Vector {
  /** What it shows, as a promise: "answers a bad checksum with 501". */
  readonly name: string;
  /** As the driver sees it: `rx` comes from the device, `tx` goes to it. */
  readonly direction: 'rx' | 'tx';
  /** The bytes, as hex. */
  readonly hex: string;
  /** The frame they mean, or the junk reason they are refused with. */
  readonly frame: unknown;
  readonly junk?: string;
  readonly from: VectorSource;
}

export interface VectorSource {
  readonly kind: 'manual' | 'capture' | 'public-code' | 'derived';
  /** Document and page, repository and file, or what it was derived from. */
  readonly ref: string;
}
