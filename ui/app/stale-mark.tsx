import type { ReactNode } from 'react';
import { feed } from '../feed/store.ts';
import { useText } from '../i18n/i18n.ts';
import { StateMark } from '../widgets/glyph.tsx';
import { clockTime } from '../widgets/time.ts';

/** Stands beside whatever is shown while the link is lost: as of when it is true. */
export function StaleMark(): ReactNode {
  const { t } = useText();
  const staleAt = feed((state) => (state.link === 'lost' ? state.freshAt : undefined));
  if (staleAt === undefined) return null;
  return (
    <StateMark name="stale" testId="stale-mark">
      {t('state.stale', { time: clockTime(staleAt) })}
    </StateMark>
  );
}
