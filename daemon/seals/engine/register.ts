import { coarsePoses } from './coarse-pose.ts';
import { refined, type Fit, type Round } from './refine.ts';
import { edgePoints, WORK_DPI, WORK_MM, type EdgePoints, type Prepared } from './specimen.ts';
import { warpOf } from './warp.ts';

/** Poses tried out: the true one is nearly always the first, and was among the first ten wherever it was looked for. */
const POSES = 16;
const FEW_POINTS = 700;
const MANY_POINTS = 5_000;
/** A second pose is refined too when it fits nearly as well as the best. */
const NEARLY = 1.2;
const rough: readonly Round[] = [
  { freedom: 'rigid', steps: 6, clipMm: 1.2 },
  { freedom: 'rigid', steps: 6, clipMm: 0.6 },
];
const fine: readonly Round[] = [
  { freedom: 'affine', steps: 6, clipMm: 0.6 },
  { freedom: 'bent', steps: 10, clipMm: 0.4 },
];

/** Finds where the specimen lies in the questioned picture. */
export function registered(specimen: Prepared, questioned: Prepared): Fit {
  const few = edgePoints(specimen, 0.8, FEW_POINTS);
  const unitMm = (Math.max(specimen.ink.width, specimen.ink.height) * WORK_MM) / 2;
  const poses = coarsePoses({ plane: specimen.ink, dpi: WORK_DPI }, { plane: questioned.ink, dpi: WORK_DPI }, POSES);
  const tried = poses
    .map((pose) => refined({ points: few, questioned }, warpOf(pose, unitMm), rough))
    .sort((a, b) => a.residualMm - b.residualMm);
  const many: EdgePoints = edgePoints(specimen, 0.6, MANY_POINTS);
  const [best, second] = tried;
  if (best === undefined) return refined({ points: many, questioned }, warpOf({ xMm: 0, yMm: 0, angle: 0, score: 0 }, unitMm), fine);
  const fit = refined({ points: many, questioned }, best.warp, fine);
  if (second === undefined || second.residualMm > best.residualMm * NEARLY) return fit;
  const other = refined({ points: many, questioned }, second.warp, fine);
  return other.residualMm < fit.residualMm ? other : fit;
}
