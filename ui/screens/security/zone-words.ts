import type { Say } from '../../i18n/i18n.ts';
import type { TextKey } from '../../i18n/texts.ts';
import type { GlyphName } from '../../widgets/glyph.tsx';
import type { ZoneView } from './panel-types.ts';

/** `12 后窗、13 后门` */
export function zoneNames(zones: readonly Pick<ZoneView, 'zone' | 'label'>[], t: Say): string {
  return zones.map(({ zone, label }) => `${String(zone)} ${label ?? ''}`.trim()).join(t('word.and'));
}

/** The one state of a zone that matters most, in shape and word. */
export function zoneState(zone: ZoneView): { readonly glyph: GlyphName; readonly key: TextKey } {
  if (zone.isInAlarm) return { glyph: 'alarm', key: 'zone.alarm' };
  if (zone.isTampered) return { glyph: 'alarm', key: 'zone.tampered' };
  if (zone.isFaulty) return { glyph: 'failed', key: 'zone.faulty' };
  if (zone.isBypassed) return { glyph: 'bypassed', key: 'zone.bypassed' };
  if (!zone.verified) return { glyph: 'unknown', key: 'zone.unverified' };
  if (zone.state === 'open') return zone.kind === 'motion' ? { glyph: 'motion', key: 'zone.motion' } : { glyph: 'open', key: 'zone.open' };
  if (zone.state === 'unknown') return { glyph: 'unknown', key: 'zone.unknown' };
  return { glyph: 'closed', key: 'zone.closed' };
}
