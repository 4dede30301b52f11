/**
 * Builds dist/: `counterd.mjs` (the program), `simulators.mjs` (what `counterd sim` and `render` run), `seal-worker.mjs`
 * (the thread that compares seals), and the
 * user interface in `ui/` and `branch/`. One file per program halves start-up; subcommands are chunks of
 * their own, so that `counterd devices` does not pay for the web server.
 *
 * Native modules and packages that read files beside themselves stay in node_modules.
 */
import { chmodSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { say, stop } from './lib/console.mjs';
import { root, run } from './lib/run.mjs';
import { hashOf, noteBuilt } from './lib/stale.mjs';

const external = [
  'better-sqlite3',
  'serialport',
  '@serialport/bindings-cpp',
  'sharp',
  '@node-rs/argon2',
  '@fastify/swagger-ui',
  'node-hid',
  'usb',
];

const banner = `import { createRequire as __createRequire } from 'node:module';
import { dirname as __dirnameOf } from 'node:path';
import { fileURLToPath as __pathOf } from 'node:url';
const require = __createRequire(import.meta.url);
const __filename = __pathOf(import.meta.url);
const __dirname = __dirnameOf(__filename);`;

/** Builds the named things; all of them when none is named. */
export async function build(names = ['program', 'ui']) {
  for (const name of names) {
    const hash = hashOf(name);
    await (name === 'program' ? buildProgram() : buildUi());
    noteBuilt(name, hash);
  }
}

async function buildProgram() {
  const input = Object.fromEntries(
    [
      ['counterd', 'daemon/main.ts'],
      ['simulators', 'simulators/main.ts'],
      ['seal-worker', 'daemon/seals/seal-worker.ts'],
    ].filter(([, file]) => existsSync(join(root, file))),
  );
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input,
    cwd: root,
    platform: 'node',
    external: [...external, /^node:/],
    onLog: (level, log, next) => {
      // Our own code is checked by tsc; what a package does inside is not ours to mend.
      if (level === 'warn' && /node_modules|EVAL|CIRCULAR/.test(`${log.id ?? ''} ${log.message}`)) return;
      next(level, log);
    },
  });
  const { output } = await bundle.write({
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: 'chunks/[name]-[hash].mjs',
    banner: (chunk) => (chunk.isEntry ? `#!/usr/bin/env node\n${banner}` : banner),
    minify: false,
    sourcemap: false,
  });
  await bundle.close();
  removeOldChunks(new Set(output.map(({ fileName }) => fileName.replace(/^chunks\//, ''))));
  for (const name of Object.keys(input)) chmodSync(join(root, 'dist', `${name}.mjs`), 0o755);
}

/** A program that still runs loads its chunks when it needs them: those of an earlier build stay for a day. */
function removeOldChunks(current) {
  const folder = join(root, 'dist', 'chunks');
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const isOld = Date.now() - statSync(join(folder, name)).mtimeMs > 86_400_000;
    if (isOld && !current.has(name)) rmSync(join(folder, name), { force: true });
  }
}

/** The browser's side; each entry is a Vite configuration of its own in ui/. */
async function buildUi() {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  for (const config of ['vite.config.ts', 'vite.branch.config.ts']) {
    if (!existsSync(join(root, 'ui', config))) continue;
    const status = await run(process.execPath, [vite, 'build', '--config', join('ui', config), '--logLevel', 'warn'], {
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (status !== 0) stop('the user interface did not build; its message is above.');
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const startMs = Date.now();
  await build();
  say(`built dist/ in ${((Date.now() - startMs) / 1000).toFixed(1)} s`);
}
