/**
 * Cutting a design: the face of the seal as a signed distance, with the cutter's irregular hand, rough edges, nicks,
 * scratches and the security cut. The same design cut twice with one hand seed and one set of marks is the same seal.
 */
import { seededRandom, type Random } from '../../kit/random.ts';
import { emptyPlane, fillShape, type Plane } from './coverage.ts';
import type { SealDesign } from './design.ts';
import { signedDistance } from './distance.ts';
import { layOut, type SealFaces } from './layout.ts';
import { between, gaussian, SmoothField } from './noise.ts';
import type { Contour, Outline } from './outline.ts';

/** Resolution of a carved seal. */
export const CARVED_PX_PER_MM = 16;
/** Room left around the seal, in millimetres. */
export const CARVED_MARGIN_MM = 3;

export interface CarvedSeal {
  readonly design: SealDesign;
  /** With the margin. */
  readonly widthMm: number;
  readonly heightMm: number;
  /** Distance to the nearest edge in millimetres, positive where the seal takes ink; CARVED_PX_PER_MM pixels a millimetre. */
  readonly depth: Plane;
}

export function carve(design: SealDesign, faces: SealFaces): CarvedSeal {
  const widthMm = design.widthMm + 2 * CARVED_MARGIN_MM;
  const heightMm = design.heightMm + 2 * CARVED_MARGIN_MM;
  const plane = emptyPlane(Math.round(widthMm * CARVED_PX_PER_MM), Math.round(heightMm * CARVED_PX_PER_MM));
  const hand = seededRandom(`${design.handSeed}/hand`);
  const amountMm = between(hand, 0.01, 0.035);
  const wander = { grainMm: between(hand, 5, 9), rmsMm: design.wanderMm };
  const wavers = [waverOf(hand, 5, amountMm), waverOf(hand, wander.grainMm, wander.rmsMm * Math.SQRT1_2)];
  const toPixels = (outline: Outline): Outline => outline.map((contour) => inPixels(contour, plane, wavers));
  for (const { outline, blend } of layOut(design, faces)) fillShape(plane, toPixels(outline), blend);
  for (const contour of wear(design)) fillShape(plane, toPixels([contour]), 'cut');
  const depth = signedDistance(plane);
  roughen(depth, { random: hand, boldMm: design.boldMm });
  return { design, widthMm, heightMm, depth };
}

interface Waver {
  readonly x: SmoothField;
  readonly y: SmoothField;
  readonly amountMm: number;
}

function waverOf(random: Random, grainMm: number, amountMm: number): Waver {
  return { x: new SmoothField(random, grainMm), y: new SmoothField(random, grainMm), amountMm };
}

/** Long edges are cut into pieces, so that they can waver too. */
function inPixels(contour: Contour, plane: Plane, wavers: readonly Waver[]): Contour {
  const points: number[] = [];
  const n = contour.length;
  for (let i = 0; i < n; i += 2) {
    const [x0, y0] = [contour[i] ?? 0, contour[i + 1] ?? 0];
    const [x1, y1] = [contour[(i + 2) % n] ?? 0, contour[(i + 3) % n] ?? 0];
    const pieces = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / 1.5));
    for (let k = 0; k < pieces; k++) {
      const [x, y] = [x0 + ((x1 - x0) * k) / pieces, y0 + ((y1 - y0) * k) / pieces];
      const dx = wavers.reduce((sum, waver) => sum + waver.x.at(x, y) * waver.amountMm, 0);
      const dy = wavers.reduce((sum, waver) => sum + waver.y.at(x, y) * waver.amountMm, 0);
      points.push((x + dx) * CARVED_PX_PER_MM + plane.width / 2, (y + dy) * CARVED_PX_PER_MM + plane.height / 2);
    }
  }
  return Float64Array.from(points);
}

