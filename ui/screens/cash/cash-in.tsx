import type { ReactNode } from 'react';
import { login } from '../../api/login-store.ts';
import { flowAt, openFlowAt } from '../../feed/flow-select.ts';
import { feed } from '../../feed/store.ts';
import { useText } from '../../i18n/i18n.ts';
import { ScreenHead, StepLine, stepsUntil } from '../screen-head.tsx';
import { NeedsPosition, OtherFlowOpen } from '../flow-gate.tsx';
import { CountView } from './count-view.tsx';
import { SlipForm } from './slip-form.tsx';

/** W4: cash received is counted by the machine and compared with the slip; its figures are never typed over. */
export function CashIn(): ReactNode {
  const { t } = useText();
  const positionId = login((state) => state.positionId);
  const flow = feed((state) => flowAt(state.branch, 'cash-count', positionId));
  const other = feed((state) => openFlowAt(state.branch, positionId));
  const at = flow?.isOpen !== true ? 0 : flow.step === 'counting' ? 1 : 2;
  const names = [t('cash.step-slip'), t('cash.step-count'), t('cash.step-compare'), t('cash.step-finish')];
  return (
    <>
      <ScreenHead code="1200" title={t('fn.1200')}>
        <StepLine label={t('flow.steps')} steps={stepsUntil(names, at)} />
      </ScreenHead>
      {positionId === undefined ? (
        <NeedsPosition />
      ) : flow?.isOpen === true ? (
        <CountView key={flow.id} flow={flow} />
      ) : other !== undefined ? (
        <OtherFlowOpen flow={other} />
      ) : (
        <SlipForm last={flow} />
      )}
    </>
  );
}
