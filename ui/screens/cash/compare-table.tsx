import type { ReactNode } from 'react';
import type { CashCountResult, CashCountView } from '../../../daemon/contract/state.ts';
import { useText } from '../../i18n/i18n.ts';
import { formatDenomination, formatMinor } from '../../widgets/money.ts';
import { compareRows } from './compare.ts';

export function CompareTable({ flow, result }: { readonly flow: CashCountView; readonly result: CashCountResult }): ReactNode {
  const { t } = useText();
  const rows = compareRows(flow, result);
  const sign = (count: number): string =>
    count === 0 ? t('word.even') : count < 0 ? `\u2212${String(-count)} ${t('word.less')}` : `+${String(count)} ${t('word.more')}`;
  const slipCount = rows.reduce((sum, row) => sum + row.slipCount, 0);
  const counted = rows.reduce((sum, row) => sum + row.counted, 0);
  return (
    <table className="table" data-testid="compare-table">
      <thead>
        <tr>
          <th scope="col">{t('cash.denomination')}</th>
          <th scope="col" className="number">
            {t('cash.slip-notes')}
          </th>
          <th scope="col" className="number">
            {t('cash.counted-notes')}
          </th>
          <th scope="col" className="number">
            {t('cash.difference')}
          </th>
          <th scope="col" className="number">
            {t('cash.amount')} {flow.currency}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.denominationMinor} data-differs={row.difference !== 0}>
            <th scope="row">{formatDenomination(row.denominationMinor)}</th>
            <td className="number">{row.slipCount}</td>
            <td className="number" data-testid={`counted-${row.denominationMinor}`}>
              {row.counted}
            </td>
            <td className="number">{sign(row.difference)}</td>
            <td className="number">{formatMinor(row.amountMinor)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('cash.total')}</th>
          <td className="number">{slipCount}</td>
          <td className="number" data-testid="counted-total">
            {counted}
          </td>
          <td className="number">{sign(counted - slipCount)}</td>
          <td className="number" data-testid="counted-amount">
            {formatMinor(result.totalMinor)}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
