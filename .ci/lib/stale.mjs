import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';
import { sourceHash } from './source-hash.mjs';

const stampFile = join(root, 'dist', '.built.json');

/** What each built thing is made of. `program`: dist/*.mjs. `ui`: dist/ui and dist/branch. */
const sources = {
  program: ['daemon', 'drivers', 'simulators', '.ci/build.mjs', 'package-lock.json', 'tsconfig.json'],
  ui: ['ui', 'daemon/contract', 'drivers', '.ci/build.mjs', 'package-lock.json'],
};

/** The built things whose sources have changed since they were built: `program`, `ui`. */
export function stalePrograms() {
  const built = readStamps();
  return Object.keys(sources).filter((name) => built[name] !== sourceHash(sources[name]));
}

/** Notes that `name` was built from sources with this hash (taken before the build began). */
export function noteBuilt(name, hash) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stampFile, JSON.stringify({ ...readStamps(), [name]: hash }));
}

export function hashOf(name) {
  return sourceHash(sources[name]);
}

function readStamps() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {}; // never built, or half written: build everything
  }
}
