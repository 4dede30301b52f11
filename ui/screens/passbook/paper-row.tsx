import { Radio } from 'antd';
import type { ReactNode } from 'react';
import type { PaperAnswer } from '../../../daemon/contract/http.ts';
import type { PassbookUpdateView } from '../../../daemon/contract/state.ts';
import { useText } from '../../i18n/i18n.ts';
import { formatMinor } from '../../widgets/money.ts';

type Answer = PaperAnswer['answer'];
type Field = NonNullable<PaperAnswer['upToField']>;

const answerWords: readonly Answer[] = ['printed', 'not-printed', 'partly'];
const fields: readonly Field[] = ['date', 'summary', 'amount', 'balance'];

interface PaperRowProps {
  readonly line: PassbookUpdateView['lines'][number];
  readonly answer: Omit<PaperAnswer, 'entryId'> | undefined;
  readonly isFirst: boolean;
  readonly onAnswer: (answer: Omit<PaperAnswer, 'entryId'>) => void;
}

/** One line as it should look, and what a person sees in its place. */
export function PaperRow({ line, answer, isFirst, onAnswer }: PaperRowProps): ReactNode {
  const { t } = useText();
  const name = t('paper.line', { line: line.line });
  return (
    <tr data-testid={`paper-line-${String(line.line)}`}>
      <th scope="row" className="mono">
        {line.line} {line.date} {line.summary} {formatMinor(line.amountMinor)} {formatMinor(line.balanceMinor)} {line.teller}
      </th>
      <td>
        <div {...(isFirst ? { 'data-first': true } : {})}>
          <Radio.Group
            aria-label={name}
            value={answer?.answer}
            onChange={(event) => onAnswer({ answer: event.target.value as Answer })}
            options={answerWords.map((each) => ({
              value: each,
              label: <span data-testid={`paper-${String(line.line)}-${each}`}>{t(`paper.${each}`)}</span>,
            }))}
          />
          {answer?.answer === 'partly' && (
            <div className="sub-question">
              <span>{t('doubt.up-to')}</span>
              <Radio.Group
                aria-label={`${name} ${t('doubt.up-to')}`}
                value={answer.upToField}
                onChange={(event) => onAnswer({ answer: 'partly', upToField: event.target.value as Field })}
                options={fields.map((field) => ({ value: field, label: t(`book.${field}`) }))}
              />
            </div>
          )}
        </div>
      </td>
    </tr>
  );
}
