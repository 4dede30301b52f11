import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useKeys } from '../../app/keys.ts';
import { login } from '../../api/login-store.ts';
import { feed } from '../../feed/store.ts';
import { useText } from '../../i18n/i18n.ts';
import type { TextKey } from '../../i18n/texts.ts';
import { Dialog } from '../../widgets/dialog.tsx';
import { StateMark, type GlyphName } from '../../widgets/glyph.tsx';
import { ProblemNote } from '../../widgets/problem-note.tsx';
import type { useFlowAction } from '../flow-actions.ts';

interface QuestionProps {
  /** Begins the test ids of the dialog and its buttons. */
  readonly name: 'doubt' | 'paper';
  readonly glyph: GlyphName;
  readonly title: string;
  readonly width: number;
  readonly later: TextKey;
  /** What is still missing; undefined when the answer is whole. */
  readonly missing: string | undefined;
  /** What follows from the answer, or that there is no default. */
  readonly consequence: string;
  readonly answering: ReturnType<typeof useFlowAction>;
  readonly onLater: () => void;
  readonly onRecord: () => void;
  readonly children: ReactNode;
}

/** Asks for an observation where the machine cannot know. No default, no Enter-to-answer; what follows is said before F9. */
export function QuestionDialog(props: QuestionProps): ReactNode {
  const { name, answering, onLater, onRecord } = props;
  const { t } = useText();
  const isLive = feed((state) => state.link === 'live');
  const me = login((state) => state.person?.name ?? '');
  const blocked = isLive ? props.missing : t('key.offline');
  const record = (): void => {
    if (blocked === undefined) onRecord();
  };
  useKeys({ Escape: { label: props.later, run: onLater }, F9: { label: 'doubt.record', blocked, run: record } }, 'dialog');
  return (
    <Dialog
      title={<StateMark name={props.glyph}>{props.title}</StateMark>}
      testId={`${name}-dialog`}
      width={props.width}
      onClose={onLater}
      footer={
        <>
          <Button onClick={onLater} data-testid={`${name}-later`}>
            {t(props.later)} Esc
          </Button>
          <Button
            type="primary"
            data-review
            disabled={blocked !== undefined}
            title={blocked}
            onClick={record}
            loading={answering.phase === 'busy'}
            data-testid={`${name}-record`}
          >
            {t('doubt.record')} F9
          </Button>
        </>
      }
    >
      {props.children}
      <p className="consequence" data-testid={`${name}-consequence`}>
        {props.consequence}
      </p>
      <p className="soft">{t('doubt.who', { name: me })}</p>
      <ProblemNote refusal={answering.refusal} />
    </Dialog>
  );
}
