/** Whole papers with several seals, scanned: vouchers as customers hand them in, cards as the bank keeps them. */
import { seededRandom, type Random } from '../../kit/random.ts';
import type { CarvedSeal } from './carve.ts';
import type { PressedCase } from './case.ts';
import type { FormFaces } from './form.ts';
import { JPEG_QUALITY, pressState, STRENGTH, type ImpressionLevel } from './ink.ts';
import { seenFrom, skew } from './keystone.ts';
import { between } from './noise.ts';
import { apply, compose, type Affine } from './outline.ts';
import type { Page } from './page.ts';
import { blankPage } from './paper.ts';
import { drawnPose, poseAffine, type Pose } from './pose.ts';
import { press } from './press.ts';
import { expose, scannerOptics } from './scan.ts';
import type { SeenInk } from './onlooker.ts';
import { boxCentre, CARD_MM, printCard, printVoucher, VOUCHER_MM } from './voucher.ts';

export interface PressedPair {
  readonly seal: CarvedSeal;
  /** The seal on file; the same object when genuine. */
  readonly expected: CarvedSeal;
}

export interface PressedSheet {
  readonly shot: PressedCase['shot'];
  readonly level: ImpressionLevel;
  readonly jpegQuality: number;
  readonly pageRotationDeg: number;
  readonly isTouching: boolean;
  /** In the order of the seals pressed. */
  readonly pressed: readonly PressedCase[];
}

interface Laid {
  readonly pair: PressedPair;
  readonly pose: Pose;
  readonly toPage: Affine;
  readonly state: PressedCase['state'];
  readonly seen: SeenInk;
}

/** A voucher with seals in its lower half, now and then one on the other. */
export function pressVoucher(
  seed: string,
  { title, faces, seals }: { readonly title: string; readonly faces: FormFaces; readonly seals: readonly PressedPair[] },
): PressedSheet {
  const random = seededRandom(seed);
  const level: ImpressionLevel = random.pick(['good', 'normal', 'normal', 'normal', 'harsh']);
  const dpi = random.chance(0.25) ? 200 : 300;
  const page = sheetOf(VOUCHER_MM, dpi, random.fork('paper'));
  printVoucher(page, { random: random.fork('print'), faces }, title);
  const isTouching = random.chance(0.15);
  const places = placesFor(seals, random.fork('places'), isTouching);
  const laid = seals.map((pair, i) =>
    lay(page, random.fork(`seal ${i}`), { pair, level, centreMm: places[i] ?? [105, 110], isCard: false }),
  );
  return scanned(page, random, { level, laid, isTouching, mostSkewDeg: 1 });
}

/** A card of specimens: clean impressions, each in its box. */
export function pressCard(
  seed: string,
  { account, faces, seals }: { readonly account: string; readonly faces: FormFaces; readonly seals: readonly CarvedSeal[] },
): PressedSheet {
  const random = seededRandom(seed);
  const page = sheetOf(CARD_MM, 300, random.fork('paper'));
  printCard(page, { random, faces }, { account, boxes: seals.length });
  const laid = seals.map((seal, i) => {
    const [x, y] = boxCentre(i, seals.length);
    const centreMm = [x + between(random, -4, 4), y + between(random, -4, 4)] as const;
    return lay(page, random.fork(`seal ${i}`), { pair: { seal, expected: seal }, level: 'good', centreMm, isCard: true });
  });
  return scanned(page, random, { level: 'good', laid, isTouching: false, mostSkewDeg: 0 });
}

function sheetOf({ width, height }: { readonly width: number; readonly height: number }, dpi: number, random: Random): Page {
  const pxPerMm = dpi / 25.4;
  return blankPage({ widthPx: Math.round(width * pxPerMm), heightPx: Math.round(height * pxPerMm), pxPerMm }, random);
}

interface Laying {
  readonly pair: PressedPair;
  readonly level: ImpressionLevel;
  readonly centreMm: readonly [number, number];
  readonly isCard: boolean;
}

function lay(page: Page, random: Random, { pair, level, centreMm, isCard }: Laying): Laid {
  const pose: Pose = isCard
    ? { rotationDeg: (between(random, -5, 5) + 360) % 360, scale: 1, aniso: 0, shear: 0 }
    : drawnPose(random, 'scanner');
  const toPage = poseAffine(pose, page.pxPerMm, [centreMm[0] * page.pxPerMm, centreMm[1] * page.pxPerMm]);
  const state = pressState(random, level);
  const seen = press(page, random, { ...pair, toPage, state, expectedScale: 1 });
  return { pair, pose, toPage, state, seen };
}

const TRIES = 60;

/** Places apart from each other, or the second on the rim of the first. */
function placesFor(seals: readonly PressedPair[], random: Random, isTouching: boolean): (readonly [number, number])[] {
  const places: (readonly [number, number])[] = [];
  const radius = (i: number): number => (seals[i]?.seal.widthMm ?? 0) / 2;
  seals.forEach((_, i) => {
    const margin = radius(i);
    let best: readonly [number, number] = [105, 110];
    let bestGap = -Infinity;
    for (let n = 0; n < TRIES; n++) {
      const place = [
        between(random, margin, VOUCHER_MM.width - margin),
        between(random, Math.max(50, margin), VOUCHER_MM.height - margin),
      ] as const;
      const gaps = places.map(([x, y], j) => Math.hypot(place[0] - x, place[1] - y) - radius(i) - radius(j));
      const least = Math.min(20, ...gaps);
      // Touching: a few millimetres into the first; otherwise clear of all.
      const gap = isTouching && i === 1 ? -Math.abs(least + 9) : least;
      if (gap > bestGap) [best, bestGap] = [place, gap];
      if (!isTouching && least >= 0) break;
    }
    places.push(best);
  });
  return places;
}

interface Scanning {
  readonly level: ImpressionLevel;
  readonly laid: readonly Laid[];
  readonly isTouching: boolean;
  readonly mostSkewDeg: number;
}

function scanned(page: Page, random: Random, { level, laid, isTouching, mostSkewDeg }: Scanning): PressedSheet {
  const pageRotationDeg = mostSkewDeg === 0 || random.chance(0.15) ? 0 : between(random, -mostSkewDeg, mostSkewDeg);
  const turned = skew(pageRotationDeg, page);
  const [[a, b, c], [d, e, f]] = turned;
  const askew: Affine = [a, b, c, d, e, f];
  const pixels = expose(
    pageRotationDeg === 0 ? page : seenFrom(page, turned),
    scannerOptics(random.fork('optics'), STRENGTH[level]),
    random.fork('grain'),
  );
  const shot = { width: page.width, height: page.height, dpi: Math.round(page.pxPerMm * 25.4), pixels };
  const jpegQuality = random.integer(...JPEG_QUALITY[level]);
  const pressed = laid.map(({ pose, toPage, state, seen }): PressedCase => {
    const onScan = compose(askew, toPage);
    const rotationDeg = (pose.rotationDeg + pageRotationDeg + 360) % 360;
    return {
      shot,
      level,
      source: 'scanner',
      jpegQuality,
      pose: { ...pose, rotationDeg },
      state,
      toPage: onScan,
      centrePx: apply(onScan, 0, 0),
      seen,
    };
  });
  return { shot, level, jpegQuality, pageRotationDeg, isTouching, pressed };
}
