import { Button } from 'antd';
import type { ReactNode } from 'react';
import { login } from '../api/login-store.ts';
import { statusOf, byFamily } from '../feed/device-status.ts';
import { useDaemonClock } from '../feed/clock.ts';
import { feed } from '../feed/store.ts';
import { switchLanguage, useText } from '../i18n/i18n.ts';
import { Glyph } from '../widgets/glyph.tsx';
import { calendarDate, clockTime } from '../widgets/time.ts';
import { SimulatedMark } from './simulated-mark.tsx';
import { go } from './route.ts';

export function TopBar(): ReactNode {
  const { t, nameOf } = useText();
  const branch = feed((state) => state.branch.branch);
  const person = login((state) => state.person);
  const positionId = login((state) => state.positionId);
  const position = feed((state) => (positionId === undefined ? undefined : state.branch.positions[positionId]));
  const waiting = feed(
    (state) => Object.values(state.branch.approvals).filter(({ stage }) => stage === 'asked' || stage === 'opened').length,
  );
  return (
    <header className="top" aria-label={t('frame.top')}>
      <strong data-testid="branch-name">{branch?.name ?? 'counterd'}</strong>
      {branch?.isSimulated === true && <SimulatedMark />}
      <span className="top-sep" />
      <span data-testid="position-name">{position === undefined ? t('frame.no-position') : nameOf(position)}</span>
      <span data-testid="person-name">
        {person?.name} <span className="soft">{person?.roles.map((role) => t(`role.${role}`)).join(t('word.and'))}</span>
      </span>
      <span className="top-fill" />
      <Button type="text" size="small" onClick={() => go('/approvals')} data-testid="approvals-badge">
        {t('frame.approvals')} {waiting}
      </Button>
      <AlarmCount />
      <Clock />
      <LanguageSwitch />
    </header>
  );
}

/** Alarms that everybody here may see; hold-up and duress are not among them. */
function AlarmCount(): ReactNode {
  const { t } = useText();
  const devices = feed((state) => state.branch.devices);
  const count = byFamily(devices, 'alarm-panel').flatMap(
    (device) => statusOf(device, 'alarm-panel')?.partitions.filter(({ state }) => state === 'alarm') ?? [],
  ).length;
  return (
    <Button type="text" size="small" className={count > 0 ? 'alarm-badge' : ''} onClick={() => go('/security')} data-testid="alarms-badge">
      {count > 0 && <Glyph name="alarm" />} {t('frame.alarms')} {count}
    </Button>
  );
}

function Clock(): ReactNode {
  const { t } = useText();
  const nowMs = useDaemonClock();
  const link = feed((state) => state.link);
  const offset = feed((state) => state.clockOffsetMs);
  const at = new Date(nowMs).toISOString();
  const offSeconds = Math.round(Math.abs(offset) / 1000);
  return (
    <span className="clock" title={offSeconds > 2 ? t('frame.clock-off', { seconds: offSeconds }) : undefined}>
      <time data-testid="clock" dateTime={at}>
        {calendarDate(at)} {clockTime(at)}
      </time>
      <span data-testid="link" data-link={link} className={`link link-${link}`}>
        <Glyph name={link === 'live' ? 'done' : link === 'lost' ? 'stale' : 'waiting'} size={12} />
        {t(link === 'live' ? 'frame.synced' : link === 'lost' ? 'frame.stopped' : link === 'shaky' ? 'frame.shaky' : 'frame.connecting')}
      </span>
    </span>
  );
}

export function LanguageSwitch(): ReactNode {
  const { t, language } = useText();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <Button
      type="text"
      size="small"
      aria-label={`${other === 'en' ? 'EN English' : '中文'}, ${t('app.language')}`}
      lang={other}
      data-testid="language"
      onClick={() => void switchLanguage(other)}
    >
      {other === 'en' ? 'EN' : '中文'}
    </Button>
  );
}
