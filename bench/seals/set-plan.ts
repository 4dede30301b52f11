/** What a set of seal pictures holds, decided before any is made: so that any number of workers makes the same set. */
import { createHash } from 'node:crypto';
import { seededRandom } from '../../simulators/kit/random.ts';
import type { SealDesign } from '../../simulators/world/seal/design.ts';
import { forgeriesOf, type Forgery } from '../../simulators/world/seal/forge.ts';

export interface SetOrder {
  readonly seed: string;
  readonly identities: number;
  readonly genuine: number;
  readonly forged: number;
  readonly vouchers: number;
  readonly out: string;
  /** Folder with more font files. */
  readonly fonts?: string;
}

/** A piece of work that one worker takes. */
export interface SetJob {
  readonly what: 'identity' | 'card' | 'voucher';
  readonly index: number;
}

export interface PlannedCase {
  /** Tells nothing about what is in the picture. */
  readonly name: string;
  readonly seed: string;
  readonly forgery?: Forgery;
  readonly hasNeighbour: boolean;
}

/** How often each forgery is tried: the difficult ones most. */
const WEIGHTS: Readonly<Record<Forgery, number>> = {
  recarved: 4,
  recarved_light: 3,
  char_swap: 3,
  diff_font: 3,
  spacing: 3,
  star_rot: 2,
  size: 1.5,
  border: 1.5,
  glyph_size: 1,
  traced: 1.5,
  code: 1,
  other_seal: 1,
  replica: 1,
};

/** The share of `total` that falls to identity `index`. */
function share(total: number, index: number, identities: number): number {
  return Math.floor(((index + 1) * total) / identities) - Math.floor((index * total) / identities);
}

export function plannedCases(order: SetOrder, index: number, design: SealDesign): PlannedCase[] {
  const random = seededRandom(`${order.seed}/plan/${index}`);
  const possible = forgeriesOf(design);
  const genuine = share(order.genuine, index, order.identities);
  const forged = share(order.forged, index, order.identities);
  return Array.from({ length: genuine + forged }, (_, i) => {
    const seed = `${order.seed}/${index}/${i}`;
    const hasNeighbour = random.chance(0.08);
    const name = `C${createHash('sha256').update(seed).digest('hex').slice(0, 12)}`;
    return i < genuine ? { name, seed, hasNeighbour } : { name, seed, hasNeighbour, forgery: weighted(random.next(), possible) };
  });
}

function weighted(drawn: number, possible: readonly Forgery[]): Forgery {
  const total = possible.reduce((sum, forgery) => sum + WEIGHTS[forgery], 0);
  let left = drawn * total;
  return possible.find((forgery) => (left -= WEIGHTS[forgery]) < 0) ?? 'recarved';
}
