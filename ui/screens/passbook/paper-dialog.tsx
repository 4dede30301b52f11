import { Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import type { PaperAnswer } from '../../../daemon/contract/http.ts';
import type { PassbookUpdateView } from '../../../daemon/contract/state.ts';
import { useText, type Say } from '../../i18n/i18n.ts';
import { useFlowAction } from '../flow-actions.ts';
import { PaperRow } from './paper-row.tsx';
import { QuestionDialog } from './question-dialog.tsx';

type Answers = Readonly<Record<string, Omit<PaperAnswer, 'entryId'>>>;

/** After a page from a printer that confirms nothing: what does each line look like? */
export function PaperDialog({ flow, onLater }: { readonly flow: PassbookUpdateView; readonly onLater: () => void }): ReactNode {
  const { t } = useText();
  const [answers, setAnswers] = useState<Answers>({});
  const sent = flow.lines.filter(({ state }) => state === 'sent');
  const checking = useFlowAction(flow.id, `paper-${String(flow.page)}-${sent.map(({ entryId }) => entryId).join()}`);
  const given = sent.flatMap(({ entryId }): PaperAnswer[] => {
    const answer = answers[entryId];
    return answer === undefined || (answer.answer === 'partly' && answer.upToField === undefined) ? [] : [{ entryId, ...answer }];
  });
  const isWhole = given.length === sent.length;
  return (
    <QuestionDialog
      name="paper"
      glyph="needs-hands"
      title={t('paper.title', { page: flow.page })}
      width={860}
      later="paper.later"
      missing={isWhole ? undefined : t('paper.needs-answer')}
      consequence={isWhole ? consequence(flow, given, t) : t('doubt.no-default')}
      answering={checking}
      onLater={onLater}
      onRecord={() => void checking.act({ name: 'check-paper', answers: given })}
    >
      <p>{t('paper.why')}</p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('paper.should-be')}</th>
            <th scope="col">{t('paper.seen')}</th>
          </tr>
        </thead>
        <tbody>
          {sent.map((line, at) => (
            <PaperRow
              key={line.entryId}
              line={line}
              answer={answers[line.entryId]}
              isFirst={at === 0}
              onAnswer={(answer) => setAnswers({ ...answers, [line.entryId]: answer })}
            />
          ))}
        </tbody>
      </table>
      {sent.length > 1 && (
        <Radio.Group value={given.length > 0 && isWhole && given.every(({ answer }) => answer === 'printed') ? 'all' : undefined}>
          <Radio value="all" onChange={() => setAnswers(Object.fromEntries(sent.map(({ entryId }) => [entryId, { answer: 'printed' }])))}>
            <span data-testid="paper-all">{t('paper.all')}</span>
          </Radio>
        </Radio.Group>
      )}
    </QuestionDialog>
  );
}

function consequence(flow: PassbookUpdateView, given: readonly PaperAnswer[], t: Say): string {
  const again = given.filter(({ answer }) => answer === 'not-printed').length;
  const spoiled = given.filter(({ answer }) => answer === 'partly').length;
  if (again + spoiled > 0) return t('paper.then-more', { again, spoiled });
  return t(flow.lines.some(({ state }) => state === 'waiting' || state === 'not-printed') ? 'paper.then-turn' : 'paper.then-done');
}
