/** Pictures of simulated seals for the comparison: a specimen, an impression of it at any angle, another seal, a page. */
import sharp from 'sharp';
import { seededRandom } from '../../simulators/kit/random.ts';
import type { Picture } from '../../daemon/seals/engine/picture.ts';
import { pressCase, pressSpecimen, type Shot } from '../../simulators/world/seal/case.ts';
import type { CarvedSeal } from '../../simulators/world/seal/carve.ts';
import { forge, type Forgery } from '../../simulators/world/seal/forge.ts';
import { carved, drawnDesign, faceChoice, sealFaces } from './seal-rig.ts';

const [face] = sealFaces;
export const formFaces = { label: face, typed: face, hand: face };

export function pictureOf({ width, height, dpi, pixels }: Shot): Picture {
  return { width, height, dpi, rgb: pixels };
}

export const companySeal = carved(drawnDesign('company', 'match/company'));
export const otherSeal = carved(drawnDesign('company', 'match/other'));
export const squareSeal = carved(drawnDesign('finance_square', 'match/square'));

const specimenOf = (seal: CarvedSeal): ReturnType<typeof pressSpecimen> => pressSpecimen('match/specimen', seal);

export function specimenPicture(seal: CarvedSeal): Picture {
  return pictureOf(specimenOf(seal).shot);
}

/** A specimen lies a little askew: by this, clockwise. */
export function specimenRotationDeg(seal: CarvedSeal): number {
  return specimenOf(seal).pose.rotationDeg;
}

/** The first impression of `seal` after `seed` that is good and was scanned at 300 dpi. */
export function impressionPicture(
  seal: CarvedSeal,
  seed: string,
  expected = seal,
): { readonly picture: Picture; readonly rotationDeg: number } {
  for (let i = 0; ; i++) {
    const pressed = pressCase(`${seed}/${String(i)}`, { seal, expected, faces: formFaces });
    if (pressed.level !== 'good' || pressed.source !== 'scanner' || pressed.shot.dpi !== 300) continue;
    return { picture: pictureOf(pressed.shot), rotationDeg: pressed.pose.rotationDeg };
  }
}

export function forgedSeal(seal: CarvedSeal, forgery: Forgery): CarvedSeal {
  return carved(
    forge(seal.design, forgery, { random: seededRandom(`match/${forgery}`), faces: faceChoice, similarFaces: () => ['serif-bold'] }).design,
  );
}

/** The picture turned clockwise by whole quarters: no pixel changes, only its place. */
export function quarterTurned({ width, height, rgb, dpi }: Picture): Picture {
  const turned = new Uint8Array(rgb.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      turned.set(rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3), (x * height + height - 1 - y) * 3);
  }
  return { width: height, height: width, rgb: turned, dpi };
}

export async function writePicture({ width, height, rgb, dpi }: Picture, path: string, hasDensity = true): Promise<void> {
  const picture = sharp(rgb, { raw: { width, height, channels: 3 } });
  await (hasDensity ? picture.withMetadata({ density: dpi }) : picture).png().toFile(path);
}
