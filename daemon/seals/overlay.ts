import sharp from 'sharp';
import type { Comparison } from './engine/compare.ts';
import type { Region } from './engine/judge.ts';
import { WORK_MM } from './engine/specimen.ts';

/** What a pixel of the overlay means: ink of both, of the specimen alone, of the questioned picture alone, nobody can tell. */
const colours = {
  both: [70, 70, 70],
  specimen: [40, 110, 235],
  questioned: [225, 40, 40],
  hidden: [205, 205, 205],
  paper: [255, 255, 255],
} as const;
/** Regions less suspicious than this are not framed. */
const FRAMED_FROM = 0.5;
const ENLARGED = 2;

/** The two impressions one on the other, upright as the specimen, with the regions worth a look framed and numbered by their rank. */
export async function overlayPng({ specimen, aligned }: Comparison, regions: readonly Region[]): Promise<Buffer> {
  const { width, height } = aligned.distance;
  const pixels = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const isSpecimen = (specimen.distance.data[i] as number) < 0;
    const isQuestioned = (aligned.distance.data[i] as number) < 0;
    const isSeen = (aligned.seen.data[i] as number) > 0.5;
    const what = !isSeen ? 'hidden' : isSpecimen && isQuestioned ? 'both' : isSpecimen ? 'specimen' : isQuestioned ? 'questioned' : 'paper';
    pixels.set(colours[what], i * 3);
  }
  const frames = regions.flatMap((region, rank) => (region.suspicion < FRAMED_FROM ? [] : [frame(region, rank + 1, { width, height })]));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width * ENLARGED)}" height="${String(height * ENLARGED)}">${frames.join('')}</svg>`;
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize(width * ENLARGED, height * ENLARGED, { kernel: 'nearest' })
    .composite([{ input: Buffer.from(svg) }])
    .png()
    .toBuffer();
}

function frame({ xMm, yMm, sideMm }: Region, rank: number, { width, height }: { readonly width: number; readonly height: number }): string {
  const scale = ENLARGED / WORK_MM;
  const left = (xMm - sideMm / 2) * scale + (width * ENLARGED) / 2;
  const top = (yMm - sideMm / 2) * scale + (height * ENLARGED) / 2;
  const side = String(sideMm * scale);
  const box = `<rect x="${String(left)}" y="${String(top)}" width="${side}" height="${side}" fill="none" stroke="#d48806" stroke-width="3"/>`;
  return `${box}<text x="${String(left + 4)}" y="${String(top + 18)}" font-size="18" font-family="sans-serif" fill="#ad6800">${String(rank)}</text>`;
}
