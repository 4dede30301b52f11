/** Seals to press in tests: two faces, and a sheet to press on. */
import { seededRandom } from '../../simulators/kit/random.ts';
import { carve, type CarvedSeal } from '../../simulators/world/seal/carve.ts';
import type { SealDesign, SealKind } from '../../simulators/world/seal/design.ts';
import { packagedFace, type Face } from '../../simulators/world/seal/faces.ts';
import { designOf, type FaceChoice } from '../../simulators/world/seal/identity.ts';
import { impressionLevels, pressState, type PressState } from '../../simulators/world/seal/ink.ts';
import type { Page } from '../../simulators/world/seal/page.ts';

const plain = packagedFace('sans-medium', 'hei', { package: '@fontsource/noto-sans-sc', weight: 500 });
const serif = packagedFace('serif-bold', 'song', { package: '@fontsource/noto-serif-sc', weight: 700 });
export const sealFaces: readonly [Face, Face] = [plain, serif];
export const faceChoice: FaceChoice = { official: ['sans-medium'], personal: ['sans-medium'] };

export function drawnDesign(kind: SealKind, seed: string): SealDesign {
  return designOf(kind, seededRandom(seed), faceChoice);
}

export function carved(design: SealDesign): CarvedSeal {
  return carve(design, { text: design.face === serif.name ? serif : plain, digits: plain });
}

/** White paper, nothing on it. */
export function whitePage(side: number, pxPerMm: number): Page {
  const light = new Float32Array(side * side * 3).fill(1);
  return { width: side, height: side, pxPerMm, light, cover: new Float32Array(side * side) };
}

/** A full, even, straight impression: what is left to differ is where the ink lies. */
export const evenInk: PressState = {
  ...pressState(seededRandom('even'), impressionLevels[0]),
  gainMm: 0,
  gainSpreadMm: 0,
  missing: 0,
  tiltMm: 0,
  density: 1,
  densitySpread: 0,
  squeeze: 0,
  mottle: 0,
  featherMm: 0,
};
