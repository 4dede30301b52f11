/**
 * Fourier transforms of square pictures whose side is a power of two, in place, for correlating one picture with many.
 *
 * The spectrum lies transposed and in bit-reversed order, because only its products are of interest: `mirrored` says where the
 * frequency opposite to one lies. Butterflies take whole rows at a time, which a processor's cache likes.
 */
export class SquareFft {
  readonly size: number;
  /** For each row of a spectrum (and each column), the one that holds the opposite frequency. */
  readonly mirrored: Uint16Array;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.#cos = Float64Array.from({ length: size / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / size));
    this.#sin = Float64Array.from({ length: size / 2 }, (_, i) => Math.sin((2 * Math.PI * i) / size));
    const bits = Math.round(Math.log2(size));
    this.mirrored = Uint16Array.from({ length: size }, (_, i) => reversed((size - reversed(i, bits)) % size, bits));
  }

  forward(re: Float32Array, im: Float32Array): void {
    this.#columnsForward(re, im);
    this.#transpose(re);
    this.#transpose(im);
    this.#columnsForward(re, im);
  }

  /** Without the division by the number of pixels. */
  backward(re: Float32Array, im: Float32Array): void {
    this.#columnsBackward(re, im);
    this.#transpose(re);
    this.#transpose(im);
    this.#columnsBackward(re, im);
  }

  /** Decimation in frequency: natural order in, bit-reversed order out. */
  #columnsForward(re: Float32Array, im: Float32Array): void {
    const { size } = this;
    for (let half = size / 2; half >= 1; half /= 2) {
      const stride = size / (2 * half);
      for (let k = 0; k < half; k++) {
        const c = this.#cos[k * stride] as number;
        const s = -(this.#sin[k * stride] as number);
        for (let row = k; row < size; row += 2 * half) {
          const at = { first: row * size, second: (row + half) * size, count: size };
          apart(re, im, { ...at, c, s });
        }
      }
    }
  }

  /** Decimation in time: bit-reversed order in, natural order out. */
  #columnsBackward(re: Float32Array, im: Float32Array): void {
    const { size } = this;
    for (let half = 1; half < size; half *= 2) {
      const stride = size / (2 * half);
      for (let k = 0; k < half; k++) {
        const c = this.#cos[k * stride] as number;
        const s = this.#sin[k * stride] as number;
        for (let row = k; row < size; row += 2 * half) {
          const at = { first: row * size, second: (row + half) * size, count: size };
          together(re, im, { ...at, c, s });
        }
      }
    }
  }

  #transpose(values: Float32Array): void {
    const { size } = this;
    for (let y = 1; y < size; y++) {
      for (let x = 0; x < y; x++) {
        const kept = values[y * size + x] as number;
        values[y * size + x] = values[x * size + y] as number;
        values[x * size + y] = kept;
      }
    }
  }
}

function reversed(value: number, bits: number): number {
  let result = 0;
  for (let bit = 0; bit < bits; bit++) if ((value >> bit) & 1) result |= 1 << (bits - 1 - bit);
  return result;
}

/** Two rows and the factor between them. */
interface Rows {
  readonly first: number;
  readonly second: number;
  readonly count: number;
  readonly c: number;
  readonly s: number;
}

function apart(re: Float32Array, im: Float32Array, { first, second, count, c, s }: Rows): void {
  for (let k = 0; k < count; k++) {
    const a = first + k;
    const b = second + k;
    const ar = re[a] as number;
    const ai = im[a] as number;
    const br = re[b] as number;
    const bi = im[b] as number;
    re[a] = ar + br;
    im[a] = ai + bi;
    const dr = ar - br;
    const di = ai - bi;
    re[b] = dr * c - di * s;
    im[b] = dr * s + di * c;
  }
}

function together(re: Float32Array, im: Float32Array, { first, second, count, c, s }: Rows): void {
  for (let k = 0; k < count; k++) {
    const a = first + k;
    const b = second + k;
    const br = re[b] as number;
    const bi = im[b] as number;
    const tr = br * c - bi * s;
    const ti = br * s + bi * c;
    const ar = re[a] as number;
    const ai = im[a] as number;
    re[b] = ar - tr;
    im[b] = ai - ti;
    re[a] = ar + tr;
    im[a] = ai + ti;
  }
}
