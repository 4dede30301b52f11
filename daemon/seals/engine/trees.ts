/**
 * Boosted regression trees: a sum of small decision trees. They were learnt elsewhere (`bench/seals/train.ts`) and are read from a file
 * that a person can look through.
 */
export interface Tree {
  /** Per inner node: which figure is looked at, and the value up to which the left branch is taken. */
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  /** Per inner node: the next node, or a leaf as -1 - its number. */
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly leaf: readonly number[];
}

export interface Forest {
  readonly base: number;
  readonly trees: readonly Tree[];
}

/** The sum of all trees: the logarithm of the odds. */
export function forestScore({ base, trees }: Forest, figures: ArrayLike<number>): number {
  let sum = base;
  for (const tree of trees) {
    let node = tree.feature.length === 0 ? -1 : 0;
    while (node >= 0) {
      const value = figures[tree.feature[node] as number] as number;
      node = (value <= (tree.threshold[node] as number) ? tree.left[node] : tree.right[node]) as number;
    }
    sum += tree.leaf[-1 - node] as number;
  }
  return sum;
}

export function probability(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
