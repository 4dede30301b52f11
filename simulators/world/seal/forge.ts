/** False seals: what a forger orders or cuts, as a changed design. */
import type { Random } from '../../kit/random.ts';
import type { GlyphShift, SealDesign } from './design.ts';
import { designOf, type FaceChoice } from './identity.ts';
import { digits, lookalike, otherCharacter, taxNumber } from './names.ts';
import { between } from './noise.ts';

export const forgeries = [
  'other_seal',
  'diff_font',
  'spacing',
  'recarved',
  'recarved_light',
  'star_rot',
  'size',
  'char_swap',
  'border',
  'glyph_size',
  'traced',
  'code',
  'replica',
] as const;
export type Forgery = (typeof forgeries)[number];

export interface ForgedSeal {
  readonly design: SealDesign;
  /** What was changed, for the truth. */
  readonly changes: Readonly<Record<string, unknown>>;
}

export interface Forger {
  readonly random: Random;
  /** Faces of the same style as the true one. */
  readonly similarFaces: (face: string) => readonly string[];
  readonly faces: FaceChoice;
}

/** Forges `design`. A careful forger copies the nicks that the public can see; the small irregularities of the hand stay his own. */
export function forge(design: SealDesign, forgery: Forgery, forger: Forger): ForgedSeal {
  const { random } = forger;
  if (forgery === 'replica') return { design, changes: {} };
  const copiesMarks = random.chance(0.6);
  const marks = copiesMarks
    ? design.marks
    : { seed: String(random.integer(0, 1e9)), nicks: random.integer(0, 4), hasSecurityLine: random.chance(0.2) };
  const own: SealDesign = { ...design, handSeed: String(random.integer(0, 1e9)), marks };
  const forged = CHANGES[forgery](own, forger);
  return { design: forged.design, changes: { ...forged.changes, copied_marks: copiesMarks } };
}

const CHANGES: Readonly<Record<Exclude<Forgery, 'replica'>, (own: SealDesign, forger: Forger) => ForgedSeal>> = {
  other_seal: (own, { random, faces }) => {
    const other = designOf(own.kind, random, faces);
    return { design: { ...other, widthMm: own.widthMm, heightMm: own.heightMm }, changes: { text: other.text } };
  },
  diff_font: (own, { random, similarFaces }) => {
    const [first, ...rest] = similarFaces(own.face).filter((face) => face !== own.face);
    const face = first === undefined ? own.face : random.pick([first, ...rest]);
    return { design: { ...own, face }, changes: { font: face } };
  },
  spacing: (own, { random }) => {
    const spacing = between(random, 0.02, 0.045) * (random.chance(0.5) ? 1 : -1);
    return { design: { ...own, spread: own.spread * (1 + spacing) }, changes: { spacing } };
  },
  recarved: (own, forger) => recarved(own, forger.random, { share: between(forger.random, 0.4, 1), mm: [0.3, 0.8] }),
  recarved_light: (own, forger) => recarved(own, forger.random, { share: 0.15, mm: [0.3, 0.55] }),
  star_rot: (own, { random }) => {
    const turned = between(random, 4, 14) * (random.chance(0.5) ? 1 : -1);
    return { design: { ...own, starTurnDeg: own.starTurnDeg + turned }, changes: { star_rotation_deg: turned } };
  },
  size: (own, { random }) => {
    const ratio = 1 + between(random, 0.018, 0.045) * (random.chance(0.5) ? 1 : -1);
    return { design: enlarged(own, ratio), changes: { size_ratio: ratio } };
  },
  char_swap: swapped,
  glyph_size: (own, { random }) => {
    const growth = between(random, 0.09, 0.15) * (random.chance(0.5) ? 1 : -1);
    const shifts = Array.from(own.text, (_, index) => ({ index, dxMm: 0, dyMm: 0, turnDeg: 0, growth }));
    return { design: { ...own, shifts }, changes: { glyph_growth: growth } };
  },
  traced: (own, { random }) => {
    const wanderMm = between(random, 0.22, 0.4);
    return { design: { ...own, wanderMm }, changes: { rms_mm: wanderMm } };
  },
  code: (own, { random }) => {
    const redrawn = own.code === '' ? { middle: taxNumber(random) } : { code: digits(random, own.code.length) };
    return { design: { ...own, ...redrawn }, changes: redrawn };
  },
  border: (own, { random }) => {
    const wider = own.borderMm > 0.9 && random.chance(0.5) ? -between(random, 0.3, 0.45) : between(random, 0.3, 0.6);
    // The text stays where it was: the gap gives way.
    return { design: { ...own, borderMm: own.borderMm + wider, gapMm: own.gapMm - wider }, changes: { border_mm: wider } };
  },
};

function recarved(
  own: SealDesign,
  random: Random,
  { share, mm }: { readonly share: number; readonly mm: readonly [number, number] },
): ForgedSeal {
  const characters = Array.from(own.text + own.bottom);
  const order = characters.map((_, index) => ({ index, key: random.next() })).sort((a, b) => a.key - b.key);
  const count = Math.max(1, Math.round(share * characters.length));
  // One hand sets characters aside; another also turns them and misses their size.
  const isLoose = random.chance(0.4);
  const shifts: GlyphShift[] = order.slice(0, count).map(({ index }) => {
    const [distance, angle] = [between(random, ...mm), random.next() * 2 * Math.PI];
    const [turnDeg, growth] = isLoose ? [between(random, -5, 5), between(random, -0.07, 0.07)] : [0, 0];
    return { index, dxMm: distance * Math.cos(angle), dyMm: distance * Math.sin(angle), turnDeg, growth };
  });
  const moved = shifts.map(({ index, dxMm, dyMm }) => [characters[index], Math.round(Math.hypot(dxMm, dyMm) * 1000) / 1000]);
  return { design: { ...own, shifts }, changes: { moved } };
}

function enlarged(own: SealDesign, ratio: number): SealDesign {
  return {
    ...own,
    widthMm: own.widthMm * ratio,
    heightMm: own.heightMm * ratio,
    borderMm: own.borderMm * ratio,
    gapMm: own.gapMm * ratio,
    glyphMm: own.glyphMm * ratio,
    starMm: own.starMm * ratio,
    cornerMm: own.cornerMm * ratio,
  };
}

function swapped(own: SealDesign, { random }: Forger): ForgedSeal {
  const characters = Array.from(own.text + own.bottom);
  const alike = characters.flatMap((from, index) => {
    const to = lookalike(random, from);
    return to === undefined ? [] : [{ index, from, to }];
  });
  const [first, ...rest] = alike;
  const isSimilar = first !== undefined && random.chance(0.7);
  const index = random.integer(0, characters.length - 1);
  const from = characters[index] ?? '';
  const change = isSimilar ? random.pick([first, ...rest]) : { index, from, to: otherCharacter(random, from) };
  const changed = characters.map((character, i) => (i === change.index ? change.to : character));
  const length = Array.from(own.text).length;
  return {
    design: { ...own, text: changed.slice(0, length).join(''), bottom: changed.slice(length).join('') },
    changes: { similar: isSimilar, from: change.from, to: change.to },
  };
}

/** The forgeries that change something on this seal: not every seal has a star or a border. */
export function forgeriesOf(design: SealDesign): Forgery[] {
  return forgeries.filter((forgery) => {
    if (forgery === 'star_rot') return design.starMm > 0;
    if (forgery === 'code') return design.code !== '' || design.middle !== '';
    return forgery !== 'border' || design.kind !== 'name_yin';
  });
}
