/**
 * `npm run new:device -- <family> <maker-model>`: a folder that compiles, with a simulator that says nothing yet.
 * The conformance tests then say what is missing, in the order of docs/guides/add-a-device.md.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FamilyDefinition } from '../drivers/kit/family.ts';
import { format, resolveConfig } from 'prettier';
import { modelSources, type NewModel } from './new-device-sources.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const [family = '', model = ''] = process.argv.slice(2);

const families = readdirSync(join(root, 'drivers')).filter(
  (name) => name !== 'kit' && existsSync(join(root, 'drivers', name, 'family.ts')),
);
if (!families.includes(family)) stop(`say which family: ${families.join(', ')}. The form is: npm run new:device -- cash-counter acme-c200`);
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(model)) stop(`"${model}" is no <maker-model> in lower case with a dash, such as acme-c200`);

const folder = join(root, 'drivers', family, model);
const simulator = join(root, 'simulators', family, `${model}.ts`);
for (const place of [folder, simulator]) if (existsSync(place)) stop(`${place} exists already; nothing was written`);

const style = await resolveConfig(join(root, 'package.json'));
const made: NewModel = { family, model, definition: await definitionOf(family) };
for (const [path, text] of Object.entries(modelSources(made))) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await format(text, { ...style, filepath: file }), { flag: 'wx' });
  process.stderr.write(`wrote ${path}\n`);
}
mkdirSync(join(folder, 'vectors'), { recursive: true });
process.stderr.write('next: npm run gen, then npx vitest run test/conformance; docs/guides/add-a-device.md goes through it\n');

async function definitionOf(name: string): Promise<FamilyDefinition> {
  const all = (await import(pathToFileURL(join(root, 'drivers', name, 'family.ts')).href)) as Readonly<Record<string, unknown>>;
  const found = Object.values(all).find(
    (each): each is FamilyDefinition => typeof each === 'object' && each !== null && 'kind' in each && each.kind === name,
  );
  if (found === undefined) stop(`drivers/${name}/family.ts exports no family`);
  return found;
}

function stop(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}
