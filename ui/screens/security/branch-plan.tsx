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

/** The zones as a plan: by the rooms the branch has named, or else by what they watch. The list beside it holds the same facts. */
export function BranchPlan({ zones }: { readonly zones: readonly ZoneView[] }): ReactNode {
  const { t } = useText();
  const places = [...new Set(zones.flatMap(({ place }) => (place === undefined ? [] : [place])))];
  const unplaced = zones.filter(({ place }) => place === undefined);
  const isByPlace = places.length > 0;
  return (
    <div className={isByPlace ? 'plan plan-by-place' : 'plan'} role="group" tabIndex={0} aria-label={t('security.plan')} data-testid="plan">
      {places.map((place) => (
        <Room key={place} name={place} zones={zones.filter((zone) => zone.place === place)} />
      ))}
      {isByPlace && unplaced.length > 0 && <Room name={t('plan.elsewhere')} zones={unplaced} />}
      {!isByPlace &&
        walls.map(({ name, kinds }) => (
          <Room key={name} name={t(`plan.${name}`)} area={name} zones={zones.filter(({ kind }) => kinds.includes(kind))} />
        ))}
    </div>
  );
}

interface RoomProps {
  readonly name: string;
  /** Its place in the plan of an unnamed branch. */
  readonly area?: Wall['name'];
  readonly zones: readonly ZoneView[];
}

function Room({ name, area, zones }: RoomProps): ReactNode {
  const { t } = useText();
  return (
    <div className={area === undefined ? 'plan-room' : `plan-room plan-${area}`} data-place={name}>
      <h3>{name}</h3>
      <ul>
        {zones.map((zone) => {
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
  );
}
