/**
 * Schemas: the one place that imports the schema library. A schema object is JSON Schema already, so
 * OpenAPI, AsyncAPI, golden files and validation all read the same object.
 */
import Type, { type Static, type TObject, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

export { Type };
export type { Static, TObject, TSchema };

/** An object with exactly these members: unknown ones are refused. */
export function record<P extends Record<string, TSchema>>(properties: P): TObject<P> {
  return Type.Object(properties, { additionalProperties: false });
}

/** One of the given words. */
export function oneOf<const W extends readonly [string, ...string[]]>(words: W, doc?: string): TOneOf<W[number]> {
  return Type.Unsafe<W[number]>({ type: 'string', enum: [...words], ...(doc === undefined ? {} : { description: doc }) });
}
export type TOneOf<W extends string> = ReturnType<typeof Type.Unsafe<W>>;

/** What does not fit, in words for a person: `/args/partition must be <= 8`. */
export interface Misfit {
  /** JSON pointer into the value; empty for the value itself. */
  readonly path: string;
  readonly message: string;
}

export interface Checker<T> {
  accepts(value: unknown): value is T;
  misfits(value: unknown): readonly Misfit[];
}

/** Compiles `schema` once; keep the result. */
export function checker<S extends TSchema>(schema: S): Checker<Static<S>> {
  const compiled = Compile(schema);
  return {
    accepts: (value): value is Static<S> => compiled.Check(value),
    misfits: (value) => compiled.Errors(value).map((e) => ({ path: e.instancePath, message: e.message })),
  };
}

/** Schema keyword for members that must never be logged, journalled or sent to a browser. */
export const SECRET = { 'x-privacy': 'secret' } as const;
/** Schema keyword for customers' particulars: masked on everything a customer or bystander sees. */
export const PERSONAL = { 'x-privacy': 'personal' } as const;