/** Pixels to millimetres, the edge a little rough, strokes as bold as ordered. */
function roughen(depth: Plane, { random, boldMm }: { readonly random: Random; readonly boldMm: number }): void {
  const rough = new SmoothField(random, 0.35);
  const amountMm = between(random, 0.006, 0.03);
  for (let y = 0, i = 0; y < depth.height; y++) {
    for (let x = 0; x < depth.width; x++, i++) {
      const mm = (depth.values[i] ?? 0) / CARVED_PX_PER_MM + boldMm;
      const isNear = mm > -0.6 && mm < 0.6;
      depth.values[i] = isNear ? mm + amountMm * rough.at(x / CARVED_PX_PER_MM, y / CARVED_PX_PER_MM) : mm;
    }
  }
}

function wear(design: SealDesign): Contour[] {
  const random = seededRandom(`${design.marks.seed}/marks`);
  const cuts: Contour[] = [];
  for (let i = 0; i < design.marks.nicks; i++) cuts.push(random.chance(0.6) ? nick(design, random) : scratch(design, random));
  if (design.marks.hasSecurityLine) cuts.push(securityLine(design, random));
  return cuts;
}

/** A chip out of the rim, or now and then out of the field. */
function nick(design: SealDesign, random: Random): Contour {
  const t = random.next() * 2 * Math.PI;
  const reach = random.chance(0.75) ? between(random, 0.96, 1.02) : between(random, 0.2, 0.9);
  const isBox = !['company', 'finance_round', 'oval'].includes(design.kind);
  const onBox = 1 / Math.max(Math.abs(Math.cos(t)), Math.abs(Math.sin(t)));
  const r = reach * (isBox ? onBox : 1);
  const [cx, cy] = [(r * Math.cos(t) * design.widthMm) / 2, (r * Math.sin(t) * design.heightMm) / 2];
  const size = between(random, 0.2, 0.65);
  const points = Array.from({ length: 9 }, (_, i) => {
    const a = (i * 2 * Math.PI) / 9;
    const out = size * between(random, 0.5, 1.1);
    return [cx + out * Math.cos(a) * 1.3, cy + out * Math.sin(a)];
  });
  return Float64Array.from(points.flat());
}

function scratch(design: SealDesign, random: Random): Contour {
  const start = [between(random, -0.45, 0.45) * design.widthMm, between(random, -0.45, 0.45) * design.heightMm] as const;
  return cutLine(random, {
    start,
    angle: random.next() * 2 * Math.PI,
    lengthMm: between(random, 1.5, 7),
    widthMm: between(random, 0.08, 0.18),
  });
}

function securityLine(design: SealDesign, random: Random): Contour {
  const angle = random.next() * 2 * Math.PI;
  const lengthMm = design.widthMm * between(random, 0.4, 0.8);
  const away = between(random, -0.25, 0.25) * Math.min(design.widthMm, design.heightMm);
  const start = [
    -Math.sin(angle) * away - (Math.cos(angle) * lengthMm) / 2,
    Math.cos(angle) * away - (Math.sin(angle) * lengthMm) / 2,
  ] as const;
  return cutLine(random, { start, angle, lengthMm, widthMm: between(random, 0.1, 0.16) });
}

interface CutLine {
  readonly start: readonly [x: number, y: number];
  readonly angle: number;
  readonly lengthMm: number;
  readonly widthMm: number;
}

/** A line that wanders a little, as a thin closed shape. */
function cutLine(random: Random, { start, angle, lengthMm, widthMm }: CutLine): Contour {
  const steps = Math.max(2, Math.ceil(lengthMm));
  const sides: [number[], number[]] = [[], []];
  let [x, y] = start;
  let heading = angle;
  for (let i = 0; i <= steps; i++) {
    const half = (widthMm / 2) * (i === 0 || i === steps ? 0.3 : 1);
    sides[0].push(x - Math.sin(heading) * half, y + Math.cos(heading) * half);
    sides[1].unshift(x + Math.sin(heading) * half, y - Math.cos(heading) * half);
    x += (Math.cos(heading) * lengthMm) / steps;
    y += (Math.sin(heading) * lengthMm) / steps;
    heading += gaussian(random) * 0.05;
  }
  return Float64Array.from([...sides[0], ...sides[1]]);
}
