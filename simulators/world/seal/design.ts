/**
 * What a seal says and how it is laid out, before anybody cuts it. Sizes are those of Chinese practice: round company
 * seals of 38 to 58 mm with a star, round and square finance seals, oval invoice seals of 40 by 30 mm, name seals of 16 to
 * 22 mm in relief (朱文) or intaglio (白文), and name stamps in one line.
 */
export const sealKinds = ['company', 'finance_round', 'finance_square', 'oval', 'name', 'name_yin', 'name_rect'] as const;
export type SealKind = (typeof sealKinds)[number];

/** One glyph out of its place, as a second cutter puts it. */
export interface GlyphShift {
  /** Counted through `text`, then `bottom`. */
  readonly index: number;
  readonly dxMm: number;
  readonly dyMm: number;
  /** About its middle. */
  readonly turnDeg: number;
  /** Larger by this share. */
  readonly growth: number;
}

/** What wear and the security cut took from the face of the seal. */
export interface SealMarks {
  readonly seed: string;
  readonly nicks: number;
  /** 防伪线: a fine line cut across on purpose. */
  readonly hasSecurityLine: boolean;
}

export interface SealDesign {
  readonly kind: SealKind;
  /** Name of a face on the caller's shelf. */
  readonly face: string;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly borderMm: number;
  /** Along the rim of a round or oval seal; in the field of a square one. */
  readonly text: string;
  /** Below the star, straight. */
  readonly bottom: string;
  /** Registration digits along the lower rim. */
  readonly code: string;
  /** The taxpayer's number across an oval. */
  readonly middle: string;
  readonly glyphMm: number;
  /** Width of a glyph as a share of its height. */
  readonly squeeze: number;
  /** Angle that the rim text takes. */
  readonly spanDeg: number;
  /** Clear space between border and text. */
  readonly gapMm: number;
  /** To the tips; 0 for none. */
  readonly starMm: number;
  readonly hasInnerRing: boolean;
  readonly cornerMm: number;
  /** Added to both sides of every stroke. */
  readonly boldMm: number;
  readonly starTurnDeg: number;
  /** Distances between the glyphs, as a share of what the seal's owner ordered. */
  readonly spread: number;
  readonly shifts: readonly GlyphShift[];
  /** Root of the mean square by which a tracing by eye wanders from the original. */
  readonly wanderMm: number;
  /** Across, left to right, as some square seals read, and not down from the right. */
  readonly readsAcross: boolean;
  /** Draws the cutter's small irregularities: two cuts of one design by two hands differ. */
  readonly handSeed: string;
  readonly marks: SealMarks;
}

export const isRound = ({ kind }: SealDesign): boolean => kind === 'company' || kind === 'finance_round';
