import { useState, type ReactNode } from 'react';
import type { SlipScanView } from '../../../daemon/contract/state.ts';
import { useText } from '../../i18n/i18n.ts';

/** The kept pictures; the chosen one large. */
export function PageGallery({ pages }: { readonly pages: SlipScanView['pages'] }): ReactNode {
  const { t } = useText();
  const [chosen, setChosen] = useState<number>();
  const shown = pages.find(({ pageNumber }) => pageNumber === chosen) ?? pages.at(-1);
  if (shown === undefined) return <p className="soft">{t('scan.no-pages')}</p>;
  return (
    <div className="gallery">
      <ul className="thumbs" aria-label={t('scan.thumbs')}>
        {pages.map((page) => (
          <li key={page.pageNumber}>
            <button
              type="button"
              aria-pressed={page === shown}
              aria-label={t('scan.page', { number: page.pageNumber })}
              onClick={() => setChosen(page.pageNumber)}
              data-testid={`thumb-${String(page.pageNumber)}`}
            >
              <img src={`/api/v1/images/${page.sha256}`} alt="" width={64} />
              <span>{page.pageNumber}</span>
            </button>
          </li>
        ))}
      </ul>
      <figure className="scan-picture" data-testid="scan-picture" tabIndex={0} aria-label={t('scan.page', { number: shown.pageNumber })}>
        <img src={`/api/v1/images/${shown.sha256}`} alt={t('scan.page', { number: shown.pageNumber })} />
        <figcaption className="soft">
          {t('scan.facts', { width: shown.widthPx, height: shown.heightPx, dpi: shown.dpi, hash: shown.sha256.slice(0, 12) })}
        </figcaption>
      </figure>
    </div>
  );
}
