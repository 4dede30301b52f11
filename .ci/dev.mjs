/** `npm run dev [words for start]`: the daemon from its sources, restarted when they change, and the screens rebuilt when they change. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/run.mjs';

const children = [];
for (const config of ['vite.config.ts', 'vite.branch.config.ts']) {
  if (existsSync(join(root, 'ui', config)))
    start([join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--watch', '--config', join('ui', config)]);
}
start(['--watch', '--import', 'tsx', join('daemon', 'main.ts'), 'start', ...process.argv.slice(2)]);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
}

function start(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  children.push(child);
  child.on('close', (code) => {
    for (const other of children) other.kill('SIGTERM');
    process.exitCode = code ?? 0;
  });
}
