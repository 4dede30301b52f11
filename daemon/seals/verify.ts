import { CounterdError } from '../../drivers/kit/errors.ts';
import { judge, type Judgement, type SealModel } from './engine/judge.ts';
import { locate, type Place } from './engine/locate.ts';
import { cropped, MM_PER_INCH, type Picture } from './engine/picture.ts';
import { registered } from './engine/register.ts';
import { prepared, type Prepared } from './engine/specimen.ts';

/** A picture no larger than this shows one impression; a larger one is a page on which it has to be found. */
const IMPRESSION_MAX_MM = 92;
/** Paper around a specimen; and around a place of a page, where the rules of the form have to be seen to be known as such. */
export const MARGIN_MM = 3;
const PAGE_MARGIN_MM = 10;
/** With less seal ink than this there is no impression. */
const LEAST_INK_MM2 = 9;
/** Places of a page looked at closely: those nearest in size to the specimen. */
const PLACES_MAX = 6;

export interface Verified extends Judgement {
  /** Upper left corner of the part of the questioned picture that was judged, millimetres. */
  readonly leftMm: number;
  readonly topMm: number;
}

/**
 * Compares the impression in `questioned`, or on a page the one there that fits best, with the specimen of `preparedSpecimen`. Throws
 * CD_SEAL_NONE when it shows no seal.
 */
export function verified(wanted: Prepared, questioned: Picture, model: SealModel): Verified {
  const size = inkSizeMm(wanted);
  const choices = crops(questioned, size).map((crop) => ({ crop, ready: prepared(crop.picture) }));
  const best = choices.length === 1 ? choices[0] : bestOf(choices, wanted);
  if (best === undefined || inkMm2(best.ready) < LEAST_INK_MM2) throw new CounterdError('CD_SEAL_NONE', 'questioned picture');
  return { ...judge(wanted, best.ready, model), leftMm: best.crop.leftMm, topMm: best.crop.topMm };
}

/** The specimen cut to its own impression, so that paper around it costs no time. Throws CD_SEAL_NONE when it shows no seal. */
export function preparedSpecimen(picture: Picture): Prepared {
  const [place] = locate(picture);
  if (place === undefined) throw new CounterdError('CD_SEAL_NONE', 'specimen');
  return prepared(cropOf(picture, place, MARGIN_MM).picture);
}

interface Crop {
  readonly picture: Picture;
  readonly leftMm: number;
  readonly topMm: number;
}

function crops(picture: Picture, wantedMm: number): readonly Crop[] {
  const sideMm = (Math.max(picture.width, picture.height) * MM_PER_INCH) / picture.dpi;
  // In pieces under writing, an impression may be none of the places: it is looked at whole.
  if (sideMm <= IMPRESSION_MAX_MM) return [{ picture, leftMm: 0, topMm: 0 }];
  const unlikeness = ({ widthMm, heightMm }: Place): number => Math.abs(Math.log(Math.max(widthMm, heightMm) / wantedMm));
  return [...locate(picture)]
    .sort((a, b) => unlikeness(a) - unlikeness(b))
    .slice(0, PLACES_MAX)
    .map((place) => cropOf(picture, place, PAGE_MARGIN_MM));
}

/** The place with `marginMm` of paper around it. */
export function cropOf(picture: Picture, { leftMm, topMm, widthMm, heightMm }: Place, marginMm: number): Crop {
  const mm = picture.dpi / MM_PER_INCH;
  const left = Math.round((leftMm - marginMm) * mm);
  const top = Math.round((topMm - marginMm) * mm);
  const at = { left, top, width: Math.round((widthMm + 2 * marginMm) * mm), height: Math.round((heightMm + 2 * marginMm) * mm) };
  return { picture: cropped(picture, at), leftMm: left / mm, topMm: top / mm };
}

function bestOf<C extends { readonly ready: Prepared }>(choices: readonly C[], specimen: Prepared): C | undefined {
  let best: { choice: C; residual: number } | undefined;
  for (const choice of choices) {
    const { residualMm } = registered(specimen, choice.ready);
    if (best === undefined || residualMm < best.residual) best = { choice, residual: residualMm };
  }
  return best?.choice;
}

function inkMm2({ ink, dpi }: Prepared): number {
  const inked = ink.data.reduce((count, value) => (value > 0.5 ? count + 1 : count), 0);
  return inked * (MM_PER_INCH / dpi) ** 2;
}

/** The longer side of the box around the ink. */
function inkSizeMm({ ink, dpi }: Prepared): number {
  let [left, top, right, bottom] = [ink.width, ink.height, 0, 0];
  for (let y = 0; y < ink.height; y++) {
    for (let x = 0; x < ink.width; x++) {
      if ((ink.data[y * ink.width + x] as number) < 0.5) continue;
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
    }
  }
  return (Math.max(right - left, bottom - top, 1) * MM_PER_INCH) / dpi;
}
