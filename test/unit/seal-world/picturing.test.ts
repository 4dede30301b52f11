import { describe, expect, it } from 'vitest';
import { plannedCases, type SetOrder } from '../../../bench/seals/set-plan.ts';
import { seededRandom } from '../../../simulators/kit/random.ts';
import { bell, softened } from '../../../simulators/world/seal/blur.ts';
import { keystone, project, seenFrom, skew } from '../../../simulators/world/seal/keystone.ts';
import { SmoothField } from '../../../simulators/world/seal/noise.ts';
import { printRule, TONER } from '../../../simulators/world/seal/print.ts';
import { bentRubber } from '../../../simulators/world/seal/rubber.ts';
import { expose, scannerOptics } from '../../../simulators/world/seal/scan.ts';
import { drawnDesign, whitePage } from '../../support/seal-rig.ts';

describe('a camera', () => {
  it('keeps the middle of the page in the middle and moves its corners', () => {
    const page = { width: 600, height: 400 };
    const homography = keystone(seededRandom('camera'), page, 0.02);
    const [x, y] = project(homography, 300, 200);
    expect([x, y].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([300, 200]);
    const [left, top] = project(homography, 0, 0);
    expect(Math.hypot(left, top)).toBeGreaterThan(0.3);
    expect(Math.hypot(left, top)).toBeLessThan(30);
  });

  it('shows a point where the homography says', () => {
    const page = whitePage(200, 10);
    printRule(page, { from: [5, 5], to: [5.6, 5], widthMm: 0.6, colour: TONER });
    const turned = skew(7, page);
    const [x, y] = project(turned, 53, 50);
    const seen = seenFrom(page, turned);
    const at = (px: number, py: number): number => seen.light[(Math.floor(py) * 200 + Math.floor(px)) * 3] ?? 1;
    expect(at(x, y)).toBeLessThan(0.2);
    expect(at(x + 12, y)).toBeGreaterThan(0.95);
    expect(at(x, y - 12)).toBeGreaterThan(0.95);
  });
});

describe('a cheap lens', () => {
  it('draws the corners outwards and leaves the middle alone', () => {
    const page = whitePage(400, 10);
    for (const at of [20, 5]) printRule(page, { from: [at - 0.4, at], to: [at + 0.4, at], widthMm: 0.8, colour: TONER });
    const straight = skew(0, page);
    const darkest = (barrel: number, near: number): number => {
      const { light } = seenFrom(page, straight, barrel);
      const along = Array.from({ length: 60 }, (_, i) => near - 30 + i);
      const dark = along.filter((i) => (light[(i * 400 + i) * 3] ?? 1) < 0.5);
      return dark.reduce((sum, i) => sum + i, 0) / dark.length;
    };
    expect(Math.abs(darkest(0.05, 200) - darkest(0, 200))).toBeLessThan(0.6);
    expect(darkest(0, 50) - darkest(0.05, 50)).toBeGreaterThan(2);
  });
});

describe('a scanner', () => {
  it('keeps white white within a few hundredths, and black black', () => {
    const page = whitePage(100, 10);
    printRule(page, { from: [0, 5], to: [10, 5], widthMm: 4, colour: TONER });
    const pixels = expose(page, scannerOptics(seededRandom('scan'), 0.5), seededRandom('grain'));
    expect(pixels[(5 * 100 + 50) * 3] ?? 0).toBeGreaterThan(230);
    expect(pixels[(50 * 100 + 50) * 3] ?? 255).toBeLessThan(60);
  });

  it('makes colours paler or stronger without making the paper darker', () => {
    const page = whitePage(40, 10);
    for (let i = 0; i < 1600; i++) page.light.set(i % 40 < 20 ? [1, 1, 1] : [0.8, 0.2, 0.2], i * 3);
    const plain = { ...scannerOptics(seededRandom('plain'), 0.5), noise: 0, gain: [1, 1, 1] as const, gamma: 1, streaks: [], sharpen: 0 };
    const redness = (saturation: number): number => {
      const pixels = expose(page, { ...plain, saturation }, seededRandom('grain'));
      const at = (20 * 40 + 35) * 3;
      expect(pixels[(20 * 40 + 5) * 3]).toBe(255);
      return (pixels[at] ?? 0) - (pixels[at + 1] ?? 0);
    };
    expect(Math.abs(redness(1) - 153)).toBeLessThan(3);
    expect(Math.abs(redness(0.5) - 153 / 2)).toBeLessThan(3);
  });

  it('draws a speck on its glass down the whole page', () => {
    const page = whitePage(60, 10);
    const optics = { ...scannerOptics(seededRandom('speck'), 0.5), noise: 0, streaks: [0.5] };
    const pixels = expose(page, optics, seededRandom('grain'));
    for (const y of [0, 30, 59]) expect(pixels[(y * 60 + 30) * 3]).toBeLessThan((pixels[(y * 60 + 20) * 3] ?? 0) - 20);
  });

  it('sees an edge where it is: softening moves no light, except aside when told', () => {
    const values = new Float32Array(41 * 41);
    values[20 * 41 + 20] = 1;
    const middle = (aside: number): number => {
      const soft = softened({ width: 41, height: 41, values }, bell(0.8, aside), bell(0.8, 0));
      return soft.values.reduce((sum, value, i) => sum + value * (i % 41), 0);
    };
    expect(middle(0)).toBeCloseTo(20, 4);
    expect(Math.abs(middle(0.5) - middle(0))).toBeCloseTo(0.5, 1);
  });
});

describe('smooth chance', () => {
  it('has mean 0 and spread 1 at any grain, and hangs together within its grain', () => {
    const field = new SmoothField(seededRandom('field'), 2);
    const values = Array.from({ length: 40_000 }, (_, i) => field.at((i % 200) * 1.7, Math.floor(i / 200) * 1.7));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    expect(Math.abs(mean)).toBeLessThan(0.1);
    expect(spread).toBeGreaterThan(0.85);
    expect(spread).toBeLessThan(1.1);
    expect(Math.abs(field.at(10, 10) - field.at(10.1, 10))).toBeLessThan(0.3);
  });

  it('bends rubber by as much as asked, without moving or stretching the whole', () => {
    const rubber = bentRubber(seededRandom('rubber'), { widthMm: 40, heightMm: 40 }, 0.08);
    const places = Array.from({ length: 900 }, (_, i) => [((i % 30) - 14.5) * (40 / 30), (Math.floor(i / 30) - 14.5) * (40 / 30)] as const);
    const mean = (of: (x: number, y: number) => number): number => places.reduce((sum, [x, y]) => sum + of(x, y), 0) / places.length;
    expect(Math.sqrt(mean((x, y) => rubber.dx(x, y) ** 2 + rubber.dy(x, y) ** 2))).toBeCloseTo(0.08, 2);
    expect(Math.abs(mean((x, y) => rubber.dx(x, y)))).toBeLessThan(0.004);
    expect(Math.abs(mean((x, y) => rubber.dx(x, y) * x)) / 133).toBeLessThan(0.0005);
  });
});

describe('the plan of a set', () => {
  const order: SetOrder = { seed: 's', identities: 7, genuine: 30, forged: 17, vouchers: 0, out: '' };
  const cases = Array.from({ length: 7 }, (_, i) => plannedCases(order, i, drawnDesign('company', `plan ${i}`))).flat();

  it('has as many genuine and forged cases as ordered, each with a name of its own', () => {
    expect(cases.filter(({ forgery }) => forgery === undefined).length).toBe(30);
    expect(cases.filter(({ forgery }) => forgery !== undefined).length).toBe(17);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(47);
  });

  it('names no case by what is in it', () => {
    for (const { name } of cases) expect(name).toMatch(/^C[0-9a-f]{12}$/);
  });
});
