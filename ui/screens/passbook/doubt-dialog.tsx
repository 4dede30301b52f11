import { Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import type { PassbookUpdateView } from '../../../daemon/contract/state.ts';
import { codeText } from '../../i18n/error-text.ts';
import { useText } from '../../i18n/i18n.ts';
import { formatMinor } from '../../widgets/money.ts';
import { useFlowAction } from '../flow-actions.ts';
import { QuestionDialog } from './question-dialog.tsx';

type Line = PassbookUpdateView['lines'][number];
type Answer = 'printed' | 'not-printed' | 'partly';
type Field = 'date' | 'summary' | 'amount' | 'balance';

const answers: readonly Answer[] = ['printed', 'not-printed', 'partly'];
const fields: readonly Field[] = ['date', 'summary', 'amount', 'balance'];

interface DoubtProps {
  readonly flow: PassbookUpdateView;
  readonly line: Line;
  readonly onLater: () => void;
}

/** One line of which nobody knows whether it is on the paper. */
export function DoubtDialog({ flow, line, onLater }: DoubtProps): ReactNode {
  const { t, language } = useText();
  const [answer, setAnswer] = useState<Answer>();
  const [upToField, setUpToField] = useState<Field>();
  const answering = useFlowAction(flow.id, `doubt-${line.entryId}-${String(line.page)}-${String(line.line)}`);
  const isWhole = answer !== undefined && (answer !== 'partly' || upToField !== undefined);
  const record = (): void => {
    if (answer === undefined) return;
    const { entryId } = line;
    void answering.act({ name: 'answer-doubt', entryId, answer, ...(answer === 'partly' && upToField !== undefined ? { upToField } : {}) });
  };
  const lastSure = flow.lines.findLast(({ state }) => state === 'confirmed');
  const unsent = flow.lines.filter(({ state }) => state === 'waiting');
  return (
    <QuestionDialog
      name="doubt"
      glyph="doubt"
      title={t('doubt.title', { line: line.line })}
      width={760}
      later="doubt.later"
      missing={isWhole ? undefined : t('doubt.needs-answer')}
      consequence={answer === undefined ? t('doubt.no-default') : t(`doubt.then-${answer}`, { line: line.line })}
      answering={answering}
      onLater={onLater}
      onRecord={record}
    >
      <p>
        {line.code === undefined ? '' : `${codeText(line.code, language)} `}
        {t('doubt.look')}
      </p>
      <dl className="facts three">
        <div>
          <dt>{t('doubt.known')}</dt>
          <dd>{lastSure === undefined ? t('doubt.known-none') : t('doubt.known-line', { line: lastSure.line })}</dd>
        </div>
        <div>
          <dt>{t('doubt.unknown')}</dt>
          <dd>{t('doubt.line', { line: line.line })}</dd>
        </div>
        <div>
          <dt>{t('doubt.unsent')}</dt>
          <dd>{unsent.length === 0 ? t('app.none') : t('doubt.unsent-lines', { count: unsent.length })}</dd>
        </div>
      </dl>
      <p>{t('doubt.should-be')}</p>
      <p className="mono expected-line" data-testid="doubt-expected">
        {line.line} {line.date} {line.summary} {formatMinor(line.amountMinor)} {formatMinor(line.balanceMinor)} {line.teller}
      </p>
      <fieldset className="question" data-first>
        <legend>{t('doubt.question', { line: line.line })}</legend>
        <Radio.Group
          vertical
          value={answer}
          onChange={(event) => setAnswer(event.target.value as Answer)}
          options={answers.map((each) => ({ value: each, label: <span data-testid={`doubt-${each}`}>{t(`doubt.answer-${each}`)}</span> }))}
        />
        {answer === 'partly' && (
          <div className="sub-question">
            <span>{t('doubt.up-to')}</span>
            <Radio.Group
              aria-label={t('doubt.up-to')}
              value={upToField}
              onChange={(event) => setUpToField(event.target.value as Field)}
              options={fields.map((field) => ({
                value: field,
                label: <span data-testid={`doubt-field-${field}`}>{t(`book.${field}`)}</span>,
              }))}
            />
          </div>
        )}
      </fieldset>
    </QuestionDialog>
  );
}
