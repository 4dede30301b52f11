/**
 * The arrows of docs/ARCHITECTURE.md: who may import whom. Run by test/tidy/arrows.test.ts, which also plants
 * one violation of each rule, because this tool is silent when it stops following imports.
 */
const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const folders = (path) =>
  existsSync(path)
    ? readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
    : [];
const families = folders('drivers').filter((name) => !['kit', 'transports'].includes(name));
const isModel = (family, name) => ['driver.ts', 'manifest.ts'].some((file) => existsSync(join('drivers', family, name, file)));

/** A model imports the kit, what its family shares, and itself; never another model. */
const modelRules = families.flatMap((family) => {
  const all = folders(join('drivers', family));
  const shared = all.filter((name) => !isModel(family, name)).map((name) => `^drivers/${family}/${name}/`);
  return all
    .filter((name) => isModel(family, name))
    .map((model) => ({
      name: 'a-model-imports-the-kit-its-family-and-itself',
      severity: 'error',
      from: { path: `^drivers/${family}/${model}/` },
      to: { path: '^drivers/', pathNot: ['^drivers/kit/', `^drivers/${family}/[^/]+\\.ts$`, `^drivers/${family}/${model}/`, ...shared] },
    }));
});

const forbid = (name, from, to) => ({ name, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid('no-cycles', {}, { circular: true }),
    forbid('every-import-resolves', {}, { couldNotResolve: true }),
    forbid('the-kit-is-the-floor', { path: '^drivers/kit/' }, { pathNot: ['^drivers/kit/', 'node_modules'], dependencyTypesNot: ['core'] }),
    forbid('families-import-no-node', { path: '^drivers/', pathNot: '^drivers/transports/' }, { dependencyTypes: ['core'] }),
    forbid('one-file-imports-the-schema-library', { pathNot: '^drivers/kit/schema\\.ts$' }, { path: '(^|/)node_modules/typebox/' }),
    forbid(
      'a-family-knows-no-model',
      { path: '^drivers/([^/]+)/[^/]+\\.ts$', pathNot: '^drivers/(kit|transports)/' },
      { path: '^drivers/', pathNot: ['^drivers/kit/', '^drivers/$1/[^/]+\\.ts$', '^drivers/$1/layout/'] },
    ),
    ...modelRules,
    forbid('transports-know-no-device', { path: '^drivers/transports/' }, { path: '^drivers/', pathNot: '^drivers/(kit|transports)/' }),
    forbid('drivers-know-nobody', { path: '^drivers/' }, { path: '^(daemon|simulators|ui|test|bench)/' }),
    forbid('the-daemon-starts-simulators-but-never-imports-them', { path: '^daemon/' }, { path: '^(simulators|ui|test|bench)/' }),
    forbid('simulators-know-only-drivers', { path: '^simulators/' }, { path: '^(daemon|ui|test|bench)/' }),
    forbid('firmware-shares-no-parser-with-its-driver', { path: '^simulators/' }, { path: '^drivers/[^/]+/[^/]+/codec\\.ts$' }),
    forbid(
      'the-world-knows-no-protocol',
      { path: '^simulators/(world|kit)/' },
      { path: ['^simulators/(?!world/|kit/)', '^drivers/[^/]+/[^/]+/'], pathNot: '^drivers/kit/' },
    ),
    forbid(
      'screens-see-only-the-contract',
      { path: '^ui/' },
      { path: '^(daemon|drivers|simulators|test|bench)/', pathNot: '^daemon/contract/' },
    ),
    forbid(
      'the-contract-is-a-leaf',
      { path: '^daemon/contract/' },
      { path: '^(daemon|drivers|ui|simulators)/', pathNot: ['^daemon/contract/', '^drivers/kit/', '^drivers/[^/]+/[^/]+\\.ts$'] },
    ),
    forbid('nothing-imports-tests', { pathNot: '^(test|bench)/' }, { path: '^test/' }),
    forbid('products-use-no-development-packages', { path: '^(daemon|drivers|simulators)/' }, { dependencyTypes: ['npm-dev'] }),
    forbid(
      'inside-the-daemon-nobody-imports-the-gateway',
      { path: '^daemon/(workflows|checklists|registers|reconciliation|custody|ledger|seals|authority|devices|journal|observe)/' },
      { path: '^daemon/gateway/' },
    ),
    forbid(
      'books-and-devices-know-no-workflow',
      { path: '^daemon/(custody|ledger|seals|authority|devices|journal)/' },
      // The branch state is the one fold that everybody reads; the registers proper are not.
      { path: '^daemon/(workflows|checklists|registers|reconciliation)/', pathNot: '^daemon/registers/branch-state\\.ts$' },
    ),
    forbid(
      'the-journal-knows-nobody',
      { path: '^daemon/journal/' },
      { path: '^daemon/(custody|ledger|seals|authority|devices|config|observe)/' },
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
