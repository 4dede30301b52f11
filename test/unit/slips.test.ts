import { describe, expect, it } from 'vitest';
import { customers } from '../../simulators/world/customers.ts';
import { slipForms } from '../../simulators/world/slip-forms.ts';
import { drawSlip, readSlipNumber, readSlipWord, SLIP_WORD, slipKinds, type Slip } from '../../simulators/world/slips.ts';

const DPI = 100;

/** Square millimetres of red ink within 24 mm of a place. */
function redAround({ raster }: Slip, [xMm, yMm]: readonly [number, number]): number {
  let red = 0;
  for (let y = 0; y < raster.heightPx; y++) {
    for (let x = 0; x < raster.widthPx; x++) {
      const at = (y * raster.widthPx + x) * 3;
      const isNear = Math.hypot((x * 25.4) / raster.dpi - xMm, (y * 25.4) / raster.dpi - yMm) < 24;
      if (isNear && (raster.pixels[at] ?? 0) > (raster.pixels[at + 1] ?? 0) + 50) red++;
    }
  }
  return red * (25.4 / raster.dpi) ** 2;
}

const sameBytes = (a: Slip, b: Slip): boolean => Buffer.from(a.raster.pixels).equals(Buffer.from(b.raster.pixels));

describe('a slip', () => {
  it.each(slipKinds)('%s is the same sheet for the same number, and shows its number', (kind) => {
    const slip = drawSlip(kind, 4711, DPI);
    expect(sameBytes(drawSlip(kind, 4711, DPI), slip)).toBe(true);
    expect(readSlipNumber(slip.raster)).toBe(4711);
    expect(Math.round((slip.widthMm * DPI) / 25.4)).toBe(slip.raster.widthPx);
  });

  it('carries an impression of its own: no two sheets are sealed alike', () => {
    const place = slipForms['reply-slip'].seals.firm;
    const areas = [1, 2, 3, 4].map((number) => redAround(drawSlip('reply-slip', number, DPI), place));
    expect(new Set(areas).size).toBe(4);
    for (const area of areas) expect(area).toBeGreaterThan(60);
  });

  it('of which the person forgot the seal has the firm’s alone', () => {
    const { firm, person } = slipForms['seal-card'].seals;
    const whole = drawSlip('seal-card', 5, DPI);
    const lacking = drawSlip('seal-card:missing', 5, DPI);
    expect(redAround(whole, person)).toBeGreaterThan(30);
    expect(redAround(lacking, person)).toBe(0);
    expect(redAround(lacking, firm)).toBe(redAround(whole, firm));
  });

  it('with a false seal says so in the truth, never on the paper', () => {
    const forged = drawSlip('reply-slip:forged@2', 6, DPI);
    expect(forged.sealed).toEqual({ customer: 2, sealing: 'forged' });
    expect(drawSlip('reply-slip@2', 6, DPI).sealed).toEqual({ customer: 2, sealing: 'genuine' });
    expect(sameBytes(forged, drawSlip('reply-slip@2', 6, DPI))).toBe(false);
    expect(redAround(forged, slipForms['reply-slip'].seals.firm)).toBeGreaterThan(60);
  });

  it('of blank paper has no seal', () => {
    const slip = drawSlip('blank', 7, DPI);
    expect(slip.sealed).toBeUndefined();
    expect(redAround(slip, [74, 52])).toBe(0);
  });
});

describe('the word for a slip', () => {
  it('is its kind, how it is sealed, whose it is', () => {
    expect(readSlipWord('reply-slip')).toMatchObject({ kind: 'reply-slip', sealing: 'genuine', customer: { number: 1 } });
    expect(readSlipWord('voucher:missing@3')).toMatchObject({ kind: 'voucher', sealing: 'missing', customer: { number: 3 } });
  });

  it.each(['', 'picture', 'reply-slip:', 'reply-slip:stolen', 'reply-slip@0', 'reply-slip@4', 'reply-slip@1:forged', 'x reply-slip'])(
    'is never "%s"',
    (word) => {
      expect(readSlipWord(word)).toBeUndefined();
      expect(new RegExp(SLIP_WORD).test(word)).toBe(false);
    },
  );
});

describe('customers', () => {
  it('are three different firms with seals of every shape, their names on their seals', () => {
    expect(new Set(customers.map(({ name }) => name)).size).toBe(3);
    expect(new Set(customers.flatMap(({ firmSeal, personSeal }) => [firmSeal.kind, personSeal.kind])).size).toBe(6);
    for (const { name, firmSeal } of customers) expect(firmSeal.text).toContain(name);
  });
});
