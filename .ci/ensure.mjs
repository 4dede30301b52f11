/**
 * Makes a fresh clone ready, in plain Node without dependencies: `npm start` and `npm test` run it first.
 *
 *   node .ci/ensure.mjs [--build] [--browser]
 *
 * --build    also builds into dist/ what is stale by the hash of its sources; --build=program leaves the screens out
 * --browser  also installs (or names) the system's packages that the tests talk to
 */
import { say, stop } from './lib/console.mjs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19))
  stop(`Node ${process.versions.node} is too old; install Node 20.19 or newer, then start again.`);

const { install, isInstalled } = await import('./lib/packages.mjs');
const { withSetUpLock } = await import('./lib/set-up-lock.mjs');
const { stalePrograms } = await import('./lib/stale.mjs');

const wanted = process.argv.includes('--build') ? ['program', 'ui'] : process.argv.includes('--build=program') ? ['program'] : [];
const staleOnes = () => stalePrograms().filter((name) => wanted.includes(name));
const wantsBrowser = process.argv.includes('--browser');

try {
  if (!isInstalled() || staleOnes().length > 0) await withSetUpLock(prepare);
} catch (cause) {
  if (['EACCES', 'EROFS', 'EPERM'].includes(cause?.code))
    stop(`cannot write ${cause.path ?? 'into this folder'}; make the checkout writable for this account.`);
  if (cause?.code === 'ENOSPC') stop('the disk is full; make room (about 500 MB), then start again.');
  throw cause;
}
if (wantsBrowser) {
  const { ensureSystemPackages } = await import('./lib/system-packages.mjs');
  await ensureSystemPackages();
}

/** Under the lock, so what was missing is asked again: another start may have done it meanwhile. */
async function prepare() {
  if (!isInstalled()) await install();
  const stale = staleOnes();
  if (stale.length === 0) return;
  say(`building ${stale.join(', ')}`);
  const { build } = await import('./build.mjs');
  await build(stale);
}
