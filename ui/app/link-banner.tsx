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
      <div className="banner banner-waiting" role="alert" data-testid="outdated-banner">
        <Glyph name="waiting" /> {t('frame.outdated')}
        <Button size="small" onClick={() => window.location.reload()}>
          {t('frame.reload')}
        </Button>
      </div>
    );
  }
  if (link === 'lost') {
    return (
      <div className="banner banner-failed" data-testid="link-banner">
        <Glyph name="stale" /> {lostText}
      </div>
    );
  }
  if (caughtUp === undefined) return null;
  return (
    <div className="banner banner-done" data-testid="caught-up" role="status">
      <Glyph name="done" /> {t('frame.caught-up', { count: caughtUp })}
    </div>
  );
}
