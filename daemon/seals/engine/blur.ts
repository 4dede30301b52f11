import { newPlane, type Plane } from './picture.ts';

/** Three box means one after another, near enough to a bell of this standard deviation, in pixels. Edges are repeated. */
export function blurred(plane: Plane, sigma: number): Plane {
  const radius = Math.max(1, Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2));
  let now = plane;
  for (let pass = 0; pass < 3; pass++) now = boxed(boxed(now, radius, false), radius, true);
  return now;
}

/** Mean over `2 radius + 1` pixels along rows, or along columns. */
function boxed({ width, height, data }: Plane, radius: number, isAlongColumns: boolean): Plane {
  const result = newPlane(width, height);
  const [lines, length, lineStep, step] = isAlongColumns ? [width, height, 1, width] : [height, width, width, 1];
  const scale = 1 / (2 * radius + 1);
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep;
    const first = data[start] as number;
    const last = data[start + (length - 1) * step] as number;
    let sum = first * radius;
    for (let i = 0; i < radius; i++) sum += i < length ? (data[start + i * step] as number) : last;
    for (let i = 0; i < length; i++) {
      sum += i + radius < length ? (data[start + (i + radius) * step] as number) : last;
      result.data[start + i * step] = sum * scale;
      sum -= i - radius >= 0 ? (data[start + (i - radius) * step] as number) : first;
    }
  }
  return result;
}

/** The largest value within a square of `2 radius + 1` pixels. */
export function dilated({ width, height, data }: Plane, radius: number): Plane {
  const across = newPlane(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let most = -Infinity;
      for (let i = Math.max(0, x - radius); i <= Math.min(width - 1, x + radius); i++) most = Math.max(most, data[y * width + i] as number);
      across.data[y * width + x] = most;
    }
  }
  const result = newPlane(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let most = -Infinity;
      for (let i = Math.max(0, y - radius); i <= Math.min(height - 1, y + radius); i++)
        most = Math.max(most, across.data[i * width + x] as number);
      result.data[y * width + x] = most;
    }
  }
  return result;
}
