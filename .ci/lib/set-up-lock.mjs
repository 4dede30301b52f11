import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './console.mjs';
import { root } from './run.mjs';

const folder = join(root, 'dist', '.set-up-lock');
const waitMs = 500;

/** Runs `work` while no other start of this checkout installs or builds. A lock whose owner is gone is taken over. */
export async function withSetUpLock(work) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  let hasSaid = false;
  while (!take()) {
    if (!hasSaid) say('another start of this checkout is installing or building; waiting for it');
    hasSaid = true;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  // On `exit`, because a message to the person ends the process where it stands.
  process.on('exit', release);
  try {
    return await work();
  } finally {
    release();
  }
}

function release() {
  process.off('exit', release);
  rmSync(folder, { recursive: true, force: true });
}

function take() {
  try {
    mkdirSync(folder);
  } catch (cause) {
    if (cause.code !== 'EEXIST') throw cause;
    if (isOwnerAlive()) return false;
    rmSync(folder, { recursive: true, force: true });
    return take();
  }
  writeFileSync(join(folder, 'pid'), String(process.pid));
  return true;
}

function isOwnerAlive() {
  try {
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    if (!Number.isInteger(pid) || pid <= 0) return isFresh();
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    if (cause.code === 'EPERM') return true; // alive, of another account
    // ENOENT: the owner made the folder and may be about to write its number. ESRCH: the owner is gone.
    return cause.code === 'ENOENT' && isFresh();
  }
}

function isFresh() {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs < 5_000;
}
