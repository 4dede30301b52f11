import { Type, record, type Static } from '../../drivers/kit/schema.ts';

export const PrintedEntry = record({
  page: Type.Integer({ minimum: 1, maximum: 40 }),
  line: Type.Integer({ minimum: 1, maximum: 24 }),
  values: Type.Record(Type.String(), Type.String(), {
    description: 'Values of the columns of the layout book-24; amounts in minor units.',
  }),
});

export const PrinterWorld = record({
  books: Type.Optional(
    Type.Array(
      record({
        id: Type.String({ minLength: 1, maxLength: 40 }),
        owner: Type.Optional(Type.String()),
        account: Type.Optional(Type.String()),
        pageCount: Type.Optional(Type.Integer({ minimum: 1, maximum: 40 })),
        pageMm: Type.Optional(
          record({ width: Type.Number({ minimum: 40, maximum: 400 }), height: Type.Number({ minimum: 40, maximum: 500 }) }),
        ),
        stripe: Type.Optional(
          Type.String({
            pattern: '^[0-?]*$',
            maxLength: 107,
            description: 'What stands on the stripe, sentinels included. Absent: a blank one.',
          }),
        ),
        printed: Type.Optional(Type.Array(PrintedEntry, { description: 'What stands in the book already.' })),
      }),
      { maxItems: 100 },
    ),
  ),
  topOfFormMm: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
  leftEdgeMm: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
  bufferBytes: Type.Optional(Type.Integer({ minimum: 1024, maximum: 65536 })),
});
export type PrinterWorld = Static<typeof PrinterWorld>;
export type WorldBook = NonNullable<PrinterWorld['books']>[number];
export type PrintedEntry = Static<typeof PrintedEntry>;
