import { Button } from 'antd';
import type { ReactNode } from 'react';
import { post, segment } from '../api/client.ts';
import { useIntent } from '../api/intent.ts';
import { login, logOut } from '../api/login-store.ts';
import { useText } from '../i18n/i18n.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { useKeys } from './keys.ts';

/** P-6: one key locks the position and puts the pause sign up. Without a position it offers to log out. */
export function LeaveDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useText();
  const positionId = login((state) => state.positionId);
  const leaving = useIntent('leave');
  const signingOff = useIntent('sign-off');
  const leave = (): void => {
    if (positionId === undefined) return;
    void leaving.run((commandId) => post(`/positions/${segment(positionId)}/leave`, { commandId })).then((ok) => ok && onClose());
  };
  const signOff = (): void => {
    if (positionId === undefined) void logOut();
    else
      void signingOff
        .run((commandId) => post(`/positions/${segment(positionId)}/sign-off`, { commandId }))
        .then((ok) => ok && void logOut());
  };
  useKeys({ Escape: { label: 'key.close', run: onClose }, F12: { label: 'key.leave', run: leave } }, 'dialog');
  return (
    <Dialog
      title={t('leave.title')}
      testId="leave-dialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('leave.stay')}</Button>
          <Button onClick={signOff} data-testid="sign-off">
            {t(positionId === undefined ? 'leave.out' : 'leave.off')}
          </Button>
          {positionId !== undefined && (
            <Button type="primary" onClick={leave} loading={leaving.phase === 'busy'} data-testid="leave-confirm">
              {t('leave.confirm')} F12
            </Button>
          )}
        </>
      }
    >
      <p tabIndex={0} data-first>
        {t('leave.remind')}
      </p>
      <ul className="rules">
        {(['leave.cash', 'leave.vouchers', 'leave.seals', 'leave.papers', 'leave.key'] as const).map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
      <ProblemNote refusal={leaving.refusal ?? signingOff.refusal} />
    </Dialog>
  );
}
