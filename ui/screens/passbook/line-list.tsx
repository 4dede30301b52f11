import type { ReactNode } from 'react';
import type { LineState, PassbookUpdateView } from '../../../daemon/contract/state.ts';
import { useText } from '../../i18n/i18n.ts';
import { StateMark, type GlyphName } from '../../widgets/glyph.tsx';
import { formatMinor } from '../../widgets/money.ts';

export const lineGlyphs: Readonly<Record<LineState, GlyphName>> = {
  waiting: 'idle',
  printing: 'running',
  sent: 'stale',
  confirmed: 'done',
  'not-printed': 'failed',
  doubted: 'doubt',
  void: 'refused',
};

/** The lines of an update, in the order of the paper, each with what is known of it. */
export function LineList({ lines }: { readonly lines: PassbookUpdateView['lines'] }): ReactNode {
  const { t } = useText();
  return (
    <div className="table-box" role="region" aria-label={t('book.lines')} tabIndex={0}>
      <table className="table" data-testid="book-lines">
        <thead>
          <tr>
            <th scope="col">{t('book.place')}</th>
            <th scope="col">{t('book.date')}</th>
            <th scope="col">{t('book.summary')}</th>
            <th scope="col" className="number">
              {t('book.amount')}
            </th>
            <th scope="col" className="number">
              {t('book.balance')}
            </th>
            <th scope="col">{t('book.state')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr
              key={`${line.entryId}-${String(line.page)}-${String(line.line)}`}
              data-testid={`line-${String(line.page)}-${String(line.line)}`}
              data-line-state={line.state}
            >
              <th scope="row">
                {line.page}-{line.line}
              </th>
              <td>{line.date}</td>
              <td>{line.summary}</td>
              <td className="number">{formatMinor(line.amountMinor)}</td>
              <td className="number">{formatMinor(line.balanceMinor)}</td>
              <td>
                <StateMark name={lineGlyphs[line.state]}>
                  {t(`line.${line.state}`)}
                  {line.by === undefined ? '' : ` · ${t(`line.by-${knownBy(line.by)}`)}`}
                </StateMark>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** `sent` stands in journals from before a person had to look at the page. */
const evidence = ['mark', 'status', 'sent', 'person'] as const;
function knownBy(by: string): (typeof evidence)[number] {
  return evidence.find((word) => word === by) ?? 'sent';
}
