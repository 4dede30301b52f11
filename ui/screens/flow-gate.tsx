import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { FlowView } from '../../daemon/contract/state.ts';
import { login } from '../api/login-store.ts';
import { useNextStep } from '../app/next-step.tsx';
import { go } from '../app/route.ts';
import { useText } from '../i18n/i18n.ts';
import { StateMark } from '../widgets/glyph.tsx';

/** Nothing is done for customers without a position signed in at (S-5). */
export function NeedsPosition(): ReactNode {
  const { t } = useText();
  useNextStep(t('flow.needs-position'));
  return (
    <div className="panel">
      <StateMark name="refused">{t('flow.needs-position')}</StateMark>
      <p>
        <Button type="primary" onClick={() => login.setState({ isSettled: false })} data-testid="choose-position">
          {t('position.title')}
        </Button>
      </p>
    </div>
  );
}

const routes: Readonly<Record<FlowView['kind'], string>> = {
  'passbook-update': '/desk/passbook',
  'cash-count': '/desk/cash-in',
  'slip-scan': '/recon/slips',
};

/** D-1: one transaction at a time at a position. */
export function OtherFlowOpen({ flow }: { readonly flow: FlowView }): ReactNode {
  const { t } = useText();
  const name = t(`flow.${flow.kind}`);
  useNextStep(t('flow.other-open', { name }));
  return (
    <div className="panel">
      <StateMark name="refused">{t('flow.other-open', { name })}</StateMark>
      <p>
        <Button type="primary" onClick={() => go(routes[flow.kind])}>
          {t('desk.continue')}
        </Button>
      </p>
    </div>
  );
}
