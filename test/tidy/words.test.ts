import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { allFolders, productFolders, sourceFiles, type SourceFile } from '../support/source-files.ts';

const code = sourceFiles(allFolders, ['.ts', '.tsx']);
const product = sourceFiles(productFolders, ['.ts', '.tsx']);

/** Words that say nothing; if no other noun fits, the split is wrong. */
const empty = new Set(['manager', 'helper', 'helpers', 'util', 'utils', 'info', 'data', 'impl', 'common', 'misc', 'base']);

/** Names that keep a banned word, and why. This list only shrinks. */
const allowedNames: Readonly<Record<string, string>> = {
  'data-lock.ts': 'locks the data folder, which is what people call it',
  DATA_MAX_BYTES: 'the data of a packet, in the words of the protocol',
  imageInfoXml: 'writes the element ImageInfo of eSCL',
  jobInfo: 'writes the element JobInfo of eSCL',
};

describe('names', () => {
  it('are kebab-case for files, and say what is in them', () => {
    const odd = code
      .map(({ path }) => path)
      .filter(
        (path) =>
          !/^[a-z0-9][a-z0-9.-]*$/.test(basename(path)) ||
          (!(basename(path) in allowedNames) && wordsOf(basename(path)).some((word) => empty.has(word))),
      );
    expect(odd).toEqual([]);
  });

  it('use no empty word, and neither "counter" nor "session" alone', () => {
    expect(product.flatMap(emptyNames)).toEqual([]);
  });

  it('reports each kind of empty name', () => {
    const text =
      'class FrameManager {}\nfunction loadUtils() {}\nexport const counter = 1;\ninterface SessionState {}\nconst cashCounter = 1;\n';
    expect(emptyNames({ path: 'planted.ts', text })).toEqual([
      'planted.ts: FrameManager',
      'planted.ts: loadUtils',
      'planted.ts: counter',
      'planted.ts: SessionState',
    ]);
  });

  it('of functions are verbs that say what is done', () => {
    const vague = product.flatMap((file) =>
      declaredNames(file)
        .filter(({ kind }) => kind === 'function')
        .filter(({ name }) => /^(handle|process|do|manage)([A-Z]|$)/.test(name)),
    );
    expect(vague.map(({ path, name }) => `${path}: ${name}`)).toEqual([]);
  });

  it('of folders that re-export are only the contract’s index', () => {
    expect(product.map(({ path }) => path).filter((path) => /(^|\/)index\.tsx?$/.test(path))).toEqual(['daemon/contract/index.ts']);
  });
});

interface Named {
  readonly path: string;
  readonly name: string;
  readonly kind: 'function' | 'type' | 'value';
}

function emptyNames(file: SourceFile): string[] {
  return declaredNames(file)
    .filter(({ name }) => !(name in allowedNames) && isEmpty(name))
    .map(({ path, name }) => `${path}: ${name}`);
}

function isEmpty(name: string): boolean {
  const words = wordsOf(name);
  return words.some(
    (word, at) =>
      (empty.has(word) && words.length > 1) ||
      word === 'session' ||
      word === 'sessions' ||
      (isCounter(word) && !/^(cash|note|coin)$/.test(words[at - 1] ?? '')),
  );
}

const isCounter = (word: string): boolean => word === 'counter' || word === 'counters';

/** `cashCounterState`, `CASH_COUNTER`, `cash-counter.ts` -> cash, counter, … */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase())
    .filter((word) => word !== '');
}

/** Names that a file declares for types, functions and exported values; members and locals are the author's own. */
function declaredNames({ path, text }: SourceFile): readonly Named[] {
  const known = namesByPath.get(path);
  if (known !== undefined) return known;
  const found = namesIn({ path, text });
  namesByPath.set(path, found);
  return found;
}

const namesByPath = new Map<string, readonly Named[]>();

function namesIn({ path, text }: SourceFile): readonly Named[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, false, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  return source.statements.flatMap((statement): Named[] => {
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
      return [{ path, name: statement.name.text, kind: 'type' }];
    if (ts.isFunctionDeclaration(statement)) return [{ path, name: statement.name?.text ?? '', kind: 'function' }];
    if (ts.isClassDeclaration(statement))
      return [{ path, name: statement.name?.text ?? '', kind: 'type' }, ...methodNames(path, statement)];
    if (ts.isVariableStatement(statement)) return valueNames(path, statement);
    return [];
  });
}

function methodNames(path: string, { members }: ts.ClassDeclaration): Named[] {
  return members.flatMap((member): Named[] =>
    ts.isMethodDeclaration(member) && (ts.isIdentifier(member.name) || ts.isPrivateIdentifier(member.name))
      ? [{ path, name: member.name.text.replace('#', ''), kind: 'function' }]
      : [],
  );
}

function valueNames(path: string, { declarationList }: ts.VariableStatement): Named[] {
  return declarationList.declarations.flatMap(({ name, initializer }): Named[] => {
    if (!ts.isIdentifier(name)) return [];
    return [{ path, name: name.text, kind: initializer !== undefined && ts.isArrowFunction(initializer) ? 'function' : 'value' }];
  });
}

function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
