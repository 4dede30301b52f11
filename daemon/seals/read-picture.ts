import { readFile, stat } from 'node:fs/promises';
import sharp, { type OutputInfo } from 'sharp';
import { CounterdError } from '../../drivers/kit/errors.ts';
import type { Picture } from './engine/picture.ts';

/** An A3 page at 300 dpi has 17 million. */
const PIXELS_MAX = 40_000_000;
const FILE_MAX_BYTES = 100_000_000;
const SIDE_MIN = 60;
const DPI_MIN = 150;
const DPI_MAX = 2_400;
/** What programs write that do not know. */
const DPI_UNKNOWN = new Set([0, 1, 72, 96]);
/** Share of pixels that must be plainly coloured, and how far their colours must be apart. */
const COLOURED_SHARE = 0.0005;
const COLOURED_BY = 30;

/**
 * Reads a PNG, JPEG or TIFF for comparing seals. `dpi` wins over what the file says. Throws CD_SEAL_PICTURE (missing, damaged or no
 * picture), CD_SEAL_SIZE, CD_SEAL_COLOUR (black and white, or grey) or CD_SEAL_DPI, naming the file.
 */
export async function readPicture(path: string, dpi?: number): Promise<Picture> {
  const unreadable = (cause: unknown): never => {
    throw new CounterdError('CD_SEAL_PICTURE', path, { cause });
  };
  // Asked before it is read: a pipe has no end, and a film is no scan.
  const file = await stat(path).catch(unreadable);
  if (!file.isFile()) throw new CounterdError('CD_SEAL_PICTURE', `${path} is not a file`);
  if (file.size > FILE_MAX_BYTES) throw new CounterdError('CD_SEAL_SIZE', `${path}: ${String(file.size)} bytes`);
  const bytes = await readFile(path).catch(unreadable);
  const { data, info, density } = await decoded(path, bytes);
  if (Math.min(info.width, info.height) < SIDE_MIN)
    throw new CounterdError('CD_SEAL_SIZE', `${path}: ${String(info.width)} × ${String(info.height)} pixels`);
  const rgb = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (!isColoured(rgb)) throw new CounterdError('CD_SEAL_COLOUR', path);
  return { width: info.width, height: info.height, rgb, dpi: resolution(path, dpi ?? density) };
}

async function decoded(path: string, bytes: Buffer): Promise<{ data: Buffer; info: OutputInfo; density: number | undefined }> {
  try {
    const picture = sharp(bytes, { failOn: 'truncated', limitInputPixels: PIXELS_MAX });
    const { format, width, height, space, density } = await picture.metadata();
    if (!['png', 'jpeg', 'tiff'].includes(format))
      throw new CounterdError('CD_SEAL_PICTURE', `${path}: ${format}; PNG, JPEG and TIFF are read`);
    if (width * height > PIXELS_MAX) throw new CounterdError('CD_SEAL_SIZE', `${path}: ${String(width)} × ${String(height)} pixels`);
    if (space === 'b-w') throw new CounterdError('CD_SEAL_COLOUR', path);
    const { data, info } = await picture
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new CounterdError('CD_SEAL_COLOUR', path);
    return { data, info, density };
  } catch (cause) {
    if (cause instanceof CounterdError) throw cause;
    const isLarge = cause instanceof Error && /pixel limit/.test(cause.message);
    throw new CounterdError(isLarge ? 'CD_SEAL_SIZE' : 'CD_SEAL_PICTURE', path, { cause });
  }
}

function isColoured(rgb: Uint8Array): boolean {
  let coloured = 0;
  for (let i = 0; i + 2 < rgb.length; i += 3) {
    const [red, green, blue] = [rgb[i] as number, rgb[i + 1] as number, rgb[i + 2] as number];
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > COLOURED_BY) coloured++;
  }
  return coloured > (rgb.length / 3) * COLOURED_SHARE;
}

function resolution(path: string, dpi: number | undefined): number {
  if (dpi === undefined || !Number.isFinite(dpi) || DPI_UNKNOWN.has(dpi) || dpi < DPI_MIN || dpi > DPI_MAX) {
    throw new CounterdError('CD_SEAL_DPI', dpi === undefined ? path : `${path}: ${String(dpi)} dpi`);
  }
  return dpi;
}
