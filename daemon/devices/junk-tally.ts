import { concatBytes, toHex } from '../../drivers/kit/bytes.ts';
import type { CancelTimer, Clock } from '../../drivers/kit/clock.ts';
import type { JunkReason } from '../../drivers/kit/codec.ts';

/** Shaped as the contract's `device.junk-received`. */
export interface JunkReport {
  readonly reason: JunkReason;
  readonly byteCount: number;
  readonly hexStart: string;
}

const WINDOW_MS = 1_000;
const START_BYTES = 16;

interface Sum {
  byteCount: number;
  start: Uint8Array;
}

/** Adds up junk of one device: one report a second for each reason, and no byte uncounted. */
export class JunkTally {
  readonly #clock: Clock;
  readonly #report: (junk: JunkReport) => void;
  readonly #sums = new Map<JunkReason, Sum>();
  #cancel: CancelTimer | undefined;

  constructor(clock: Clock, report: (junk: JunkReport) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  add(reason: JunkReason, raw: Uint8Array): void {
    const sum = this.#sums.get(reason) ?? { byteCount: 0, start: new Uint8Array(0) };
    sum.byteCount += raw.length;
    if (sum.start.length < START_BYTES) sum.start = concatBytes([sum.start, raw]).slice(0, START_BYTES);
    this.#sums.set(reason, sum);
    this.#cancel ??= this.#clock.after(WINDOW_MS, () => {
      this.flush();
    });
  }

  /** Reports what there is, now. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    for (const [reason, { byteCount, start }] of this.#sums) this.#report({ reason, byteCount, hexStart: toHex(start) });
    this.#sums.clear();
  }
}
