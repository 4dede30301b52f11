/** How a hand presses a seal: how much ink, how evenly, how straight. Everything that differs from one impression to the next. */
import type { Random } from '../../kit/random.ts';
import { between } from './noise.ts';
import type { Reflectance } from './page.ts';

export const impressionLevels = ['good', 'normal', 'harsh'] as const;
export type ImpressionLevel = (typeof impressionLevels)[number];

/** Vermilion, bright red, crimson, rose, orange red, dark red, pale red. */
export const INKS: readonly [Reflectance, ...Reflectance[]] = [
  [0.8, 0.17, 0.16],
  [0.87, 0.13, 0.17],
  [0.72, 0.09, 0.19],
  [0.76, 0.1, 0.36],
  [0.88, 0.29, 0.16],
  [0.58, 0.1, 0.12],
  [0.83, 0.31, 0.34],
];

/** Inks of the bank's own stamps: blue, violet, and the customers' red. */
export const STAMP_INKS: readonly [Reflectance, ...Reflectance[]] = [[0.2, 0.3, 0.72], [0.42, 0.22, 0.6], ...INKS];

export interface PressState {
  readonly ink: Reflectance;
  /** Ink beyond the cut edge (positive) or short of it, in millimetres. */
  readonly gainMm: number;
  /** How much that varies over the seal. */
  readonly gainSpreadMm: number;
  /** Share of the face that left no ink. */
  readonly missing: number;
  /** Gain from the middle to the side that was pressed harder. */
  readonly tiltMm: number;
  readonly tiltAngle: number;
  /** 1 is a full layer. */
  readonly density: number;
  readonly densitySpread: number;
  /** Ink pushed from the middle of strokes to their edges, 0 to 1. */
  readonly squeeze: number;
  /** Specks without ink, 0 to 1. */
  readonly mottle: number;
  /** Root of the mean square of the rubber's displacement. */
  readonly elasticMm: number;
  /** Half-width of the soft edge. */
  readonly softMm: number;
  /** How far ink runs along the fibres of the paper. */
  readonly featherMm: number;
}

interface Limits {
  readonly gain: readonly [number, number];
  readonly gainSpread: readonly [number, number];
  readonly missing: readonly [number, number];
  readonly tilt: number;
  readonly density: readonly [number, number];
  readonly densitySpread: readonly [number, number];
  readonly mottle: readonly [number, number];
  readonly elastic: readonly [number, number];
}

const LIMITS: Readonly<Record<ImpressionLevel, Limits>> = {
  good: {
    gain: [-0.03, 0.055],
    gainSpread: [0.004, 0.012],
    missing: [0, 0.01],
    tilt: 0.03,
    density: [0.68, 1.02],
    densitySpread: [0.03, 0.1],
    mottle: [0, 0.1],
    elastic: [0.012, 0.04],
  },
  normal: {
    gain: [-0.07, 0.1],
    gainSpread: [0.012, 0.038],
    missing: [0.001, 0.06],
    tilt: 0.06,
    density: [0.46, 1.02],
    densitySpread: [0.08, 0.27],
    mottle: [0.1, 0.55],
    elastic: [0.02, 0.07],
  },
  harsh: {
    gain: [-0.11, 0.16],
    gainSpread: [0.025, 0.06],
    missing: [0.04, 0.2],
    tilt: 0.1,
    density: [0.33, 1.02],
    densitySpread: [0.15, 0.42],
    mottle: [0.3, 0.9],
    elastic: [0.033, 0.1],
  },
};

export function pressState(random: Random, level: ImpressionLevel): PressState {
  const limits = LIMITS[level];
  const gainMm = between(random, ...limits.gain);
  const isDry = gainMm < 0;
  return {
    ink: random.pick(INKS),
    gainMm,
    gainSpreadMm: between(random, ...limits.gainSpread),
    missing: between(random, ...limits.missing),
    tiltMm: random.next() * limits.tilt,
    tiltAngle: random.next() * 2 * Math.PI,
    density: between(random, ...limits.density) * (isDry ? 0.85 : 1),
    densitySpread: between(random, ...limits.densitySpread),
    squeeze: between(random, 0, isDry ? 0.12 : 0.35),
    mottle: between(random, ...limits.mottle) * (isDry ? 1 : 0.6),
    elasticMm: between(random, ...limits.elastic),
    softMm: between(random, 0.03, 0.07),
    featherMm: between(random, 0.008, level === 'harsh' ? 0.04 : 0.025),
  };
}

/** What a level means for the scanner and the file it writes. */
export const JPEG_QUALITY: Readonly<Record<ImpressionLevel, readonly [number, number]>> = {
  good: [85, 94],
  normal: [72, 91],
  harsh: [55, 81],
};
/** How far a scanner is from its best, 0 to 1. */
export const STRENGTH: Readonly<Record<ImpressionLevel, number>> = { good: 0.3, normal: 0.7, harsh: 1 };
