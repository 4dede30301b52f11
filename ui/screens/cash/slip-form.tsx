import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { CashCountView } from '../../../daemon/contract/state.ts';
import { useKeys } from '../../app/keys.ts';
import { useNextStep } from '../../app/next-step.tsx';
import { feed } from '../../feed/store.ts';
import { useText } from '../../i18n/i18n.ts';
import { toCapitals } from '../../widgets/capitals.ts';
import { CountField } from '../../widgets/count-field.tsx';
import { FieldFlow } from '../../widgets/field-flow.tsx';
import { StateMark } from '../../widgets/glyph.tsx';
import { MoneyField } from '../../widgets/money-field.tsx';
import { addMinor, formatDenomination, formatHeading, formatMinor, timesMinor } from '../../widgets/money.ts';
import { ProblemNote } from '../../widgets/problem-note.tsx';
import { useFlowStart } from '../flow-actions.ts';
import { Panel } from '../screen-head.tsx';

/** Banknotes of CNY that counting machines take, highest first, in fen. */
const denominations = ['10000', '5000', '2000', '1000', '500', '100'] as const;
const NOTES_MAX = 100_000;

/** What the customer’s slip says: notes by denomination, checked against the written amount before anything moves. */
export function SlipForm({ last }: { readonly last: CashCountView | undefined }): ReactNode {
  const { t, language } = useText();
  const isLive = feed((state) => state.link === 'live');
  const [written, setWritten] = useState('');
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>({});
  const starting = useFlowStart('cash-count');
  const slip = denominations.flatMap((denominationMinor) => {
    const noteCount = counts[denominationMinor] ?? 0;
    return noteCount === 0 ? [] : [{ currency: 'CNY', denominationMinor, noteCount }];
  });
  const total = addMinor('0', ...slip.map(({ denominationMinor, noteCount }) => timesMinor(denominationMinor, noteCount)));
  const blocked = !isLive
    ? t('key.offline')
    : slip.length === 0
      ? t('cash.needs-slip')
      : written !== '' && written !== total
        ? t('cash.slip-differs')
        : undefined;
  const start = (): void => {
    if (blocked === undefined) void starting.start({ kind: 'cash-count', currency: 'CNY', slip });
  };
  useKeys({ F9: { label: 'key.start', blocked, run: start } });
  useNextStep(blocked === undefined ? t('cash.next-start') : t('cash.next-slip'));
  return (
    <div className="columns">
      <Panel title={t('cash.slip')} testId="slip-form">
        <FieldFlow label={t('cash.slip')}>
          <MoneyField label={t('cash.written')} valueMinor={written} onChange={setWritten} testId="slip-amount" />
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('cash.denomination')}</th>
                <th scope="col" className="number">
                  {t('cash.slip-notes')}
                </th>
                <th scope="col" className="number">
                  {t('cash.amount')} CNY
                </th>
              </tr>
            </thead>
            <tbody>
              {denominations.map((minor) => (
                <tr key={minor}>
                  <th scope="row">{formatDenomination(minor)}</th>
                  <td className="number">
                    <CountField
                      label={t('cash.notes-of', { denomination: formatDenomination(minor) })}
                      value={counts[minor] ?? 0}
                      max={NOTES_MAX}
                      testId={`slip-${minor}`}
                      onChange={(value) => setCounts({ ...counts, [minor]: value })}
                    />
                  </td>
                  <td className="number">{formatMinor(timesMinor(minor, counts[minor] ?? 0))}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t('cash.total')}</th>
                <td className="number">{slip.reduce((sum, { noteCount }) => sum + noteCount, 0)}</td>
                <td className="number">
                  <strong data-testid="slip-total">{formatMinor(total)}</strong>
                </td>
              </tr>
            </tfoot>
          </table>
          <p className="capitals">人民币{toCapitals(total)}</p>
          {written !== '' && written !== total && <p className="field-problem">{t('cash.slip-differs')}</p>}
          <Button
            type="primary"
            data-review
            disabled={blocked !== undefined}
            title={blocked}
            onClick={start}
            loading={starting.phase === 'busy'}
            data-testid="cash-start"
          >
            {t('cash.start')} F9
          </Button>
        </FieldFlow>
        <ProblemNote refusal={starting.refusal} />
      </Panel>
      {last !== undefined && (
        <Panel title={t('cash.last')} testId="cash-last">
          <StateMark name={last.step === 'finished' ? 'done' : 'refused'}>
            {t(last.step === 'finished' ? 'cash.taken' : 'cash.given-back')}
          </StateMark>
          <p className="big-amount">{formatHeading(last.results.at(-1)?.totalMinor ?? '0', last.currency, language)}</p>
          {last.difference !== undefined && (
            <p>
              {t(`word.${last.difference.kind}`)} {formatMinor(last.difference.differenceMinor)}
            </p>
          )}
        </Panel>
      )}
    </div>
  );
}
