import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, runCounterd } from '../support/counterd-program.ts';
import { companySeal, impressionPicture, otherSeal, specimenPicture, writePicture } from '../support/seal-pictures.ts';

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  buildProgram();
  folder = mkdtempSync(join(tmpdir(), 'counterd-seal-'));
  await writePicture(specimenPicture(companySeal), at('specimen.png'));
  await writePicture(specimenPicture(companySeal), at('unsaid.png'), false);
  await writePicture(impressionPicture(companySeal, 'cli').picture, at('impression.png'));
  await writePicture(impressionPicture(otherSeal, 'cli', companySeal).picture, at('other.png'));
  const page = { create: { width: 2480, height: 1748, channels: 3, background: '#ffffff' } } as const;
  await sharp(page)
    .composite([
      { input: at('other.png'), left: 150, top: 200 },
      { input: at('impression.png'), left: 1400, top: 700 },
    ])
    .withMetadata({ density: 300 })
    .png()
    .toFile(at('page.png'));
  await sharp(page).withMetadata({ density: 300 }).png().toFile(at('blank.png'));
  await sharp(at('specimen.png')).greyscale().withMetadata({ density: 300 }).png().toFile(at('grey.png'));
  await sharp(at('specimen.png')).threshold(128).png({ palette: true, colours: 2 }).toFile(at('one-bit.png'));
  const whole = readFileSync(at('specimen.png'));
  writeFileSync(at('truncated.png'), whole.subarray(0, whole.length >> 1));
  writeFileSync(at('hostile.tiff'), Buffer.concat([Buffer.from('II*\0'), Buffer.alloc(60, 0xff)]));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const verify = (impression: string, specimen = 'specimen.png', ...more: string[]): ReturnType<typeof runCounterd> =>
  runCounterd(['seal', 'verify', '--specimen', at(specimen), '--impression', at(impression), ...more]);

describe('counterd seal verify', () => {
  it('gives verdict, similarity, transform, regions and time, and draws the overlay', async () => {
    const { status, lines } = await verify('specimen.png', 'specimen.png', '--overlay', at('overlay.png'));
    expect(status).toBe(0);
    expect(Object.keys(lines[0] ?? {})).toEqual(
      expect.arrayContaining(['similarity', 'transform', 'hiddenShare', 'regions', 'heat', 'ms']),
    );
    expect(lines[0]?.['verdict']).toBe('pass');
    const { width, height } = await sharp(at('overlay.png')).metadata();
    expect(Math.min(width, height)).toBeGreaterThan(200);
  });

  it('says that another seal does not match, with status 1', async () => {
    const { status, lines } = await verify('other.png');
    expect([status, lines[0]?.['verdict']]).toEqual([1, 'fail']);
  });

  it('judges the impression of a whole page that fits best', async () => {
    const { lines } = await verify('page.png');
    expect(lines[0]?.['verdict']).not.toBe('fail');
    expect((lines[0]?.['place'] as { leftMm: number }).leftMm).toBeGreaterThan(100);
  });

  it.each([
    ['grey.png', 'CD_SEAL_COLOUR'],
    ['one-bit.png', 'CD_SEAL_COLOUR'],
    ['truncated.png', 'CD_SEAL_PICTURE'],
    ['hostile.tiff', 'CD_SEAL_PICTURE'],
    ['missing.png', 'CD_SEAL_PICTURE'],
    ['.', 'CD_SEAL_PICTURE'],
    ['unsaid.png', 'CD_SEAL_DPI'],
  ])('refuses %s by name, with status 3 and nothing on stdout', async (file, code) => {
    const { status, stdout, stderr } = await verify(file);
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toContain(code);
  });

  it('takes a resolution that the file does not say', async () => {
    const { status } = await verify('unsaid.png', 'specimen.png', '--impression-dpi', '300');
    expect(status).toBe(0);
  });
});

describe('counterd seal batch', () => {
  it('answers each line in its order, also those that are none, and never leaves one out', async () => {
    const pair = (id: string, impression: string): string =>
      JSON.stringify({ id, specimen: at('specimen.png'), impression: at(impression) });
    writeFileSync(
      at('pairs.jsonl'),
      [pair('self', 'specimen.png'), pair('grey', 'grey.png'), '{"id":"half"', pair('other', 'other.png'), ''].join('\n'),
    );
    const { status, lines } = await runCounterd(['seal', 'batch', at('pairs.jsonl')]);
    expect(status).toBe(0);
    expect(lines.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['self', 'pass'],
      ['grey', 'refer'],
      ['line 3', 'refer'],
      ['other', 'fail'],
    ]);
    for (const { similarity, ms } of lines) expect([typeof similarity, typeof ms]).toEqual(['number', 'number']);
  });

  it('a file that is not there is said, with status 3', async () => {
    const { status, stderr } = await runCounterd(['seal', 'batch', at('nowhere.jsonl')]);
    expect(status).toBe(3);
    expect(stderr).toContain('CD_SEAL_INPUT');
  });
});

describe('counterd seal extract', () => {
  it('finds every impression of a page, its shape and place, and cuts it out', async () => {
    const { status, lines } = await runCounterd(['seal', 'extract', at('page.png'), '--out', at('cut')]);
    expect(status).toBe(0);
    const found = lines[0]?.['impressions'] as { file: string; shape: string }[];
    expect(found.map(({ shape }) => shape)).toEqual(['round', 'round']);
    for (const { file } of found) expect((await sharp(join(at('cut'), file)).metadata()).density).toBe(300);
  });
});
