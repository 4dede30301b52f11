import { isMap, isScalar, isSeq } from 'yaml';
import type { ErrorCode } from '../../drivers/kit/errors.ts';
import { checker, type TSchema } from '../../drivers/kit/schema.ts';
import { nearestWord } from './nearest-word.ts';

/** One thing wrong with a configuration. Says where and what, never the value: an option may be an alarm code. */
export interface ConfigFault {
  readonly code: ErrorCode;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Keys that the schema does not know, with the nearest one it does. */
export function unknownKeys(schema: TSchema, node: unknown, path: readonly (string | number)[]): ConfigFault[] {
  const properties = 'properties' in schema ? (schema.properties as Record<string, TSchema>) : undefined;
  if (isMap(node) && properties !== undefined) {
    return node.items.flatMap((pair) => {
      const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
      const known = properties[key];
      if (known !== undefined) return unknownKeys(known, pair.value, [...path, key]);
      const nearest = nearestWord(key, Object.keys(properties));
      const hint = nearest === undefined ? `known keys: ${Object.keys(properties).join(', ')}` : `did you mean "${nearest}"?`;
      return [
        { code: 'CD_CONFIG_UNKNOWN_KEY' as const, path: [...path, key], message: `unknown key "${dotted([...path, key])}"; ${hint}` },
      ];
    });
  }
  if (isSeq(node) && 'items' in schema) {
    return node.items.flatMap((item, index) => unknownKeys(schema.items as TSchema, item, [...path, index]));
  }
  return [];
}

/** Where `value` does not fit `schema`, unknown keys aside. */
export function shapeFaults(schema: TSchema, value: unknown, under: readonly (string | number)[]): ConfigFault[] {
  return checker(schema)
    .misfits(value)
    .filter((misfit) => !misfit.message.includes('additional properties'))
    .map((misfit) => {
      const path = [...under, ...pointerParts(misfit.path)];
      return { code: 'CD_CONFIG_INVALID' as const, path, message: `${dotted(path) || 'the file'} ${misfit.message}` };
    });
}

/** `devices[0].address` */
export function dotted(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

function pointerParts(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
}
