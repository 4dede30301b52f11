/**
 * Slips: the papers that a seal scanner sees. Each is an object of its own with a number that is drawn on it as
 * bars, so that a picture proves which sheet it shows, and each carries its own impressions of its customer's seals.
 */
import { assert } from '../../drivers/kit/assert.ts';
import { seededRandom } from '../kit/random.ts';
import { customers, sealOf, type Customer, type WhichSeal } from './customers.ts';
import { blankSheet, inkRect, pageOf, rasterOf, type Raster } from './raster.ts';
import { pressState } from './seal/ink.ts';
import { drawnPose, poseAffine } from './seal/pose.ts';
import { press } from './seal/press.ts';
import { slipForms, type SlipForm } from './slip-forms.ts';

export const slipKinds = ['reply-slip', 'voucher', 'seal-card', 'blank'] as const;
export type SlipKind = (typeof slipKinds)[number] | 'picture';

/** `forged`: the firm's seal is a false one. `missing`: the person forgot theirs. */
export const sealings = ['genuine', 'forged', 'missing'] as const;
export type Sealing = (typeof sealings)[number];

/** A kind, how it is sealed when not as it should be, whose it is when not the first customer's: `reply-slip:forged@2`. */
export const SLIP_WORD = `^(${slipKinds.join('|')})(:(${sealings.join('|')}))?(@[1-${customers.length}])?$`;

export interface Slip {
  readonly kind: SlipKind;
  /** 1 to 65535; no two slips of one world share it. */
  readonly number: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly raster: Raster;
  /** Absent on blank paper and pictures. */
  readonly sealed?: { readonly customer: number; readonly sealing: Sealing };
}

interface SlipOrder {
  readonly kind: (typeof slipKinds)[number];
  readonly sealing: Sealing;
  readonly customer: Customer;
}

/** Undefined for a word that SLIP_WORD does not match. */
export function readSlipWord(word: string): SlipOrder | undefined {
  const [, kindWord, , sealingWord = 'genuine', customerWord = '@1'] = new RegExp(SLIP_WORD).exec(word) ?? [];
  const kind = slipKinds.find((each) => each === kindWord);
  const sealing = sealings.find((each) => each === sealingWord);
  const customer = customers.find(({ number }) => `@${number}` === customerWord);
  return kind === undefined || sealing === undefined || customer === undefined ? undefined : { kind, sealing, customer };
}

/** Draws the slip that a word of SLIP_WORD's form names. The same arguments give the same pixels. */
export function drawSlip(word: string, number: number, dpi: number): Slip {
  const order = readSlipWord(word);
  assert(order !== undefined, `a slip is called ${word}`);
  const { kind, sealing, customer } = order;
  const form: SlipForm = slipForms[kind];
  const printed = printedForm(order, dpi);
  const raster: Raster = { ...printed, pixels: printed.pixels.slice() };
  drawNumber(raster, number);
  const { widthMm, heightMm, seals } = form;
  if (seals === undefined) return { kind, number, widthMm, heightMm, raster };
  const seed = `slip ${number} ${customer.number}`;
  pressOn(raster, { seed, customer, which: sealing === 'forged' ? 'forged firm' : 'firm', centreMm: seals.firm, kind });
  if (sealing !== 'missing') pressOn(raster, { seed, customer, which: 'person', centreMm: seals.person, kind });
  return { kind, number, widthMm, heightMm, raster, sealed: { customer: customer.number, sealing } };
}

/** A slip that somebody brought as a picture; its number is not drawn on it. */
export function pictureSlip(number: number, raster: Raster): Slip {
  const { widthPx, heightPx, dpi } = raster;
  return { kind: 'picture', number, widthMm: (widthPx * 25.4) / dpi, heightMm: (heightPx * 25.4) / dpi, raster };
}

/** Reads the number off a picture of a slip that lay at the top left corner; undefined when it is not there. */
export function readSlipNumber(raster: Raster): number | undefined {
  const dark = (cell: number): boolean => {
    const x = Math.floor(((BARS.x + (cell + 0.5) * BARS.pitch) * raster.dpi) / 25.4);
    const y = Math.floor(((BARS.y + BARS.height / 2) * raster.dpi) / 25.4);
    return (raster.pixels[(y * raster.widthPx + x) * 3] ?? 255) < 128;
  };
  if (!dark(0) || dark(1) || !dark(BARS.bits + 2)) return undefined;
  let number = 0;
  for (let bit = 0; bit < BARS.bits; bit++) number = number * 2 + (dark(bit + 2) ? 1 : 0);
  return number;
}

/** Forms without number and seals, printed once: a stack of slips is the same form many times. */
const printedForms = new Map<string, Raster>();

function printedForm({ kind, customer }: SlipOrder, dpi: number): Raster {
  const key = `${kind}/${customer.number}/${dpi}`;
  const known = printedForms.get(key);
  if (known !== undefined) return known;
  const form: SlipForm = slipForms[kind];
  const blank = blankSheet({ ...form, dpi });
  const page = pageOf(blank, { left: 0, top: 0, right: blank.widthPx, bottom: blank.heightPx });
  form.print(page, customer);
  const raster: Raster = { ...blank, pixels: blank.pixels.slice() };
  rasterOf(page, raster, { left: 0, top: 0 });
  printedForms.set(key, raster);
  return raster;
}

/** A start bar, a gap, sixteen bars from the highest bit, an end bar. */
const BARS = { x: 3, y: 3, pitch: 1, height: 4, bits: 16 } as const;

function drawNumber(raster: Raster, number: number): void {
  const bits = number.toString(2).padStart(BARS.bits, '0');
  const cells = `10${bits}1`;
  for (let cell = 0; cell < cells.length; cell++) {
    if (cells[cell] === '1') inkRect(raster, { x: BARS.x + cell * BARS.pitch, y: BARS.y, width: BARS.pitch, height: BARS.height });
  }
}

interface Pressing {
  readonly seed: string;
  readonly customer: Customer;
  readonly which: WhichSeal;
  readonly centreMm: readonly [xMm: number, yMm: number];
  readonly kind: SlipOrder['kind'];
}

/** Presses a seal by hand: a little beside its place, a little turned. A card takes the cleanest of several. */
function pressOn(raster: Raster, { seed, customer, which, centreMm, kind }: Pressing): void {
  const random = seededRandom(`${seed} ${which}`);
  const seal = sealOf(customer, which);
  const pxPerMm = raster.dpi / 25.4;
  const reach = Math.hypot(seal.widthMm, seal.heightMm) / 2 + 1;
  const [x, y] = centreMm.map((mm) => (mm + (random.next() - 0.5) * 3) * pxPerMm) as [number, number];
  const left = Math.max(0, Math.floor(x - reach * pxPerMm));
  const top = Math.max(0, Math.floor(y - reach * pxPerMm));
  const right = Math.min(raster.widthPx, Math.ceil(x + reach * pxPerMm));
  const bottom = Math.min(raster.heightPx, Math.ceil(y + reach * pxPerMm));
  const page = pageOf(raster, { left, top, right, bottom });
  const drawn = drawnPose(random, 'scanner');
  const pose = kind === 'seal-card' ? { ...drawn, rotationDeg: random.next() * 6 - 3 } : drawn;
  const state = pressState(random, kind === 'seal-card' || random.chance(0.4) ? 'good' : 'normal');
  const toPage = poseAffine(pose, pxPerMm, [x - left, y - top]);
  press(page, random, { seal, expected: seal, toPage, state, expectedScale: 1 });
  rasterOf(page, raster, { left, top });
}
