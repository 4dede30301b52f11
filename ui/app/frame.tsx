import { useEffect, useState, type ReactNode } from 'react';
import { login } from '../api/login-store.ts';
import { feed } from '../feed/store.ts';
import { useText } from '../i18n/i18n.ts';
import { Dock } from './dock.tsx';
import { DeviceStrip } from './device-strip.tsx';
import { functionsFor, landingFor } from './functions.ts';
import { HelpDialog } from './help-dialog.tsx';
import { KeyBar } from './key-bar.tsx';
import { useKeys } from './keys.ts';
import { LeaveDialog } from './leave-dialog.tsx';
import { LinkBanner } from './link-banner.tsx';
import { LockCover } from './lock-cover.tsx';
import { NextStepLine } from './next-step.tsx';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import { go, goBack, useRoute } from './route.ts';
import { ScreenAt } from './screen-at.tsx';
import { TopBar } from './top-bar.tsx';

type Overlay = 'none' | 'help' | 'palette' | 'leave';

/** Everything around a screen: what is always in view, and the keys that work everywhere. */
export function Frame(): ReactNode {
  const { t } = useText();
  const route = useRoute();
  const person = login((state) => state.person);
  const positionId = login((state) => state.positionId);
  const isLeft = feed((state) => (positionId === undefined ? false : (state.branch.positions[positionId]?.isLeft ?? false)));
  const isLost = feed((state) => state.link === 'lost');
  const [overlay, setOverlay] = useState<Overlay>('none');
  const [isDockOpen, setDockOpen] = useDock();
  const roles = person?.roles ?? [];

  useEffect(() => {
    if (route.path === '/') go(landingFor(roles));
  });
  useEffect(() => {
    document.querySelector<HTMLElement>('main h1')?.focus();
  }, [route.path]);
  useFrameKeys(setOverlay);

  if (isLeft) return <LockCover />;
  return (
    <div className={`frame${isDockOpen ? '' : ' frame-wide'}${isLost ? ' frame-stale' : ''}`}>
      <a className="skip-link" href="#main" onClick={skipToMain}>
        {t('app.skip')}
      </a>
      <TopBar />
      <LinkBanner />
      <DeviceStrip />
      <Rail functions={functionsFor(roles)} path={route.path} />
      <main id="main" tabIndex={-1} className="main" aria-label={t('frame.main')}>
        <ScreenAt route={route} roles={roles} />
      </main>
      <NextStepLine />
      <Dock isOpen={isDockOpen} onToggle={() => setDockOpen(!isDockOpen)} />
      <KeyBar />
      {overlay === 'palette' && <Palette onClose={() => setOverlay('none')} />}
      {overlay === 'help' && <HelpDialog onClose={() => setOverlay('none')} />}
      {overlay === 'leave' && <LeaveDialog onClose={() => setOverlay('none')} />}
    </div>
  );
}

/** Open beside a wide screen; on a narrow one, or a zoomed one, a drawer that covers nothing until it is asked for. */
function useDock(): [boolean, (isOpen: boolean) => void] {
  const [isOpen, setOpen] = useState(!narrow.matches);
  useEffect(() => {
    const follow = ({ matches }: MediaQueryListEvent): void => setOpen(!matches);
    narrow.addEventListener('change', follow);
    return () => narrow.removeEventListener('change', follow);
  }, []);
  return [isOpen, setOpen];
}
const narrow = window.matchMedia('(max-width: 1100px)');

function useFrameKeys(show: (overlay: Overlay) => void): void {
  useKeys(
    {
      F1: { label: 'key.help', run: () => show('help') },
      F2: { label: 'key.find', run: () => show('palette') },
      F3: { label: 'key.back', run: goBack },
      F4: { label: 'key.devices', run: () => document.querySelector<HTMLElement>('.strip button')?.focus() },
      F6: { label: 'key.region', run: focusNextRegion },
      F12: { label: 'key.leave', run: () => show('leave') },
    },
    'frame',
  );
}

const regions = ['.strip button', '.rail a', '#main', '.dock [tabindex="0"], .dock button', '.top button'];

function focusNextRegion(): void {
  const stops = regions.flatMap((selector) => document.querySelector<HTMLElement>(selector) ?? []);
  const here = stops.findIndex((stop) => stop.closest('.strip, .rail, #main, .dock, .top')?.contains(document.activeElement) === true);
  stops[(here + 1) % stops.length]?.focus();
}

function skipToMain(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}
