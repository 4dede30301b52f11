import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../support/source-files.ts';

type Told = Readonly<Record<string, unknown>>;
interface TruthFile {
  readonly identities: Readonly<Record<string, Told>>;
  readonly cases: readonly Told[];
  readonly cards: readonly Told[];
  readonly vouchers: readonly (Told & { readonly seals: readonly Told[] })[];
}

const folder = mkdtempSync(join(tmpdir(), 'counterd-seals-'));
const ORDER = ['--seed', 'contract', '--identities', '7', '--genuine', '4', '--forged', '3', '--vouchers', '1'];

async function make(name: string, workers: number): Promise<string> {
  const out = join(folder, name);
  const args = ['--import', 'tsx', join(root, 'bench', 'seals', 'dataset.ts'), ...ORDER, '--workers', String(workers), '--out', out];
  await promisify(execFile)(process.execPath, args, { cwd: root });
  return out;
}

const read = (dir: string, name: string): unknown => JSON.parse(readFileSync(join(dir, name), 'utf8'));
const files = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .sort();

let alone = '';
let truth: TruthFile;

beforeAll(async () => {
  alone = await make('alone', 1);
  truth = read(alone, 'truth.json') as TruthFile;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a set of seal pictures', () => {
  it('is the same set, byte for byte, whoever shares the work', async () => {
    const together = await make('together', 2);
    expect(files(together)).toEqual(files(alone));
    const differing = files(alone).filter((name) => !readFileSync(join(together, name)).equals(readFileSync(join(alone, name))));
    expect(differing).toEqual([]);
  });

  it('holds what was ordered', () => {
    expect(Object.keys(truth.identities).length).toBe(7);
    expect(truth.cases.filter(({ genuine }) => genuine === true).length).toBe(4);
    expect(truth.cases.filter(({ genuine }) => genuine === false).length).toBe(3);
    expect(truth.vouchers.length).toBe(1);
    expect(truth.cards.length).toBe(1);
  });

  it('tells the program under test where the pictures are, and no answer', async () => {
    const told = read(alone, 'public.json') as Readonly<Record<'refs' | 'cases' | 'cards' | 'vouchers', readonly Told[]>>;
    expect(Object.keys(told.cases[0] ?? {}).sort()).toEqual(['case', 'dpi', 'file', 'identity', 'source']);
    expect(Object.keys(told.vouchers[0] ?? {}).sort()).toEqual(['account', 'dpi', 'file', 'required', 'voucher']);
    expect(told.cases.map((each) => each['case'])).toEqual(told.cases.map((each) => each['case']).sort());
    for (const { file, dpi } of [...told.refs, ...told.cases, ...told.cards, ...told.vouchers]) {
      const { density, width } = await sharp(join(alone, String(file))).metadata();
      expect(density).toBe(dpi);
      expect(width).toBeGreaterThan(80);
    }
  });

  it('has all that the marking program of the practice set asks for', () => {
    const asked = ['case', 'genuine', 'expected', 'level', 'source', 'dpi', 'kind', 'overlapping_seal', 'expert', 'forgery'];
    for (const each of truth.cases) expect(Object.keys(each)).toEqual(expect.arrayContaining(asked));
    for (const voucher of truth.vouchers) {
      expect(Object.keys(voucher)).toEqual(expect.arrayContaining(['voucher', 'expected', 'dpi', 'seals']));
      for (const seal of voucher.seals) expect(Object.keys(seal)).toEqual(expect.arrayContaining(['identity', 'center_px', 'forgery']));
    }
  });
});
