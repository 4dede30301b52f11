/**
 * The typefaces of the training pictures: npm packages under the Open Font License, and whatever font files lie in a folder
 * that the caller names.
 */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileFace, packagedFace, type Face, type FaceStyle } from '../../simulators/world/seal/faces.ts';

const { resolve } = createRequire(import.meta.url);

const PACKAGED: readonly (readonly [name: string, style: FaceStyle, pack: string, weight: number])[] = [
  ['serif-medium', 'song', 'noto-serif-sc', 500],
  ['serif-semi', 'song', 'noto-serif-sc', 600],
  ['serif-bold', 'song', 'noto-serif-sc', 700],
  ['serif-black', 'song', 'noto-serif-sc', 900],
  ['xiaowei', 'song', 'zcool-xiaowei', 400],
  ['sans-regular', 'hei', 'noto-sans-sc', 400],
  ['sans-medium', 'hei', 'noto-sans-sc', 500],
  ['sans-bold', 'hei', 'noto-sans-sc', 700],
  ['qingke', 'hei', 'zcool-qingke-huangyou', 400],
  ['ma-shan-zheng', 'kai', 'ma-shan-zheng', 400],
  ['liu-jian-mao-cao', 'hand', 'liu-jian-mao-cao', 400],
];

export function typefaces(folder?: string): Face[] {
  const packaged = PACKAGED.map(([name, style, pack, weight]) =>
    packagedFace(name, style, { package: `@fontsource/${pack}`, weight, resolve }),
  );
  return folder === undefined ? packaged : [...packaged, ...filesIn(folder)];
}

function filesIn(folder: string): Face[] {
  return readdirSync(folder)
    .filter((name) => /\.(ttf|otf|ttc)$/i.test(name))
    .sort()
    .map((name) => fileFace(name.replace(/\.\w+$/, '').toLowerCase(), styleOf(name), join(folder, name)));
}

/** Font files carry their style in their names, more or less. */
function styleOf(name: string): FaceStyle {
  if (/kai|gkai/i.test(name)) return 'kai';
  return /song|sung|ming|serif|gbsn/i.test(name) ? 'song' : 'hei';
}
