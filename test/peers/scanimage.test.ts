/**
 * Two programs that nobody here wrote scan from the simulated scanner: sane-airscan and SANE's own escl backend,
 * both driven by scanimage. What they save is compared, pixel by pixel, with the paper that lay in the scanner.
 */
import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PacedClock } from '../../simulators/kit/paced-clock.ts';
import { decodePng, type DecodedPng } from '../../simulators/kit/png.ts';
import { simulator } from '../../simulators/seal-scanner/escl.ts';
import { httpEnd } from '../../simulators/serve/http.ts';
import { ServedDevice } from '../../simulators/serve/served-device.ts';
import { drawSlip, readSlipNumber, type Slip } from '../../simulators/world/slips.ts';

const LIBRARIES = ['/usr/lib/x86_64-linux-gnu/sane', '/usr/lib/aarch64-linux-gnu/sane', '/usr/lib/sane', '/usr/lib64/sane'];
const MISSING = 'scanimage or sane-airscan is missing: apt-get install sane-utils sane-airscan';
const areInstalled = (await exists('/usr/bin/scanimage')) && (await anyExists(LIBRARIES.map((folder) => `${folder}/libsane-airscan.so.1`)));
if (!areInstalled) process.stderr.write(`${MISSING}\n`);

let folder = '';
let clock: PacedClock;
let scanner: ServedDevice | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'counterd-scanimage-'));
  clock = new PacedClock(Date.UTC(2026, 10, 22));
});

afterEach(async () => {
  await scanner?.close();
  clock.stop();
  await rm(folder, { recursive: true, force: true });
});

it.runIf(process.env['CI'] !== undefined)('has its programs', () => {
  expect(areInstalled, MISSING).toBe(true);
});

describe.skipIf(!areInstalled)('scanimage', () => {
  it.each(['path', 'absolute'] as const)('scans the glass through sane-airscan pixel for pixel, Location given as %s', async (location) => {
    await serve({ platen: 'reply-slip', location });
    await scanimage([
      '-d',
      'airscan:e0:SealScan',
      '--source',
      'Flatbed',
      '--mode',
      'Color',
      '--resolution',
      '300',
      '-x',
      '200',
      '-y',
      '140',
      '-o',
      at('p.png'),
    ]);
    await expectSlip(at('p.png'), drawSlip('reply-slip', 1, 300));
  });

  it('scans a stack from the feeder through sane-airscan, in order, none left out', async () => {
    await serve({ feeder: ['reply-slip', 'voucher', 'blank'], waiting: 'retry' });
    const { stderr } = await scanimage([
      '-d',
      'airscan:e0:SealScan',
      '--source',
      'ADF',
      '--mode',
      'Gray',
      '--resolution',
      '150',
      `--batch=${at('b%d.png')}`,
    ]);
    expect(stderr).toContain('Batch terminated, 3 pages scanned');
    for (const [i, kind] of (['reply-slip', 'voucher', 'blank'] as const).entries()) {
      await expectSlip(at(`b${String(i + 1)}.png`), drawSlip(kind, i + 1, 150), 'gray');
    }
  });

  it('tells sane-airscan of an empty feeder, a jam and an open cover in SANE’s own words', async () => {
    const device = await serve({});
    const adf = ['-d', 'airscan:e0:SealScan', '--source', 'ADF', '--resolution', '75', `--batch=${at('x%d.png')}`];
    expect((await scanimage(adf)).stderr).toContain('Document feeder out of documents');
    device.gesture('load-feeder', { slips: ['blank', 'blank'] });
    device.gesture('open-cover', {});
    expect((await scanimage(adf)).stderr).toContain('Scanner cover is open');
    device.gesture('close-cover', {});
    device.gesture('jam', {});
    expect((await scanimage(adf)).stderr).toContain('Document feeder jammed');
    expect(await readdir(folder)).not.toContain('x1.png');
  });

  it('scans the glass through SANE’s escl backend pixel for pixel', async () => {
    const device = await serve({ platen: 'voucher' });
    await scanimage(['-d', esclName(device), '--mode', 'Color', '--resolution', '300', '-o', at('p.png')]);
    await expectSlip(at('p.png'), drawSlip('voucher', 1, 300));
  });

  it('scans a stack from the feeder through SANE’s escl backend', async () => {
    const device = await serve({ feeder: ['voucher', 'reply-slip'] });
    await scanimage(['-d', esclName(device), '--source', 'ADF', '--mode', 'Color', '--resolution', '150', `--batch=${at('b%d.png')}`]);
    await expectSlip(at('b1.png'), drawSlip('voucher', 1, 150), 'color');
    await expectSlip(at('b2.png'), drawSlip('reply-slip', 2, 150), 'color');
  });
});

