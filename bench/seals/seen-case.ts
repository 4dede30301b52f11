import { existsSync, readFileSync } from 'node:fs';
import type { Comparison } from '../../daemon/seals/engine/compare.ts';
import type { DifferingCell } from './learn.ts';

/** What is true of a case, as the set says. */
export interface TrueCase {
  readonly case: string;
  readonly identity: string;
  readonly kind: string;
  readonly genuine: boolean;
  readonly forgery: string | null;
  readonly level: 'good' | 'normal' | 'harsh';
  readonly source: string;
  readonly dpi: number;
  readonly rotation_deg: number;
  readonly expected: string;
  readonly expert: string;
  readonly overlapping_seal: boolean;
  /** Of a forgery: squares of 2 mm about the seal's centre, [x, y, extra mm², missing mm²]. Absent in sets made elsewhere. */
  readonly differs?: readonly DifferingCell[];
}

/** What was seen of it. */
export interface SeenCase {
  readonly truth: TrueCase;
  readonly cpuMs: number;
  /** Degrees by which the angle found differs from the true one. */
  readonly angleOff: number;
  readonly fit: Comparison['fit'];
  readonly foreignMm2: number;
  readonly blocks: Comparison['blocks'];
  /** `differs`, in millimetres from the centre of the specimen's picture. */
  readonly cells: readonly DifferingCell[];
}

export function readSeen(files: readonly string[]): SeenCase[] {
  return files
    .filter((file) => existsSync(file))
    .flatMap((file) => {
      const lines = readFileSync(file, 'utf8').split('\n');
      // The last one is empty, or cut off where the program was stopped.
      return lines.slice(0, -1).map((line) => JSON.parse(line) as SeenCase);
    });
}
