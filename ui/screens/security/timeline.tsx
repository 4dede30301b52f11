import type { ReactNode } from 'react';
import { entryGlyph, isNews } from '../../feed/entry-glyph.ts';
import { entryText } from '../../feed/entry-text.ts';
import { feed } from '../../feed/store.ts';
import { useWording } from '../../feed/use-wording.ts';
import { useText } from '../../i18n/i18n.ts';
import { Glyph } from '../../widgets/glyph.tsx';
import { clockTime } from '../../widgets/time.ts';
import { Panel } from '../screen-head.tsx';

const SHOWN = 60;

/** What the panel and the people around it did, newest first. */
export function Timeline({ deviceId }: { readonly deviceId: string }): ReactNode {
  const { t } = useText();
  const wording = useWording();
  const entries = feed((state) => state.entries);
  const shown = entries
    .filter((entry) => (entry.device === deviceId || entry.type.startsWith('approval.')) && isNews(entry))
    .slice(-SHOWN)
    .reverse();
  return (
    <Panel title={t('security.timeline')}>
      <div className="timeline" role="log" aria-live="off" aria-label={t('security.timeline')} tabIndex={0} data-testid="timeline">
        <ul>
          {shown.map((entry) => (
            <li key={entry.seq} data-seq={entry.seq} data-type={entry.type}>
              <Glyph name={entryGlyph(entry)} />
              <span className="soft">{clockTime(entry.at)}</span>
              <span>{entryText(entry, wording)}</span>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
