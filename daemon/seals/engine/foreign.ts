import { OWN_MM, type Aligned } from './aligned.ts';
import { newPlane, type Plane } from './picture.ts';
import { REACH_MM, WORK_MM, type Prepared } from './specimen.ts';

/** A break in the outline narrower than twice this lets nothing through. */
const BREAK_MM = 0.25;
/** What came in from outside is followed across a rim as wide as this. */
const RIM_MM = 1.5;

export interface Cleared {
  readonly aligned: Aligned;
  /** Red from outside that lies within the seal's outline, mm²: a stroke drawn in from outside would hide a false one that it touches. */
  readonly foreignMm2: number;
}

/**
 * Red that comes in from outside the outline - a printed rule, a stamp of the bank, another seal that bites in - hides what is under it:
 * it neither matches nor contradicts. Ink that is only inside stays what it is, evidence.
 */
export function withoutForeign(specimen: Prepared, questioned: Aligned): Cleared {
  const own = specimen.distance;
  const outside = outsideOf(own);
  const { width, height } = own;
  // What is hidden already leads nowhere: a rule of the form would lead to every stroke that it touches.
  const isStrange = (i: number): boolean =>
    (questioned.distance.data[i] as number) < 0 && (own.data[i] as number) > OWN_MM && (questioned.seen.data[i] as number) > 0.5;
  // Far out, where no wide or shifted rim of the seal itself can lie.
  const queue: number[] = [];
  const isForeign = new Uint8Array(width * height);
  const take = (i: number): void => {
    if (isForeign[i] === 1 || !isStrange(i)) return;
    isForeign[i] = 1;
    queue.push(i);
  };
  for (let i = 0; i < isForeign.length; i++) {
    if (outside[i] !== 1 || (own.data[i] as number) < REACH_MM - 0.02) continue;
    take(i);
  }
  if (queue.length === 0) return { aligned: questioned, foreignMm2: 0 };
  const reach = Math.round(RIM_MM / WORK_MM);
  for (let k = 0; k < queue.length; k++) {
    const i = queue[k] as number;
    const x = i % width;
    const y = Math.floor(i / width);
    const step = isBesideRim(own, i) ? reach : 1;
    for (let ny = Math.max(0, y - step); ny <= Math.min(height - 1, y + step); ny++) {
      const last = ny * width + Math.min(width - 1, x + step);
      for (let j = ny * width + Math.max(0, x - step); j <= last; j++) take(j);
    }
  }
  const inside = queue.filter((i) => outside[i] !== 1).length;
  return { aligned: { ...questioned, seen: unseenWhere(isForeign, questioned.seen) }, foreignMm2: inside * WORK_MM * WORK_MM };
}

/** Where a strange stroke meets the specimen's own ink, it may go on beyond it. */
function isBesideRim(own: Plane, i: number): boolean {
  return (own.data[i] as number) < OWN_MM + 0.2;
}

/** 1 for what can be reached from the picture's border without crossing the specimen's ink. */
function outsideOf({ width, height, data }: Plane): Uint8Array {
  const outside = new Uint8Array(width * height);
  const queue: number[] = [];
  const visit = (i: number): void => {
    if (outside[i] === 1 || (data[i] as number) < BREAK_MM) return;
    outside[i] = 1;
    queue.push(i);
  };
  for (let x = 0; x < width; x++) for (const y of [0, height - 1]) visit(y * width + x);
  for (let y = 0; y < height; y++) for (const x of [0, width - 1]) visit(y * width + x);
  for (let k = 0; k < queue.length; k++) {
    const i = queue[k] as number;
    const x = i % width;
    if (x > 0) visit(i - 1);
    if (x < width - 1) visit(i + 1);
    if (i >= width) visit(i - width);
    if (i < data.length - width) visit(i + width);
  }
  return outside;
}

/** The foreign pixels, and two around each, can no longer be seen. */
function unseenWhere(isForeign: Uint8Array, { width, height, data }: Plane): Plane {
  const seen = newPlane(width, height);
  seen.data.set(data);
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2; x < width - 2; x++) {
      if (isForeign[y * width + x] !== 1) continue;
      for (let dy = -2; dy <= 2; dy++) seen.data.fill(0, (y + dy) * width + x - 2, (y + dy) * width + x + 3);
    }
  }
  return seen;
}
