/** From a page to what a scanner or a document camera makes of it. */
import type { Random } from '../../kit/random.ts';
import { bell, sharpened, softened, type ChannelPlane } from './blur.ts';
import { between, gaussian, smoothstep } from './noise.ts';
import type { Page } from './page.ts';

export interface Optics {
  /** Spread of a point, in pixels. */
  readonly blurPx: number;
  /** How far red and blue lie beside green, in pixels across and down. */
  readonly redAside: readonly [number, number];
  readonly blueAside: readonly [number, number];
  readonly noise: number;
  /** Light of the whole, and of each channel. */
  readonly gain: readonly [number, number, number];
  readonly gamma: number;
  readonly sharpen: number;
  /** Colours paler (below 1) or stronger than they are. */
  readonly saturation: number;
  /** Columns that a speck on the glass darkens from top to bottom, as shares of the width; a sheet feeder moves the paper over it. */
  readonly streaks: readonly number[];
  /** Light at a place given as shares of the page's width and height; even where absent. */
  readonly lamp?: (x: number, y: number) => number;
}

/** Even light, three lines of sensors a fraction of a pixel apart. */
export function scannerOptics(random: Random, strength: number): Optics {
  const aside = (): readonly [number, number] => [gaussian(random) * 0.12 * strength, gaussian(random) * 0.3 * strength];
  return {
    blurPx: between(random, 0.45, 0.6 + 0.8 * strength),
    redAside: aside(),
    blueAside: aside(),
    noise: between(random, 0.003, 0.006 + 0.008 * strength),
    gain: [between(random, 0.96, 1.05), between(random, 0.96, 1.05), between(random, 0.96, 1.05)],
    gamma: between(random, 0.8, 1.25),
    saturation: between(random, 0.85, 1.12),
    streaks: random.chance(0.06) ? Array.from({ length: random.integer(1, 3) }, () => random.next()) : [],
    sharpen: random.chance(0.35) ? between(random, 0.1, 0.7) : 0,
  };
}

/** A lens, one lamp from the side, white balance by guess, and the camera's own sharpening. */
export function cameraOptics(random: Random, strength: number): Optics {
  const angle = random.next() * 2 * Math.PI;
  const fall = between(random, 0.03, 0.14 + 0.12 * strength);
  const corner = between(random, 0.05, 0.25);
  const warm = between(random, -0.06, 0.06);
  const shine = random.chance(0.25)
    ? { x: random.next(), y: random.next(), size: between(random, 0.1, 0.3), light: between(random, 0.05, 0.2) }
    : undefined;
  return {
    blurPx: between(random, 0.75, 1 + 0.5 * strength),
    redAside: [gaussian(random) * 0.25, gaussian(random) * 0.25],
    blueAside: [gaussian(random) * 0.25, gaussian(random) * 0.25],
    noise: between(random, 0.006, 0.012 + 0.012 * strength),
    gain: [0.97 + warm, 0.97, 0.97 - warm],
    gamma: between(random, 0.9, 1.25),
    saturation: between(random, 0.7, 1.15),
    streaks: [],
    sharpen: between(random, 0, 1.2),
    lamp: (x, y) => {
      const side = (x - 0.5) * Math.cos(angle) + (y - 0.5) * Math.sin(angle);
      const middle = (x - 0.5) ** 2 + (y - 0.5) ** 2;
      const gloss = shine === undefined ? 0 : shine.light * (1 - smoothstep(Math.hypot(x - shine.x, y - shine.y), 0, shine.size));
      return (1 - fall * (side + 0.5)) * (1 - corner * middle) + gloss;
    },
  };
}

/** Eight-bit pixels, three bytes each. */
export function expose(page: Page, optics: Optics, random: Random): Uint8Array {
  const { width, height } = page;
  const pixels = new Uint8Array(width * height * 3);
  const noise = noiseStrip(random);
  const tone = toneCurve(optics.gamma);
  for (let c = 0; c < 3; c++) {
    const { values } = focused(page, optics, c);
    const gain = (optics.gain[c] ?? 1) * TONE_STEPS;
    let drawn = Math.floor(random.next() * noise.length);
    let lamp = gain;
    for (let i = 0, x = 0, y = 0; i < values.length; i++) {
      if (x % LAMP_STEP === 0) lamp = gain * (optics.lamp?.(x / width, y / height) ?? 1);
      drawn = drawn + 1 === noise.length ? 0 : drawn + 1;
      const light = Math.min(TONE_MAX, Math.max(0, (values[i] ?? 0) * lamp));
      const seen = (tone[light | 0] ?? 0) + optics.noise * (noise[drawn] ?? 0);
      pixels[i * 3 + c] = Math.min(255, Math.max(0, seen * 255 + 0.5));
      x++;
      if (x === width) [x, y] = [0, y + 1];
    }
  }
  return pixels;
}

/** One channel as its line of sensors sees it. */
function focused(page: Page, { blurPx, redAside, blueAside, sharpen, saturation, streaks }: Optics, channel: number): ChannelPlane {
  const [across, down] = [redAside, [0, 0] as const, blueAside][channel] ?? [0, 0];
  const soft = softened(channelOf(page, channel, saturation), bell(blurPx, across), bell(blurPx, down));
  const seen = sharpen > 0 ? sharpened(soft, sharpen) : soft;
  for (const streak of streaks) {
    for (let at = Math.floor(streak * seen.width); at < seen.values.length; at += seen.width)
      seen.values[at] = (seen.values[at] ?? 0) * 0.86;
  }
  return seen;
}

/** The lamp's light changes slowly; it is asked for every few pixels. */
const LAMP_STEP = 8;
const TONE_STEPS = 4096;
/** Light beyond white, up to a quarter more. */
const TONE_MAX = 5119;

function toneCurve(gamma: number): Float32Array {
  return Float32Array.from({ length: TONE_MAX + 1 }, (_, i) => ((i + 0.5) / TONE_STEPS) ** gamma);
}

function channelOf({ width, height, light }: Page, channel: number, saturation: number): ChannelPlane {
  const values = new Float32Array(width * height);
  const grey = (1 - saturation) / 3;
  for (let i = 0, at = 0; i < values.length; i++, at += 3) {
    const sum = (light[at] ?? 0) + (light[at + 1] ?? 0) + (light[at + 2] ?? 0);
    values[i] = saturation * (light[at + channel] ?? 0) + grey * sum;
  }
  return { width, height, values };
}

/** Draws from the bell, made once per picture and read round and round; its length is prime, so that no pattern stands. */
function noiseStrip(random: Random): Float32Array {
  const strip = new Float32Array(32_749);
  for (let i = 0; i < strip.length; i++) strip[i] = gaussian(random);
  return strip;
}
