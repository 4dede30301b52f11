import type { TSchema } from '../../drivers/kit/schema.ts';

/**
 * `value` without the members that its schema marks `x-privacy: secret`, at any depth of objects and arrays.
 * What the journal and the log may hold of a command.
 */
export function withoutSecrets(schema: TSchema, value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = member(schema, 'items');
    return items === undefined ? value : value.map((item: unknown) => withoutSecrets(items, item));
  }
  if (typeof value !== 'object' || value === null) return value;
  const properties = member(schema, 'properties');
  if (properties === undefined) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
      const innerSchema = member(properties, name);
      if (innerSchema === undefined) return [[name, inner]];
      return isSecret(innerSchema) ? [] : [[name, withoutSecrets(innerSchema, inner)]];
    }),
  );
}

function isSecret(schema: TSchema): boolean {
  return 'x-privacy' in schema && schema['x-privacy'] === 'secret';
}

function member(schema: object, name: string): TSchema | undefined {
  const value: unknown = Object.hasOwn(schema, name) ? (schema as Record<string, unknown>)[name] : undefined;
  return typeof value === 'object' && value !== null ? value : undefined;
}
