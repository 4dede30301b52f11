import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signedDistance } from '../../../daemon/seals/engine/distance.ts';
import { SquareFft } from '../../../daemon/seals/engine/fft.ts';
import type { Ink } from '../../../daemon/seals/engine/ink.ts';
import { newPlane } from '../../../daemon/seals/engine/picture.ts';
import { ruleLines } from '../../../daemon/seals/engine/rule-lines.ts';
import { scaledTo } from '../../../daemon/seals/engine/scale.ts';
import { solved } from '../../../daemon/seals/engine/solve.ts';
import { forestScore } from '../../../daemon/seals/engine/trees.ts';
import { warpFigures, warpOf } from '../../../daemon/seals/engine/warp.ts';

describe('the Fourier transform', () => {
  const side = 16;

  it('forward and backward is the picture, times its pixels', () => {
    const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: side * side, maxLength: side * side });
    fc.assert(
      fc.property(values, (numbers) => {
        const re = Float32Array.from(numbers);
        const im = new Float32Array(side * side);
        const fft = new SquareFft(side);
        fft.forward(re, im);
        fft.backward(re, im);
        for (const [i, value] of numbers.entries()) expect((re[i] as number) / (side * side)).toBeCloseTo(value, 3);
      }),
      { numRuns: 20 },
    );
  });

  it('of one point is the same everywhere, and the opposite of a frequency is its conjugate', () => {
    const fft = new SquareFft(side);
    const point = { re: new Float32Array(side * side), im: new Float32Array(side * side) };
    point.re[0] = 1;
    fft.forward(point.re, point.im);
    expect([...new Set(point.re)]).toEqual([1]);
    const real = { re: Float32Array.from({ length: side * side }, (_, i) => (i * 37) % 11), im: new Float32Array(side * side) };
    fft.forward(real.re, real.im);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const j = (fft.mirrored[y] as number) * side + (fft.mirrored[x] as number);
        expect(real.re[j] as number).toBeCloseTo(real.re[y * side + x] as number, 3);
        expect(real.im[j] as number).toBeCloseTo(-(real.im[y * side + x] as number), 3);
      }
    }
  });
});

describe('the rules of a form', () => {
  const width = 120;
  const dpi = 127; // five pixels a millimetre
  const inkWith = (isInked: (x: number, y: number) => boolean): Ink => {
    const ink = newPlane(width, width);
    for (let i = 0; i < ink.data.length; i++) ink.data[i] = isInked(i % width, Math.floor(i / width)) ? 1 : 0;
    return { dpi, ink, hidden: newPlane(width, width) };
  };

  it('go on where a seal covers them, a little askew or not', () => {
    const { data } = ruleLines(inkWith((x, y) => Math.round(60 + x / 40) === y && x > 65));
    expect([0, 30, 64].map((x) => data[Math.round(60 + x / 40) * width + x])).toEqual([1, 1, 1]);
    expect([40, 50, 75].map((y) => data[y * width + 30])).toEqual([0, 0, 0]);
  });

  it('are long and thin: neither a stroke of 8 mm nor a bar of a millimetre is one', () => {
    expect(ruleLines(inkWith((x, y) => y === 60 && x < 40)).data.includes(1)).toBe(false);
    expect(ruleLines(inkWith((_x, y) => y >= 60 && y < 65)).data.includes(1)).toBe(false);
  });
});

describe('the signed distance', () => {
  it('of a half plane is the distance to its edge, in millimetres, negative inside, and no more than its reach', () => {
    const ink = newPlane(20, 4);
    for (let i = 0; i < ink.data.length; i++) ink.data[i] = i % 20 < 10 ? 1 : 0;
    const { data } = signedDistance(ink, 254, 0.6);
    // 254 dpi: a tenth of a millimetre a pixel; the edge lies between the pixels 9 and 10.
    expect(data[14]).toBeCloseTo(0.45, 5);
    expect(data[10]).toBeCloseTo(0.05, 5);
    expect(data[9]).toBeCloseTo(-0.05, 5);
    expect(data[5]).toBeCloseTo(-0.45, 5);
    expect(data[19]).toBeCloseTo(0.6, 5);
    expect(data[0]).toBeCloseTo(-0.6, 5);
  });
});

describe('other kernels', () => {
  it('Cholesky solves a system worked out by hand, and says when there is no answer', () => {
    const found = solved(Float64Array.of(4, 2, 2, 3), Float64Array.of(8, 8), 2);
    expect(found?.[0]).toBeCloseTo(1, 12);
    expect(found?.[1]).toBeCloseTo(2, 12);
    expect(solved(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1), 2)).toBeUndefined();
  });

  it('a picture at half its resolution is the mean of four pixels', () => {
    const rgb = Uint8Array.of(0, 0, 0, 100, 0, 0, 200, 0, 0, 100, 0, 0);
    expect([...scaledTo({ width: 2, height: 2, rgb, dpi: 200 }, 100).red.data]).toEqual([100]);
  });

  it('a forest adds up the leaves it comes to', () => {
    const tree = { feature: [1], threshold: [0.5], left: [-1], right: [-2], leaf: [2, -3] };
    expect(forestScore({ base: 1, trees: [tree, tree] }, [9, 0.5])).toBe(5);
    expect(forestScore({ base: 1, trees: [tree, tree] }, [9, 0.6])).toBe(-5);
  });

  it('a warp made from a pose says the pose again', () => {
    const { angle, scale, stretch, shear, bendMm } = warpFigures(warpOf({ xMm: 3, yMm: 4, angle: 2.5, score: 0 }, 20));
    expect([angle, scale, stretch, shear, bendMm].map((value) => Number(value.toFixed(9)) + 0)).toEqual([2.5, 1, 0, 0, 0]);
  });
});
