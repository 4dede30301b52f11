import { Type, record, type Static } from '../../kit/schema.ts';
import { StripeOptions, stripeSetup, type StripeSetup } from './stripe.ts';

export const Options = record({
  topOfFormMm: Type.Optional(
    Type.Number({ minimum: 0, maximum: 100, description: 'Distance from the top edge of the page to position 0 of CSI n ! p.' }),
  ),
  leftEdgeMm: Type.Optional(
    Type.Number({ minimum: 0, maximum: 100, description: 'Distance from the left edge of the page to the first column of the head.' }),
  ),
  widthMm: Type.Optional(
    record({
      min: Type.Number({ minimum: 40, maximum: 400 }),
      max: Type.Number({ minimum: 40, maximum: 400 }),
    }),
  ),
  stripe: Type.Optional(StripeOptions),
  configuration: Type.Optional(
    Type.Array(Type.Integer({ minimum: 0, maximum: 99_999 }), {
      maxItems: 16,
      description: 'Numbers of CSI n # z to send before each page, from the printer’s own manual.',
    }),
  ),
});
export type CsiOptions = Static<typeof Options>;

/** 1/6 inch: as near to the left edge as the machines read about can print. */
const EDGE_MM = 25.4 / 6;

/** The options with everything that was left out. */
export interface CsiSetting {
  readonly topOfFormMm: number;
  readonly leftEdgeMm: number;
  readonly widthMm: { readonly min: number; readonly max: number } | undefined;
  readonly configuration: readonly number[];
  readonly stripe: StripeSetup;
}

export function csiSetting(options: CsiOptions): CsiSetting {
  return {
    topOfFormMm: options.topOfFormMm ?? 0,
    leftEdgeMm: options.leftEdgeMm ?? EDGE_MM,
    widthMm: options.widthMm,
    configuration: options.configuration ?? [],
    stripe: stripeSetup(options.stripe ?? {}),
  };
}
