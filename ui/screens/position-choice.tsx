import { Button } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import type { PositionView } from '../../daemon/contract/state.ts';
import { post, segment } from '../api/client.ts';
import { useIntent } from '../api/intent.ts';
import { login, logOut, settleAt } from '../api/login-store.ts';
import { landingFor } from '../app/functions.ts';
import { LinkBanner } from '../app/link-banner.tsx';
import { NextStepLine, useNextStep } from '../app/next-step.tsx';
import { go } from '../app/route.ts';
import { SimulatedMark } from '../app/simulated-mark.tsx';
import { LanguageSwitch } from '../app/top-bar.tsx';
import { deviceWords } from '../feed/device-words.ts';
import { useDaemonClock } from '../feed/clock.ts';
import { feed } from '../feed/store.ts';
import { useNames } from '../feed/use-wording.ts';
import { useText } from '../i18n/i18n.ts';
import { StateMark } from '../widgets/glyph.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { clockTime } from '../widgets/time.ts';

/** W1, second half: where this person works. Some work at no position. */
export function PositionChoice(): ReactNode {
  const { t } = useText();
  const person = login((state) => state.person);
  const positions = feed((state) => state.branch.positions);
  const isSimulated = feed((state) => state.branch.branch?.isSimulated ?? false);
  const signingIn = useIntent('sign-in');
  const [chosen, setChosen] = useState('');
  useNextStep(t('position.next'));
  const list = Object.values(positions);

  const enter = (positionId: string | undefined): void => {
    settleAt(positionId);
    go(landingFor(person?.roles ?? []));
  };
  const choose = (position: PositionView): void => {
    if (position.personId === person?.id) {
      enter(position.id);
    } else if (position.personId === undefined) {
      setChosen(position.id);
      void signingIn
        .run((commandId) => post(`/positions/${segment(position.id)}/sign-in`, { commandId }))
        .then((ok) => ok && enter(position.id));
    }
  };
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const position = /^[1-9]$/.test(event.key) && !event.repeat ? list[Number(event.key) - 1] : undefined;
      if (position !== undefined) choose(position);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  });
  return (
    <div className="lone">
      <header className="lone-top">
        <strong>
          {t('position.hello', {
            name: person?.name ?? '',
            roles: person?.roles.map((role) => t(`role.${role}`)).join(t('word.and')) ?? '',
          })}
        </strong>
        {isSimulated && <SimulatedMark />}
        <span className="top-fill" />
        <Button type="text" onClick={() => void logOut()}>
          {t('position.out')}
        </Button>
        <LanguageSwitch />
      </header>
      <main className="lone-card wide" data-testid="position-screen">
        <LinkBanner />
        <h1 tabIndex={-1}>{t('position.title')}</h1>
        <ul className="positions">
          {list.map((position, index) => (
            <PositionRow
              key={position.id}
              position={position}
              digit={index + 1}
              isBusy={chosen === position.id && signingIn.phase === 'busy'}
              onChoose={choose}
            />
          ))}
        </ul>
        <Button onClick={() => enter(undefined)} data-testid="no-position">
          {t('position.none')}
        </Button>
        <ProblemNote refusal={signingIn.refusal} />
      </main>
      <NextStepLine />
    </div>
  );
}

interface RowProps {
  readonly position: PositionView;
  readonly digit: number;
  readonly isBusy: boolean;
  readonly onChoose: (position: PositionView) => void;
}

function PositionRow({ position, digit, isBusy, onChoose }: RowProps): ReactNode {
  const { t, say, nameOf } = useText();
  const names = useNames();
  const nowMs = useDaemonClock();
  const personId = login((state) => state.person?.id);
  const isLive = feed((state) => state.link === 'live');
  const devices = feed((state) => state.branch.devices);
  const own = Object.values(devices).filter((device) => device.position === position.id);
  const isMine = position.personId === personId;
  const isTaken = position.personId !== undefined && !isMine;
  const occupancy = isMine
    ? t('position.mine')
    : isTaken
      ? t('position.taken', { name: names.person(position.personId), since: clockTime(position.sinceAt ?? '') })
      : t('position.free');
  return (
    <li className="position-row">
      <Button
        type={isTaken ? 'default' : 'primary'}
        disabled={isTaken || !isLive}
        loading={isBusy}
        data-testid={`position-${position.id}`}
        title={t('position.choose', { name: nameOf(position) })}
        onClick={() => onChoose(position)}
      >
        {digit} {nameOf(position)}
      </Button>
      <span>{occupancy}</span>
      <span className="position-devices" role="group" aria-label={`${nameOf(position)} ${t('position.devices')}`}>
        {own.map((device) => {
          const { glyph, words } = deviceWords(device, nowMs);
          return (
            <StateMark key={device.id} name={glyph}>
              {nameOf(device)} {say(words)}
            </StateMark>
          );
        })}
      </span>
    </li>
  );
}
