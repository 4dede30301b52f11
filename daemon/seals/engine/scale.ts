import { newPlane, type Picture, type Plane } from './picture.ts';

/** The three colours of a picture, each 0…255. */
export interface Colours {
  readonly red: Plane;
  readonly green: Plane;
  readonly blue: Plane;
}

/** The picture at another resolution: each new pixel is the mean of the paper it covers. */
export function scaledTo(picture: Picture, dpi: number): Colours {
  const ratio = picture.dpi / dpi;
  const width = Math.max(1, Math.round(picture.width / ratio));
  const height = Math.max(1, Math.round(picture.height / ratio));
  const columns = spans(width, picture.width, ratio);
  const rows = spans(height, picture.height, ratio);
  return {
    red: scaled(picture, 0, { columns, rows }),
    green: scaled(picture, 1, { columns, rows }),
    blue: scaled(picture, 2, { columns, rows }),
  };
}

/** Which old pixels a new one covers, and how much of each. */
interface Span {
  readonly from: number;
  readonly weights: readonly number[];
}

function spans(count: number, oldCount: number, ratio: number): Span[] {
  return Array.from({ length: count }, (_, at) => {
    // Finer than the picture: between the two nearest pixels. Coarser: all that lie under it.
    const half = Math.max(ratio, 1) / 2;
    const centre = (at + 0.5) * ratio;
    const from = Math.max(0, Math.floor(centre - half));
    const to = Math.min(oldCount, Math.max(from + 1, Math.ceil(centre + half)));
    const weights = Array.from({ length: to - from }, (_w, i) =>
      Math.max(0, Math.min(centre + half, from + i + 1) - Math.max(centre - half, from + i)),
    );
    const sum = weights.reduce((all, each) => all + each, 0);
    return { from, weights: sum === 0 ? weights.map(() => 1 / weights.length) : weights.map((each) => each / sum) };
  });
}

function scaled(
  { rgb, width: oldWidth, height: oldHeight }: Picture,
  colour: number,
  { columns, rows }: { readonly columns: readonly Span[]; readonly rows: readonly Span[] },
): Plane {
  const narrow = new Float32Array(columns.length * oldHeight);
  for (let x = 0; x < columns.length; x++) {
    const { from, weights } = columns[x] as Span;
    for (let y = 0; y < oldHeight; y++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += (weights[i] as number) * (rgb[(y * oldWidth + from + i) * 3 + colour] as number);
      narrow[y * columns.length + x] = sum;
    }
  }
  const result = newPlane(columns.length, rows.length);
  for (let y = 0; y < rows.length; y++) {
    const { from, weights } = rows[y] as Span;
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] as number;
      const row = (from + i) * columns.length;
      for (let x = 0; x < columns.length; x++)
        result.data[y * columns.length + x] = (result.data[y * columns.length + x] as number) + weight * (narrow[row + x] as number);
    }
  }
  return result;
}
