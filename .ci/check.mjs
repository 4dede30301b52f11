/** `npm run check`: everything that can be said in under a minute. Two at a time; all that fails is shown. */
import { join } from 'node:path';
import { root, runQuietly } from './lib/run.mjs';
import { say } from './lib/console.mjs';

const bin = (path) => join(root, 'node_modules', path);
const node = (path, ...args) => [process.execPath, [bin(path), ...args]];

/** Longest first, so that two lanes end together. */
const checks = [
  ['lint', node('eslint/bin/eslint.js', '.', '--max-warnings=0', '--no-warn-ignored')],
  ['types', node('typescript/bin/tsc', '-p', '.')],
  ['types of ui', node('typescript/bin/tsc', '-p', 'ui')],
  ['arrows, tidy and unit tests', node('vitest/vitest.mjs', 'run', '--project', 'tidy', '--project', 'unit')],
  ['format', node('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.')],
];

const startMs = Date.now();
const waiting = [...checks];
let failures = 0;
await Promise.all([lane(), lane()]);
say(`${failures === 0 ? 'all checks passed' : `${String(failures)} of ${String(checks.length)} checks failed`} in ${seconds(startMs)}`);
process.exitCode = failures === 0 ? 0 : 1;

async function lane() {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [name, [command, args]] = next;
    const beganMs = Date.now();
    const { status, said } = await runQuietly(command, args);
    say(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds(beganMs)})`);
    if (status !== 0) {
      failures++;
      process.stderr.write(`${said.trimEnd()}\n`);
    }
  }
}

function seconds(sinceMs) {
  return `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;
}
