/** One questioned impression: a page fragment, a seal on it, a scan of it, and the truth about all that. */
import { seededRandom, type Random } from '../../kit/random.ts';
import type { CarvedSeal } from './carve.ts';
import { printFragment, type FormFaces } from './form.ts';
import { impressionLevels, JPEG_QUALITY, pressState, STAMP_INKS, STRENGTH, type ImpressionLevel, type PressState } from './ink.ts';
import { keystone, project, seenFrom, type Homography } from './keystone.ts';
import { between } from './noise.ts';
import { apply, type Affine } from './outline.ts';
import type { Page } from './page.ts';
import { blankPage } from './paper.ts';
import { drawnPose, poseAffine, type Picturing, type Pose } from './pose.ts';
import { press } from './press.ts';
import { cameraOptics, expose, scannerOptics } from './scan.ts';
import type { SeenInk } from './onlooker.ts';

export interface CaseOrder {
  /** The seal that is pressed. */
  readonly seal: CarvedSeal;
  /** The seal on file; the same object when genuine. */
  readonly expected: CarvedSeal;
  /** Another seal on the same paper, its edge biting in. */
  readonly neighbour?: CarvedSeal;
  readonly faces: FormFaces;
}

export interface Shot {
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  /** Three bytes a pixel. */
  readonly pixels: Uint8Array;
}

export interface PressedCase {
  readonly shot: Shot;
  readonly level: ImpressionLevel;
  readonly source: Picturing;
  readonly jpegQuality: number;
  readonly pose: Pose;
  readonly state: PressState;
  readonly toPage: Affine;
  readonly homography?: Homography;
  readonly centrePx: readonly [number, number];
  readonly seen: SeenInk;
}

/** The same seed and order give the same pixels. */
export function pressCase(seed: string, order: CaseOrder): PressedCase {
  const random = seededRandom(seed);
  const chance = random.next();
  const level = chance < 0.21 ? 'good' : chance < 0.72 ? 'normal' : 'harsh';
  const source: Picturing = random.chance(0.125) ? 'camera' : 'scanner';
  const dpi = random.chance(0.22) ? 200 : 300;
  const pose = drawnPose(random, source);
  const { page, toPage } = framed(order.seal, { random, dpi, pose });
  printFragment(page, { random: random.fork('form'), faces: order.faces, level });
  if (order.neighbour !== undefined) biteIn(page, random.fork('neighbour'), { order, toPage, seal: order.neighbour });
  const state = pressState(random.fork('state'), level);
  // Only a scanner's millimetres are trusted: under a camera a larger seal is one held nearer.
  const ratio = order.expected.design.widthMm / order.seal.design.widthMm;
  const expectedScale = source === 'camera' ? ratio : 1;
  const seen = press(page, random.fork('press'), { seal: order.seal, expected: order.expected, toPage, state, expectedScale });
  const photo = photographed(page, { random: random.fork('optics'), source, level });
  const flat = apply(toPage, 0, 0);
  return {
    shot: { width: page.width, height: page.height, dpi, pixels: photo.pixels },
    level,
    source,
    jpegQuality: random.integer(...JPEG_QUALITY[level]),
    pose,
    state,
    toPage,
    ...(photo.homography === undefined ? {} : { homography: photo.homography }),
    centrePx: photo.homography === undefined ? flat : project(photo.homography, ...flat),
    seen,
  };
}

/** A clean impression on plain paper, as it is taken when an account is opened. */
export function pressSpecimen(seed: string, seal: CarvedSeal): PressedCase {
  const random = seededRandom(seed);
  const pose: Pose = {
    rotationDeg: (between(random, -5, 5) + 360) % 360,
    scale: 1,
    aniso: between(random, -8e-4, 8e-4),
    shear: between(random, -8e-4, 8e-4),
  };
  const dpi = 300;
  const { page, toPage } = framed(seal, { random, dpi, pose });
  const state = pressState(random.fork('state'), 'good');
  const seen = press(page, random.fork('press'), { seal, expected: seal, toPage, state, expectedScale: 1 });
  const pixels = expose(page, scannerOptics(random.fork('optics'), 0.3), random.fork('grain'));
  const shot = { width: page.width, height: page.height, dpi, pixels };
  return { shot, level: 'good', source: 'scanner', jpegQuality: 100, pose, state, toPage, centrePx: apply(toPage, 0, 0), seen };
}

interface Framing {
  readonly random: Random;
  readonly dpi: number;
  readonly pose: Pose;
}

/** A square of paper large enough for the turned seal, which lies near its middle. */
function framed({ design }: CarvedSeal, { random, dpi, pose }: Framing): { readonly page: Page; readonly toPage: Affine } {
  const pxPerMm = dpi / 25.4;
  const t = (pose.rotationDeg * Math.PI) / 180;
  const [w, h] = [design.widthMm * pose.scale, design.heightMm * pose.scale];
  const isRound = design.kind === 'company' || design.kind === 'finance_round';
  const extent = isRound ? w : Math.max(w, h) * (Math.abs(Math.cos(t)) + (Math.abs(Math.sin(t)) * Math.min(w, h)) / Math.max(w, h));
  const side = Math.round((Math.max(extent, w) + 2 * between(random, 3.5, 8)) * pxPerMm);
  const page = blankPage({ widthPx: side, heightPx: side, pxPerMm }, random.fork('paper'));
  const aside = (): number => side / 2 + between(random, -2.5, 2.5) * pxPerMm;
  return { page, toPage: poseAffine(pose, pxPerMm, [aside(), aside()]) };
}

/** Presses the neighbour first, so that its rim crosses the seal's. */
function biteIn(
  page: Page,
  random: Random,
  { order, toPage, seal }: { readonly order: CaseOrder; readonly toPage: Affine; readonly seal: CarvedSeal },
): void {
  const angle = random.next() * 2 * Math.PI;
  const distance = (order.seal.design.widthMm + seal.design.widthMm) / 2 - between(random, 1, 0.35 * seal.design.widthMm);
  const [cx, cy] = apply(toPage, 0, 0);
  const centre = [cx + distance * page.pxPerMm * Math.cos(angle), cy + distance * page.pxPerMm * Math.sin(angle)] as const;
  const place = poseAffine(drawnPose(random, 'scanner'), page.pxPerMm, centre);
  const state = { ...pressState(random, random.pick(impressionLevels)), ink: random.pick(STAMP_INKS) };
  press(page, random, { seal, expected: seal, toPage: place, state, expectedScale: 1 });
}

interface Photo {
  readonly pixels: Uint8Array;
  readonly homography?: Homography;
}

function photographed(
  page: Page,
  { random, source, level }: { readonly random: Random; readonly source: Picturing; readonly level: ImpressionLevel },
): Photo {
  if (source === 'scanner') return { pixels: expose(page, scannerOptics(random, STRENGTH[level]), random) };
  const homography = keystone(random, page, 0.008);
  return {
    pixels: expose(seenFrom(page, homography, between(random, -0.012, 0.012)), cameraOptics(random, STRENGTH[level]), random),
    homography,
  };
}
