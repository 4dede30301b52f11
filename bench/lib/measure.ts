/** What the measurements share: alternation, medians, and one line of JSON for each row of the table. */
export type Sample = Readonly<Record<'subject' | 'baseline', readonly number[]>> & Readonly<Record<string, readonly number[]>>;

/** Runs all of `runs` in turn, `rounds` times (at least 3), so that a noisy machine is noisy for each. */
export async function alternate<K extends string>(
  rounds: number,
  runs: Readonly<Record<K, () => number | Promise<number>>>,
): Promise<Record<K, number[]>> {
  const names = Object.keys(runs) as K[];
  const seen = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let round = 0; round < rounds; round++) for (const name of names) seen[name].push(await runs[name]());
  return seen;
}

/** `count` things since `startedNs`, per second. */
export function perSecond(count: number, startedNs: bigint): number {
  return Math.round((count * 1e9) / Number(process.hrtime.bigint() - startedNs));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export interface BenchRow {
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  /** What the ratio of subject to baseline should be, in words of the table: `>= 0.5`. */
  readonly toBeat: string;
  readonly seen: Sample;
}

/** Prints one row of the table of performance figures as JSON on one line: medians, their ratio and every round. */
export function printRow({ id, what, unit, toBeat, seen }: BenchRow): void {
  const medians = Object.fromEntries(Object.entries(seen).map(([name, values]) => [name, median(values)]));
  const ratio = Number((median(seen.subject) / median(seen.baseline)).toFixed(3));
  process.stdout.write(`${JSON.stringify({ id, what, unit, ...medians, ratio, toBeat, rounds: seen })}\n`);
}
