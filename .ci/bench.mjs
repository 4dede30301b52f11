/**
 * `npm run bench [-- WORD…]`: runs bench/*.ts one after another and prints one table. A word is part of a file's name
 * (`feed`) or a row's id (`P4`).
 *
 * A bench prints one JSON object per row on stdout, whatever else it says on stderr:
 *   {"id":"P4","what":"durable append","unit":"entries/s","subject":51000,"baseline":98000,"toBeat":">= 0.5"}
 * `subject` and `baseline` are medians of runs that alternated in one process; `ratio` is derived when absent.
 * Nothing here fails on time: a machine is noisy, a table is read.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { say } from './lib/console.mjs';
import { root } from './lib/run.mjs';
import { spawn } from 'node:child_process';

const wanted = process.argv.slice(2);
const files = readdirSync(join(root, 'bench'))
  .filter((name) => name.endsWith('.ts') && (wanted.length === 0 || wanted.some((word) => isMeant(name, word))))
  .sort();
if (files.length === 0) {
  say(`no measurement is called ${wanted.join(' or ')}; bench/README.md lists them`);
  process.exit(2);
}

const rows = [];
for (const file of files) {
  say(`bench/${file}`);
  rows.push(...(await measure(file)));
}
print(rows);

function isMeant(name, word) {
  return name.includes(word) || readFileSync(join(root, 'bench', name), 'utf8').includes(`'${word.toUpperCase()}'`);
}

function measure(file) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', join('bench', file)], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (bytes) => {
      said += bytes.toString('utf8');
    });
    child.on('close', (code) => {
      if (code !== 0) process.exitCode = 1;
      const found = said.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
      resolve(found.length > 0 ? found : [{ id: '?', what: `${file} printed no row (status ${String(code)})` }]);
    });
  });
}

function print(all) {
  const head = ['id', 'what', 'subject', 'baseline', 'unit', 'ratio', 'to beat'];
  const body = all.map((row) => [
    row.id,
    row.what,
    figure(row.subject),
    figure(row.baseline),
    row.unit ?? '',
    figure(row.ratio ?? (row.baseline === undefined ? undefined : row.subject / row.baseline)),
    row.toBeat ?? '',
  ]);
  process.stdout.write(`${String(cpus().length)} cores, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}\n`);
  const widths = head.map((title, column) => Math.max(title.length, ...body.map((row) => String(row[column]).length)));
  for (const row of [head, widths.map((width) => '-'.repeat(width)), ...body]) {
    process.stdout.write(`| ${row.map((text, column) => String(text).padEnd(widths[column])).join(' | ')} |\n`);
  }
}

function figure(value) {
  if (typeof value !== 'number') return value ?? '';
  return Math.abs(value) >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();
}
