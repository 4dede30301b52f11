/**
 * Ghostscript and netpbm print drawings that nobody has seen before; the simulated printer's paper must carry
 * the very dots that the same program puts into a plain bitmap. Replay: COUNTERD_PEER_SEED=<seed>.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededRandom, type Random } from '../../simulators/kit/random.ts';
import { printSheets } from '../../simulators/render.ts';
import { paintPaper } from '../../simulators/world/paint-paper.ts';

const seed = Number(process.env['COUNTERD_PEER_SEED'] ?? randomInt(1_000_000));
/** The page of the drawings, and the setting that keeps devices' margins from shifting it. */
const PAGE = { widthPt: 612, heightPt: 369 };
const PAGE_SET_UP = '<</PageSize [612 369] /.HWMargins [0 0 0 0] /Margins [0 0]>> setpagedevice';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterd-peers-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Bitmap {
  readonly width: number;
  readonly height: number;
  isInk(x: number, y: number): boolean;
}

/** Runs a peer; a missing one fails with the package to install. */
function run(program: string, args: readonly string[], input?: Uint8Array): Uint8Array {
  const aptPackage = program === 'gs' ? 'ghostscript' : 'netpbm';
  const ended = spawnSync(program, args, { maxBuffer: 64 * 1024 * 1024, ...(input === undefined ? {} : { input }) });
  if (ended.error !== undefined) expect.fail(`${program} is not installed: apt-get install ${aptPackage}`);
  expect(ended.status, `${program} ${args.join(' ')}: ${ended.stderr.toString()}`).toBe(0);
  return ended.stdout;
}

function drawing(random: Random): string {
  const x = (): number => random.integer(-20, PAGE.widthPt + 20);
  const y = (): number => random.integer(-20, PAGE.heightPt + 20);
  const shapes = Array.from({ length: random.integer(8, 24) }, () => {
    const kind = random.pick(['line', 'disc', 'ring', 'box', 'text'] as const);
    if (kind === 'line') return `${x()} ${y()} moveto ${x()} ${y()} lineto ${random.integer(0, 9)} setlinewidth stroke`;
    if (kind === 'disc') return `newpath ${x()} ${y()} ${random.integer(1, 50)} 0 360 arc fill`;
    if (kind === 'ring') return `newpath ${x()} ${y()} ${random.integer(5, 90)} 0 ${random.integer(30, 360)} arc stroke`;
    if (kind === 'box') return `${x()} ${y()} ${random.integer(1, 80)} ${random.integer(1, 60)} rectfill`;
    return `/Times-Roman ${random.integer(6, 40)} selectfont ${x()} ${y()} moveto (counterd ${random.integer(0, 99999)}) show`;
  });
  // Corners, so that a shifted page cannot pass unseen.
  return [PAGE_SET_UP, '0 0 3 3 rectfill 609 0 3 3 rectfill 0 366 3 3 rectfill 609 366 3 3 rectfill', ...shapes, 'showpage', ''].join('\n');
}

function print(postScript: string, device: string, resolution: string): Uint8Array {
  const source = join(folder, 'drawing.ps');
  const out = join(folder, 'drawing.out');
  writeFileSync(source, postScript);
  run('gs', ['-q', '-dNOPAUSE', '-dBATCH', '-dSAFER', `-sDEVICE=${device}`, `-r${resolution}`, `-sOutputFile=${out}`, source]);
  return readFileSync(out);
}

