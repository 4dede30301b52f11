/** P13: what a browser must fetch before it can show anything: the entry's script and what it loads at once, gzipped, against the budgets. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { printRow } from './lib/measure.ts';

const ui = fileURLToPath(new URL('../dist/ui', import.meta.url));

/** Kilobytes of a page's scripts, gzipped each by itself as they are served. */
function scriptKb(page: string): number {
  const html = readFileSync(join(ui, page), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].flatMap(([, file]) => (file === undefined ? [] : [file]));
  return [...new Set(files)].reduce((sum, file) => sum + gzipSync(readFileSync(join(ui, file))).length, 0) / 1_000;
}

for (const [page, budgetKb] of [
  ['index.html', 450],
  ['display.html', 120],
] as const) {
  const seen = { subject: [scriptKb(page)], baseline: [budgetKb] };
  printRow({ id: 'P13', what: `${page}: scripts before the first screen, against the budget`, unit: 'kB gz', toBeat: '<= 1', seen });
}
