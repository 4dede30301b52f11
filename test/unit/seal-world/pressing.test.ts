import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../simulators/kit/random.ts';
import { pressCase, type CaseOrder } from '../../../simulators/world/seal/case.ts';
import { forge, forgeriesOf, type Forger } from '../../../simulators/world/seal/forge.ts';
import { impressionLevels, pressState } from '../../../simulators/world/seal/ink.ts';
import { apply } from '../../../simulators/world/seal/outline.ts';
import { fromSpecimen, poseAffine, SPECIMEN_MARGIN_MM, SPECIMEN_PX_PER_MM, type Pose } from '../../../simulators/world/seal/pose.ts';
import { depthAt, press } from '../../../simulators/world/seal/press.ts';
import { truthOf } from '../../../simulators/world/seal/truth.ts';
import { carved, drawnDesign, evenInk, faceChoice, sealFaces, whitePage } from '../../support/seal-rig.ts';

const [face, otherFace] = sealFaces;
const formFaces = { label: face, typed: face, hand: face };
const pxPerMm = 300 / 25.4;
const design = drawnDesign('company', 'pressing');
const seal = carved(design);
const order: CaseOrder = { seal, expected: seal, faces: formFaces };
const straight: Pose = { rotationDeg: 0, scale: 1, aniso: 0, shear: 0 };

describe('a case', () => {
  it('is the same picture for the same seed, byte for byte, and another for another', () => {
    const small = carved(drawnDesign('name', 'same'));
    const pressed = (seed: string): ReturnType<typeof pressCase> => pressCase(seed, { ...order, seal: small, expected: small });
    const bytes = (seed: string): Buffer => Buffer.from(pressed(seed).shot.pixels);
    expect(bytes('7').equals(bytes('7'))).toBe(true);
    expect(bytes('8').equals(bytes('7'))).toBe(false);
    expect(truthOf({ identity: 'I', design }, pressed('7'))).toEqual(truthOf({ identity: 'I', design }, pressed('7')));
  });

  it('comes at every angle, at both resolutions, from scanner and camera, at all levels', () => {
    const small = carved(drawnDesign('name', 'many'));
    const cases = Array.from({ length: 24 }, (_, i) => pressCase(`many ${i}`, { ...order, seal: small, expected: small }));
    expect(new Set(cases.map(({ level }) => level)).size).toBe(3);
    expect(new Set(cases.map(({ source }) => source)).size).toBe(2);
    expect(new Set(cases.map(({ shot }) => shot.dpi))).toEqual(new Set([200, 300]));
    expect(new Set(cases.map(({ pose }) => Math.floor(pose.rotationDeg / 90))).size).toBe(4);
    for (const { homography, source } of cases) expect(homography !== undefined).toBe(source === 'camera');
  });
});

describe('the pose in the truth', () => {
  it('says where each point of the specimen lies, to a tenth of a millimetre', () => {
    const pose: Pose = { rotationDeg: 217, scale: 1.004, aniso: 0.002, shear: -0.002 };
    const page = whitePage(800, pxPerMm);
    const toPage = poseAffine(pose, pxPerMm, [390.3, 411.8]);
    press(page, seededRandom('pose'), { seal, expected: seal, toPage, state: { ...evenInk, elasticMm: 0.02 }, expectedScale: 1 });
    const toPixels = fromSpecimen(toPage, design);
    let asked = 0;
    let wrong = 0;
    for (let y = 0; y < (design.heightMm + 2 * SPECIMEN_MARGIN_MM) * SPECIMEN_PX_PER_MM; y += 5) {
      for (let x = 0; x < (design.widthMm + 2 * SPECIMEN_MARGIN_MM) * SPECIMEN_PX_PER_MM; x += 5) {
        const u = x / SPECIMEN_PX_PER_MM - SPECIMEN_MARGIN_MM - design.widthMm / 2;
        const v = y / SPECIMEN_PX_PER_MM - SPECIMEN_MARGIN_MM - design.heightMm / 2;
        const depth = depthAt(seal, u, v);
        if (Math.abs(depth) < 0.1 || depth <= -1) continue;
        const [px, py] = apply(toPixels, x, y);
        const green = page.light[(Math.floor(py) * page.width + Math.floor(px)) * 3 + 1] ?? 1;
        asked++;
        if (green < 0.6 !== depth > 0) wrong++;
      }
    }
    expect(asked).toBeGreaterThan(20_000);
    expect(wrong / asked).toBeLessThan(0.002);
  });
});