function readPbm(bytes: Uint8Array): Bitmap {
  const head = /^P4\s+(?:#[^\n]*\n)*(\d+)\s+(\d+)\s/.exec(Buffer.from(bytes.subarray(0, 200)).toString('latin1'));
  const width = Number(head?.[1]);
  const height = Number(head?.[2]);
  const start = head?.[0].length ?? 0;
  const rowBytes = Math.ceil(width / 8);
  return { width, height, isInk: (x, y) => (((bytes[start + y * rowBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1 };
}

async function paperDots(bytes: Uint8Array, paper: string, resolution: { x: number; y: number }): Promise<Bitmap> {
  const sheets = printSheets('escp', bytes, paper);
  expect(sheets, `seed ${seed}: one page`).toHaveLength(1);
  const [sheet] = sheets;
  if (sheet === undefined) return expect.fail('no page');
  const painting = await paintPaper(sheet, { resolution, isOnePixelPerDot: true });
  return { width: painting.widthPx, height: painting.heightPx, isInk: (x, y) => painting.pixels[y * painting.widthPx + x] === 0 };
}

/** Dots of one that the other lacks, over the reference's area; also how many dots there are to get wrong. */
function compare(ours: Bitmap, reference: Bitmap): { missing: number; extra: number; ink: number } {
  const seen = { missing: 0, extra: 0, ink: 0 };
  for (let y = 0; y < Math.max(ours.height, reference.height); y++) {
    for (let x = 0; x < Math.max(ours.width, reference.width); x++) {
      const isOurs = x < ours.width && y < ours.height && ours.isInk(x, y);
      const isTheirs = x < reference.width && y < reference.height && reference.isInk(x, y);
      if (isTheirs) seen.ink++;
      if (isTheirs && !isOurs) seen.missing++;
      if (isOurs && !isTheirs) seen.extra++;
    }
  }
  return seen;
}

const exactDevices = [
  ['epson', '180x180'],
  ['epson', '360x180'],
  ['epson', '120x180'],
  ['epson', '60x180'],
  ['epson', '60x60'],
  ['epson', '240x72'],
  ['epson', '120x72'],
  ['eps9high', '240x216'],
  ['ibmpro', '240x72'],
  ['ibmpro', '120x72'],
  ['okiibm', '120x72'],
  ['stcolor', '360x360'],
] as const;

describe(`ghostscript drawings, seed ${seed}`, () => {
  test.each(exactDevices)('%s at %s comes out dot for dot', async (device, resolution) => {
    const random = seededRandom(`${seed}/${device}/${resolution}`);
    const [x = 0, y = 0] = resolution.split('x').map(Number);
    const postScript = drawing(random);
    const stream = print(postScript, device, resolution);
    const reference = readPbm(print(postScript, 'pbmraw', resolution));
    const ours = await paperDots(stream, `${PAGE.widthPt}x${PAGE.heightPt}pt`, { x, y });
    const seen = compare(ours, reference);
    expect(seen.ink).toBeGreaterThan(100);
    expect(seen, `COUNTERD_PEER_SEED=${seed}`).toMatchObject({ missing: 0, extra: 0 });
  });

  test.each(['lq850', 'necp6'])('%s leaves dots out by design; ours has none that it did not send', async (device) => {
    const postScript = drawing(seededRandom(`${seed}/${device}`));
    const stream = print(postScript, device, '360x360');
    const reference = readPbm(print(postScript, 'pbmraw', '360x360'));
    const ours = await paperDots(stream, `${PAGE.widthPt}x${PAGE.heightPt}pt`, { x: 360, y: 360 });
    const seen = compare(ours, reference);
    expect(seen.extra, `COUNTERD_PEER_SEED=${seed}`).toBe(0);
    expect(seen.missing).toBeLessThan(seen.ink);
  });
});

describe(`netpbm bitmaps, seed ${seed}`, () => {
  function bitmap(random: Random, size: { width: number; height: number }): Uint8Array {
    const rows = Buffer.alloc(Math.ceil(size.width / 8) * size.height);
    for (let i = 0; i < rows.length; i++) rows[i] = random.chance(0.5) ? 0 : random.integer(0, 255);
    return Buffer.concat([Buffer.from(`P4\n${size.width} ${size.height}\n`), rows]);
  }

  test('pbmtoepson, nine pins at 120 dpi', async () => {
    const source = bitmap(seededRandom(`${seed}/pbmtoepson`), { width: 480, height: 144 });
    const stream = run('pbmtoepson', ['-dpi=120', '-protocol=escp9'], source);
    const ours = await paperDots(stream, '4x2in', { x: 120, y: 72 });
    expect(compare(ours, readPbm(source)), `COUNTERD_PEER_SEED=${seed}`).toMatchObject({ missing: 0, extra: 0 });
  });

  test('pbmtoescp2 at 360 dpi', async () => {
    const source = bitmap(seededRandom(`${seed}/pbmtoescp2`), { width: 480, height: 240 });
    const stream = run('pbmtoescp2', ['-resolution=360'], source);
    const ours = await paperDots(stream, '480x240pt', { x: 360, y: 360 });
    expect(compare(ours, readPbm(source)), `COUNTERD_PEER_SEED=${seed}`).toMatchObject({ missing: 0, extra: 0 });
  });
});
