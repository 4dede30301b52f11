import { describe, expect, it } from 'vitest';
import { allFolders, productFolders, sourceFiles, type SourceFile } from '../support/source-files.ts';

const code = sourceFiles(allFolders, ['.ts', '.tsx', '.mjs']).filter(({ path }) => !path.startsWith('test/tidy/'));
const product = sourceFiles(productFolders, ['.ts', '.tsx']);
const everything = sourceFiles([''], ['']).filter(
  ({ path }) => !/\.(png|jpe?g|ico|woff2?|ttf|db)$/.test(path) && !path.startsWith('test/tidy/'),
);

interface Ban {
  readonly what: string;
  readonly pattern: RegExp;
  readonly files: readonly SourceFile[];
  /** Files in which it is the point, with the reason. */
  readonly except?: Readonly<Record<string, string>>;
}

const pure = product.filter(({ path }) => /^drivers\/(?!transports\/)/.test(path));

const bans: readonly Ban[] = [
  { what: 'a switched-off checker', pattern: /@ts-(ignore|expect-error|nocheck)|eslint-disable|prettier-ignore-start/, files: code },
  { what: 'coverage told to look away', pattern: /(istanbul|c8|v8) ignore/, files: code },
  { what: 'work left for later', pattern: /\b(TODO|FIXME)\b/, files: code },
  {
    what: 'a bare Error',
    pattern: /\bnew (Error|TypeError|RangeError)\(/,
    files: product,
    except: { 'drivers/kit/assert.ts': 'its one place' },
  },
  { what: 'a catch that says neither what it does nor why it is safe', pattern: /catch\s*(\([^)]*\))?\s*\{\s*\}/, files: code },
  { what: 'a default export', pattern: /^export default /m, files: product.filter(({ path }) => !/\.config\.ts$/.test(path)) },
  { what: 'the console', pattern: /\bconsole\.(log|info|warn|error|debug)\(/, files: product },
  {
    what: 'chance without a seed',
    pattern: /\bMath\.random\(/,
    files: [...pure, ...product.filter(({ path }) => path.startsWith('simulators/'))],
  },
  {
    what: 'a clock or timer in a pure file',
    pattern: /\bDate\.now\(|\bnew Date\(\)|\bset(Timeout|Interval|Immediate)\(|\bperformance\.now\(|\bqueueMicrotask\(/,
    files: pure,
    except: { 'drivers/kit/clock.ts': 'where time comes in' },
  },
  { what: 'Node’s Buffer in a pure file', pattern: /\bBuffer\.(from|alloc|concat)\b|: Buffer\b/, files: pure },
  {
    what: 'a promise or an await in a driver',
    pattern: /\basync \b|\bawait \b|\bnew Promise\b/,
    files: pure.filter(({ path }) => !path.startsWith('drivers/kit/')),
  },
  {
    what: 'a test that runs alone or never',
    pattern: /\b(it|describe|test)\.(only|skip|todo)\(/,
    files: code.filter(({ path }) => path.startsWith('test/')),
  },
  {
    what: 'a sleep in a test',
    pattern: /setTimeout\(\s*(resolve|r|done)\s*,|timers\/promises/,
    files: code.filter(({ path }) => path.startsWith('test/') && !/^test\/(e2e|support)\//.test(path)),
    except: { 'test/crash/journal-kill.test.ts': 'the random moment of a kill is its subject' },
  },
  { what: 'words that talk down', pattern: /\b(simply|easily|obviously|of course)\b/i, files: code },
];

describe.each(bans)('nowhere: $what', ({ pattern, files, except = {} }) => {
  it('is found', () => {
    const found = files
      .filter(({ path }) => !(path in except))
      .flatMap(({ path, text }) => {
        const at = text.search(pattern);
        return at < 0 ? [] : [`${path}:${String(text.slice(0, at).split('\n').length)}`];
      });
    expect(found).toEqual([]);
  });
});

describe('the repository', () => {
  it('names no path, host or tool of the machine it was written on', () => {
    // Put together here, so that this file does not hold what it looks for.
    const words = ['/wo' + 'rk/', '/ro' + 'ot/', '.libr' + 'ary', '../sha' + 'red', 'regi' + 'stry.npm', 'npmmi' + 'rror'];
    const found = everything.flatMap(({ path, text }) => words.filter((word) => text.includes(word)).map((word) => `${path}: ${word}`));
    expect(found).toEqual([]);
  });

  it('holds no secret that looks real: private keys, tokens', () => {
    const found = everything.filter(({ text }) =>
      /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bgh[pousr]_[A-Za-z0-9]{30,}|\bAKIA[0-9A-Z]{16}\b/.test(text),
    );
    expect(found.map(({ path }) => path)).toEqual([]);
  });
});
