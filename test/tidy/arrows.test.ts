import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../support/source-files.ts';

interface Report {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[];
  };
}

/** Runs dependency-cruiser as `npm run check` would, in `folder`. */
function cruise(folder: string): Report['summary'] {
  const program = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const places = ['daemon', 'drivers', 'simulators', 'ui', 'test', 'bench'].filter((name) => existsSync(join(folder, name)));
  const ran = spawnSync(process.execPath, [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...places], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  expect(ran.stderr).toBe('');
  return (JSON.parse(ran.stdout) as Report).summary;
}

describe('the arrows between folders', () => {
  it('hold in every file', () => {
    const { totalCruised, violations } = cruise(root);
    // A tool that stops following imports sees few modules and reports no violation.
    expect(totalCruised).toBeGreaterThan(150);
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  });
});

/** One planted violation of each rule: file, what it imports, and the rule that must say so. */
const planted: readonly (readonly [file: string, imports: string, rule: string])[] = [
  ['drivers/kit/floor.ts', '../alarm-panel/family.ts', 'the-kit-is-the-floor'],
  ['drivers/kit/ticking.ts', 'node:fs', 'families-import-no-node'],
  ['drivers/alarm-panel/acme-one/reads-files.ts', 'node:fs', 'families-import-no-node'],
  ['drivers/alarm-panel/acme-one/neighbour.ts', '../acme-two/driver.ts', 'a-model-imports-the-kit-its-family-and-itself'],
  ['drivers/alarm-panel/acme-one/stranger.ts', '../../cash-counter/family.ts', 'a-model-imports-the-kit-its-family-and-itself'],
  ['drivers/alarm-panel/words.ts', './acme-one/driver.ts', 'a-family-knows-no-model'],
  ['drivers/transports/open.ts', '../alarm-panel/family.ts', 'transports-know-no-device'],
  ['drivers/alarm-panel/acme-two/upward.ts', '../../../daemon/main.ts', 'drivers-know-nobody'],
  ['daemon/reaches.ts', '../simulators/main.ts', 'the-daemon-starts-simulators-but-never-imports-them'],
  ['simulators/reaches.ts', '../daemon/main.ts', 'simulators-know-only-drivers'],
  ['simulators/alarm-panel/acme-one.ts', '../../drivers/alarm-panel/acme-one/codec.ts', 'firmware-shares-no-parser-with-its-driver'],
  ['simulators/world/building.ts', '../alarm-panel/acme-one.ts', 'the-world-knows-no-protocol'],
  ['ui/app.tsx', '../drivers/kit/errors.ts', 'screens-see-only-the-contract'],
  ['daemon/contract/index.ts', '../journal/journal.ts', 'the-contract-is-a-leaf'],
  ['daemon/tested.ts', '../test/support/rig.ts', 'nothing-imports-tests'],
  ['daemon/schema.ts', 'typebox', 'one-file-imports-the-schema-library'],
  ['daemon/checked.ts', 'fast-check', 'products-use-no-development-packages'],
  ['daemon/workflows/passbook.ts', '../gateway/routes.ts', 'inside-the-daemon-nobody-imports-the-gateway'],
  ['daemon/custody/box.ts', '../workflows/passbook.ts', 'books-and-devices-know-no-workflow'],
  ['daemon/journal/journal.ts', '../devices/rack.ts', 'the-journal-knows-nobody'],
  ['daemon/missing.ts', './nowhere.ts', 'every-import-resolves'],
  ['daemon/ring-one.ts', './ring-two.ts', 'no-cycles'],
];

/** Files that planted ones import and that import nothing. */
const innocent = [
  'drivers/alarm-panel/family.ts',
  'drivers/cash-counter/family.ts',
  'drivers/alarm-panel/acme-one/driver.ts',
  'drivers/alarm-panel/acme-one/codec.ts',
  'drivers/alarm-panel/acme-two/driver.ts',
  'drivers/kit/errors.ts',
  'daemon/main.ts',
  'daemon/devices/rack.ts',
  'daemon/gateway/routes.ts',
  'simulators/main.ts',
  'test/support/rig.ts',
];

describe('the canary', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'counterd-arrows-'));
    for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) cpSync(join(root, name), join(folder, name));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const file of innocent) plant(folder, file, 'export const here = 1;\n');
    // Type-only, because such an import is the easiest to overlook.
    for (const [file, imports] of planted)
      plant(folder, file, `import type * as other from '${imports}';\nexport type Seen = typeof other;\n`);
    plant(folder, 'daemon/ring-two.ts', "import type * as other from './ring-one.ts';\nexport type Seen = typeof other;\n");
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('has one planted violation of each rule', () => {
    expect(new Set(planted.map(([, , rule]) => rule))).toEqual(new Set(ruleNames()));
  });

  it('reports every planted violation, type-only ones included', () => {
    const { violations } = cruise(folder);
    const seen = new Set(violations.map(({ rule, from }) => `${rule.name}: ${from}`));
    expect(planted.map(([file, , rule]) => `${rule}: ${file}`).filter((each) => !seen.has(each))).toEqual([]);
  });
});

/** Names of all rules that the configuration has for the repository. */
function ruleNames(): readonly string[] {
  const configuration = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as { forbidden: readonly { name: string }[] };
  return configuration.forbidden.map((rule) => rule.name);
}

function plant(folder: string, file: string, text: string): void {
  mkdirSync(join(folder, dirname(file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}
