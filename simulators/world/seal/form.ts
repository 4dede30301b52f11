/** Fragments of bank forms around a seal: rules, labels, what was typed in, what was signed, and red print that is no seal. */
import type { Random } from '../../kit/random.ts';
import type { Face } from './faces.ts';
import type { ImpressionLevel } from './ink.ts';
import { companyName, digits, personName } from './names.ts';
import { between } from './noise.ts';
import type { Colour, Page } from './page.ts';
import { printRule, printWords, TONER, widthOf, writeByHand } from './print.ts';

export interface FormFaces {
  readonly label: Face;
  readonly typed: Face;
  readonly hand: Face;
}

export const RULE_COLOURS: readonly [Colour, ...Colour[]] = [
  { light: [0.12, 0.12, 0.13], hides: 1 },
  { light: [0.15, 0.25, 0.55], hides: 1 },
  { light: [0.12, 0.42, 0.3], hides: 1 },
  { light: [0.45, 0.26, 0.16], hides: 1 },
  { light: [0.5, 0.52, 0.56], hides: 0.6 },
];
export const RED_PRINT: Colour = { light: [0.78, 0.2, 0.2], hides: 1 };
export const PENS: readonly [Colour, ...Colour[]] = [
  { light: [0.08, 0.08, 0.1], hides: 1 },
  { light: [0.1, 0.14, 0.5], hides: 1 },
];
export const LABELS = [
  '用途',
  '收款人',
  '付款人',
  '金额',
  '复核',
  '经办',
  '账号',
  '开户银行',
  '附加信息',
  '凭证号码',
  '大写',
  '日期',
  '余额',
  '摘要',
  '预留印鉴',
] as const;
const NOTES = [
  '上列款项请从我账户内支付',
  '出票人签章',
  '付款单位盖章 年 月 日',
  '核对相符',
  '财务专用章盖章处',
  '（预留印鉴）',
  '人民币（大写）',
] as const;

const CHANCES: Readonly<
  Record<ImpressionLevel, { readonly table: number; readonly notes: readonly [number, number]; readonly pen: number }>
> = {
  good: { table: 0.12, notes: [0, 1], pen: 0.02 },
  normal: { table: 0.6, notes: [0, 4], pen: 0.18 },
  harsh: { table: 0.75, notes: [1, 5], pen: 0.35 },
};

export interface FormChance {
  readonly random: Random;
  readonly faces: FormFaces;
  readonly level: ImpressionLevel;
}

/** Prints what a seal usually meets on paper; how much depends on the level. */
export function printFragment(page: Page, chance: FormChance): void {
  const { random, level } = chance;
  const chances = CHANCES[level];
  if (random.chance(chances.table)) printTable(page, chance);
  const notes = random.integer(...chances.notes);
  for (let i = 0; i < notes; i++) printNote(page, chance);
  if (level !== 'good' || random.chance(0.3)) strayRules(page, random);
  if (random.chance(chances.pen)) sign(page, chance);
}

function printTable(page: Page, { random, faces }: FormChance): void {
  const [width, height] = [page.width / page.pxPerMm, page.height / page.pxPerMm];
  const colour = random.chance(0.08) ? RED_PRINT : random.pick(RULE_COLOURS);
  const widthMm = between(random, 0.15, 0.35);
  const rows = random.integer(2, 5);
  const [top, bottom] = [between(random, 0.5, height * 0.2), height - between(random, 0.5, height * 0.2)];
  const split = between(random, 0.15, 0.8) * width;
  for (let row = 0; row <= rows; row++) {
    const y = top + ((bottom - top) * row) / rows;
    printRule(page, { from: [0, y], to: [width, y], widthMm, colour });
    if (row === rows) break;
    const isInked = colour.light[0] < 0.7;
    printWords(page, faces.label, {
      text: random.pick(LABELS),
      xMm: 1,
      yMm: y + 1.2,
      sizeMm: between(random, 2.6, 3.4),
      colour: isInked ? colour : TONER,
    });
    if (random.chance(0.6)) typed(page, { random, faces }, [split * between(random, 0.3, 1), y + 1.5]);
  }
  if (random.chance(0.6)) printRule(page, { from: [split, top], to: [split, bottom], widthMm, colour });
}

function typed(page: Page, { random, faces }: Pick<FormChance, 'random' | 'faces'>, [xMm, yMm]: readonly [number, number]): void {
  const text = random.pick([amount, companyName, (draw: Random) => digits(draw, 13), () => '贰零贰陆年壹月'])(random);
  printWords(page, faces.typed, { text, xMm, yMm, sizeMm: between(random, 2.8, 3.8), colour: TONER });
}

export function amount(random: Random): string {
  return `￥${random.integer(1, 999)},${digits(random, 3)}.${digits(random, 2)}`;
}

function printNote(page: Page, { random, faces }: FormChance): void {
  const [width, height] = [page.width / page.pxPerMm, page.height / page.pxPerMm];
  const text = random.pick(NOTES);
  const sizeMm = between(random, 2.8, 4.4);
  const face = random.chance(0.5) ? faces.label : faces.typed;
  const xMm = between(random, -0.2, 0.9) * (width - widthOf(face, { text, sizeMm }) * 0.5);
  printWords(page, face, { text, xMm, yMm: between(random, 0.1, 0.9) * height, sizeMm, colour: TONER });
}

/** Lines across the seal's place: signature lines, folds of a form, now and then a red one. */
function strayRules(page: Page, random: Random): void {
  const [width, height] = [page.width / page.pxPerMm, page.height / page.pxPerMm];
  const count = random.integer(0, 2);
  for (let i = 0; i < count; i++) {
    const colour = random.chance(0.12) ? RED_PRINT : random.pick(RULE_COLOURS);
    const widthMm = between(random, 0.15, 0.4);
    if (random.chance(0.6)) {
      const y = between(random, 0.1, 0.9) * height;
      printRule(page, { from: [0, y], to: [width, y], widthMm, colour });
    } else {
      const x = between(random, 0.1, 0.9) * width;
      printRule(page, { from: [x, 0], to: [x, height], widthMm, colour });
    }
  }
}

function sign(page: Page, { random, faces }: FormChance): void {
  const [width, height] = [page.width / page.pxPerMm, page.height / page.pxPerMm];
  writeByHand(
    page,
    { random, face: faces.hand },
    {
      text: personName(random),
      xMm: between(random, 0.1, 0.5) * width,
      yMm: between(random, 0.2, 0.6) * height,
      sizeMm: between(random, 6, 11),
      colour: random.pick(PENS),
    },
  );
}
