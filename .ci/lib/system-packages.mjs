/** Programs from the system's packages that the tests talk to. Installed when that is possible without asking, else named. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { say, sayWhileWaiting } from './console.mjs';
import { isInPath, runQuietly } from './run.mjs';

const wanted = [
  { name: 'chromium', purpose: 'end-to-end tests', isThere: () => ['chromium', 'chromium-browser', 'google-chrome'].some(isInPath) },
  { name: 'fonts-noto-cjk', purpose: 'Chinese text in the browser and on simulated paper', isThere: hasChineseFont },
  { name: 'ghostscript', purpose: 'print streams nobody here wrote', isThere: () => isInPath('gs') },
  { name: 'netpbm', purpose: 'print streams nobody here wrote', isThere: () => isInPath('pbmtoepson') },
  { name: 'sane-utils', purpose: 'a foreign scanner client', isThere: () => isInPath('scanimage') },
  { name: 'sane-airscan', purpose: 'a foreign scanner client', isThere: () => isInPath('airscan-discover') },
  { name: 'socat', purpose: 'a foreign serial client', isThere: () => isInPath('socat') },
];

/** Installs what is missing when root on Debian or Ubuntu; otherwise one message names the packages. Never fails: tests that miss a program say so and skip. */
export async function ensureSystemPackages() {
  const missing = wanted.filter((each) => !each.isThere());
  if (missing.length === 0) return;
  const names = missing.map((each) => each.name);
  if (!canInstall()) {
    say(
      `these system packages are missing: ${missing.map((each) => `${each.name} (${each.purpose})`).join(', ')}. ` +
        `Tests that need them will be skipped. Debian and Ubuntu: apt-get install ${names.join(' ')}`,
    );
    return;
  }
  say(`installing system packages for the tests: ${names.join(', ')}`);
  const done = sayWhileWaiting('still installing system packages', 15_000);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runQuietly('apt-get', ['update', '-q'], { env });
  const { status, said } = await runQuietly('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], { env });
  done();
  const still = missing.filter((each) => !each.isThere());
  if (still.length === 0) return;
  if (status !== 0) process.stderr.write(`${said.trim().split('\n').slice(-5).join('\n')}\n`);
  say(`could not install ${still.map((each) => each.name).join(', ')}: tests that need them will be skipped`);
}

function canInstall() {
  if (process.getuid?.() !== 0 || !isInPath('apt-get') || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function hasChineseFont() {
  if (existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')) return true;
  const listed = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' });
  return listed.status === 0 && /Noto Sans CJK|Source Han Sans/.test(listed.stdout);
}
