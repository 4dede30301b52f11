import { lazy, Suspense, type ReactNode } from 'react';
import type { Role } from '../../daemon/contract/events/words.ts';
import { useText } from '../i18n/i18n.ts';
import { branchFunctions, rightOf } from './functions.ts';
import { useNextStep } from './next-step.tsx';
import type { Route } from './route.ts';

const Desk = lazy(async () => ({ default: (await import('../screens/desk.tsx')).Desk }));
const Passbook = lazy(async () => ({ default: (await import('../screens/passbook/passbook.tsx')).Passbook }));
const CashIn = lazy(async () => ({ default: (await import('../screens/cash/cash-in.tsx')).CashIn }));
const SlipScan = lazy(async () => ({ default: (await import('../screens/scan/slip-scan.tsx')).SlipScan }));
const Security = lazy(async () => ({ default: (await import('../screens/security/security.tsx')).Security }));
const Approvals = lazy(async () => ({ default: (await import('../screens/approvals.tsx')).Approvals }));
const Journal = lazy(async () => ({ default: (await import('../screens/journal/journal.tsx')).Journal }));
const Devices = lazy(async () => ({ default: (await import('../screens/devices/devices.tsx')).Devices }));
const DevicePage = lazy(async () => ({ default: (await import('../screens/devices/device-page.tsx')).DevicePage }));

/** The screen of an address, if these roles may see it. */
export function ScreenAt({ route, roles }: { readonly route: Route; readonly roles: readonly Role[] }): ReactNode {
  const { t } = useText();
  const fn = [...branchFunctions]
    .sort((a, b) => b.route.length - a.route.length)
    .find((each) => route.path === each.route || route.path.startsWith(`${each.route}/`));
  if (fn === undefined) return <Refusal text={t('screen.unknown')} />;
  if (rightOf(fn, roles) === undefined) return <Refusal text={t('screen.forbidden')} />;
  return (
    <Suspense fallback={<div className="skeleton" role="status" aria-label={t('app.loading')} />}>
      <ScreenOf route={route} code={fn.code} />
    </Suspense>
  );
}

function ScreenOf({ route, code }: { readonly route: Route; readonly code: string }): ReactNode {
  switch (code) {
    case '1100':
      return <Passbook />;
    case '1200':
      return <CashIn />;
    case '4000':
      return <Security />;
    case '5300':
      return <SlipScan />;
    case '6000':
      return <Journal route={route} />;
    case '7000': {
      const id = route.path.split('/')[2];
      return id === undefined ? <Devices /> : <DevicePage key={id} id={decodeURIComponent(id)} />;
    }
    case '8000':
      return <Approvals />;
    default:
      return <Desk />;
  }
}

function Refusal({ text }: { readonly text: string }): ReactNode {
  const { t } = useText();
  useNextStep(t('screen.lost'));
  return (
    <>
      <h1 tabIndex={-1}>{text}</h1>
      <p>{t('screen.lost')}</p>
    </>
  );
}
