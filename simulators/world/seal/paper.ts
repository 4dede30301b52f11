/** Blank paper: stock, fibres, and the fine waves that banks print against copying. */
import type { Random } from '../../kit/random.ts';
import { between, SmoothField } from './noise.ts';
import type { Page, Reflectance } from './page.ts';

interface PaperStock {
  readonly tint: Reflectance;
  /** Strength of clouds in the stock. */
  readonly clouds: number;
  readonly fibres: number;
  /** Depth of the waves; 0 for none. */
  readonly waves: number;
}

/** Bond, cream cheque paper, green, blue, rose, recycled. */
const STOCKS: readonly [PaperStock, ...PaperStock[]] = [
  { tint: [0.985, 0.985, 0.98], clouds: 0.004, fibres: 0.006, waves: 0 },
  { tint: [0.985, 0.965, 0.9], clouds: 0.006, fibres: 0.008, waves: 0.05 },
  { tint: [0.9, 0.95, 0.9], clouds: 0.008, fibres: 0.009, waves: 0.05 },
  { tint: [0.93, 0.94, 0.985], clouds: 0.006, fibres: 0.007, waves: 0.05 },
  { tint: [0.98, 0.92, 0.93], clouds: 0.006, fibres: 0.008, waves: 0.05 },
  { tint: [0.93, 0.92, 0.89], clouds: 0.012, fibres: 0.016, waves: 0 },
];

export interface SheetShape {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pxPerMm: number;
}

/** Clouds are wide: they are asked for every few pixels. */
const CLOUD_STEP = 4;

/** A sheet of a stock drawn from `random`. */
export function blankPage({ widthPx, heightPx, pxPerMm }: SheetShape, random: Random): Page {
  const stock = random.pick(STOCKS);
  const light = new Float32Array(widthPx * heightPx * 3);
  const clouds = new SmoothField(random, between(random, 2, 5));
  const fibres = new SmoothField(random, between(random, 0.18, 0.3));
  const lean = between(random, -0.012, 0.012);
  const tint = stock.tint.map((value) => value + lean * random.next());
  const wave = waves(random, stock.waves);
  let cloud = 0;
  for (let y = 0, at = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, at += 3) {
      const [xMm, yMm] = [x / pxPerMm, y / pxPerMm];
      if (x % CLOUD_STEP === 0) cloud = 1 + stock.clouds * clouds.at(xMm, yMm);
      const shade = cloud + stock.fibres * fibres.at(xMm, yMm);
      const line = wave.strength > 0 ? wave.strength * wave.at(xMm, yMm) : 0;
      light[at] = (tint[0] ?? 1) * shade * (1 - line * wave.takes[0]);
      light[at + 1] = (tint[1] ?? 1) * shade * (1 - line * wave.takes[1]);
      light[at + 2] = (tint[2] ?? 1) * shade * (1 - line * wave.takes[2]);
    }
  }
  return { width: widthPx, height: heightPx, pxPerMm, light, cover: new Float32Array(widthPx * heightPx) };
}

interface Waves {
  readonly strength: number;
  /** Share of each channel that a wave takes. */
  readonly takes: Reflectance;
  at(xMm: number, yMm: number): number;
}

/** Parallel wavy lines, light, in any hue but the seal's. */
function waves(random: Random, depth: number): Waves {
  const pitchMm = between(random, 0.9, 2.4);
  const swingMm = between(random, 0.3, 1.2);
  const lengthMm = between(random, 4, 12);
  const angle = random.next() * Math.PI;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const takes = random.pick<Reflectance>([
    [1, 0.6, 0.3],
    [0.6, 1, 0.9],
    [0.3, 0.7, 1],
    [0.9, 0.5, 0.9],
  ]);
  const strength = depth > 0 && random.chance(0.6) ? depth * between(random, 0.6, 2) : 0;
  return {
    strength,
    takes,
    at: (xMm, yMm) => {
      const along = xMm * cos + yMm * sin;
      const across = yMm * cos - xMm * sin + swingMm * Math.sin((along * 2 * Math.PI) / lengthMm);
      const phase = Math.abs((((across / pitchMm) % 1) + 1.5) % 1) - 0.5;
      return Math.max(0, 1 - Math.abs(phase) * 7);
    },
  };
}
