/** iconv, which nobody here wrote, reads every character that the driver would send. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { encodeGbk } from '../../drivers/kit/gbk.ts';

test('iconv -f gb18030 reads back every two-byte character', () => {
  const characters: string[] = [];
  const bytes: number[] = [];
  for (let codePoint = 0x80; codePoint <= 0xffff; codePoint++) {
    if (codePoint >= 0xd800 && codePoint <= 0xdfff) continue;
    const character = String.fromCodePoint(codePoint);
    const encoded = encodeGbk(character);
    if (encoded.kind === 'refused') continue;
    expect(encoded.bytes).toHaveLength(2);
    characters.push(character);
    bytes.push(...encoded.bytes);
  }
  expect(characters.length).toBeGreaterThan(21_000);
  const read = spawnSync('iconv', ['-f', 'gb18030', '-t', 'utf-8'], { input: Uint8Array.from(bytes) });
  if (read.error !== undefined) expect.fail('iconv is not installed: apt-get install libc-bin');
  expect(read.stderr.toString()).toBe('');
  const back = Array.from(read.stdout.toString('utf8'));
  const differing = characters.flatMap((character, i) => (back[i] === character ? [] : [`${character} read as ${back[i] ?? 'nothing'}`]));
  expect(differing).toEqual([]);
});
