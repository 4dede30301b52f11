/** Solves `matrix · result = right` for a symmetric positive matrix (row by row, `n` × `n`), by Cholesky. Undefined when it is not positive. */
export function solved(matrix: Float64Array, right: Float64Array, n: number): Float64Array | undefined {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j] as number;
      for (let k = 0; k < j; k++) sum -= (lower[i * n + k] as number) * (lower[j * n + k] as number);
      if (i === j && sum <= 0) return undefined;
      lower[i * n + j] = i === j ? Math.sqrt(sum) : sum / (lower[j * n + j] as number);
    }
  }
  const result = Float64Array.from(right);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) result[i] = (result[i] as number) - (lower[i * n + k] as number) * (result[k] as number);
    result[i] = (result[i] as number) / (lower[i * n + i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) result[i] = (result[i] as number) - (lower[k * n + i] as number) * (result[k] as number);
    result[i] = (result[i] as number) / (lower[i * n + i] as number);
  }
  return result;
}