describe('levels', () => {
  it('leave less and less to see', () => {
    const seen = impressionLevels.map((level) => {
      const shares = Array.from({ length: 12 }, (_, i) => {
        const random = seededRandom(`${level} ${i}`);
        const state = pressState(random, level);
        const toPage = poseAffine(straight, 6, [160, 160]);
        return press(whitePage(320, 6), random, { seal, expected: seal, toPage, state, expectedScale: 1 }).visibleFraction;
      });
      return shares.reduce((total, share) => total + share, 0) / shares.length;
    });
    const [good = 0, normal = 0, harsh = 0] = seen;
    expect(good).toBeGreaterThan(0.9);
    expect(normal).toBeLessThan(good - 0.02);
    expect(harsh).toBeLessThan(normal - 0.05);
  });
});

describe('the evidence of a forgery', () => {
  const forger: Forger = { random: seededRandom('forger'), similarFaces: () => [otherFace.name], faces: faceChoice };
  const toPage = poseAffine({ ...straight, rotationDeg: 30 }, pxPerMm, [360, 360]);
  const evidence = (pressed: typeof seal): number => {
    const seen = press(whitePage(720, pxPerMm), seededRandom('evidence'), {
      seal: pressed,
      expected: seal,
      toPage,
      state: evenInk,
      expectedScale: 1,
    });
    return seen.extraMm2 + seen.missingMm2;
  };

  it('of the true seal is nothing at all, however it is pressed', () => {
    expect(evidence(seal)).toBe(0);
    const harsh = Array.from({ length: 5 }, (_, i) => pressCase(`harsh ${i}`, order).seen);
    expect(harsh.map(({ extraMm2, missingMm2, cells }) => [extraMm2, missingMm2, cells.length])).toEqual(harsh.map(() => [0, 0, 0]));
  });

  it.each(forgeriesOf(design).filter((forgery) => forgery !== 'replica'))('of %s is seen, if not at every try', (forgery) => {
    const tries = Array.from({ length: 3 }, () => evidence(carved(forge(design, forgery, forger).design)));
    expect(Math.max(...tries)).toBeGreaterThan(0.8);
  });

  it('of a replica is nothing, and the case is not scored', () => {
    const forged = forge(design, 'replica', forger);
    const replica = carved(forged.design);
    const pressed = pressCase('replica', { ...order, seal: replica, expected: seal });
    const truth = truthOf({ identity: 'I', design, forged: { forgery: 'replica', changes: forged.changes } }, pressed);
    expect(truth).toMatchObject({ evidence_mm2: [0, 0], expected: 'unscored', genuine: false });
  });

  it('under a camera does not count size, which only a scanner measures', () => {
    const larger = { ...design, widthMm: design.widthMm * 1.03, heightMm: design.heightMm * 1.03 };
    const ratio = 1 / 1.03;
    const scaled = carved({
      ...larger,
      borderMm: design.borderMm * 1.03,
      gapMm: design.gapMm * 1.03,
      glyphMm: design.glyphMm * 1.03,
      starMm: design.starMm * 1.03,
    });
    const seen = (expectedScale: number): number => {
      const { extraMm2, missingMm2 } = press(whitePage(720, pxPerMm), seededRandom('size'), {
        seal: scaled,
        expected: seal,
        toPage,
        state: evenInk,
        expectedScale,
      });
      return extraMm2 + missingMm2;
    };
    expect(seen(1)).toBeGreaterThan(20);
    expect(seen(ratio)).toBeLessThan(seen(1) / 5);
  });
});

describe('forgers', () => {
  it('turn no star where there is none, and thicken no border that is not cut', () => {
    expect(forgeriesOf(drawnDesign('name_yin', 'a'))).not.toContain('border');
    expect(forgeriesOf(drawnDesign('name', 'a'))).not.toContain('star_rot');
    expect(forgeriesOf(design)).toContain('star_rot');
  });

  it('move each character by 0.3 to 0.8 mm when they cut a seal again', () => {
    const forger: Forger = { random: seededRandom('hands'), similarFaces: () => [], faces: faceChoice };
    const moved = Array.from({ length: 20 }, () => forge(design, 'recarved', forger).design.shifts).flat();
    expect(moved.length).toBeGreaterThan(60);
    for (const { dxMm, dyMm } of moved) {
      expect(Math.hypot(dxMm, dyMm)).toBeGreaterThanOrEqual(0.3);
      expect(Math.hypot(dxMm, dyMm)).toBeLessThanOrEqual(0.8);
    }
  });
});
