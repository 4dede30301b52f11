/** What a seal looks like from outside. */
export type SealShape = 'round' | 'oval' | 'square' | 'rectangle';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A disc fills this much of the tightest box around it (π/4 = 0.785); a square all of it. Between them: worn corners. */
const ROUND_BELOW = 0.88;
const EVEN_ABOVE = 0.87;

/** The shape of the outline of these points. */
export function shapeOf(points: readonly Point[]): SealShape {
  const hull = hullOf(points);
  const { long, short } = tightestBox(hull);
  if (long === 0) return 'square';
  const isEven = short / long > EVEN_ABOVE;
  if (areaOf(hull) / (long * short) < ROUND_BELOW) return isEven ? 'round' : 'oval';
  return isEven ? 'square' : 'rectangle';
}

/** The convex hull, by Andrew’s monotone chain. */
function hullOf(points: readonly Point[]): readonly Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (list: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of list) {
      while (chain.length >= 2 && cross(chain[chain.length - 2] as Point, chain[chain.length - 1] as Point, point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function cross(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

function areaOf(hull: readonly Point[]): number {
  return (
    Math.abs(
      hull.reduce((sum, { x, y }, i) => sum + x * (hull[(i + 1) % hull.length]?.y ?? y) - (hull[(i + 1) % hull.length]?.x ?? x) * y, 0),
    ) / 2
  );
}

/** Sides of the smallest box around the hull, at any angle, by whole degrees. */
function tightestBox(hull: readonly Point[]): { readonly long: number; readonly short: number } {
  let best = { long: 0, short: 0 };
  let least = Infinity;
  for (let degrees = 0; degrees < 90; degrees++) {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const along = spread(hull.map(({ x, y }) => x * cos + y * sin));
    const across = spread(hull.map(({ x, y }) => y * cos - x * sin));
    if (along * across >= least) continue;
    least = along * across;
    best = { long: Math.max(along, across), short: Math.min(along, across) };
  }
  return best;
}

function spread(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}
