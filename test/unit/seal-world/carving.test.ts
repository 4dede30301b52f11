import { describe, expect, it } from 'vitest';
import { CARVED_PX_PER_MM, type CarvedSeal } from '../../../simulators/world/seal/carve.ts';
import { emptyPlane, fillShape } from '../../../simulators/world/seal/coverage.ts';
import { sealKinds, type SealDesign } from '../../../simulators/world/seal/design.ts';
import { REACH_PX, signedDistance } from '../../../simulators/world/seal/distance.ts';
import { sealIdentity } from '../../../simulators/world/seal/identity.ts';
import { ellipse, placed, roundedBox, shift } from '../../../simulators/world/seal/outline.ts';
import { depthAt } from '../../../simulators/world/seal/press.ts';
import { carved, drawnDesign, faceChoice } from '../../support/seal-rig.ts';

const disc = (radius: number, side: number): ReturnType<typeof emptyPlane> => {
  const plane = emptyPlane(side, side);
  fillShape(plane, placed([ellipse(radius, radius)], shift(side / 2, side / 2)), 'add');
  return plane;
};
const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);
/** No marks, no boldness: what the order says and nothing else. */
const unworn = (design: SealDesign): SealDesign => ({ ...design, boldMm: 0, marks: { ...design.marks, nicks: 0, hasSecurityLine: false } });

/** Where the ink ends, outwards from the centre. */
function reachMm(seal: CarvedSeal, degrees: number): number {
  const t = (degrees * Math.PI) / 180;
  for (let r = seal.widthMm / 2; r > 0; r -= 0.01) if (depthAt(seal, r * Math.cos(t), r * Math.sin(t)) > 0) return r;
  return 0;
}

describe('filling a shape', () => {
  it('covers its area, to a thousandth', () => {
    expect(sum(disc(20.3, 64).values) / (Math.PI * 20.3 ** 2)).toBeCloseTo(1, 3);
  });

  it('leaves a hole where a contour winds the other way', () => {
    const plane = emptyPlane(40, 40);
    const hole = roundedBox(10, 10, 0);
    const backwards = Float64Array.of(...[6, 7, 4, 5, 2, 3, 0, 1].map((i) => hole[i] ?? 0));
    fillShape(plane, placed([roundedBox(20, 20, 0), backwards], shift(20, 20)), 'add');
    expect(sum(plane.values)).toBeCloseTo(300, 3);
  });

  it('is cut off by the edge of the plane, not wrapped around it', () => {
    const plane = emptyPlane(20, 20);
    fillShape(plane, placed([roundedBox(20, 20, 0)], shift(0, 5)), 'add');
    expect(sum(plane.values)).toBeCloseTo(150, 3);
  });
});

describe('the distance to the edge', () => {
  it('of a disc is known to a tenth of a pixel, inside and outside, as far as it is told', () => {
    const distance = signedDistance(disc(20.3, 64));
    for (let i = 0; i < distance.values.length; i++) {
      const exact = 20.3 - Math.hypot((i % 64) + 0.5 - 32, Math.floor(i / 64) + 0.5 - 32);
      const told = Math.max(-REACH_PX, Math.min(REACH_PX, exact));
      expect(Math.abs((distance.values[i] ?? 0) - told)).toBeLessThan(0.1);
    }
  });
});

describe('a carved seal', () => {
  it.each(['company', 'finance_round', 'finance_square', 'name', 'name_yin'] as const)('%s is as wide as ordered', (kind) => {
    const design = unworn({ ...drawnDesign(kind, 'as ordered'), cornerMm: 0 });
    const seal = carved(design);
    for (const degrees of [0, 90, 180, 270]) expect(Math.abs(reachMm(seal, degrees) - design.widthMm / 2)).toBeLessThan(0.15);
  });

  it('oval is as wide and as high as ordered', () => {
    const design = unworn(drawnDesign('oval', 'as ordered'));
    const seal = carved(design);
    expect(Math.abs(reachMm(seal, 0) - design.widthMm / 2)).toBeLessThan(0.15);
    expect(Math.abs(reachMm(seal, 90) - design.heightMm / 2)).toBeLessThan(0.15);
  });

  it('is the same seal when cut again, and another when another hand cuts it', () => {
    const design = drawnDesign('company', 'twice');
    const bytes = (cut: SealDesign): Buffer => Buffer.from(carved(cut).depth.values.buffer);
    expect(bytes(design).equals(bytes(design))).toBe(true);
    expect(bytes({ ...design, handSeed: 'another hand' }).equals(bytes(design))).toBe(false);
  });

  it('loses metal to nicks and the security cut, and gains none', () => {
    const design = drawnDesign('company', 'worn');
    const worn = carved({ ...design, boldMm: 0, marks: { seed: 'worn', nicks: 4, hasSecurityLine: true } });
    const whole = carved(unworn(design));
    const inked = ({ depth }: CarvedSeal): number => depth.values.filter((mm) => mm > 0).length / CARVED_PX_PER_MM ** 2;
    expect(inked(whole) - inked(worn)).toBeGreaterThan(0.5);
    const grown = worn.depth.values.filter((mm, i) => mm > 0.05 && (whole.depth.values[i] ?? 0) < -0.05);
    expect(grown.length).toBe(0);
  });
});

describe('identities', () => {
  it('have all kinds in turn', () => {
    const kinds = sealKinds.map((_, i) => sealIdentity('world', i, faceChoice).kind);
    expect(kinds).toEqual([...sealKinds]);
  });

  it('of two seeds are other people: training never sees a seal of the test', () => {
    const seals = (seed: string): string[] => Array.from({ length: 70 }, (_, i) => JSON.stringify(sealIdentity(seed, i, faceChoice)));
    const [training, test] = [new Set(seals('training')), seals('test')];
    expect(training.size).toBe(70);
    expect(test.filter((seal) => training.has(seal))).toEqual([]);
    expect(seals('test')).toEqual(test);
  });
});
