import { signedDistance } from './distance.ts';
import { inkOf, type Ink } from './ink.ts';
import { MM_PER_INCH, type Picture, type Plane } from './picture.ts';

/** Resolution everything is compared at. */
export const WORK_DPI = 200;
export const WORK_MM = MM_PER_INCH / WORK_DPI;
/** Farther from an edge than this, one millimetre is as good as another. */
export const REACH_MM = 1.2;

/** A seal impression made ready for comparison. Lengths in millimetres, the origin at the picture's upper left corner. */
export interface Prepared extends Ink {
  /** Signed distance to the edge of the ink, ± `REACH_MM`. */
  readonly distance: Plane;
}

export function prepared(picture: Picture): Prepared {
  const ink = inkOf(picture, WORK_DPI);
  return { ...ink, distance: signedDistance(ink.ink, WORK_DPI, REACH_MM) };
}

/** A point of the specimen near an edge: place in millimetres from the centre of its picture, and its signed distance. */
export interface EdgePoints {
  readonly count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly distance: Float64Array;
}

/** Points within `bandMm` of an edge, thinned out evenly to about `most`. */
export function edgePoints({ distance: { width, height, data } }: Prepared, bandMm: number, most: number): EdgePoints {
  const inBand: number[] = [];
  for (let i = 0; i < data.length; i++) if (Math.abs(data[i] as number) < bandMm) inBand.push(i);
  const step = Math.max(1, inBand.length / most);
  const count = Math.floor(inBand.length / step);
  const points = { count, x: new Float64Array(count), y: new Float64Array(count), distance: new Float64Array(count) };
  for (let k = 0; k < count; k++) {
    const i = inBand[Math.floor(k * step)] as number;
    points.x[k] = ((i % width) + 0.5 - width / 2) * WORK_MM;
    points.y[k] = (Math.floor(i / width) + 0.5 - height / 2) * WORK_MM;
    points.distance[k] = data[i] as number;
  }
  return points;
}
