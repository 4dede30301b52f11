/** Whole papers: what is printed and typed on an A5 voucher, and on a card of specimen seals (A6 across). */
import type { Random } from '../../kit/random.ts';
import { amount, LABELS, PENS, RED_PRINT, RULE_COLOURS, type FormFaces } from './form.ts';
import { companyName, digits, personName } from './names.ts';
import { between } from './noise.ts';
import type { Colour, Page } from './page.ts';
import { printRule, printWords, TONER, widthOf, writeByHand } from './print.ts';

export const voucherTitles = ['结算业务申请书', '转账支票', '电汇凭证', '进账单', '银企对账回单', '付款授权书'] as const;
export const VOUCHER_MM = { width: 210, height: 148 } as const;
export const CARD_MM = { width: 148, height: 105 } as const;

interface Printing {
  readonly random: Random;
  readonly faces: FormFaces;
}

/** Heading, number in red, a table filled in, and the place to sign. */
export function printVoucher(page: Page, printing: Printing, title: string): void {
  const { random, faces } = printing;
  const heading = `第一商业银行 ${title}`;
  const sizeMm = between(random, 5, 6.4);
  const xMm = (VOUCHER_MM.width - widthOf(faces.label, { text: heading, sizeMm })) / 2;
  printWords(page, faces.label, { text: heading, xMm, yMm: between(random, 8, 11), sizeMm, colour: TONER });
  printWords(page, faces.typed, { text: `No. ${digits(random, 8)}`, xMm: 158, yMm: 10, sizeMm: 4.2, colour: RED_PRINT });
  const bottomMm = printTable(page, printing);
  const foot = ['出票人签章', '复核', '记账', '经办'];
  foot.forEach((text, i) => {
    printWords(page, faces.label, { text, xMm: 14 + i * 46, yMm: 138, sizeMm: 3, colour: TONER });
  });
  printWords(page, faces.label, {
    text: '上列款项请从我账户内支付',
    xMm: between(random, 90, 140),
    yMm: bottomMm + 4,
    sizeMm: 3.4,
    colour: TONER,
  });
  if (random.chance(0.35)) sign(page, printing);
}

function printTable(page: Page, { random, faces }: Printing): number {
  const colour = random.pick(RULE_COLOURS);
  const widthMm = between(random, 0.15, 0.35);
  const [left, right, top] = [6, between(random, 196, 204), between(random, 20, 26)];
  const rows = random.integer(6, 10);
  const height = between(random, 8, 10.5);
  const columns = [left, left + between(random, 50, 70), left + between(random, 95, 120), left + between(random, 145, 170), right];
  const bottom = top + rows * height;
  for (const x of columns) printRule(page, { from: [x, top], to: [x, bottom], widthMm, colour });
  for (let row = 0; row <= rows; row++)
    printRule(page, { from: [left, top + row * height], to: [right, top + row * height], widthMm, colour });
  for (let row = 0; row < rows; row++) {
    for (const x of columns.slice(0, -1)) printCell(page, { random, faces }, { xMm: x + 1, yMm: top + row * height + 1, colour });
  }
  return bottom;
}

function printCell(page: Page, { random, faces }: Printing, { xMm, yMm, colour }: { xMm: number; yMm: number; colour: Colour }): void {
  if (random.chance(0.75)) printWords(page, faces.label, { text: random.pick(LABELS), xMm, yMm, sizeMm: between(random, 2.4, 3), colour });
  if (random.chance(0.55)) {
    const text = random.pick([amount, companyName, (draw: Random) => digits(draw, 13), () => '贰零贰陆年壹月', personName])(random);
    printWords(page, faces.typed, {
      text,
      xMm: xMm + between(random, 8, 14),
      yMm: yMm + 2.5,
      sizeMm: between(random, 2.8, 3.6),
      colour: TONER,
    });
  }
}

function sign(page: Page, { random, faces }: Printing): void {
  const pen = { text: personName(random), xMm: between(random, 20, 150), yMm: between(random, 115, 128), sizeMm: between(random, 6, 10) };
  writeByHand(page, { random, face: faces.hand }, { ...pen, colour: random.pick(PENS) });
}

/** 印鉴卡: heading, account, and a box for each seal. */
export function printCard(page: Page, { faces }: Printing, card: { readonly account: string; readonly boxes: number }): void {
  printWords(page, faces.label, { text: '印 鉴 卡 片', xMm: 56, yMm: 7, sizeMm: 7, colour: TONER });
  printWords(page, faces.typed, { text: `账号 ${card.account}`, xMm: 8, yMm: 16, sizeMm: 4, colour: TONER });
  const [left, top, right, bottom] = [6, 22, CARD_MM.width - 6, CARD_MM.height - 6];
  for (const y of [top, bottom]) printRule(page, { from: [left, y], to: [right, y], widthMm: 0.4, colour: TONER });
  for (let i = 0; i <= card.boxes; i++) {
    const x = left + ((right - left) * i) / card.boxes;
    printRule(page, { from: [x, top], to: [x, bottom], widthMm: 0.4, colour: TONER });
  }
}

/** Where the seal of a box goes. */
export function boxCentre(index: number, boxes: number): readonly [xMm: number, yMm: number] {
  return [6 + ((CARD_MM.width - 12) * (index + 0.5)) / boxes, (22 + CARD_MM.height - 6) / 2];
}
