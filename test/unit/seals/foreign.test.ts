import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../../daemon/seals/engine/compare.ts';
import { signedDistance } from '../../../daemon/seals/engine/distance.ts';
import { withoutForeign, type Cleared } from '../../../daemon/seals/engine/foreign.ts';
import { cautionsOf } from '../../../daemon/seals/engine/judge.ts';
import { newPlane, type Plane } from '../../../daemon/seals/engine/picture.ts';
import { REACH_MM, WORK_DPI, WORK_MM } from '../../../daemon/seals/engine/specimen.ts';

const side = Math.round(20 / WORK_MM);
/** The plane that is 1 where it holds; millimetres from the middle. */
function planeWhere(holds: (x: number, y: number) => boolean): Plane {
  const plane = newPlane(side, side);
  const mm = (pixel: number): number => (pixel + 0.5 - side / 2) * WORK_MM;
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = holds(mm(i % side), mm(Math.floor(i / side))) ? 1 : 0;
  return plane;
}

/** A square outline of 12 mm, 0.6 mm wide. */
const isOutline = (x: number, y: number): boolean => Math.max(Math.abs(x), Math.abs(y)) < 6 && Math.max(Math.abs(x), Math.abs(y)) > 5.4;
/** A stroke in the middle that the specimen does not have. */
const isFalse = (x: number, y: number): boolean => Math.abs(x) < 2 && Math.abs(y) < 0.5;
/** From the left edge up to that stroke. */
const isBar = (x: number, y: number): boolean => x < -1.9 && Math.abs(y) < 0.5;
const falseStrokePixel = Math.floor(side / 2) * side + Math.floor(side / 2);

function cleared(holds: (x: number, y: number) => boolean, seen: (x: number, y: number) => boolean = () => true): Cleared {
  const own = planeWhere(isOutline);
  const ink = planeWhere((x, y) => isOutline(x, y) || holds(x, y));
  const specimen = { dpi: WORK_DPI, ink: own, hidden: newPlane(side, side), distance: signedDistance(own, WORK_DPI, REACH_MM) };
  return withoutForeign(specimen, { ink, distance: signedDistance(ink, WORK_DPI, REACH_MM), seen: planeWhere(seen) });
}

function cautions({ foreignMm2 }: Cleared): ReturnType<typeof cautionsOf> {
  const fit: Comparison['fit'] = { warp: { x: [0, 1, 0], y: [0, 0, 1], unitMm: 1 }, residualMm: 0, gainMm: 0, visibleShare: 1 };
  return cautionsOf({ fit, blocks: [], foreignMm2 });
}

describe('red that is not the seal’s', () => {
  it('a stroke that is only inside stays evidence', () => {
    const result = cleared(isFalse);
    expect(result.aligned.seen.data[falseStrokePixel]).toBe(1);
    expect(result.foreignMm2).toBe(0);
    expect(cautions(result)).not.toContain('foreign-red');
  });

  it('coming in from outside hides what it touches, and that is for a person', () => {
    const result = cleared((x, y) => isFalse(x, y) || isBar(x, y));
    expect(result.aligned.seen.data[falseStrokePixel]).toBe(0);
    expect(result.foreignMm2).toBeGreaterThan(4);
    expect(cautions(result)).toContain('foreign-red');
  });

  it('does not come in by way of what is hidden already, as a rule of the form is', () => {
    const result = cleared(
      (x, y) => isFalse(x, y) || isBar(x, y),
      (x, y) => !isBar(x, y),
    );
    expect(result.aligned.seen.data[falseStrokePixel]).toBe(1);
    expect(cautions(result)).not.toContain('foreign-red');
  });
});
