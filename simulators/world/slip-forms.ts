/** What is printed on the papers of a branch before anybody fills or seals them, in millimetres from the top left corner. */
import type { Customer } from './customers.ts';
import { typeface } from './customers.ts';
import type { Page, Colour } from './seal/page.ts';
import { printRule, printWords, TONER, widthOf } from './seal/print.ts';

const GREY: Colour = { light: [0.72, 0.73, 0.75], hides: 0.4 };
const RED: Colour = { light: [0.8, 0.2, 0.22], hides: 1 };

/** Where the seals of a paper go. */
export interface SealPlaces {
  readonly firm: readonly [xMm: number, yMm: number];
  readonly person: readonly [xMm: number, yMm: number];
}

export interface SlipForm {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly print: (page: Page, customer: Customer) => void;
  /** Absent on paper that nobody seals. */
  readonly seals?: SealPlaces;
}

/** A5 across, A5 upright, A6 across twice. */
export const slipForms = {
  'reply-slip': { widthMm: 210, heightMm: 148, print: printReplySlip, seals: { firm: [148, 112], person: [187, 116] } },
  voucher: { widthMm: 148, heightMm: 210, print: printVoucher, seals: { firm: [92, 176], person: [128, 178] } },
  'seal-card': { widthMm: 148, heightMm: 105, print: printSealCard, seals: { firm: [41, 62], person: [109, 62] } },
  blank: { widthMm: 148, heightMm: 105, print: () => undefined },
} as const satisfies Record<string, SlipForm>;

/** 银企对账单回执: the firm says whether the balance agrees, and seals it. */
function printReplySlip(page: Page, customer: Customer): void {
  heading(page, '银企余额对账单 (回执)', { widthMm: 210, yMm: 12, sizeMm: 6.5 });
  const lines = [
    ['单位名称', customer.name],
    ['账号', customer.account],
    ['币种', '人民币'],
    ['截至日期', '2026 年 9 月 30 日'],
    ['账面余额', '￥1,284,306.52'],
  ] as const;
  lines.forEach(([label, value], i) => field(page, { label, value, xMm: 15, yMm: 32 + i * 11, widthMm: 180 }));
  tickBox(page, [15, 96], '核对相符');
  emptyBox(page, [15, 106]);
  words(page, '核对不符', { xMm: 24, yMm: 106.5, sizeMm: 4 });
  words(page, '单位签章', { xMm: 112, yMm: 94, sizeMm: 3.6 });
  printRule(page, { from: [110, 138], to: [200, 138], widthMm: 0.3, colour: TONER });
}

/** 结算业务申请书, as the customer hands it in. */
function printVoucher(page: Page, customer: Customer): void {
  heading(page, '结算业务申请书', { widthMm: 148, yMm: 12, sizeMm: 6.5 });
  words(page, 'No. 20260931', { xMm: 112, yMm: 22, sizeMm: 3.6, colour: RED });
  const lines = [
    ['付款人', customer.name],
    ['账号', customer.account],
    ['收款人', '东升建材有限公司'],
    ['金额', '￥36,500.00'],
    ['用途', '货款'],
    ['附加信息', ''],
  ] as const;
  frame(page, [10, 34], [128, 108]);
  printRule(page, { from: [42, 34], to: [42, 142], widthMm: 0.3, colour: TONER });
  lines.forEach(([label, value], i) => {
    const yMm = 40 + i * 18;
    if (i > 0) printRule(page, { from: [10, yMm - 6], to: [138, yMm - 6], widthMm: 0.3, colour: TONER });
    words(page, label, { xMm: 14, yMm, sizeMm: 4 });
    words(page, value, { xMm: 46, yMm, sizeMm: 4 });
  });
  words(page, '出票人签章', { xMm: 14, yMm: 154, sizeMm: 3.6 });
}

/** 印鉴卡: what the branch keeps to compare with. */
function printSealCard(page: Page, customer: Customer): void {
  heading(page, '印 鉴 卡 片', { widthMm: 148, yMm: 7, sizeMm: 6 });
  words(page, `户名 ${customer.name}`, { xMm: 8, yMm: 17, sizeMm: 3.4 });
  words(page, `账号 ${customer.account}`, { xMm: 8, yMm: 23, sizeMm: 3.4 });
  frame(page, [7, 30], [134, 68]);
  printRule(page, { from: [74, 30], to: [74, 98], widthMm: 0.4, colour: TONER });
}

interface WordPlace {
  readonly xMm: number;
  readonly yMm: number;
  readonly sizeMm: number;
  readonly colour?: Colour;
}

function words(page: Page, text: string, { colour = TONER, ...place }: WordPlace): void {
  printWords(page, typeface('sans-regular'), { text, ...place, colour });
}

function heading(
  page: Page,
  text: string,
  { widthMm, yMm, sizeMm }: { readonly widthMm: number; readonly yMm: number; readonly sizeMm: number },
): void {
  const face = typeface('sans-bold');
  printWords(page, face, { text, xMm: (widthMm - widthOf(face, { text, sizeMm })) / 2, yMm, sizeMm, colour: TONER });
}

interface Field {
  readonly label: string;
  readonly value: string;
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
}

function field(page: Page, { label, value, xMm, yMm, widthMm }: Field): void {
  words(page, label, { xMm, yMm, sizeMm: 4 });
  words(page, value, { xMm: xMm + 28, yMm, sizeMm: 4 });
  printRule(page, { from: [xMm + 26, yMm + 6], to: [xMm + widthMm, yMm + 6], widthMm: 0.25, colour: GREY });
}

function frame(page: Page, [x, y]: readonly [number, number], [width, height]: readonly [number, number]): void {
  const corners = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
    [x, y],
  ] as const;
  for (let i = 0; i < 4; i++) printRule(page, { from: corners[i] ?? [x, y], to: corners[i + 1] ?? [x, y], widthMm: 0.4, colour: TONER });
}

function emptyBox(page: Page, place: readonly [number, number]): void {
  frame(page, place, [5, 5]);
}

function tickBox(page: Page, [x, y]: readonly [number, number], text: string): void {
  emptyBox(page, [x, y]);
  printRule(page, { from: [x + 1, y + 2.5], to: [x + 2.2, y + 4.2], widthMm: 0.5, colour: TONER });
  printRule(page, { from: [x + 2.2, y + 4.2], to: [x + 5, y - 0.8], widthMm: 0.5, colour: TONER });
  words(page, text, { xMm: x + 9, yMm: y + 0.5, sizeMm: 4 });
}
