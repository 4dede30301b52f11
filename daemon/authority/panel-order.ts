import type { Static } from '../../drivers/kit/schema.ts';
import type { ApprovalContent } from '../contract/index.ts';

/** What was approved, as a command of the alarm panel's family. */
export function panelOrder({ action, partition, mode, zones }: Static<typeof ApprovalContent>): {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
} {
  if (action === 'bypass') return { name: action, args: { partition, zones, isBypassed: true } };
  return { name: action, args: mode === undefined ? { partition } : { partition, mode } };
}
