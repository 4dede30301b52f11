import { describe, expect, it } from 'vitest';
import { accountsOf } from '../../../bench/seals/set-vouchers.ts';
import type { SetOrder } from '../../../bench/seals/set-plan.ts';
import { sealKinds } from '../../../simulators/world/seal/design.ts';
import { apply } from '../../../simulators/world/seal/outline.ts';
import { depthAt } from '../../../simulators/world/seal/press.ts';
import { pressCard, pressVoucher, type PressedSheet } from '../../../simulators/world/seal/sheet-case.ts';
import { carved, drawnDesign, sealFaces } from '../../support/seal-rig.ts';

const [face] = sealFaces;
const faces = { label: face, typed: face, hand: face };
const firm = carved(drawnDesign('finance_round', 'firm'));
const person = carved(drawnDesign('name', 'person'));

/** Share of the places well inside a seal's strokes where the scan is red, as the truth places them. */
function redShare({ shot, pressed }: PressedSheet, index: number, seal: typeof firm): number {
  const toPage = pressed[index]?.toPage ?? expect.fail();
  let [asked, red] = [0, 0];
  for (let v = -seal.heightMm / 2; v < seal.heightMm / 2; v += 0.2) {
    for (let u = -seal.widthMm / 2; u < seal.widthMm / 2; u += 0.2) {
      if (depthAt(seal, u, v) < 0.15) continue;
      const [x, y] = apply(toPage, u, v);
      const at = (Math.floor(y) * shot.width + Math.floor(x)) * 3;
      asked++;
      if ((shot.pixels[at] ?? 0) > (shot.pixels[at + 1] ?? 0) + 40) red++;
    }
  }
  return red / asked;
}

describe('a voucher', () => {
  // A seed whose paper lies askew and was scanned at 200 dpi.
  const seals = [firm, person].map((seal) => ({ seal, expected: seal }));
  const voucher = pressVoucher('askew 6', { title: '转账支票', faces, seals });

  it('carries each seal where the truth says, though the paper lay askew', () => {
    expect(voucher.shot.dpi).toBe(200);
    expect(Math.abs(voucher.pageRotationDeg)).toBeGreaterThan(0.1);
    expect(redShare(voucher, 0, firm)).toBeGreaterThan(0.6);
    expect(redShare(voucher, 1, person)).toBeGreaterThan(0.6);
  });

  it('keeps its seals on the paper and, unless they touch, apart', () => {
    const [first, second] = voucher.pressed.map(({ centrePx: [x, y] }) => [(x * 25.4) / 200, (y * 25.4) / 200] as const);
    for (const [x = 0, y = 0] of [first ?? [], second ?? []]) {
      expect(x).toBeGreaterThan(10);
      expect(x).toBeLessThan(200);
      expect(y).toBeGreaterThan(10);
      expect(y).toBeLessThan(138);
    }
    const apart = Math.hypot((first?.[0] ?? 0) - (second?.[0] ?? 0), (first?.[1] ?? 0) - (second?.[1] ?? 0));
    expect(voucher.isTouching).toBe(false);
    expect(apart).toBeGreaterThan((firm.design.widthMm + person.design.widthMm) / 2);
  });
});

describe('a card of specimens', () => {
  it('has a clean impression of each seal in its box', () => {
    const card = pressCard('card', { account: '62280000', faces, seals: [firm, person] });
    expect(redShare(card, 0, firm)).toBeGreaterThan(0.95);
    expect(redShare(card, 1, person)).toBeGreaterThan(0.95);
    const [left, right] = card.pressed.map(({ centrePx: [x] }) => x / card.shot.width);
    expect(left).toBeLessThan(0.5);
    expect(right).toBeGreaterThan(0.5);
  });
});

describe('accounts', () => {
  it('have a seal of the firm and a seal of a person, and none exist in a set without vouchers', () => {
    const order: SetOrder = { seed: 's', identities: 30, genuine: 0, forged: 0, vouchers: 3, out: '' };
    const isPersonal = (index: number): boolean => (sealKinds[index % sealKinds.length] ?? '').startsWith('name');
    const accounts = accountsOf(order);
    expect(accounts.length).toBe(5);
    for (const { identities } of accounts) expect(identities.map(isPersonal)).toEqual([false, true]);
    expect(accountsOf({ ...order, vouchers: 0 })).toEqual([]);
  });
});
