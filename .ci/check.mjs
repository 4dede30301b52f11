/**
 * `npm run check`: everything short of the long tests. Two at a time; all that fails is shown. What was found good is
 * remembered by content (node_modules/.cache), so only the first run in a checkout takes minutes.
 */
import { join } from 'node:path';
import { root, runQuietly } from './lib/run.mjs';
import { say } from './lib/console.mjs';

const bin = (path) => join(root, 'node_modules', path);
const cache = (name) => join(root, 'node_modules', '.cache', name);
const node = (path, ...args) => [process.execPath, [bin(path), ...args]];

/** Longest first, so that two lanes end together. */
const checks = [
  [
    'lint',
    node(
      'eslint/bin/eslint.js',
      '.',
      '--max-warnings=0',
      '--no-warn-ignored',
      '--ignore-pattern=.ci/lib/**',
      '--cache',
      '--cache-strategy=content',
      `--cache-location=${cache('eslint')}`,
    ),
  ],
  ['types', node('typescript/bin/tsc', '-p', '.', '--incremental', `--tsBuildInfoFile`, cache('types.tsbuildinfo'))],
  ['types of ui', node('typescript/bin/tsc', '-p', 'ui', '--incremental', '--tsBuildInfoFile', cache('types-ui.tsbuildinfo'))],
  ['arrows, tidy and unit tests', node('vitest/vitest.mjs', 'run', '--project', 'tidy', '--project', 'unit')],
  [
    'format',
    node(
      'prettier/bin/prettier.cjs',
      '--check',
      '--log-level=warn',
      '--cache',
      '--cache-strategy=content',
      `--cache-location=${cache('format')}`,
      '.',
    ),
  ],
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
