import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../daemon/seals/engine/picture.ts';
import { sealModel } from '../../../daemon/seals/model.ts';
import { preparedSpecimen, verified, type Verified } from '../../../daemon/seals/verify.ts';
import {
  companySeal,
  forgedSeal,
  impressionPicture,
  otherSeal,
  quarterTurned,
  specimenPicture,
  specimenRotationDeg,
  squareSeal,
} from '../../support/seal-pictures.ts';

const specimen = specimenPicture(companySeal);
const match = (questioned: Picture): Verified => verified(preparedSpecimen(specimen), questioned, sealModel);
const turnBetween = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180);

/** Rules 0.3 mm wide, 9 mm apart, across the whole picture, printed before it was sealed: ink over them takes away light. */
function ruled({ width, height, rgb, dpi }: Picture, colour: readonly [number, number, number]): Picture {
  const mm = dpi / 25.4;
  const printed = Uint8Array.from(rgb);
  for (let y = 0; y < height; y++) {
    if ((y / mm) % 9 > 0.3) continue;
    for (let i = 0; i < width * 3; i++) {
      const at = y * width * 3 + i;
      printed[at] = Math.round(((rgb[at] as number) * (colour[i % 3] as number)) / 255);
    }
  }
  return { width, height, rgb: printed, dpi };
}

/** Of all blocks, the largest share of ink where the specimen has none within 0.1 mm. */
const mostExtraInk = ({ comparison }: Verified): number => Math.max(...comparison.blocks.map(({ shares }) => shares.extra[0]));

describe('image match of seal impressions', () => {
  it('a specimen matches itself, whichever way it lies', () => {
    let turned = specimen;
    for (let quarter = 0; quarter < 4; quarter++) {
      const { verdict, transform } = match(turned);
      expect(verdict).toBe('pass');
      expect(turnBetween(transform.rotationDeg, quarter * 90)).toBeLessThan(0.2);
      expect(transform.scale).toBeCloseTo(1, 2);
      turned = quarterTurned(turned);
    }
  });

  it.each([
    ['light brown', [205, 130, 110]],
    ['red', [190, 60, 60]],
  ] as const)('the %s rules of a form under the seal are none of its strokes', (_colour, rgb) => {
    const result = match(ruled(specimen, rgb));
    expect(result).toMatchObject({ verdict: 'pass', cautions: [] });
    expect(mostExtraInk(result)).toBeLessThan(mostExtraInk(match(specimen)) + 0.03);
  });

  it('is the same bit for bit, every time', () => {
    const { picture } = impressionPicture(companySeal, 'again');
    const once = match(picture);
    const again = match(picture);
    expect(JSON.stringify(again)).toBe(JSON.stringify(once));
  });

  it.each(['a', 'b', 'c'])('finds how an impression lies, and does not refuse it (%s)', (seed) => {
    const { picture, rotationDeg } = impressionPicture(companySeal, `turned/${seed}`);
    const { verdict, transform, similarity } = match(picture);
    expect(turnBetween(transform.rotationDeg, rotationDeg - specimenRotationDeg(companySeal))).toBeLessThan(0.5);
    expect(verdict).not.toBe('fail');
    expect(similarity).toBeGreaterThan(0.5);
  });

  it('never passes another seal, of the same shape or another', () => {
    for (const other of [otherSeal, squareSeal]) {
      const { picture } = impressionPicture(other, 'another', companySeal);
      expect(match(picture).verdict).toBe('fail');
    }
  });

  it.each(['recarved', 'diff_font', 'spacing', 'size', 'star_rot'] as const)(
    'never passes a forgery (%s), and ranks where to look',
    (forgery) => {
      const { picture } = impressionPicture(forgedSeal(companySeal, forgery), `forged/${forgery}`, companySeal);
      const { verdict, regions } = match(picture);
      expect(verdict).not.toBe('pass');
      expect(regions.length).toBeGreaterThan(0);
      const suspicions = regions.map(({ suspicion }) => suspicion);
      expect(suspicions).toEqual([...suspicions].sort((a, b) => b - a));
    },
  );

  it('a picture without a seal is refused by name', () => {
    const rgb = new Uint8Array(300 * 300 * 3).fill(255);
    expect(() => match({ width: 300, height: 300, rgb, dpi: 300 })).toThrow('CD_SEAL_NONE');
  });
});
