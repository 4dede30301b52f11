import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fromLatin1 } from '../../drivers/kit/bytes.ts';
import { render } from '../../simulators/render.ts';
import { renderCommand } from '../../simulators/render-command.ts';
import { glyphShape } from '../../simulators/world/glyphs.ts';

const page = fromLatin1('\x1b@\x1b(U\x01\x00\x0a\x1b(V\x02\x00\xb4\x00\x1b$\x68\x01Hi \x1c&\xb4\xe6\xd5\xdb\x1c.\r\x0c');

describe('render', () => {
  test('places every glyph in millimetres and gives a picture of the paper’s size', async () => {
    const [only, ...others] = await render('escp', page, { dpi: 180, paper: 'passbook' });
    expect(others).toEqual([]);
    expect(only?.glyphs.map(({ character, xMm, yMm }) => [character, xMm, yMm])).toEqual([
      ['H', 25.4, 12.7],
      ['i', 27.94, 12.7],
      ['存', 33.02, 12.7],
      ['折', 36.83, 12.7],
    ]);
    const picture = await sharp(only?.png).metadata();
    expect([picture.width, picture.height, picture.format]).toEqual([1028, 1134, 'png']);
  });

  test('inks hanzi where they stand and nothing elsewhere', async () => {
    const [only] = await render('escp', page, { dpi: 180, paper: 'passbook' });
    const { data, info } = await sharp(only?.png).greyscale().raw().toBuffer({ resolveWithObject: true });
    const inked = Array.from(data.entries()).flatMap(([i, level]) =>
      level < 128 ? [{ x: i % info.width, y: Math.floor(i / info.width) }] : [],
    );
    expect(inked.length).toBeGreaterThan(200);
    expect(inked.every(({ x, y }) => x >= 180 && x < 180 + 120 && y >= 90 && y < 114)).toBe(true);
  });

  test('enlarges a dot to its cell at a multiple of its resolution', async () => {
    const column = fromLatin1('\x1b*\x27\x01\x00\x80\x00\x00');
    const [only] = await render('escp', column, { dpi: 360, paper: '20x20mm' });
    const data = await sharp(only?.png).greyscale().raw().toBuffer();
    expect(data.filter((level) => level < 128)).toHaveLength(4);
  });

  test('shows one blank page for an empty stream', async () => {
    const pages = await render('escp', new Uint8Array(0));
    expect(pages.map(({ glyphs }) => glyphs)).toEqual([[]]);
  });

  test.each([
    ['zpl', {}],
    ['escp', { paper: 'napkin' }],
    ['escp', { paper: '0x10mm' }],
    ['escp', { dpi: 1 }],
    ['escp', { dpi: Number.NaN }],
  ])('refuses language %s with %j', async (language, options) => {
    await expect(render(language, page, options)).rejects.toMatchObject({ code: 'CD_USE_ARGUMENTS' });
  });
});

describe('counterd render', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'counterd-render-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('writes a picture and a list of glyphs for each page', async () => {
    const file = join(folder, 'stream.bin');
    writeFileSync(file, Buffer.concat([page, page]));
    const report = await renderCommand({ language: 'escp', file, out: join(folder, 'out'), dpi: '90', paper: 'a5' });
    expect(report.pages.map(({ png, json, glyphCount }) => [png, json, glyphCount])).toEqual([
      ['page-1.png', 'page-1.json', 4],
      ['page-2.png', 'page-2.json', 4],
    ]);
    const listed = JSON.parse(readFileSync(join(folder, 'out', 'page-2.json'), 'utf8')) as { glyphs: { codePoint: number }[] };
    expect(listed.glyphs[2]?.codePoint).toBe(0x5b58);
  });

  test('says which file it cannot read, and which resolution it cannot use', async () => {
    await expect(renderCommand({ language: 'escp', file: join(folder, 'none'), out: folder })).rejects.toMatchObject({
      code: 'CD_USE_ARGUMENTS',
    });
    await expect(renderCommand({ language: 'escp', file: 'package.json', out: folder, dpi: 'fine' })).rejects.toMatchObject({
      code: 'CD_USE_ARGUMENTS',
    });
  });
});

describe('glyph shapes', () => {
  test('leave ink for every character that has any', async () => {
    const printable = Array.from({ length: 0x7e - 0x20 }, (_, i) => String.fromCharCode(0x21 + i));
    const common = Array.from(
      '开户销户转存转支取现结息工资代发养老金冲正手续费现金账号户名存折余额元角分零壹贰叁肆伍陆柒捌玖拾佰仟万亿整，。（）￥',
    );
    const dotCounts = await Promise.all(
      [...printable, ...common].map(async (character) => ({
        character,
        dots: (await glyphShape(character.codePointAt(0) ?? 0)).dots.filter(Boolean).length,
      })),
    );
    expect(dotCounts.filter(({ dots }) => dots < 4)).toEqual([]);
  });

  test('differ for different hanzi, rare ones of names included, and are boxes only where the font has none', async () => {
    const shapes = await Promise.all(Array.from('存折取款镕喆堃余额a0*').map((character) => glyphShape(character.codePointAt(0) ?? 0)));
    expect(new Set(shapes.map(({ dots }) => dots.join(''))).size).toBe(shapes.length);
    const none = await glyphShape(0xe000);
    expect(shapes.some(({ dots }) => dots.join('') === none.dots.join(''))).toBe(false);
  });
});
