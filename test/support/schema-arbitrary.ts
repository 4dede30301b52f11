import fc from 'fast-check';
import { assert } from '../../drivers/kit/assert.ts';

/** The part of JSON Schema that our own schemas use. */
interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

/** Values that fit `schema`, small ones more often. Lists and texts are kept short: their shape is the point. */
export function arbitraryOf(schema: unknown): fc.Arbitrary<unknown> {
  const each = schema as JsonSchema;
  if (each.enum !== undefined) return fc.constantFrom(...each.enum);
  if (each.const !== undefined) return fc.constant(each.const);
  if (each.anyOf !== undefined) return fc.oneof(...each.anyOf.map(arbitraryOf));
  switch (each.type) {
    case 'object':
      return objectOf(each);
    case 'array':
      return arrayOf(each);
    case 'string':
      return textOf(each);
    case 'integer':
      return fc.integer({ min: each.minimum ?? -1_000, max: each.maximum ?? 1_000 });
    case 'number':
      return fc.double({ min: each.minimum ?? -1_000, max: each.maximum ?? 1_000, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.constantFrom<unknown>('anything', 1, true, null);
  }
}

function objectOf({ properties = {}, patternProperties, required = [] }: JsonSchema): fc.Arbitrary<unknown> {
  const open = Object.values(patternProperties ?? {})[0];
  if (open !== undefined) return fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), arbitraryOf(open), { maxKeys: 4, noNullPrototype: true });
  const members = Object.fromEntries(Object.entries(properties).map(([key, member]) => [key, arbitraryOf(member)]));
  return fc.record(members, { requiredKeys: required.filter((key) => key in members), noNullPrototype: true });
}

function arrayOf({ items, minItems = 0, maxItems = 20 }: JsonSchema): fc.Arbitrary<unknown> {
  if (Array.isArray(items)) return fc.tuple(...(items as readonly JsonSchema[]).map(arbitraryOf));
  assert(items !== undefined, 'a list says what it holds');
  return fc.array(arbitraryOf(items), { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 4)) });
}

function textOf({ pattern, minLength = 0, maxLength = 20 }: JsonSchema): fc.Arbitrary<unknown> {
  if (pattern !== undefined)
    return fc.stringMatching(new RegExp(pattern)).filter((text) => text.length >= minLength && text.length <= Math.max(maxLength, 20));
  const short = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, 20)) };
  return fc.oneof(
    fc.string(short),
    fc.constantFrom('1', '王小明', '¥ 100.00 元').filter((text) => text.length >= minLength && text.length <= maxLength),
  );
}
