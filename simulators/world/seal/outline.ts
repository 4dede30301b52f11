/** Outlines as closed polygons, and the affine maps that place them. */
import type * as OpenType from 'opentype.js';

/** A closed polygon: x and y in turn. The last point joins the first. */
export type Contour = Float64Array;
export type Outline = readonly Contour[];

/** x' = a x + b y + c; y' = d x + e y + f. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const IDENTITY: Affine = [1, 0, 0, 0, 1, 0];

/** First `inner`, then `outer`. */
export function compose(outer: Affine, inner: Affine): Affine {
  const [a, b, c, d, e, f] = outer;
  const [p, q, r, s, t, u] = inner;
  return [a * p + b * s, a * q + b * t, a * r + b * u + c, d * p + e * s, d * q + e * t, d * r + e * u + f];
}

export function invert([a, b, c, d, e, f]: Affine): Affine {
  const det = a * e - b * d;
  return [e / det, -b / det, (b * f - c * e) / det, -d / det, a / det, (c * d - a * f) / det];
}

export function apply([a, b, c, d, e, f]: Affine, x: number, y: number): readonly [number, number] {
  return [a * x + b * y + c, d * x + e * y + f];
}

export function shift(dx: number, dy: number): Affine {
  return [1, 0, dx, 0, 1, dy];
}

export function stretch(sx: number, sy: number): Affine {
  return [sx, 0, 0, 0, sy, 0];
}

/** Clockwise on paper, where y grows downwards. */
export function turn(degrees: number): Affine {
  const t = (degrees * Math.PI) / 180;
  return [Math.cos(t), -Math.sin(t), 0, Math.sin(t), Math.cos(t), 0];
}

export function placed(outline: Outline, affine: Affine): Outline {
  return outline.map((contour) => {
    const out = new Float64Array(contour.length);
    for (let i = 0; i < contour.length; i += 2) {
      const [x, y] = apply(affine, contour[i] ?? 0, contour[i + 1] ?? 0);
      out[i] = x;
      out[i + 1] = y;
    }
    return out;
  });
}

/** An ellipse about the origin, as a polygon fine enough for any seal. */
export function ellipse(rx: number, ry: number): Contour {
  const sides = 240;
  const out = new Float64Array(sides * 2);
  for (let i = 0; i < sides; i++) {
    const t = (i * 2 * Math.PI) / sides;
    out[i * 2] = rx * Math.cos(t);
    out[i * 2 + 1] = ry * Math.sin(t);
  }
  return out;
}

/** A rectangle about the origin with corners rounded to `radius`. */
export function roundedBox(width: number, height: number, radius: number): Contour {
  const [hx, hy] = [width / 2, height / 2];
  if (radius <= 0) return Float64Array.of(-hx, -hy, hx, -hy, hx, hy, -hx, hy);
  const r = Math.min(radius, hx, hy);
  const points: number[] = [];
  for (let corner = 0; corner < 4; corner++) {
    const [cx, cy] = [corner === 0 || corner === 3 ? hx - r : r - hx, corner < 2 ? hy - r : r - hy];
    for (let i = 0; i <= 8; i++) {
      const t = ((corner + i / 8) * Math.PI) / 2;
      points.push(cx + r * Math.cos(t), cy + r * Math.sin(t));
    }
  }
  return Float64Array.from(points);
}

/** Five points, one upwards; `radius` reaches to the tips. */
export function star(radius: number): Contour {
  const out = new Float64Array(20);
  for (let i = 0; i < 10; i++) {
    const r = i % 2 === 0 ? radius : radius * 0.382;
    const t = ((i * 36 - 90) * Math.PI) / 180;
    out[i * 2] = r * Math.cos(t);
    out[i * 2 + 1] = r * Math.sin(t);
  }
  return out;
}

/** Curves of a glyph as polygons of short chords. */
export function flattened(commands: readonly OpenType.PathCommand[]): Outline {
  const contours: Contour[] = [];
  let points: number[] = [];
  const close = (): void => {
    if (points.length >= 6) contours.push(Float64Array.from(points));
    points = [];
  };
  for (const command of commands) {
    if (command.type === 'M') close();
    if (command.type === 'Z') close();
    else if (command.type === 'Q') addQuadratic(points, command);
    else if (command.type === 'C') addCubic(points, command);
    else points.push(command.x, command.y);
  }
  close();
  return contours;
}

const CHORDS = 6;

function addQuadratic(points: number[], { x1, y1, x, y }: { x1: number; y1: number; x: number; y: number }): void {
  const [x0, y0] = [points.at(-2) ?? x1, points.at(-1) ?? y1];
  for (let i = 1; i <= CHORDS; i++) {
    const t = i / CHORDS;
    const u = 1 - t;
    points.push(u * u * x0 + 2 * u * t * x1 + t * t * x, u * u * y0 + 2 * u * t * y1 + t * t * y);
  }
}

function addCubic(
  points: number[],
  { x1, y1, x2, y2, x, y }: { x1: number; y1: number; x2: number; y2: number; x: number; y: number },
): void {
  const [x0, y0] = [points.at(-2) ?? x1, points.at(-1) ?? y1];
  for (let i = 1; i <= CHORDS; i++) {
    const t = i / CHORDS;
    const u = 1 - t;
    const [k0, k1, k2, k3] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
    points.push(k0 * x0 + k1 * x1 + k2 * x2 + k3 * x, k0 * y0 + k1 * y1 + k2 * y2 + k3 * y);
  }
}
