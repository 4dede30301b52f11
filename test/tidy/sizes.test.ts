import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { allFolders, productFolders, sourceFiles, type SourceFile } from '../support/source-files.ts';

const limits = { sourceLines: 400, testLines: 600, functionLines: 60, componentLines: 150, parameters: 3 };

/** What may be larger, and why. This list only shrinks. */
const allowed: Readonly<Record<string, string>> = {
  'drivers/kit/error-catalog.ts': 'a table, one row a line',
};

const code = sourceFiles(allFolders, ['.ts', '.tsx', '.mjs']);
const product = sourceFiles(productFolders, ['.ts', '.tsx']);

describe('sizes', () => {
  it('no file is longer than its kind may be', () => {
    const long = code
      .filter(({ path }) => !(path in allowed))
      .map(({ path, text }) => ({
        path,
        lines: text.split('\n').length,
        limit: /^(test|bench)\//.test(path) ? limits.testLines : limits.sourceLines,
      }))
      .filter(({ lines, limit }) => lines > limit)
      .map(({ path, lines, limit }) => `${path}: ${String(lines)} of ${String(limit)}`);
    expect(long).toEqual([]);
  });

  it('the list of exceptions names files that exist and need it', () => {
    const needed = code.filter(({ text }) => text.split('\n').length > limits.sourceLines / 4).map(({ path }) => path);
    expect(Object.keys(allowed).filter((path) => !needed.includes(path))).toEqual([]);
  });

  it('no function of the product is longer than 60 lines, none of the screens longer than 150, none takes more than three arguments', () => {
    expect(product.flatMap(oversizedFunctions)).toEqual([]);
  });

  it('reports a function that is too long and one that takes too much', () => {
    const body = Array.from({ length: 61 }, (_, line) => `  call(${String(line)});`).join('\n');
    const text = `function long() {\n${body}\n}\nfunction greedy(a, b, c, d) {}\n`;
    expect(oversizedFunctions({ path: 'planted.ts', text })).toEqual([
      'planted.ts:1 long: 63 lines of 60',
      'planted.ts:64 greedy: 4 parameters',
    ]);
  });
});

function oversizedFunctions({ path, text }: SourceFile): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, false, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const limit = path.startsWith('ui/') ? limits.componentLines : limits.functionLines;
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const at = `${path}:${String(source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1)} ${nameOf(node)}`;
      const lines = countedLines(node.getText(source));
      if (lines > limit) found.push(`${at}: ${String(lines)} lines of ${String(limit)}`);
      if (node.parameters.length > limits.parameters) found.push(`${at}: ${String(node.parameters.length)} parameters`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function nameOf(node: ts.SignatureDeclaration): string {
  return node.name !== undefined && (ts.isIdentifier(node.name) || ts.isPrivateIdentifier(node.name)) ? node.name.text : 'function';
}

/** Lines that hold code: blank ones and comments are not counted. */
function countedLines(text: string): number {
  const withoutComments = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return withoutComments.split('\n').filter((line) => line.trim() !== '').length;
}
