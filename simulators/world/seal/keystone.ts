/** Plane to plane: what a camera that does not look straight down, or a sheet that lies askew, does to a page. */
import type { Random } from '../../kit/random.ts';
import { between } from './noise.ts';
import type { Page } from './page.ts';

/** x' = (a x + b y + c) / (g x + h y + 1), y' alike; row by row, the last entry 1. */
export type Homography = readonly [readonly [number, number, number], readonly [number, number, number], readonly [number, number, number]];

interface Shape {
  readonly width: number;
  readonly height: number;
}

/** A camera a little off the vertical: stretches, leans and narrows by up to `amount` of the page. */
export function keystone(random: Random, { width, height }: Shape, amount: number): Homography {
  const size = Math.max(width, height);
  const [a, e] = [between(random, -amount, amount) * 0.6, between(random, -amount, amount) * 0.6];
  const [b, d] = [between(random, -amount, amount) * 0.5, between(random, -amount, amount) * 0.5];
  const [g, h] = [(between(random, -amount, amount) * 0.7) / size, (between(random, -amount, amount) * 0.7) / size];
  // The middle of the page stays in the middle of the picture.
  const [mx, my] = [width / 2, height / 2];
  const w = g * mx + h * my + 1;
  return [
    [1 + a, b, mx * w - (1 + a) * mx - b * my],
    [d, 1 + e, my * w - d * mx - (1 + e) * my],
    [g, h, 1],
  ];
}

/** A turn about the middle of the page. */
export function skew(degrees: number, { width, height }: Shape): Homography {
  const t = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(t), Math.sin(t)];
  const [mx, my] = [width / 2, height / 2];
  return [
    [cos, -sin, mx - cos * mx + sin * my],
    [sin, cos, my - sin * mx - cos * my],
    [0, 0, 1],
  ];
}

export function project([[a, b, c], [d, e, f], [g, h, i]]: Homography, x: number, y: number): readonly [number, number] {
  const w = g * x + h * y + i;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
}

/**
 * The page as the camera sees it; what lies beyond its edge is a grey desk. `barrel` is what a cheap lens adds: the share by
 * which the corners are drawn outwards (positive) or inwards, growing with the square of the distance from the middle.
 */
export function seenFrom(page: Page, homography: Homography, barrel = 0): Page {
  const { width, height } = page;
  const back = inverse(homography);
  const light = new Float32Array(page.light.length);
  const [mx, my] = [width / 2, height / 2];
  const bend = barrel / (mx * mx + my * my);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const [dx, dy] = [x + 0.5 - mx, y + 0.5 - my];
      const inwards = 1 - bend * (dx * dx + dy * dy);
      const [u, v] = project(back, mx + dx * inwards, my + dy * inwards);
      sample(page, [u - 0.5, v - 0.5], { into: light, at });
    }
  }
  return { ...page, light };
}

const DESK = 0.55;

function sample(page: Page, [u, v]: readonly [number, number], { into, at }: { readonly into: Float32Array; readonly at: number }): void {
  const [i, j] = [Math.floor(u), Math.floor(v)];
  if (i < -1 || j < -1 || i >= page.width || j >= page.height) {
    into.fill(DESK, at, at + 3);
    return;
  }
  const [p, q] = [u - i, v - j];
  const [left, right] = [Math.max(0, i), Math.min(page.width - 1, i + 1)];
  const [above, below] = [Math.max(0, j) * page.width, Math.min(page.height - 1, j + 1) * page.width];
  for (let c = 0; c < 3; c++) {
    const upper = (page.light[(above + left) * 3 + c] ?? 0) * (1 - p) + (page.light[(above + right) * 3 + c] ?? 0) * p;
    const lower = (page.light[(below + left) * 3 + c] ?? 0) * (1 - p) + (page.light[(below + right) * 3 + c] ?? 0) * p;
    into[at + c] = upper * (1 - q) + lower * q;
  }
}

function inverse([[a, b, c], [d, e, f], [g, h, i]]: Homography): Homography {
  const det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return [
    [(e * i - f * h) / det, (c * h - b * i) / det, (b * f - c * e) / det],
    [(f * g - d * i) / det, (a * i - c * g) / det, (c * d - a * f) / det],
    [(d * h - e * g) / det, (b * g - a * h) / det, (a * e - b * d) / det],
  ];
}
