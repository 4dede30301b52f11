/** Learns boosted trees: logistic loss, histograms of quantiles, a part of the rows for each tree. The same rows and seed give the same trees. */
import type { Forest, Tree } from '../../daemon/seals/engine/trees.ts';
import type { Random } from '../../simulators/kit/random.ts';

export interface BoostOptions {
  readonly treeCount: number;
  readonly depth: number;
  readonly rate: number;
  /** Least weight of rows in a leaf. */
  readonly leafWeight: number;
  /** Share of rows, and of figures, that each tree sees. */
  readonly rowShare: number;
  readonly figureShare: number;
  readonly ridge: number;
}

const BINS = 64;

export interface Rows {
  readonly figures: readonly Float32Array[];
  /** 1 or 0, or between. */
  readonly labels: Float32Array;
  readonly weights: Float32Array;
}

export function boost({ figures, labels, weights }: Rows, options: BoostOptions, random: Random): Forest {
  const count = figures.length;
  const width = figures[0]?.length ?? 0;
  const cuts = Array.from({ length: width }, (_, f) => quantiles(figures, f));
  const bins = cuts.map((cut, f) => Uint8Array.from(figures, (row) => binOf(cut, row[f] as number)));
  let [positive, all] = [0, 0];
  for (let i = 0; i < count; i++) {
    positive += (labels[i] as number) * (weights[i] as number);
    all += weights[i] as number;
  }
  const base = Math.log(positive / (all - positive));
  const score = new Float64Array(count).fill(base);
  const trees: Tree[] = [];
  const gradient = new Float64Array(count);
  const curvature = new Float64Array(count);
  for (let t = 0; t < options.treeCount; t++) {
    for (let i = 0; i < count; i++) {
      const p = 1 / (1 + Math.exp(-(score[i] as number)));
      const w = weights[i] as number;
      gradient[i] = w * (p - (labels[i] as number));
      curvature[i] = w * Math.max(1e-6, p * (1 - p));
    }
    const rows: number[] = [];
    for (let i = 0; i < count; i++) if (random.next() < options.rowShare) rows.push(i);
    const seen = Array.from({ length: width }, (_, f) => f).filter(() => random.next() < options.figureShare);
    const tree = grow({ rows: Int32Array.from(rows), seen, bins, cuts, gradient, curvature, options });
    trees.push(tree);
    for (let i = 0; i < count; i++) {
      let node = tree.feature.length === 0 ? -1 : 0;
      while (node >= 0)
        node =
          ((figures[i] as Float32Array)[tree.feature[node] as number] as number) <= (tree.threshold[node] as number)
            ? (tree.left[node] as number)
            : (tree.right[node] as number);
      score[i] = (score[i] as number) + (tree.leaf[-1 - node] as number);
    }
  }
  return { base, trees };
}

interface Growing {
  readonly rows: Int32Array;
  readonly seen: readonly number[];
  readonly bins: readonly Uint8Array[];
  readonly cuts: readonly Float32Array[];
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
  readonly options: BoostOptions;
}

function grow(growing: Growing): Tree {
  const tree = { feature: [] as number[], threshold: [] as number[], left: [] as number[], right: [] as number[], leaf: [] as number[] };
  const { options, gradient, curvature } = growing;
  const leafOf = (rows: Int32Array): number => {
    let [g, h] = [0, 0];
    for (const i of rows) {
      g += gradient[i] as number;
      h += curvature[i] as number;
    }
    tree.leaf.push(Number(((-options.rate * g) / (h + options.ridge)).toPrecision(5)));
    return -tree.leaf.length;
  };
  const split = (rows: Int32Array, depth: number): number => {
    const best = depth === 0 ? undefined : bestCut(growing, rows);
    if (best === undefined) return leafOf(rows);
    const node = tree.feature.length;
    tree.feature.push(best.feature);
    tree.threshold.push(growing.cuts[best.feature]?.[best.bin] as number);
    tree.left.push(0);
    tree.right.push(0);
    const bin = growing.bins[best.feature] as Uint8Array;
    tree.left[node] = split(
      rows.filter((i) => (bin[i] as number) <= best.bin),
      depth - 1,
    );
    tree.right[node] = split(
      rows.filter((i) => (bin[i] as number) > best.bin),
      depth - 1,
    );
    return node;
  };
  split(growing.rows, options.depth);
  return tree;
}

function bestCut(
  { seen, bins, gradient, curvature, options }: Growing,
  rows: Int32Array,
): { readonly feature: number; readonly bin: number } | undefined {
  let [g, h] = [0, 0];
  for (const i of rows) {
    g += gradient[i] as number;
    h += curvature[i] as number;
  }
  const whole = (g * g) / (h + options.ridge);
  let best: { feature: number; bin: number } | undefined;
  let most = 1e-6;
  const sums = new Float64Array(BINS);
  const weights = new Float64Array(BINS);
  for (const feature of seen) {
    const bin = bins[feature] as Uint8Array;
    sums.fill(0);
    weights.fill(0);
    for (const i of rows) {
      const b = bin[i] as number;
      sums[b] = (sums[b] as number) + (gradient[i] as number);
      weights[b] = (weights[b] as number) + (curvature[i] as number);
    }
    let [left, leftWeight] = [0, 0];
    for (let b = 0; b < BINS - 1; b++) {
      left += sums[b] as number;
      leftWeight += weights[b] as number;
      if (leftWeight < options.leafWeight || h - leftWeight < options.leafWeight) continue;
      const gain = (left * left) / (leftWeight + options.ridge) + ((g - left) * (g - left)) / (h - leftWeight + options.ridge) - whole;
      if (gain <= most) continue;
      most = gain;
      best = { feature, bin: b };
    }
  }
  return best;
}

/** Upper bounds of the bins, each of about as many rows. */
function quantiles(figures: readonly Float32Array[], f: number): Float32Array {
  const values = Float32Array.from(figures, (row) => row[f] as number).sort();
  return Float32Array.from({ length: BINS - 1 }, (_, b) => values[Math.floor(((b + 1) * values.length) / BINS)] as number);
}

function binOf(cuts: Float32Array, value: number): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (cuts[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}
