import { Button } from 'antd';
import type { ReactNode } from 'react';
import { feed } from '../feed/store.ts';
import { useText } from '../i18n/i18n.ts';
import { Glyph } from '../widgets/glyph.tsx';
import { clockTime } from '../widgets/time.ts';
import { useAnnouncement } from './announcer.tsx';

/** The link to the daemon: lost, back, or speaking another contract. */
export function LinkBanner(): ReactNode {
  const { t } = useText();
  const link = feed((state) => state.link);
  const freshAt = feed((state) => state.freshAt);
  const caughtUp = feed((state) => state.caughtUp);
  const isOutdated = feed((state) => state.isOutdated);
  const lostText = link === 'lost' ? t('frame.lost', { time: clockTime(freshAt) }) : '';
  useAnnouncement(lostText);
  if (isOutdated) {
    return (
      <section className="banner banner-waiting" aria-label={t('frame.link')} data-testid="outdated-banner">
        <span role="alert">
          <Glyph name="waiting" /> {t('frame.outdated')}
        </span>
        <Button size="small" onClick={() => window.location.reload()}>
          {t('frame.reload')}
        </Button>
      </section>
    );
  }
  if (link === 'lost') {
    return (
      <section className="banner banner-failed" aria-label={t('frame.link')} data-testid="link-banner">
        <Glyph name="stale" /> {lostText}
      </section>
    );
  }
  if (caughtUp === undefined) return null;
  return (
    <section className="banner banner-done" aria-label={t('frame.link')} data-testid="caught-up">
      <span role="status">
        <Glyph name="done" /> {t('frame.caught-up', { count: caughtUp })}
      </span>
    </section>
  );
}
