import { LineCounter, isMap, isNode, isScalar, parseDocument, type Document, type Node } from 'yaml';
import { CounterdError, type ErrorCode } from '../../drivers/kit/errors.ts';
import { shapeFaults, unknownKeys } from './config-faults.ts';
import { configFaults, type ConfigSurroundings } from './config-rules.ts';
import { CounterdConfig } from './config-schema.ts';

/**
 * Reads the text of a `counterd.yaml`. Throws one CounterdError that lists everything found, each with its line;
 * its code is that of the first fault.
 */
export function parseConfig(text: string, surroundings: ConfigSurroundings): CounterdConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  if (document.errors.length > 0) {
    throw refusal(
      'CD_CONFIG_INVALID',
      document.errors.map((e) => `line ${lines.linePos(e.pos[0]).line}: ${e.message}`),
    );
  }
  const value: unknown = document.toJS();
  const faults = [...unknownKeys(CounterdConfig, document.contents, []), ...shapeFaults(CounterdConfig, value, [])];
  if (faults.length === 0) faults.push(...configFaults(value as CounterdConfig, surroundings, document.contents));
  const first = faults[0];
  if (first !== undefined) {
    throw refusal(
      first.code,
      faults.map((fault) => `line ${lineOf(document, lines, fault.path)}: ${fault.message}`),
    );
  }
  return value as CounterdConfig;
}

/** The rules alone, for a configuration that came from no file, or that the command line changed. */
export function checkConfig(config: CounterdConfig, surroundings: ConfigSurroundings): void {
  const faults = [...shapeFaults(CounterdConfig, config, []), ...configFaults(config, surroundings, null)];
  const [first] = faults;
  if (first !== undefined)
    throw refusal(
      first.code,
      faults.map(({ message }) => message),
    );
}

/** The line of the deepest node on `path` that is in the file. */
function lineOf(document: Document, lines: LineCounter, path: readonly (string | number)[]): number {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node: unknown = keyNode(document, path.slice(0, depth)) ?? document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** The key of a pair rather than its value: a missing or nested value would point at the next line. */
function keyNode(document: Document, path: readonly (string | number)[]): Node | undefined {
  const key = path.at(-1);
  if (typeof key !== 'string') return undefined;
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key);
  return isNode(pair?.key) ? pair.key : undefined;
}

function refusal(code: ErrorCode, sentences: readonly string[]): CounterdError {
  return new CounterdError(code, [...new Set(sentences)].slice(0, 20).join('\n'));
}
