/** Accounts with their cards, and vouchers of theirs: sealed as they should be, with a seal missing, or with a false one. */
import { join } from 'node:path';
import { seededRandom, type Random } from '../../simulators/kit/random.ts';
import type { CarvedSeal } from '../../simulators/world/seal/carve.ts';
import { sealKinds } from '../../simulators/world/seal/design.ts';
import { digits } from '../../simulators/world/seal/names.ts';
import { pressCard, pressVoucher, type PressedPair } from '../../simulators/world/seal/sheet-case.ts';
import { truthOf, type PressedSeal } from '../../simulators/world/seal/truth.ts';
import { voucherTitles } from '../../simulators/world/seal/voucher.ts';
import { writeJpeg, writePng } from './picture-files.ts';
import type { Cutter } from './cutter.ts';
import type { SetOrder } from './set-plan.ts';

type Truth = Record<string, unknown>;

/** What comes of a voucher: everything right, one seal forgotten, one of somebody else, one forged. */
const EVENTS = ['all', 'all', 'missing', 'foreign', 'forged'] as const;
type SheetEvent = (typeof EVENTS)[number];

interface Account {
  readonly id: string;
  readonly number: string;
  readonly identities: readonly number[];
}

/** One account for every six identities: a seal of the firm and a seal of a person. */
export function accountsOf(order: SetOrder): Account[] {
  if (order.vouchers === 0) return [];
  return Array.from({ length: Math.max(1, Math.floor(order.identities / 6)) }, (_, i) => {
    const random = seededRandom(`${order.seed}/account/${i}`);
    const pick = (isPersonal: boolean): number => {
      const fitting = Array.from({ length: order.identities }, (__, index) => index).filter(
        (index) => (sealKinds[index % sealKinds.length] ?? '').startsWith('name') === isPersonal,
      );
      return fitting[random.integer(0, fitting.length - 1)] ?? 0;
    };
    return { id: `A${String(i).padStart(4, '0')}`, number: `6228${digits(random, 10)}`, identities: [pick(false), pick(true)] };
  });
}

export async function makeCard(order: SetOrder, cutter: Cutter, account: Account): Promise<Truth> {
  const seals = account.identities.map((index) => cutter.carve(cutter.design(index)));
  const random = seededRandom(`${order.seed}/card/${account.id}`);
  const card = pressCard(`${order.seed}/card/${account.id}`, { account: account.number, faces: cutter.formFaces(random), seals });
  await writePng(card.shot, join(order.out, 'cards', `${account.id}.png`));
  const told = card.pressed.map((pressed, i) => {
    const index = account.identities[i] ?? 0;
    return truthOf({ identity: identityId(index), design: cutter.design(index) }, pressed);
  });
  return { account: account.id, combo: account.identities.map(identityId), seals: told };
}

export function identityId(index: number): string {
  return `I${String(index).padStart(4, '0')}`;
}

interface Intended {
  readonly pair: PressedPair;
  readonly told: PressedSeal;
  readonly isStray?: boolean;
}

export async function makeVoucher(order: SetOrder, cutter: Cutter, index: number): Promise<Truth> {
  const accounts = accountsOf(order);
  const account = accounts[index % accounts.length] ?? { id: '', number: '', identities: [] };
  const random = seededRandom(`${order.seed}/voucher/${index}`);
  const event = random.pick(EVENTS);
  const intended = intentions(cutter, { random, event, account });
  const name = `V${String(index).padStart(4, '0')}`;
  const title = random.pick(voucherTitles);
  const sheet = pressVoucher(`${order.seed}/voucher/${index}`, {
    title,
    faces: cutter.formFaces(random),
    seals: intended.map(({ pair }) => pair),
  });
  await writeJpeg(sheet.shot, sheet.jpegQuality, join(order.out, 'vouchers', `${name}.jpg`));
  const seals = intended.map(({ told, isStray }, i) => {
    const pressed = sheet.pressed[i];
    const truth = pressed === undefined ? {} : truthOf(told, pressed);
    return isStray === true ? { ...truth, expected: 'ignore', distractor: true } : truth;
  });
  return {
    voucher: name,
    account: account.id,
    title,
    event,
    level: sheet.level,
    dpi: sheet.shot.dpi,
    page_rotation_deg: Math.round(sheet.pageRotationDeg * 1000) / 1000,
    touching: sheet.isTouching,
    required: account.identities.map(identityId),
    seals,
    expected: expectedOf(event, seals),
    jpeg_quality: sheet.jpegQuality,
  };
}

/** A voucher is as good as its worst seal; one forged so well that nobody can tell is not scored. */
function expectedOf(event: SheetEvent, seals: readonly Truth[]): string {
  if (event === 'missing') return 'not-pass';
  const verdicts = seals.map((seal) => seal['expected']);
  return ['unscored', 'not-pass', 'pass-or-review'].find((verdict) => verdicts.includes(verdict)) ?? 'pass';
}

function intentions(
  cutter: Cutter,
  { random, event, account }: { readonly random: Random; readonly event: SheetEvent; readonly account: Account },
): Intended[] {
  const wrong = random.integer(0, account.identities.length - 1);
  const wanted = account.identities.flatMap((index, i): Intended[] => {
    if (event === 'missing' && i === wrong) return [];
    const expected = cutter.carve(cutter.design(index));
    if (i === wrong && (event === 'foreign' || event === 'forged')) return [falseOne(cutter, random, { index, expected, event })];
    return [{ pair: { seal: expected, expected }, told: { identity: identityId(index), design: expected.design } }];
  });
  if (!random.chance(0.25)) return wanted;
  const stray = cutter.carve(cutter.randomDesign(random));
  const told = { identity: `I9${digits(random, 5)}`, design: stray.design };
  return [...wanted, { pair: { seal: stray, expected: stray }, told, isStray: true }];
}

function falseOne(
  cutter: Cutter,
  random: Random,
  { index, expected, event }: { readonly index: number; readonly expected: CarvedSeal; readonly event: SheetEvent },
): Intended {
  const forgery = event === 'foreign' ? 'other_seal' : random.pick(['recarved', 'diff_font', 'char_swap', 'border', 'spacing'] as const);
  const { design, changes } = cutter.forge(expected.design, forgery, random);
  const told: PressedSeal = { identity: identityId(index), design, forged: { forgery, changes } };
  return { pair: { seal: cutter.carve(design), expected }, told };
}