async function serve(world: Record<string, unknown>): Promise<ServedDevice> {
  scanner = await ServedDevice.start({
    id: 'scanner',
    simulator,
    world: { warmUpMs: 0, feedMs: 50, pageMs: 200, slipDpi: drawnDpi(world), ...world },
    seed: '1',
    clock,
    openEnd: httpEnd({ host: '127.0.0.1', port: 0 }),
  });
  await mkdir(join(folder, 'sane'));
  await writeFile(join(folder, 'sane', 'dll.conf'), 'airscan\nescl\n');
  // The escl backend crashes without a file of its own, even an empty one.
  await writeFile(join(folder, 'sane', 'escl.conf'), '');
  const options = '[options]\ndiscovery = disable\nws-discovery = off\n';
  await writeFile(join(folder, 'sane', 'airscan.conf'), `[devices]\n"SealScan" = ${scanner.address}/, eSCL\n${options}`);
  return scanner;
}

/** Slips are drawn at the resolution they are scanned at: the comparison is then exact. */
function drawnDpi(world: Record<string, unknown>): number {
  return world['platen'] === undefined ? 150 : 300;
}

function esclName(device: ServedDevice): string {
  return `escl:${new URL(device.address).origin}`;
}

function at(name: string): string {
  return join(folder, name);
}

/** Resolves however it ends: how it ended is what some tests are about. */
function scanimage(args: readonly string[]): Promise<{ stderr: string }> {
  return new Promise((resolve) => {
    const env = { PATH: '/usr/bin:/bin', HOME: folder, LC_ALL: 'C', SANE_CONFIG_DIR: join(folder, 'sane') };
    execFile('/usr/bin/scanimage', [...args, '--format=png'], { env, timeout: 60_000 }, (error, _stdout, stderr) => {
      resolve({ stderr: error === null ? stderr : `${stderr}\n${error.message}` });
    });
  });
}

/** The saved picture shows exactly this slip, from its top left corner on. */
async function expectSlip(file: string, slip: Slip, kind: 'color' | 'gray' = 'color'): Promise<void> {
  const saved = decodePng(new Uint8Array(await readFile(file)));
  if (saved === undefined) return expect.fail(`${file} is no picture`);
  const { raster } = slip;
  // SANE 1.2.1's escl backend hands the rows of a PNG over from the bottom; sane-airscan does not.
  const picture = readSlipNumber({ ...saved, dpi: raster.dpi }) === undefined ? upsideDown(saved) : saved;
  expect(readSlipNumber({ ...picture, dpi: raster.dpi })).toBe(slip.number);
  const [width, height] = [Math.min(picture.widthPx, raster.widthPx), Math.min(picture.heightPx, raster.heightPx)];
  expect(width * height).toBeGreaterThan(0.9 * raster.widthPx * raster.heightPx);
  let wrong = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [from, to] = [(y * raster.widthPx + x) * 3, (y * picture.widthPx + x) * 3];
      const paper = [raster.pixels[from] ?? 0, raster.pixels[from + 1] ?? 0, raster.pixels[from + 2] ?? 0] as const;
      const gray = Math.round(0.299 * paper[0] + 0.587 * paper[1] + 0.114 * paper[2]);
      const isSame = [0, 1, 2].every((c) => picture.pixels[to + c] === (kind === 'gray' ? gray : paper[c]));
      if (!isSame) wrong++;
    }
  }
  expect(wrong, 'pixels that differ').toBe(0);
}

function upsideDown(picture: DecodedPng): DecodedPng {
  const stride = picture.widthPx * 3;
  const pixels = new Uint8Array(picture.pixels.length);
  for (let y = 0; y < picture.heightPx; y++) {
    pixels.set(picture.pixels.subarray(y * stride, (y + 1) * stride), (picture.heightPx - 1 - y) * stride);
  }
  return { ...picture, pixels };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function anyExists(paths: readonly string[]): Promise<boolean> {
  return (await Promise.all(paths.map(exists))).includes(true);
}
