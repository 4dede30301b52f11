import type { ReactNode } from 'react';
import { login } from '../../api/login-store.ts';
import { flowAt, openFlowAt } from '../../feed/flow-select.ts';
import { feed } from '../../feed/store.ts';
import { useText } from '../../i18n/i18n.ts';
import { NeedsPosition, OtherFlowOpen } from '../flow-gate.tsx';
import { ScreenHead, StepLine, stepsUntil } from '../screen-head.tsx';
import { BookChoice } from './book-choice.tsx';
import { UpdateView } from './update-view.tsx';

/** W3: every unprinted entry goes onto its line exactly once; where nobody can know, a person looks. */
export function Passbook(): ReactNode {
  const { t } = useText();
  const positionId = login((state) => state.positionId);
  const flow = feed((state) => flowAt(state.branch, 'passbook-update', positionId));
  const other = feed((state) => openFlowAt(state.branch, positionId));
  const at = flow?.isOpen !== true ? 0 : flow.step === 'check' ? 1 : 2;
  const names = [t('book.step-choose'), t('book.step-check'), t('book.step-print'), t('book.step-give')];
  return (
    <>
      <ScreenHead code="1100" title={t('fn.1100')}>
        <StepLine label={t('flow.steps')} steps={stepsUntil(names, at)} />
      </ScreenHead>
      {positionId === undefined ? (
        <NeedsPosition />
      ) : flow?.isOpen === true ? (
        <UpdateView key={flow.id} flow={flow} />
      ) : other !== undefined ? (
        <OtherFlowOpen flow={other} />
      ) : (
        <BookChoice last={flow} />
      )}
    </>
  );
}
