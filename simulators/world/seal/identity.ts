/** Seals drawn from a seed: what an engraver's order book would hold. */
import { seededRandom, type Random } from '../../kit/random.ts';
import { sealKinds, type SealDesign, type SealKind } from './design.ts';
import { companyName, digits, personName, taxNumber } from './names.ts';
import { between } from './noise.ts';

/** Names of faces by what they suit; a shelf has at least one of each. */
export interface FaceChoice {
  readonly official: readonly [string, ...string[]];
  readonly personal: readonly [string, ...string[]];
}

/** The design of seal `name` of the world `seed`. The kinds come in turn, so that small sets have them all. */
export function sealIdentity(seed: string, index: number, faces: FaceChoice): SealDesign {
  const random = seededRandom(`${seed}/identity/${index}`);
  const kind = sealKinds[index % sealKinds.length] ?? 'company';
  return designOf(kind, random, faces);
}

export function designOf(kind: SealKind, random: Random, faces: FaceChoice): SealDesign {
  const isPersonal = kind.startsWith('name');
  const plain: SealDesign = {
    kind,
    face: random.pick(isPersonal ? faces.personal : faces.official),
    widthMm: 40,
    heightMm: 40,
    borderMm: between(random, 0.85, 1.2),
    text: '',
    bottom: '',
    code: '',
    middle: '',
    glyphMm: 5,
    squeeze: 1,
    spanDeg: 220,
    // Text of square seals stands closer to the border than that of round ones.
    gapMm: kind === 'oval' || kind === 'company' || kind === 'finance_round' ? between(random, 0.6, 1.2) : between(random, 0.3, 0.6),
    starMm: 0,
    hasInnerRing: false,
    cornerMm: random.pick([0, 0, 0.6, 0.8, 1.2]),
    boldMm: between(random, -0.015, 0.06),
    starTurnDeg: 0,
    spread: 1,
    shifts: [],
    wanderMm: 0,
    readsAcross: kind === 'finance_square' && random.chance(0.3),
    handSeed: String(random.integer(0, 1e9)),
    marks: { seed: String(random.integer(0, 1e9)), nicks: random.integer(0, 4), hasSecurityLine: random.chance(0.35) },
  };
  return SHAPES[kind](plain, random);
}

const SHAPES: Readonly<Record<SealKind, (plain: SealDesign, random: Random) => SealDesign>> = {
  company: (plain, random) => roundSeal(plain, random, random.pick(['', '', '', '合同专用章', '结算专用章', '业务专用章'])),
  finance_round: (plain, random) => roundSeal(plain, random, random.pick(['财务专用章', '财务专用章', '发票专用章', '结算专用章'])),
  finance_square: (plain, random) => {
    const size = random.pick<number>([22, 24, 25, 26, 28, 30]);
    return { ...plain, widthMm: size, heightMm: size, text: `${companyName(random)}财务专用章`, hasInnerRing: random.chance(0.1) };
  },
  oval: ovalSeal,
  name: (plain, random) => nameSeal(plain, random),
  name_yin: (plain, random) => ({
    ...nameSeal(plain, random),
    borderMm: between(random, 0.7, 1.1),
    // White strokes are cut wide, or the ink would close them.
    boldMm: -between(random, 0.04, 0.12),
  }),
  name_rect: (plain, random) => {
    const [widthMm, heightMm] = random.pick<readonly [number, number]>([
      [22, 9],
      [24, 9],
      [26, 10],
      [28, 11],
      [20, 8],
    ] as const);
    return { ...plain, widthMm, heightMm, borderMm: between(random, 0.45, 0.8), text: personName(random) };
  },
};

function roundSeal(plain: SealDesign, random: Random, bottom: string): SealDesign {
  const size = plain.kind === 'company' ? random.pick([38, 40, 40, 42, 42, 45, 50, 58]) : random.pick([36, 38, 38, 40]);
  const text = companyName(random);
  const glyphMm = size * between(random, 0.128, 0.152);
  const radius = size / 2 - plain.borderMm - plain.gapMm - glyphMm / 2;
  const span = Math.min(255, (120 * text.length) / 6 + between(random, 0, 40));
  const roomMm = (radius * span * Math.PI) / 180 / text.length;
  return {
    ...plain,
    widthMm: size,
    heightMm: size,
    text,
    bottom,
    code: random.chance(0.6) ? digits(random, 13) : '',
    glyphMm,
    squeeze: Math.min(between(random, 0.72, 0.95), (roomMm * 0.94) / glyphMm),
    spanDeg: span,
    starMm: size * between(random, 0.155, 0.18),
    hasInnerRing: random.chance(0.2),
  };
}

function ovalSeal(plain: SealDesign, random: Random): SealDesign {
  const [widthMm, heightMm] = random.pick([
    [40, 30],
    [40, 30],
    [45, 30],
  ] as const);
  const text = companyName(random);
  return {
    ...plain,
    widthMm,
    heightMm,
    borderMm: between(random, 0.7, 1),
    text,
    bottom: random.pick(['发票专用章', '发票专用章', '合同专用章']),
    middle: taxNumber(random),
    glyphMm: between(random, 3.8, 4.4),
    squeeze: Math.min(0.85, 10.5 / text.length),
    spanDeg: Math.min(240, 17 * text.length + between(random, 0, 20)),
  };
}

function nameSeal(plain: SealDesign, random: Random): SealDesign {
  const size = random.pick([16, 18, 18, 20, 20, 22]);
  const name = personName(random);
  // Three characters alone: the family name tall on the right, the given name on the left.
  const isBare = name.length === 3 && random.chance(0.3);
  const text = name.length === 2 ? `${name}${random.pick(['之印', '私印', '印章'])}` : isBare ? name : `${name}印`;
  return { ...plain, widthMm: size, heightMm: size, text };
}
