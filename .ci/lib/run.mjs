import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a program in the checkout and gives its exit status; a signal counts as status 128. Output passes through. */
export function run(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    const forward = (signal) => {
      child.kill(signal);
    };
    process.on('SIGINT', forward);
    process.on('SIGTERM', forward);
    const finish = (status) => {
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
      resolve(status);
    };
    child.on('error', () => finish(127));
    child.on('close', (code) => finish(code === null ? 128 : code));
  });
}

/** Runs a program quietly: its status (128 for a signal, 127 when it is not there) and everything it said. */
export function runQuietly(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let said = '';
    const hear = (bytes) => {
      said += bytes.toString('utf8');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', () => resolve({ status: 127, said }));
    child.on('close', (code) => resolve({ status: code === null ? 128 : code, said }));
  });
}

/** True when `program` can be found in PATH. */
export function isInPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    if (folder === '') return false;
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false; // not in this folder: the next one is asked
    }
  });
}

/** True when `program --version` runs; a shim in PATH that leads nowhere counts as absent. */
export function works(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}
