/** How a seal comes to lie: turned, a little stretched by press and scanner. */
import type { Random } from '../../kit/random.ts';
import { between, gaussian } from './noise.ts';
import { compose, shift, stretch, turn, type Affine } from './outline.ts';

export interface Pose {
  readonly rotationDeg: number;
  readonly scale: number;
  /** Wider by this share, and as much lower. */
  readonly aniso: number;
  readonly shear: number;
}

export type Picturing = 'scanner' | 'camera';

export function drawnPose(random: Random, picturing: Picturing): Pose {
  const any = random.chance(0.55);
  const rotation = any ? random.next() * 360 : (gaussian(random) * 5 + 360) % 360;
  return {
    rotationDeg: rotation,
    scale: picturing === 'camera' ? between(random, 0.978, 1.026) : 1 + limited(gaussian(random) * 0.0025, 0.008),
    aniso: limited(gaussian(random) * 0.0015, 0.004),
    shear: limited(gaussian(random) * 0.0015, 0.004),
  };
}

function limited(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value));
}

/** From millimetres about the seal's centre to pixels, the centre at `centrePx`. */
export function poseAffine(pose: Pose, pxPerMm: number, centrePx: readonly [number, number]): Affine {
  const size = pose.scale * pxPerMm;
  const bent: Affine = [size * (1 + pose.aniso), size * pose.shear, 0, 0, size * (1 - pose.aniso), 0];
  return compose(shift(...centrePx), compose(turn(pose.rotationDeg), bent));
}

/** Pixels a millimetre of the frame that the truth's affine maps speak of. */
export const SPECIMEN_PX_PER_MM = 32;
/** Clear space around the seal in that frame. */
export const SPECIMEN_MARGIN_MM = 3;

/** The same map from the specimen's frame: SPECIMEN_PX_PER_MM, its origin at the top left of the seal and its margin. */
export function fromSpecimen(toPage: Affine, { widthMm, heightMm }: { readonly widthMm: number; readonly heightMm: number }): Affine {
  const centre = shift(-widthMm / 2 - SPECIMEN_MARGIN_MM, -heightMm / 2 - SPECIMEN_MARGIN_MM);
  return compose(toPage, compose(centre, stretch(1 / SPECIMEN_PX_PER_MM, 1 / SPECIMEN_PX_PER_MM)));
}
