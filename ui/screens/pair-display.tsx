import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { post, segment } from '../api/client.ts';
import { useIntent } from '../api/intent.ts';
import { useKeys } from '../app/keys.ts';
import { useText } from '../i18n/i18n.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { clockTime } from '../widgets/time.ts';

interface Code {
  readonly code: string;
  readonly expiresAt: string;
}

/** Asks for the code that the customer display types once. */
export function PairDisplay({ positionId }: { readonly positionId: string }): ReactNode {
  const { t } = useText();
  const [code, setCode] = useState<Code>();
  const asking = useIntent('pair-display');
  const ask = (): void => {
    void asking.run(async (commandId) => setCode(await post<Code>(`/positions/${segment(positionId)}/display`, { commandId })));
  };
  return (
    <>
      <Button onClick={ask} loading={asking.phase === 'busy'} data-testid="pair-display">
        {t('desk.pair')}
      </Button>
      <ProblemNote refusal={asking.refusal} />
      {code !== undefined && <CodeDialog code={code} positionId={positionId} onClose={() => setCode(undefined)} />}
    </>
  );
}

function CodeDialog({
  code,
  positionId,
  onClose,
}: {
  readonly code: Code;
  readonly positionId: string;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useText();
  const address = `${window.location.origin}/display/${encodeURIComponent(positionId)}`;
  useKeys({ Escape: { label: 'key.close', run: onClose } }, 'dialog');
  return (
    <Dialog title={t('desk.pair')} testId="pair-dialog" onClose={onClose} footer={<Button onClick={onClose}>{t('help.close')}</Button>}>
      <p tabIndex={0} data-first>
        {t('desk.pair-how')}
      </p>
      <p className="mono">
        <a href={address} target="_blank" rel="noreferrer">
          {address}
        </a>
      </p>
      <p className="pair-code" data-testid="pair-code">
        {code.code}
      </p>
      <p className="soft">{t('desk.pair-until', { time: clockTime(code.expiresAt) })}</p>
    </Dialog>
  );
}
