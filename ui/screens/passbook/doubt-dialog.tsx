import { Button, Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import type { PassbookUpdateView } from '../../../daemon/contract/state.ts';
import { useKeys } from '../../app/keys.ts';
import { login } from '../../api/login-store.ts';
import { feed } from '../../feed/store.ts';
import { codeText } from '../../i18n/error-text.ts';
import { useText } from '../../i18n/i18n.ts';
import { Dialog } from '../../widgets/dialog.tsx';
import { StateMark } from '../../widgets/glyph.tsx';
import { formatMinor } from '../../widgets/money.ts';
import { ProblemNote } from '../../widgets/problem-note.tsx';
import { useFlowAction } from '../flow-actions.ts';

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

/** Asks for an observation where the machine cannot know. No default, no Enter-to-answer; what follows is said before F9. */
export function DoubtDialog({ flow, line, onLater }: DoubtProps): ReactNode {
  const { t, language } = useText();
  const isLive = feed((state) => state.link === 'live');
  const me = login((state) => state.person?.name ?? '');
  const [answer, setAnswer] = useState<Answer>();
  const [upToField, setUpToField] = useState<Field>();
  const answering = useFlowAction(flow.id, `doubt-${line.entryId}-${String(line.page)}-${String(line.line)}`);
  const blocked = !isLive
    ? t('key.offline')
    : answer === undefined || (answer === 'partly' && upToField === undefined)
      ? t('doubt.needs-answer')
      : undefined;
  const record = (): void => {
    if (blocked !== undefined || answer === undefined) return;
    void answering.act({
      name: 'answer-doubt',
      entryId: line.entryId,
      answer,
      ...(answer === 'partly' && upToField !== undefined ? { upToField } : {}),
    });
  };
  useKeys({ Escape: { label: 'doubt.later', run: onLater }, F9: { label: 'doubt.record', blocked, run: record } }, 'dialog');
  const lastSure = flow.lines.findLast(({ state }) => state === 'confirmed');
  const unsent = flow.lines.filter(({ state }) => state === 'waiting');
  return (
    <Dialog
      title={<StateMark name="doubt">{t('doubt.title', { line: line.line })}</StateMark>}
      testId="doubt-dialog"
      width={760}
      onClose={onLater}
      footer={
        <>
          <Button onClick={onLater} data-testid="doubt-later">
            {t('doubt.later')} Esc
          </Button>
          <Button
            type="primary"
            data-review
            disabled={blocked !== undefined}
            title={blocked}
            onClick={record}
            loading={answering.phase === 'busy'}
            data-testid="doubt-record"
          >
            {t('doubt.record')} F9
          </Button>
        </>
      }
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
      <p className="consequence" data-testid="doubt-consequence">
        {answer === undefined ? t('doubt.no-default') : t(`doubt.then-${answer}`, { line: line.line })}
      </p>
      <p className="soft">{t('doubt.who', { name: me })}</p>
      <ProblemNote refusal={answering.refusal} />
    </Dialog>
  );
}
