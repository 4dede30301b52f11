/**
 * The hash chain.
 *
 *   hash(n) = SHA-256( prev + "\n" + seq + "\n" + body )          as lower-case hex
 *
 * - `prev`: the 64 hex digits of hash(n-1); 64 zeros for n = 1.
 * - `seq`: n in decimal, no sign, no leading zero.
 * - `body`: the stored text, exactly: a JSON object in UTF-8 without line breaks (JSON escapes them), holding
 *   every member of the entry except `seq`, `prev` and `hash`.
 *
 * Nothing needs to be re-serialised to check it: the bytes in the database are the bytes that were hashed
 * (`test/peers/journal-verify.test.ts` does it with another language's standard library). A change of one
 * byte, a removed or swapped row and a row put in between all break it. What it cannot see by itself is a
 * missing end, or a whole new chain: compare with a head that was written down elsewhere (`expect`).
 */
import { hash as oneShotHash } from 'node:crypto';

/** `prev` of the first entry. */
export const GENESIS = '0'.repeat(64);

/** A row of the journal as it is on disk: seq, body, hash. */
export type ChainRow = readonly [seq: number, body: string, hash: string];

/** A place in the chain: everything up to here is fixed by `hash`. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

export type BreakReason = 'gap' | 'hash' | 'missing-end' | 'other-chain';

export interface ChainReport {
  readonly isWhole: boolean;
  /** Rows looked at. */
  readonly entryCount: number;
  /** The last row that fits; what follows it cannot be trusted. */
  readonly head: ChainHead;
  readonly broken?: { readonly seq: number; readonly reason: BreakReason };
}

export function chainHash(prev: string, seq: number, body: string): string {
  return oneShotHash('sha256', `${prev}\n${seq}\n${body}`, 'hex');
}

/** Checks rows in order, page by page; keeps the place of the first break and looks no further. */
export class ChainCheck {
  #head: ChainHead;
  #entryCount = 0;
  #broken: { readonly seq: number; readonly reason: BreakReason } | undefined;
  readonly #expect: ChainHead | undefined;

  /** `after` is where the rows start: the row before them, taken as true. `expect` is a head noted earlier. */
  constructor(after: ChainHead = { seq: 0, hash: GENESIS }, expect?: ChainHead) {
    this.#head = after;
    this.#expect = expect;
  }

  /** Takes the next rows; false once the chain is broken. */
  take(rows: Iterable<ChainRow>): boolean {
    if (this.#broken !== undefined) return false;
    let { seq, hash } = this.#head;
    for (const [rowSeq, body, rowHash] of rows) {
      this.#broken = this.#breakAt({ seq, hash }, [rowSeq, body, rowHash]);
      if (this.#broken !== undefined) break;
      seq = rowSeq;
      hash = rowHash;
      this.#entryCount++;
    }
    this.#head = { seq, hash };
    return this.#broken === undefined;
  }

  report(): ChainReport {
    const isShort = this.#broken === undefined && this.#expect !== undefined && this.#head.seq < this.#expect.seq;
    const broken = isShort ? ({ seq: this.#head.seq + 1, reason: 'missing-end' } as const) : this.#broken;
    const found = { isWhole: broken === undefined, entryCount: this.#entryCount, head: this.#head };
    return broken === undefined ? found : { ...found, broken };
  }

  #breakAt(before: ChainHead, [seq, body, hash]: ChainRow): { seq: number; reason: BreakReason } | undefined {
    if (seq !== before.seq + 1) return { seq: before.seq + 1, reason: 'gap' };
    if (chainHash(before.hash, seq, body) !== hash) return { seq, reason: 'hash' };
    if (this.#expect?.seq === seq && this.#expect.hash !== hash) return { seq, reason: 'other-chain' };
    return undefined;
  }
}
