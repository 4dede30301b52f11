/**
 * Installs what package-lock.json says, without running any package's install script, and puts the one
 * native module that has to be compiled (better-sqlite3) in place: from the cache when one fits, else by a compiler.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { say, sayWhileWaiting, stop } from './console.mjs';
import { isInPath, root, runQuietly, works } from './run.mjs';

const stampFile = join(root, 'node_modules', '.counterd-stamp.json');
const binary = join(root, 'node_modules', 'better-sqlite3', 'build', 'Release', 'better_sqlite3.node');

/** True when the last complete installation is the one the lock file asks for, on this Node and platform. */
export function isInstalled() {
  try {
    return existsSync(binary) && JSON.parse(readFileSync(stampFile, 'utf8')).wanted === wantedHash();
  } catch {
    return false; // no stamp, or an unreadable one: install
  }
}

/** Installs, proves that the native modules load, and writes the stamp last. */
export async function install() {
  const cached = cachedBinary();
  if (!existsSync(cached)) requireCompiler();
  await installPackages();
  if (!(existsSync(cached) && (await tryCached(cached)))) {
    await compileSqlite();
    const failure = await probe();
    if (failure !== undefined) stop(`the installed packages do not work here: ${failure}`);
    keep(cached);
  }
  writeFileSync(stampFile, JSON.stringify({ wanted: wantedHash() }));
}

async function installPackages() {
  say('installing what package-lock.json says (about half a minute; longer when nothing is cached yet)');
  const done = sayWhileWaiting('still installing packages', 15_000);
  const status = await runNpm(['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  done();
  if (status !== 0) stop('npm could not install the packages; read its message above, then start again.');
}

async function tryCached(cached) {
  mkdirSync(dirname(binary), { recursive: true });
  copyFileSync(cached, binary);
  if ((await probe()) === undefined) {
    say('took the compiled database module from the cache');
    return true;
  }
  rmSync(cached, { force: true });
  requireCompiler();
  return false;
}

async function compileSqlite() {
  say('building the database module better-sqlite3 once for this machine (SQLite is one large C file: about a minute)');
  const done = sayWhileWaiting('still building the database module', 15_000);
  const status = await runNpm(['rebuild', 'better-sqlite3', '--ignore-scripts=false', '--loglevel=error']);
  done();
  if (status !== 0)
    stop('better-sqlite3 could not be compiled; read the message above (is a C++ compiler with make and python3 installed?).');
}

/** What goes wrong when a database is opened and the other native modules are loaded, or undefined. In a process of its own: a bad binary kills it. */
async function probe() {
  const program = `
    const Database = require('better-sqlite3');
    const database = new Database(':memory:');
    if (database.prepare('select 1 as one').get().one !== 1) throw new Error('the database cannot count to one');
    database.close();
    for (const name of ['serialport', 'sharp', '@node-rs/argon2']) require(name);
  `;
  const { status, said } = await runQuietly(process.execPath, ['-e', program]);
  if (status === 0) return undefined;
  return status === 128
    ? 'a native module crashed while loading'
    : (said.split('\n').find((line) => /Error/.test(line)) ?? `status ${String(status)}`);
}

/** The binary is kept under a name that says everything it depends on. */
function keep(cached) {
  try {
    mkdirSync(dirname(cached), { recursive: true });
    copyFileSync(binary, `${cached}.part`);
    renameSync(`${cached}.part`, cached);
  } catch (cause) {
    say(
      `the compiled database module could not be kept for the next checkout (${cause.code ?? cause.message}); it will be compiled there again`,
    );
  }
}

function cachedBinary() {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const version = lock.packages['node_modules/better-sqlite3'].version;
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const libc = process.platform === 'linux' && process.report?.getReport().header.glibcVersionRuntime === undefined ? '-musl' : '';
  return join(
    cache,
    'counterd',
    `${version}-${process.versions.modules}-${process.platform}-${process.arch}${libc}`,
    'better_sqlite3.node',
  );
}

function requireCompiler() {
  const missing = [
    ['g++', works('g++') || works('c++')],
    ['make', works('make') || works('gmake')],
    ['python3', works('python3')],
  ].flatMap(([name, isThere]) => (isThere ? [] : [name]));
  if (missing.length === 0 || process.platform === 'win32') return;
  const hint = isInPath('apt-get') ? ' (Debian and Ubuntu: apt-get install g++ make python3)' : '';
  stop(`the database module has to be compiled and ${missing.join(', ')} is missing; install it${hint}, then start again.`);
}

/** Everything that decides whether node_modules fits: not the scripts or other fields of package.json. */
function wantedHash() {
  const { dependencies, devDependencies, optionalDependencies, overrides } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(JSON.stringify({ dependencies, devDependencies, optionalDependencies, overrides }))
    .update(`${process.versions.modules} ${process.platform} ${process.arch}`)
    .digest('hex');
}

/** The npm that started us, or the one in PATH; without settings of the outer run that would leave packages out. */
async function runNpm(args) {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (/^(NODE_ENV|npm_config_(omit|production|only|ignore_scripts|include|global))$/i.test(name)) delete env[name];
  }
  const cli = process.env.npm_execpath;
  // npm's own words are shown only when it fails: half of them are warnings about packages of packages.
  const { status, said } =
    cli !== undefined && /npm-cli\.[cm]?js$/.test(cli)
      ? await runQuietly(process.execPath, [cli, ...args], { env })
      : await runQuietly(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { env, shell: process.platform === 'win32' });
  if (status !== 0) process.stderr.write(said);
  return status;
}
