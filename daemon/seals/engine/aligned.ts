import { newPlane, type Plane } from './picture.ts';
import { ruleLines } from './rule-lines.ts';
import { REACH_MM, WORK_MM, type Prepared } from './specimen.ts';
import { TERMS, termsAt, type Warp } from './warp.ts';

/** Ink nearer than this to the specimen's may be its own stroke grown wide, and a straight line its border. */
export const OWN_MM = 0.22;

/** The questioned impression as it looks from the specimen: pixel for pixel beside it. */
export interface Aligned {
  /** Signed distance to the questioned edges, millimetres. */
  readonly distance: Plane;
  /** How much ink there is, 0…1. */
  readonly ink: Plane;
  /** 1 plainly seen … 0 hidden or outside the picture. */
  readonly seen: Plane;
}

export function aligned(specimen: Prepared, questioned: Prepared, warp: Warp): Aligned {
  const { width, height } = specimen.ink;
  const distance = newPlane(width, height);
  const ink = newPlane(width, height);
  const seen = newPlane(width, height);
  const rules = ruleLines(questioned);
  const terms = new Float64Array(TERMS);
  const { data } = questioned.distance;
  const w = questioned.ink.width;
  const h = questioned.ink.height;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      distance.data[at] = REACH_MM;
      termsAt(((x + 0.5 - width / 2) * WORK_MM) / warp.unitMm, ((y + 0.5 - height / 2) * WORK_MM) / warp.unitMm, terms);
      let [px, py] = [-0.5, -0.5];
      for (let t = 0; t < TERMS; t++) {
        px += ((warp.x[t] as number) * (terms[t] as number)) / WORK_MM;
        py += ((warp.y[t] as number) * (terms[t] as number)) / WORK_MM;
      }
      const x0 = Math.floor(px);
      const y0 = Math.floor(py);
      if (x0 < 0 || y0 < 0 || x0 >= w - 1 || y0 >= h - 1) continue;
      const from = y0 * w + x0;
      const fx = px - x0;
      const fy = py - y0;
      const upper = (data[from] as number) * (1 - fx) + (data[from + 1] as number) * fx;
      const lower = (data[from + w] as number) * (1 - fx) + (data[from + w + 1] as number) * fx;
      distance.data[at] = upper * (1 - fy) + lower * fy;
      const nearest = from + (fy > 0.5 ? w : 0) + (fx > 0.5 ? 1 : 0);
      ink.data[at] = questioned.ink.data[nearest] as number;
      const isRule = rules.data[nearest] === 1 && (specimen.distance.data[at] as number) > OWN_MM;
      seen.data[at] = isRule ? 0 : 1 - (questioned.hidden.data[nearest] as number);
    }
  }
  return { distance, ink, seen };
}
