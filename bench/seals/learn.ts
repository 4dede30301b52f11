/**
 * What seal comparison learns from pictures. First, how suspicious a block is: the makers of the pictures know where a forgery differs
 * visibly from the seal on file. Then, how suspicions and the whole make a verdict - from suspicions by forests that have not seen
 * the same seals.
 */
import { allBlockFigures, sealFigures, type Compared } from '../../daemon/seals/engine/figures.ts';
import { forestScore, type Forest } from '../../daemon/seals/engine/trees.ts';
import { seededRandom } from '../../simulators/kit/random.ts';
import { boost, type BoostOptions, type Rows } from './boost.ts';

/** Where ink differs visibly: the middle of a square of 2 mm in millimetres from the centre of the specimen's picture, and mm² of it. */
export type DifferingCell = readonly [xMm: number, yMm: number, extraMm2: number, missingMm2: number];

export interface LearntFrom {
  readonly identity: string;
  readonly isGenuine: boolean;
  /** Its size is what is wrong: no block by itself shows that. */
  readonly isWrongSize: boolean;
  readonly comparison: Compared;
  readonly cells: readonly DifferingCell[];
}

export interface Learnt {
  readonly blocks: Forest;
  readonly seal: Forest;
}

const FOLDS = 4;
const BLOCK_MM = 4.57;
const CELL_MM = 2;
/** A block that differs by less is not called forged, by more it is; between, in part. mm². */
const SAME_MM2 = 0.06;
const FORGED_MM2 = 0.45;
const blockOptions: BoostOptions = { treeCount: 90, depth: 5, rate: 0.13, leafWeight: 25, rowShare: 0.25, figureShare: 0.6, ridge: 5 };
const sealOptions: BoostOptions = { treeCount: 250, depth: 3, rate: 0.05, leafWeight: 4, rowShare: 0.6, figureShare: 0.4, ridge: 6 };

/** Which fold an identity belongs to. */
export function foldOf(identity: string): number {
  return Buffer.from(identity).reduce((sum, byte) => (sum * 31 + byte) % 9973, 7) % FOLDS;
}

export interface Figured {
  readonly from: LearntFrom;
  readonly blockRows: readonly Float32Array[];
  /** How surely each block is forged, 0…1. */
  readonly labels: readonly number[];
}

export function figured(from: LearntFrom): Figured {
  const { comparison } = from;
  const { blocks } = comparison;
  return {
    from,
    blockRows: allBlockFigures(comparison),
    labels: blocks.map(({ x, y }) => {
      let mm2 = 0;
      for (const [cx, cy, extra, missing] of from.cells) mm2 += (extra + missing) * overlap(cx - x) * overlap(cy - y);
      return Math.min(1, Math.max(0, (mm2 - SAME_MM2) / (FORGED_MM2 - SAME_MM2)));
    }),
  };
}

/** Share of a cell's side that lies within a block whose middle is `apart` from the cell's. */
function overlap(apart: number): number {
  const reach = (BLOCK_MM + CELL_MM) / 2 - Math.abs(apart);
  return Math.min(1, Math.max(0, reach / CELL_MM));
}

export function learnBlocks(seals: readonly Figured[], seed: string): Forest {
  const rows: { readonly figures: Float32Array[]; readonly labels: number[]; readonly weights: number[] } = {
    figures: [],
    labels: [],
    weights: [],
  };
  for (const { from, blockRows, labels } of seals) {
    if (from.isWrongSize) continue;
    const weight = Math.sqrt(60 / Math.max(20, blockRows.length));
    for (const [i, row] of blockRows.entries()) {
      rows.figures.push(row);
      rows.labels.push(labels[i] as number);
      rows.weights.push(weight);
    }
  }
  return boost(rowsOf(rows.figures, rows.labels, rows.weights), blockOptions, seededRandom(`${seed}/blocks`));
}

/** The logarithm of the odds that each block is forged. */
export function suspicionsBy(blocks: Forest, { blockRows }: Figured): number[] {
  return blockRows.map((row) => forestScore(blocks, row));
}

/** Suspicions of each seal's blocks by a forest that has not seen the seal's identity. */
export function crossSuspicions(seals: readonly Figured[], seed: string): number[][] {
  const forests = Array.from({ length: FOLDS }, (_, fold) =>
    learnBlocks(
      seals.filter(({ from }) => foldOf(from.identity) !== fold),
      `${seed}/${String(fold)}`,
    ),
  );
  return seals.map((seal) => suspicionsBy(forests[foldOf(seal.from.identity)] as Forest, seal));
}

export function learnSeal(seals: readonly Figured[], suspicions: readonly (readonly number[])[], seed: string): Forest {
  const figures = seals.map(({ from }, i) => sealFigures(from.comparison, suspicions[i] ?? []));
  const labels = seals.map(({ from }) => (from.isGenuine ? 1 : 0));
  return boost(
    rowsOf(
      figures,
      labels,
      labels.map(() => 1),
    ),
    sealOptions,
    seededRandom(`${seed}/seal`),
  );
}

/** Scores of each seal by forests that have not seen its identity. */
export function crossScores(seals: readonly Figured[], suspicions: readonly (readonly number[])[], seed: string): number[] {
  const forests = Array.from({ length: FOLDS }, (_, fold) => {
    const others = seals.map((_seal, i) => i).filter((i) => foldOf(seals[i]?.from.identity ?? '') !== fold);
    return learnSeal(
      others.map((i) => seals[i] as Figured),
      others.map((i) => suspicions[i] ?? []),
      `${seed}/${String(fold)}`,
    );
  });
  return seals.map(({ from }, i) =>
    forestScore(forests[foldOf(from.identity)] as Forest, sealFigures(from.comparison, suspicions[i] ?? [])),
  );
}

function rowsOf(figures: readonly Float32Array[], labels: readonly number[], weights: readonly number[]): Rows {
  return { figures, labels: Float32Array.from(labels), weights: Float32Array.from(weights) };
}
