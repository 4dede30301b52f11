import { blurred, dilated } from './blur.ts';
import { MM_PER_INCH, newPlane, type Picture, type Plane } from './picture.ts';
import { scaledTo, type Colours } from './scale.ts';

/** Seal ink on paper, and where nobody could see whether there is any. */
export interface Ink {
  readonly dpi: number;
  /** 0 bare paper … 1 full seal ink. */
  readonly ink: Plane;
  /** 0 plainly visible … 1 hidden under black, blue, green or brown ink, or outside the picture. */
  readonly hidden: Plane;
}

/** Redness below this is paper, its tint or its pattern. */
const FAINT = 0.1;
/** Of the red pixels, this share is weaker than what counts as full ink. */
const FULL_SHARE = 0.7;
/** Ink within this distance is pressed alike; ink weaker than this share of the full one is not told from dirt. */
const NEAR_MM = 1;
const WEAKEST = 0.4;
/** Too few red pixels to say what full ink looks like. */
const FEWEST_RED = 40;

/** Separates seal ink from paper and from everything else, at `dpi`. */
export function inkOf(picture: Picture, dpi: number): Ink {
  const colours = onWhitePaper(scaledTo(picture, dpi), dpi);
  const { width, height } = colours.red;
  const redness = newPlane(width, height);
  for (let i = 0; i < redness.data.length; i++) redness.data[i] = rednessAt(colours, i);
  const full = fullInk(colours, redness);
  const ink = newPlane(width, height);
  const covered = newPlane(width, height);
  for (let i = 0; i < ink.data.length; i++) {
    const red = colours.red.data[i] as number;
    ink.data[i] = Math.min(1, Math.max(0, ((redness.data[i] as number) - FAINT * 0.5) / (full.redness - FAINT * 0.5)));
    // Red ink is light in red light; what is darker there than the ink itself lies over it.
    const dark = (full.red - 0.12 - red) / Math.max(0.1, full.red - 0.12 - 0.3);
    // Blue and green inks are light but not red: darker than paper in red, lighter in their own colour.
    const other = Math.max(colours.green.data[i] as number, colours.blue.data[i] as number) - red;
    covered.data[i] = Math.min(1, Math.max(0, dark, (other - 0.06) / 0.12));
  }
  return { dpi, ink: evenly(ink, dpi), hidden: dilated(covered, 1) };
}

/** Ink as strong everywhere as where it is strongest: a stroke's edge is where half of its own ink is, however lightly it was pressed. */
function evenly(ink: Plane, dpi: number): Plane {
  const mm = dpi / MM_PER_INCH;
  const strength = blurred(dilated(ink, Math.round(NEAR_MM * mm)), NEAR_MM * mm * 0.6);
  const result = newPlane(ink.width, ink.height);
  for (let i = 0; i < result.data.length; i++)
    result.data[i] = Math.min(1, (ink.data[i] as number) / Math.max(WEAKEST, strength.data[i] as number));
  return result;
}

function rednessAt({ red, green, blue }: Colours, i: number): number {
  return (red.data[i] as number) - ((green.data[i] as number) + (blue.data[i] as number)) / 2;
}

/** How red full ink is, and how light in red. */
function fullInk(colours: Colours, redness: Plane): { readonly redness: number; readonly red: number } {
  const strong: { readonly redness: number; readonly red: number }[] = [];
  for (let i = 0; i < redness.data.length; i++) {
    const value = redness.data[i] as number;
    if (value > 2 * FAINT) strong.push({ redness: value, red: colours.red.data[i] as number });
  }
  if (strong.length < FEWEST_RED) return { redness: 0.6, red: 0.8 };
  strong.sort((a, b) => a.redness - b.redness);
  const full = strong[Math.floor(strong.length * FULL_SHARE)] as { redness: number };
  const light = strong.map(({ red }) => red).sort((a, b) => a - b);
  return { redness: full.redness, red: light[Math.floor(light.length * 0.4)] as number };
}

/** Each colour divided by the paper's own around it: paper becomes 1 everywhere, whatever its tint and the light on it. */
function onWhitePaper(colours: Colours, dpi: number): Colours {
  const mm = dpi / MM_PER_INCH;
  return { red: overPaper(colours.red, mm), green: overPaper(colours.green, mm), blue: overPaper(colours.blue, mm) };
}

/** Side of a tile of the small picture that the paper's colour is taken from, in millimetres. */
const TILE_MM = 1;

function overPaper(plane: Plane, pixelsPerMm: number): Plane {
  const tile = Math.max(2, Math.round(TILE_MM * pixelsPerMm));
  const small = newPlane(Math.ceil(plane.width / tile), Math.ceil(plane.height / tile));
  for (let y = 0; y < plane.height; y++) {
    for (let x = 0; x < plane.width; x++) {
      const at = Math.floor(y / tile) * small.width + Math.floor(x / tile);
      small.data[at] = Math.max(small.data[at] as number, plane.data[y * plane.width + x] as number);
    }
  }
  const paper = blurred(dilated(small, 3), 2);
  const result = newPlane(plane.width, plane.height);
  for (let y = 0; y < plane.height; y++) {
    for (let x = 0; x < plane.width; x++) {
      const local = sampleClamped(paper, (x + 0.5) / tile - 0.5, (y + 0.5) / tile - 0.5);
      result.data[y * plane.width + x] = Math.min(1.1, (plane.data[y * plane.width + x] as number) / Math.max(40, local));
    }
  }
  return result;
}

/** Between the four nearest pixels; outside, the nearest one. */
export function sampleClamped({ width, height, data }: Plane, x: number, y: number): number {
  const cx = Math.min(width - 1, Math.max(0, x));
  const cy = Math.min(height - 1, Math.max(0, y));
  const x0 = Math.min(width - 2 < 0 ? 0 : width - 2, Math.floor(cx));
  const y0 = Math.min(height - 2 < 0 ? 0 : height - 2, Math.floor(cy));
  const fx = cx - x0;
  const fy = cy - y0;
  const x1 = Math.min(width - 1, x0 + 1);
  const y1 = Math.min(height - 1, y0 + 1);
  const top = (data[y0 * width + x0] as number) * (1 - fx) + (data[y0 * width + x1] as number) * fx;
  const bottom = (data[y1 * width + x0] as number) * (1 - fx) + (data[y1 * width + x1] as number) * fx;
  return top * (1 - fy) + bottom * fy;
}
