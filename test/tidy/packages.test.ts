import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/source-files.ts';

interface PackageFile {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PackageFile;
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};

describe('packages', () => {
  const all = Object.entries({ ...wanted.dependencies, ...wanted.devDependencies });

  it.each(all)('%s is pinned to one version, and the lock file has it', (name, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    expect(lock.packages[`node_modules/${name}`]?.version).toBe(version);
  });

  it('keep better-sqlite3 where it runs on Node 20: 13 crashes when a database is opened', () => {
    expect(wanted.dependencies['better-sqlite3']).toMatch(/^12\./);
  });

  it('keep TypeScript where dependency-cruiser reads it: with 7 it sees no module and reports no violation', () => {
    expect(wanted.devDependencies['typescript']).toMatch(/^6\./);
  });

  it('are locked without naming a registry', () => {
    expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it('have every platform’s package in the lock file: one that is missing stops `npm ci`', () => {
    const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.entries(optionalDependencies)
        // Platform packages are asked for by one exact version; a range is npm's business.
        .filter(([name, version]) => (/^\d/.test(version) ? locked(path, name)?.version !== version : locked(path, name) === undefined))
        .map(([name, version]) => `${path} wants ${name} ${version}`),
    );
    expect(missing).toEqual([]);
  });
});

/** The package that `name` means from inside `path`: the nearest node_modules upwards. */
function locked(path: string, name: string): LockedPackage | undefined {
  const found = lock.packages[path === '' ? `node_modules/${name}` : `${path}/node_modules/${name}`];
  if (found !== undefined || path === '') return found;
  return locked(path.includes('/node_modules/') ? path.slice(0, path.lastIndexOf('/node_modules/')) : '', name);
}
