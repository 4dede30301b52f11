/** The smooth bending of a seal's face under the hand: a displacement field whose best straight-line part is taken out. */
import type { Random } from '../../kit/random.ts';
import { SmoothField } from './noise.ts';

export interface Rubber {
  /** Millimetres by which the face is out of place at (x, y) about the seal's centre. */
  dx(xMm: number, yMm: number): number;
  dy(xMm: number, yMm: number): number;
}

/** `rmsMm`: root of the mean square of the displacement over the face. */
export function bentRubber(random: Random, face: { readonly widthMm: number; readonly heightMm: number }, rmsMm: number): Rubber {
  const grain = 0.35 * Math.max(face.widthMm, face.heightMm);
  const [x, y] = [bendOf(new SmoothField(random, grain), face), bendOf(new SmoothField(random, grain), face)];
  const scale = rmsMm / Math.sqrt(x.meanSquare + y.meanSquare);
  return { dx: (u, v) => scale * x.at(u, v), dy: (u, v) => scale * y.at(u, v) };
}

interface Bend {
  readonly meanSquare: number;
  at(x: number, y: number): number;
}

const STEPS = 12;

/** What the field has beyond shift, stretch and shear: those belong to the pose, not to the bending. */
function bendOf(field: SmoothField, { widthMm, heightMm }: { readonly widthMm: number; readonly heightMm: number }): Bend {
  const places = Array.from({ length: STEPS * STEPS }, (_, i) => {
    const x = (((i % STEPS) + 0.5) / STEPS - 0.5) * widthMm;
    const y = ((Math.floor(i / STEPS) + 0.5) / STEPS - 0.5) * heightMm;
    return { x, y, value: field.at(x, y) };
  });
  const sum = (of: (place: (typeof places)[number]) => number): number => places.reduce((total, place) => total + of(place), 0);
  const mean = sum(({ value }) => value) / places.length;
  const slopeX = sum(({ x, value }) => x * value) / sum(({ x }) => x * x);
  const slopeY = sum(({ y, value }) => y * value) / sum(({ y }) => y * y);
  const at = (x: number, y: number): number => field.at(x, y) - mean - slopeX * x - slopeY * y;
  return { at, meanSquare: sum(({ x, y }) => at(x, y) ** 2) / places.length };
}
