/**
 * What the journal keeps. The contract shows the same envelope with its typed union of bodies; here a body is
 * any object, because the journal stores what others define.
 */

/** The place of an entry in the journal: 1, 2, 3 … without a gap. 0 stands for "before the first". */
export type Seq = number & { readonly __brand: 'Seq' };

/** A whole number ≥ 0 as a place in the journal. */
export const toSeq = (value: number): Seq => value as Seq;

/** Before the first entry. */
export const BEFORE_FIRST = toSeq(0);

/** A picture or document that an entry names; its bytes are kept under their hash (`blob-store.ts`). */
export interface AttachmentRef {
  /** Lower-case hex of the SHA-256 of the bytes. */
  readonly sha256: string;
  readonly mediaType: string;
  readonly byteLength: number;
}

/** Who may ever see an entry. `security`: only those who may see hold-up and duress. */
export type Audience = 'branch' | 'security';

/** An entry before the journal gave it its place and time. */
export interface NewEntry {
  /** `<area>.<noun-past-participle>`, a key of the contract's event catalogue. */
  readonly type: string;
  /** Shaped as the catalogue says for `type`. JSON only: no `undefined`, no `NaN`, no dates. Not changed after it was given. */
  readonly data: object;
  readonly device?: string;
  readonly position?: string;
  /** Person who did it; absent for what devices and the daemon did by themselves. */
  readonly actor?: string;
  /** The command that led to it. */
  readonly cause?: string;
  /** The workflow instance it belongs to. */
  readonly flow?: string;
  readonly attachment?: AttachmentRef;
  /** `branch` when absent. */
  readonly audience?: Audience;
}

/** An entry as it stands in the journal. */
export interface Entry extends NewEntry {
  readonly seq: Seq;
  /** UTC with milliseconds by the daemon's clock. Goes back only at a `journal.clock-set-back` entry. */
  readonly at: string;
  /** Hash of the entry before; 64 zeros before the first. */
  readonly prev: string;
  /** Lower-case hex, see `chain.ts`. */
  readonly hash: string;
}

/** What the journal must know about an entry type; looked up by name for every entry. */
export interface EntryRule {
  accepts(data: unknown): boolean;
  /** Where `data` does not fit, in words without its values. */
  misfits(data: unknown): readonly { readonly path: string; readonly message: string }[];
  /** Stamped on entries of this type that do not say it themselves. */
  readonly audience?: Audience;
}

/** The rule of `type`, or undefined when nobody defined such an entry. */
export type EntryRules = (type: string) => EntryRule | undefined;
