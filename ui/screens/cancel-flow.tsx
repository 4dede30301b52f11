import { Button, Input } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useKeys } from '../app/keys.ts';
import { useText } from '../i18n/i18n.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { FieldFlow } from '../widgets/field-flow.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { useFlowAction } from './flow-actions.ts';

/** Gives a transaction up, with a reason. What is printed stays printed, what is counted stays recorded. */
export function CancelFlow({ flowId }: { readonly flowId: string }): ReactNode {
  const { t } = useText();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button onClick={() => setAsking(true)} data-testid="flow-cancel">
        {t('flow.cancel')}
      </Button>
      {isAsking && <CancelDialog flowId={flowId} onClose={() => setAsking(false)} />}
    </>
  );
}

function CancelDialog({ flowId, onClose }: { readonly flowId: string; readonly onClose: () => void }): ReactNode {
  const { t } = useText();
  const id = useId();
  const [reason, setReason] = useState('');
  const cancelling = useFlowAction(flowId, 'cancel');
  const isReady = reason.trim() !== '';
  const cancel = (): void => {
    if (isReady) void cancelling.act({ name: 'cancel', reason: reason.trim() }).then((ok) => ok && onClose());
  };
  useKeys(
    {
      Escape: { label: 'key.close', run: onClose },
      F9: { label: 'key.submit', blocked: isReady ? undefined : t('approval.needs-reason'), run: cancel },
    },
    'dialog',
  );
  return (
    <Dialog
      title={t('flow.cancel')}
      testId="cancel-dialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('flow.keep')}</Button>
          <Button
            danger
            data-review
            disabled={!isReady}
            title={isReady ? undefined : t('approval.needs-reason')}
            onClick={cancel}
            loading={cancelling.phase === 'busy'}
            data-testid="cancel-confirm"
          >
            {t('flow.cancel')} F9
          </Button>
        </>
      }
    >
      <FieldFlow label={t('flow.cancel')}>
        <div className="field">
          <label htmlFor={id}>{t('flow.cancel-reason')}</label>
          <Input
            id={id}
            data-first
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            data-testid="cancel-reason"
          />
        </div>
      </FieldFlow>
      <ProblemNote refusal={cancelling.refusal} />
    </Dialog>
  );
}
