import { describe, expect, it } from 'vitest';
import { branchFunctions, functionsFor, matchesFunction, rightOf } from '../../ui/app/functions.ts';
import { branchTexts } from '../../ui/branch/branch-texts.ts';
import { displayTexts, displayWords } from '../../ui/display/display-texts.ts';
import type { Pair } from '../../ui/i18n/text-table.ts';
import { texts } from '../../ui/i18n/texts.ts';

const tables: Readonly<Record<string, Readonly<Record<string, Pair>>>> = { texts, branchTexts, displayTexts, displayWords };
const rows = Object.entries(tables).flatMap(([table, pairs]) =>
  Object.entries(pairs).map(([key, pair]) => [`${table} ${key}`, pair] as const),
);
const params = (text: string): readonly string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();
/** Words that are the same in both languages, and the switch to the other language. */
const sameInBoth = new Set(['branchTexts language', 'texts position.hello']);

describe('every text', () => {
  it('stands in both languages, and English in English', () => {
    const missing = rows.filter(
      ([name, [zh, en]]) => zh.trim() === '' || en.trim() === '' || (!sameInBoth.has(name) && /[\u4e00-\u9fff]/.test(en)),
    );
    expect(missing).toEqual([]);
  });

  it('takes the same parameters in both languages', () => {
    expect(rows.filter(([, [zh, en]]) => params(zh).join() !== params(en).join())).toEqual([]);
  });

  it('has a plain form for each plural form', () => {
    const plurals = Object.keys(texts).filter((key) => key.endsWith('_one'));
    expect(plurals.filter((key) => !Object.hasOwn(texts, key.replace('_one', '')))).toEqual([]);
  });
});

describe('the palette', () => {
  const found = (typed: string): readonly string[] =>
    branchFunctions.filter((fn) => matchesFunction(fn, texts[fn.name], typed)).map(({ code }) => code);

  it.each([
    ['bdz', '1100'],
    ['BDZ', '1100'],
    ['1100', '1100'],
    ['补登', '1100'],
    ['passb', '1100'],
    ['xjsk', '1200'],
    ['授权', '8000'],
  ])('finds %s', (typed, code) => {
    expect(found(typed)).toContain(code);
  });

  it('finds nothing for what is nothing', () => {
    expect(found('zzz')).toEqual([]);
  });

  it('shows nobody a function that their roles do not have', () => {
    expect(functionsFor(['teller']).map(({ code }) => code)).not.toContain('8000');
    expect(functionsFor(['security-officer']).map(({ code }) => code)).not.toContain('1200');
    expect(functionsFor(['administrator']).every((fn) => !fn.route.startsWith('/desk'))).toBe(true);
  });

  it('gives the strongest right of several roles', () => {
    const security = branchFunctions.find(({ code }) => code === '4000');
    expect(security !== undefined && rightOf(security, ['auditor', 'security-officer'])).toBe('W');
  });
});
