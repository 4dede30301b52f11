import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { locate } from './engine/locate.ts';
import { MM_PER_INCH } from './engine/picture.ts';
import type { SealShape } from './engine/shape.ts';
import { readPicture } from './read-picture.ts';
import { cropOf, MARGIN_MM } from './verify.ts';

interface Found {
  /** File name of its picture in the folder. */
  readonly file: string;
  readonly shape: SealShape;
  /** Pixels of the scan. */
  readonly box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly center: { readonly x: number; readonly y: number };
  readonly widthMm: number;
  readonly heightMm: number;
  readonly inkMm2: number;
}

export interface Extracted {
  readonly dpi: number;
  readonly width: number;
  readonly height: number;
  readonly impressions: readonly Found[];
}

/** `counterd seal extract`: every impression of a scan, largest first, each with a picture of its own. */
export async function extractCommand({
  image,
  out,
  dpi,
}: {
  readonly image: string;
  readonly out: string;
  readonly dpi?: number;
}): Promise<Extracted> {
  const picture = await readPicture(image, dpi);
  await mkdir(out, { recursive: true }).catch((cause: unknown) => {
    throw new CounterdError('CD_STORAGE_IO', `the folder ${out} cannot be made`, { cause });
  });
  const mm = picture.dpi / MM_PER_INCH;
  const impressions: Found[] = [];
  for (const [i, place] of locate(picture).entries()) {
    const file = `impression-${String(i + 1).padStart(2, '0')}.png`;
    const { picture: part } = cropOf(picture, place, MARGIN_MM);
    await sharp(part.rgb, { raw: { width: part.width, height: part.height, channels: 3 } })
      .withMetadata({ density: picture.dpi })
      .png()
      .toFile(join(out, file))
      .catch((cause: unknown) => {
        throw new CounterdError('CD_STORAGE_IO', `${file} cannot be written to ${out}`, { cause });
      });
    const box = {
      left: Math.round(place.leftMm * mm),
      top: Math.round(place.topMm * mm),
      width: Math.round(place.widthMm * mm),
      height: Math.round(place.heightMm * mm),
    };
    impressions.push({
      file,
      shape: place.shape,
      box,
      center: { x: Math.round(box.left + box.width / 2), y: Math.round(box.top + box.height / 2) },
      widthMm: Number(place.widthMm.toFixed(1)),
      heightMm: Number(place.heightMm.toFixed(1)),
      inkMm2: Number(place.inkMm2.toFixed(1)),
    });
  }
  return { dpi: picture.dpi, width: picture.width, height: picture.height, impressions };
}
