import type { ReactNode } from 'react';
import { useText } from '../../i18n/i18n.ts';
import { Glyph, toneOf } from '../../widgets/glyph.tsx';
import type { ZoneView } from './panel-types.ts';
import { zoneState } from './zone-words.ts';

interface Wall {
  readonly name: 'windows' | 'inside' | 'vault' | 'doors';
  readonly kinds: readonly (ZoneView['kind'] | undefined)[];
}

/** Where each kind of detector sits in any branch: windows behind, doors in front, movement inside, the vault apart. */
const walls: readonly Wall[] = [
  { name: 'windows', kinds: ['window', 'glass'] },
  { name: 'inside', kinds: ['motion', 'fire', 'other', undefined] },
  { name: 'vault', kinds: ['vault', 'holdUp', 'tamper'] },
  { name: 'doors', kinds: ['door'] },
];

/** The zones as a plan. The list beside it holds the same facts and is what the keyboard walks. */
export function BranchPlan({ zones }: { readonly zones: readonly ZoneView[] }): ReactNode {
  const { t } = useText();
  return (
    <div className="plan" role="group" tabIndex={0} aria-label={t('security.plan')} data-testid="plan">
      {walls.map(({ name, kinds }) => (
        <div key={name} className={`plan-room plan-${name}`}>
          <h3>{t(`plan.${name}`)}</h3>
          <ul>
            {zones
              .filter(({ kind }) => kinds.includes(kind))
              .map((zone) => {
                const { glyph, key } = zoneState(zone);
                return (
                  <li key={zone.zone} className={`plan-zone tint-${toneOf(glyph)} ${zone.isBypassed ? 'hatched' : ''}`}>
                    <Glyph name={glyph} size={18} />
                    <span>
                      {zone.zone} {zone.label ?? t(`zone.kind-${zone.kind ?? 'other'}`)}
                    </span>
                    <span className="soft">{t(key)}</span>
                  </li>
                );
              })}
          </ul>
        </div>
      ))}
    </div>
  );
}
