/** Stripe formats of the language: their sentinels, and text with and without them. */
import { Type, oneOf, record, type Static } from '../../kit/schema.ts';
import type { CsiStripeFormat, CsiTx } from './codec.ts';

export const StripeOptions = record({
  format: Type.Optional(oneOf(['din', 'ibm-1', 'ibm-2', 'wide-105', 'iso7811'], 'How the bank writes its stripes. DIN when absent.')),
  distanceMm: Type.Optional(
    Type.Number({ minimum: 1, maximum: 60, description: 'From the edge to the stripe: 14 mm when absent, 11 mm for the IBM formats.' }),
  ),
  edge: Type.Optional(oneOf(['top', 'bottom'], 'Edge that the distance counts from.')),
});
type StripeOptions = Static<typeof StripeOptions>;

export type StripeSetup = Extract<CsiTx, { kind: 'stripe-setup' }>;

const SENTINELS: Readonly<Record<CsiStripeFormat, readonly [start: string, end: string]>> = {
  din: ['=', '?'],
  'ibm-1': [';', '<'],
  'ibm-2': [';', '?'],
  'wide-105': ['=', '?'],
  iso7811: [';', '?'],
};

/** One more attempt at writing, two at reading: the most the language grants for reading. */
export function stripeSetup({ format = 'din', distanceMm, edge = 'top' }: StripeOptions): StripeSetup {
  const isIbm = format === 'ibm-1' || format === 'ibm-2';
  const distance = distanceMm === undefined ? (isIbm ? 78 : 99) : Math.round((distanceMm / 25.4) * 180);
  return { kind: 'stripe-setup', writes: 1, reads: 2, format, distance, edge };
}

/** Undefined when the text holds the sign that would end it. */
export function withSentinels(text: string, format: CsiStripeFormat): string | undefined {
  const [start, end] = SENTINELS[format];
  return text.includes(end) ? undefined : `${start}${text}${end}`;
}

/** Undefined when the sentinels are not those of the format, or there is nothing between them. */
export function withoutSentinels(read: string, format: CsiStripeFormat): string | undefined {
  const [start, end] = SENTINELS[format];
  const text = read.slice(1, -1);
  return read.startsWith(start) && read.endsWith(end) && /^[0-9:;<=>]{1,105}$/.test(text) ? text : undefined;
}
