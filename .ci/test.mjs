/**
 * `npm test`: every layer of tests, quick ones first and together, those with processes and browsers one at a
 * time (vitest.config.ts). The last line is `N passed, N failed, N skipped`; the status is 0 only when nothing failed.
 *
 *   node .ci/test.mjs [--long] [what vitest takes: paths, -t NAME …]
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './lib/run.mjs';

const isLong = process.argv.includes('--long');
const passedOn = process.argv.slice(2).filter((word) => word !== '--long');
const reportFile = join(root, 'dist', 'test-report.json');
const long = { COUNTERD_SEEDS: '20000', COUNTERD_FUZZ_BYTES: '10485760', COUNTERD_KILLS: '200', COUNTERD_LONG: '1' };

mkdirSync(join(root, 'dist'), { recursive: true });
rmSync(reportFile, { force: true });
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const status = await run(
  process.execPath,
  [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...passedOn],
  { env: { ...process.env, ...(isLong ? long : {}) } },
);

const { passed, failed, skipped } = tally();
const isGood = status === 0 && failed === 0 && passed > 0;
process.stdout.write(`${String(passed)} passed, ${String(isGood ? 0 : Math.max(1, failed))} failed, ${String(skipped)} skipped\n`);
process.exitCode = isGood ? 0 : 1;

/** A file that could not even be loaded has no tests to count: it counts as one failure. */
function tally() {
  let report;
  try {
    report = JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }; // vitest died before it could report; its words are above
  }
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
