import type { Plane } from './picture.ts';

/** Pixels that hang together, and the box around them. */
export interface Component {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly pixels: readonly number[];
}

/** The connected parts of the plane above `level`, each with at least `fewest` pixels, in reading order of their first pixel. */
export function components({ width, height, data }: Plane, level: number, fewest: number): readonly Component[] {
  const seen = new Uint8Array(width * height);
  const found: Component[] = [];
  const isNew = (i: number): boolean => seen[i] === 0 && (data[i] as number) > level;
  for (let start = 0; start < data.length; start++) {
    if (!isNew(start)) continue;
    const pixels = [start];
    seen[start] = 1;
    let [left, top, right, bottom] = [width, height, 0, 0];
    for (let k = 0; k < pixels.length; k++) {
      const i = pixels[k] as number;
      const [x, y] = [i % width, Math.floor(i / width)];
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
      const fresh = neighboursOf(i, width, height).filter(isNew);
      pixels.push(...fresh);
      for (const j of fresh) seen[j] = 1;
    }
    if (pixels.length >= fewest) found.push({ left, top, right, bottom, pixels });
  }
  return found;
}

/** The up to eight pixels around one. */
function neighboursOf(i: number, width: number, height: number): readonly number[] {
  const x = i % width;
  const y = (i - x) / width;
  const around: number[] = [];
  for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
    for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) if (nx !== x || ny !== y) around.push(ny * width + nx);
  }
  return around;
}
