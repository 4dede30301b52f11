import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Entry } from '../../daemon/contract/entry.ts';
import { login } from '../api/login-store.ts';
import { entryGlyph, isNews } from '../feed/entry-glyph.ts';
import { entryText } from '../feed/entry-text.ts';
import { feed } from '../feed/store.ts';
import { useWording } from '../feed/use-wording.ts';
import { useText } from '../i18n/i18n.ts';
import { Glyph } from '../widgets/glyph.tsx';
import { clockTime } from '../widgets/time.ts';
import { go } from './route.ts';
import { StaleMark } from './stale-mark.tsx';

const SHOWN = 40;

/** The latest entries, newest first: what just happened, whatever screen is open. */
export function Dock({ isOpen, onToggle }: { readonly isOpen: boolean; readonly onToggle: () => void }): ReactNode {
  const { t } = useText();
  const wording = useWording();
  const entries = feed((state) => state.entries);
  const positionId = login((state) => state.positionId);
  const devices = feed((state) => state.branch.devices);
  const [isWhole, setWhole] = useState(positionId === undefined);
  if (!isOpen) {
    return (
      <aside className="dock dock-closed" aria-label={t('frame.dock')}>
        <button type="button" className="dock-opener" onClick={onToggle} aria-label={t('frame.dock-open')}>
          ‹
        </button>
      </aside>
    );
  }
  const isHere = (entry: Entry): boolean => {
    const place = entry.position ?? (entry.device === undefined ? undefined : devices[entry.device]?.position);
    return isWhole || place === undefined || place === positionId;
  };
  const shown = newest(entries, (entry) => isNews(entry) && isHere(entry));
  return (
    <aside className="dock" aria-label={t('frame.dock')} data-testid="dock">
      <div className="row-between dock-head">
        <h2>{t('frame.dock')}</h2>
        <StaleMark />
        <Button size="small" type="text" onClick={onToggle} aria-label={t('frame.dock-close')}>
          ›
        </Button>
      </div>
      {positionId !== undefined && (
        <Button size="small" type="link" onClick={() => setWhole(!isWhole)} data-testid="dock-scope">
          {t(isWhole ? 'frame.only-dock' : 'frame.all-dock')}
        </Button>
      )}
      <div className="dock-list" role="log" aria-live="off" aria-label={t('frame.dock')} tabIndex={0}>
        <ul>
          {shown.map((entry) => (
            <li key={entry.seq} data-seq={entry.seq} data-type={entry.type}>
              <button type="button" className="dock-entry" onClick={() => go(`/registers/journal?seq=${String(entry.seq)}`)}>
                <Glyph name={entryGlyph(entry)} />
                <span className="soft">{clockTime(entry.at)}</span>
                <span>{entryText(entry, wording)}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </aside>
  );
}

function newest(entries: readonly Entry[], accepts: (entry: Entry) => boolean): readonly Entry[] {
  const found: Entry[] = [];
  for (let at = entries.length - 1; at >= 0 && found.length < SHOWN; at -= 1) {
    const entry = entries[at];
    if (entry !== undefined && accepts(entry)) found.push(entry);
  }
  return found;
}
