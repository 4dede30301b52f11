import type { Pose } from './coarse-pose.ts';

/**
 * Where each point of the specimen lies in the questioned picture: a polynomial of the second degree in the specimen's coordinates
 * (millimetres from its centre). The first degree turns, scales and shears; the second is the rubber that gave way, a page that
 * was not flat, or a camera that stood askew.
 */
export interface Warp {
  /** Coefficients of 1, x, y, x², xy, y² for each coordinate, x and y in units of `unitMm`. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly unitMm: number;
}

export const TERMS = 6;

/** The values of 1, x, y, x², xy, y² into `into`. */
export function termsAt(x: number, y: number, into: Float64Array): void {
  into[0] = 1;
  into[1] = x;
  into[2] = y;
  into[3] = x * x;
  into[4] = x * y;
  into[5] = y * y;
}

export function warpOf({ xMm, yMm, angle }: Pose, unitMm: number): Warp {
  const [cos, sin] = [Math.cos(angle) * unitMm, Math.sin(angle) * unitMm];
  return { x: [xMm, cos, -sin, 0, 0, 0], y: [yMm, sin, cos, 0, 0, 0], unitMm };
}

/** How far from a plain turn a warp is. */
export interface WarpFigures {
  /** Clockwise, radians. */
  readonly angle: number;
  /** Size of the impression over that of the specimen. */
  readonly scale: number;
  /** Width over height, less 1, and the lean of the axes: 0 for a plain turn. */
  readonly stretch: number;
  readonly shear: number;
  /** Largest displacement by the second degree within the unit circle, in millimetres. */
  readonly bendMm: number;
}

export function warpFigures({ x, y, unitMm }: Warp): WarpFigures {
  const [a, b, c, d] = [x[1], x[2], y[1], y[2]].map((value) => (value ?? 0) / unitMm) as [number, number, number, number];
  const angle = Math.atan2(c - b, a + d);
  const scale = Math.sqrt(Math.max(1e-9, a * d - b * c));
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  // The first degree without its turn.
  const [p, q, r, s] = [cos * a + sin * c, cos * b + sin * d, -sin * a + cos * c, -sin * b + cos * d];
  const bend = (terms: readonly number[]): number => Math.hypot(terms[3] ?? 0, terms[4] ?? 0, terms[5] ?? 0);
  return { angle, scale, stretch: (p - s) / scale, shear: (q + r) / scale, bendMm: Math.hypot(bend(x), bend(y)) };
}
