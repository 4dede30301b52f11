/** The part of JSON Schema that our own schemas use. */
interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly minLength?: number;
}

/** The smallest value that fits `schema`: optional members left out, lists as short as may be, the first word of a choice. */
export function leastValue(schema: unknown): unknown {
  const {
    type,
    enum: words,
    const: only,
    anyOf,
    properties = {},
    required = [],
    items,
    minItems = 0,
    minimum = 0,
    minLength = 0,
  } = schema as JsonSchema;
  if (words !== undefined) return words.includes('unknown') ? 'unknown' : words[0];
  if (only !== undefined) return only;
  if (anyOf !== undefined) return leastValue(anyOf.find((each) => each.type === 'null') ?? anyOf[0]);
  switch (type) {
    case 'object':
      return Object.fromEntries(required.map((key) => [key, leastValue(properties[key])]));
    case 'array':
      return Array.from({ length: minItems }, () => leastValue(items));
    case 'string':
      return 'x'.repeat(minLength);
    case 'integer':
    case 'number':
      return minimum;
    case 'boolean':
      return false;
    default:
      return null;
  }
}
