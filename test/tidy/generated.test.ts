import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../../.ci/generated-files.ts';
import { daemonEvents, eventCatalog } from '../../daemon/contract/index.ts';
import { errorCatalog } from '../../drivers/kit/error-catalog.ts';
import { allFolders, productFolders, root, sourceFiles } from '../support/source-files.ts';

describe('generated files', () => {
  it.each(Object.entries(generatedFiles()))('%s is what `npm run gen` writes', (path, text) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(text);
  });
});

describe('error codes', () => {
  const sources = sourceFiles(allFolders, ['.ts', '.tsx']).filter(({ path }) => !path.endsWith('error-catalog.ts'));

  it('are in the catalogue wherever one is written', () => {
    const unknown = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/['"`](CD_[A-Z]+(?:_[A-Z]+)+)['"`]/g)].flatMap(([, code = '']) =>
        Object.hasOwn(errorCatalog, code) ? [] : [`${path}: ${code}`],
      ),
    );
    expect(unknown).toEqual([]);
  });

  it('are each used by the product', () => {
    const product = sources.filter(({ path }) => !/^(test|bench)\//.test(path));
    const unused = Object.keys(errorCatalog).filter((code) => !product.some(({ text }) => text.includes(code)));
    expect(unused).toEqual([]);
  });

  it('say what to do in both languages, without a final word missing', () => {
    for (const [code, { text }] of Object.entries(errorCatalog)) {
      expect(text.zh, code).toMatch(/[。]$/);
      expect(text.en, code).toMatch(/\.$/);
    }
  });
});

describe('event types', () => {
  const page = readFileSync(join(root, 'docs/EVENTS.md'), 'utf8');
  const onPage = [...page.matchAll(/^### ([a-z-]+\.[a-z-]+)/gm)].map(([, type = '']) => type);

  it('are on docs/EVENTS.md, each once, and nothing else is', () => {
    expect([...onPage].sort()).toEqual(Object.keys(eventCatalog).sort());
  });

  it('of the daemon are each said somewhere outside their definition', () => {
    const sources = sourceFiles(productFolders, ['.ts']).filter(
      ({ path }) => path.startsWith('daemon/') && !path.startsWith('daemon/contract/'),
    );
    const unsaid = Object.keys(daemonEvents).filter((type) => !sources.some(({ text }) => text.includes(`'${type}'`)));
    expect(unsaid).toEqual([]);
  });
});
