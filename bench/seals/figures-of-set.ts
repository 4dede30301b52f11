/**
 * Compares every scored case of a set of seal pictures and writes what was seen, one line of JSON a case, for learning and measuring:
 *
 *   node --import tsx bench/seals/figures-of-set.ts DIR OUT.jsonl [PART PARTS]
 *
 * Cases that OUT has already are left out, so it can be stopped and gone on with.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compared } from '../../daemon/seals/engine/compare.ts';
import { prepared, WORK_MM, type Prepared } from '../../daemon/seals/engine/specimen.ts';
import { warpFigures } from '../../daemon/seals/engine/warp.ts';
import { readPicture } from '../../daemon/seals/read-picture.ts';
import { readSeen, type SeenCase, type TrueCase } from './seen-case.ts';
import type { DifferingCell } from './learn.ts';

interface TrueRef {
  readonly rotation_deg: number;
  readonly dpi: number;
  readonly center_mm: readonly [number, number];
}

const [folder = '', out = '', part = '0', parts = '1'] = process.argv.slice(2);
const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as {
  readonly cases: readonly TrueCase[];
  readonly refs: Readonly<Record<string, TrueRef>>;
};
const done = new Set(readSeen([out]).map((seen) => seen.truth.case));
const specimens = new Map<string, Prepared>();
for (const [i, each] of truth.cases.entries()) {
  if (i % Number(parts) !== Number(part) || done.has(each.case) || each.expected === 'unscored') continue;
  const ref = truth.refs[each.identity] as TrueRef;
  const specimen = specimens.get(each.identity) ?? prepared(await readPicture(join(folder, 'refs', `${each.identity}.png`), ref.dpi));
  specimens.set(each.identity, specimen);
  const picture = await readPicture(join(folder, 'cases', `${each.case}.jpg`), each.dpi);
  const before = process.cpuUsage();
  const { fit, foreignMm2, blocks } = compared(specimen, prepared(picture));
  const { user, system } = process.cpuUsage(before);
  const turned = (warpFigures(fit.warp).angle * 180) / Math.PI - each.rotation_deg + ref.rotation_deg;
  const seen: SeenCase = {
    truth: each,
    cpuMs: (user + system) / 1_000,
    angleOff: Math.abs(((((turned + 180) % 360) + 360) % 360) - 180),
    fit,
    foreignMm2,
    blocks,
    cells: (each.differs ?? []).map((cell) => onSpecimen(cell, ref, specimen)),
  };
  appendFileSync(
    out,
    `${JSON.stringify(seen, (_key, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(5)) : value))}\n`,
  );
}

function onSpecimen(
  [x, y, extra, missing]: DifferingCell,
  { rotation_deg, center_mm: [left, top] }: TrueRef,
  { ink }: Prepared,
): DifferingCell {
  const turn = (rotation_deg * Math.PI) / 180;
  const cx = left - (ink.width * WORK_MM) / 2 + x * Math.cos(turn) - y * Math.sin(turn);
  const cy = top - (ink.height * WORK_MM) / 2 + x * Math.sin(turn) + y * Math.cos(turn);
  return [cx, cy, extra, missing];
}
