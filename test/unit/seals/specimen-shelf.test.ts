import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { specimenOf } from '../../../daemon/seals/specimen-shelf.ts';
import { companySeal, otherSeal, specimenPicture, writePicture } from '../../support/seal-pictures.ts';

const folder = mkdtempSync(join(tmpdir(), 'counterd-shelf-'));
const path = join(folder, 'specimen.png');

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('a specimen is made ready once, again for another resolution, and again when its file is another', async () => {
  await writePicture(specimenPicture(companySeal), path);
  const once = await specimenOf(path, undefined);
  expect(await specimenOf(path, undefined)).toBe(once);
  expect(await specimenOf(path, 600)).not.toBe(once);
  await writePicture(specimenPicture(otherSeal), path);
  expect(await specimenOf(path, undefined)).not.toBe(once);
});

it('a file that is not there, or that has gone, is said by name', async () => {
  await writePicture(specimenPicture(companySeal), path);
  await specimenOf(path, undefined);
  rmSync(path);
  await expect(specimenOf(path, undefined)).rejects.toThrow('CD_SEAL_PICTURE');
});
