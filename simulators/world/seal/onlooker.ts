/**
 * What an eye could see of an impression. A forged one differs visibly where it shows ink that the true seal, pressed just as
 * hard, would not have come near, or where the true one would have left ink on paper that stayed bare.
 */
/** Differences nearer to an edge than this are lost in the ink. */
export const VISIBLE_FROM_MM = 0.2;
/** Side of the squares by which differences are listed. */
export const CELL_MM = 2;
/** Thinner ink is not seen. */
const SEEN_FROM = 0.3;

export interface InkLayer {
  /** 1 is a full layer. */
  readonly thickness: number;
  /** Whether a stroke lying here would have printed. */
  readonly touched: boolean;
}

export interface PressedSpot {
  /** About the seal's centre. */
  readonly u: number;
  readonly v: number;
  /** Distance inside the inked edge of the pressed seal, and of the expected one. */
  readonly own: number;
  readonly expected: number;
  readonly layer: InkLayer;
  readonly isHidden: boolean;
}

export interface DifferingCell {
  /** Middle of the square, about the seal's centre. */
  readonly xMm: number;
  readonly yMm: number;
  readonly extraMm2: number;
  readonly missingMm2: number;
}

export interface SeenInk {
  /** Share of the pressed seal's own strokes that can be seen. */
  readonly visibleFraction: number;
  /** Ink where the expected seal has none. */
  readonly extraMm2: number;
  /** Bare paper where the expected seal has ink. */
  readonly missingMm2: number;
  readonly cells: readonly DifferingCell[];
}

export class Onlooker {
  readonly #pixelMm2: number;
  readonly #cells = new Map<number, { xMm: number; yMm: number; extraMm2: number; missingMm2: number }>();
  #strokes = 0;
  #seen = 0;

  constructor(pxPerMm: number) {
    this.#pixelMm2 = 1 / (pxPerMm * pxPerMm);
  }

  add({ u, v, own, expected, layer, isHidden }: PressedSpot): void {
    const isSeen = layer.thickness > SEEN_FROM && !isHidden;
    if (own > 0) {
      this.#strokes++;
      if (isSeen) this.#seen++;
    }
    if (isHidden) return;
    if (isSeen && expected < -VISIBLE_FROM_MM) this.#cell(u, v).extraMm2 += this.#pixelMm2;
    if (expected > 0 && own < -VISIBLE_FROM_MM && layer.touched) this.#cell(u, v).missingMm2 += this.#pixelMm2;
  }

  result(): SeenInk {
    const cells = [...this.#cells.values()].sort((a, b) => a.yMm - b.yMm || a.xMm - b.xMm);
    return {
      visibleFraction: this.#strokes === 0 ? 0 : this.#seen / this.#strokes,
      extraMm2: cells.reduce((sum, { extraMm2 }) => sum + extraMm2, 0),
      missingMm2: cells.reduce((sum, { missingMm2 }) => sum + missingMm2, 0),
      cells,
    };
  }

  #cell(u: number, v: number): { extraMm2: number; missingMm2: number } {
    const [column, row] = [Math.floor(u / CELL_MM), Math.floor(v / CELL_MM)];
    const key = row * 1000 + column;
    const known = this.#cells.get(key);
    if (known !== undefined) return known;
    const fresh = { xMm: (column + 0.5) * CELL_MM, yMm: (row + 0.5) * CELL_MM, extraMm2: 0, missingMm2: 0 };
    this.#cells.set(key, fresh);
    return fresh;
  }
}
