/** Pictures as files that say their resolution. */
import sharp from 'sharp';
import type { Shot } from '../../simulators/world/seal/case.ts';

export async function writePng({ width, height, dpi, pixels }: Shot, path: string): Promise<void> {
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .withMetadata({ density: dpi })
    .png({ compressionLevel: 6 })
    .toFile(path);
}

export async function writeJpeg({ width, height, dpi, pixels }: Shot, quality: number, path: string): Promise<void> {
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .withMetadata({ density: dpi })
    .jpeg({ quality })
    .toFile(path);
}
