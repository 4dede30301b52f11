import { watched24Hours } from '../../drivers/alarm-panel/watched-24-hours.ts';
import type { ErrorCode } from '../../drivers/kit/errors.ts';
import type { DeviceView } from './state.ts';

/** Zones of one panel that may be bypassed at the same time (panel rule 8). */
export const BYPASS_ZONES_MAX = 2;

/** What is asked for, as far as the rules look at it. */
export interface BypassWish {
  readonly partition: number;
  readonly zones?: readonly number[];
}

/**
 * Why these zones may not be bypassed now (A-2; panel rules 7 and 8). A zone of which nobody said what it
 * watches may be a hold-up button: it is treated as one. The screen asks this before, the daemon decides by it.
 */
export function whyNotBypass(device: DeviceView, { partition, zones = [] }: BypassWish): ErrorCode | undefined {
  if (device.phase !== 'online') return 'CD_DEVICE_NOT_ONLINE';
  const { status } = device;
  if (status === undefined || !('zones' in status)) return 'CD_DEVICE_NOT_ONLINE';
  if (status.partitions.find((each) => each.partition === partition)?.state !== 'disarmed') return 'CD_PANEL_BYPASS_ARMED';
  for (const number of zones) {
    const zone = status.zones.find((each) => each.zone === number);
    if (zone === undefined || (zone.partition ?? partition) !== partition) return 'CD_PANEL_ZONE';
    if (!mayBeBypassed(zone)) return 'CD_PANEL_ZONE_24H';
  }
  const bypassed = status.zones.filter(({ isBypassed }) => isBypassed).map(({ zone }) => zone);
  return new Set([...bypassed, ...zones]).size > BYPASS_ZONES_MAX ? 'CD_PANEL_BYPASS_MANY' : undefined;
}

/** Only zones that watch while the branch is closed, and of which that is known. */
export function mayBeBypassed({ kind }: { readonly kind?: string }): boolean {
  return kind !== undefined && !watched24Hours.has(kind);
}
