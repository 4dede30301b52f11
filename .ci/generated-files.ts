import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errorCatalog } from '../drivers/kit/error-catalog.ts';
import type { ErrorEntry } from '../drivers/kit/errors.ts';
import { eventsPage } from './events-page.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Every generated file with the text it must have: path from the root -> content. `npm run gen` writes them,
 * `test/tidy/generated.test.ts` compares. A new one is one more line here.
 */
export function generatedFiles(): Readonly<Record<string, string>> {
  return {
    'drivers/models.generated.ts': modelList(),
    'simulators/simulators.generated.ts': simulatorList(),
    'docs/ERRORS.md': errorPage(),
    'docs/EVENTS.md': eventsPage(),
  };
}

/** `<family>/<model>` of each `drivers/<family>/<model>/driver.ts` that exports `model`. */
export function modelIds(): readonly string[] {
  return families().flatMap((family) =>
    names(`drivers/${family}`, 'folder')
      .map((model) => `${family}/${model}`)
      .filter((id) => exportsConst(`drivers/${id}/driver.ts`, 'model')),
  );
}

/** `<family>/<model>` of each `simulators/<family>/<model>.ts` that exports `simulator`. */
export function simulatorIds(): readonly string[] {
  return families().flatMap((family) =>
    names(`simulators/${family}`, 'file')
      .filter((name) => exportsConst(`simulators/${family}/${name}`, 'simulator'))
      .map((name) => `${family}/${basename(name, '.ts')}`),
  );
}

function families(): readonly string[] {
  return names('drivers', 'folder').filter((name) => name !== 'kit' && existsSync(join(root, 'drivers', name, 'family.ts')));
}

function modelList(): string {
  const models = modelIds();
  return [
    '// Written by `npm run gen` from the folders beside it. Do not edit.',
    "import type { AnyModel } from './kit/model.ts';",
    ...models.map((path) => `import { model as ${camelCase(path)} } from './${path}/driver.ts';`),
    '',
    '/** Every device model counterd speaks to. */',
    `export const deviceModels: readonly AnyModel[] = [${models.map(camelCase).join(', ')}];`,
    '',
  ].join('\n');
}

function simulatorList(): string {
  const simulators = simulatorIds();
  return [
    '// Written by `npm run gen` from the folders beside it. Do not edit.',
    "import type { AnySimulator } from './kit/simulator.ts';",
    ...simulators.map((path) => `import { simulator as ${camelCase(path)} } from './${path}.ts';`),
    '',
    '/** Every device that can be simulated. */',
    `export const simulators: readonly AnySimulator[] = [${simulators.map(camelCase).join(', ')}];`,
    '',
  ].join('\n');
}

function errorPage(): string {
  const entries: readonly (readonly [string, ErrorEntry])[] = Object.entries(errorCatalog);
  const areas = new Map<string, string[]>();
  for (const [code, entry] of entries) {
    const area = code.split('_')[1] ?? '';
    const rows = areas.get(area) ?? [];
    rows.push(
      `| <a id="${code.toLowerCase()}"></a>\`${code}\` | ${entry.fault} | ${entry.retry} | ${String(entry.http)} | ${cell(entry.text.zh)} | ${cell(entry.text.en)} |`,
    );
    areas.set(area, rows);
  }
  return [
    '# Errors',
    '',
    'Written by `npm run gen` from `drivers/kit/error-catalog.ts`. Do not edit.',
    '',
    '`fault`: who must act. `retry`: whether trying again helps - never, by itself after a while (`backoff`), or after a',
    'person did something (`after-operator`). `HTTP`: status of the problem document that carries the code.',
    '',
    ...[...areas].flatMap(([area, rows]) => [
      `## ${area}`,
      '',
      '| code | fault | retry | HTTP | 中文 | English |',
      '|---|---|---|---|---|---|',
      ...rows,
      '',
    ]),
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function names(path: string, kind: 'file' | 'folder'): readonly string[] {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { withFileTypes: true })
    .filter((entry) => (kind === 'file' ? entry.isFile() : entry.isDirectory()))
    .map((entry) => entry.name)
    .sort();
}

/** A file that is being written may not exist or not export yet: it is not listed until it does. */
function exportsConst(path: string, name: string): boolean {
  const absolute = join(root, path);
  return existsSync(absolute) && new RegExp(`^export const ${name}\\b`, 'm').test(readFileSync(absolute, 'utf8'));
}

/** `alarm-panel/dsc-it100` -> `alarmPanelDscIt100` */
function camelCase(path: string): string {
  return path.replace(/[/-]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
