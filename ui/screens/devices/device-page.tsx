import { Button } from 'antd';
import type { DeviceView } from '../../../daemon/contract/state.ts';
import type { Wording } from '../../feed/entry-text.ts';
import { useEffect, useState, type ReactNode } from 'react';
import type { DeviceDetail } from '../../../daemon/contract/http.ts';
import { get, post, segment } from '../../api/client.ts';
import { useIntent } from '../../api/intent.ts';
import { toRefusal, type RequestRefused } from '../../api/problem.ts';
import { useKeys } from '../../app/keys.ts';
import { useNextStep } from '../../app/next-step.tsx';
import { useDaemonClock } from '../../feed/clock.ts';
import { deviceWords } from '../../feed/device-words.ts';
import { feed } from '../../feed/store.ts';
import { useNames } from '../../feed/use-wording.ts';
import { codeText } from '../../i18n/error-text.ts';
import { useText } from '../../i18n/i18n.ts';
import { StateMark } from '../../widgets/glyph.tsx';
import { ProblemNote } from '../../widgets/problem-note.tsx';
import { clockTime } from '../../widgets/time.ts';
import { Panel, ScreenHead } from '../screen-head.tsx';
import { FrameInspector } from './frame-inspector.tsx';
import { HealthChecks } from './health-checks.tsx';
import { manifestOf } from './manifest-view.ts';
import { StatusFacts } from './status-facts.tsx';

/** W11: one device - what is known of it, from where, how healthy it is, and its raw frames. */
function nextStep({ because, openDoubts, phase }: DeviceView, { t, language }: Pick<Wording, 't' | 'language'>): string {
  if (openDoubts.length > 0) return t('device.next-doubt');
  if (because !== undefined) return codeText(because, language);
  return t(phase === 'online' ? 'device.next-page' : 'device.next-wait');
}

export function DevicePage({ id }: { readonly id: string }): ReactNode {
  const { t, say, language, nameOf } = useText();
  const names = useNames();
  const nowMs = useDaemonClock();
  const device = feed((state) => state.branch.devices[id]);
  const isLive = feed((state) => state.link === 'live');
  const claim = feed((state) => (device?.claimedBy === undefined ? undefined : state.branch.flows[device.claimedBy]?.kind));
  const { detail, refusal, fetchAgain } = useDetail(id);
  const reconnecting = useIntent(`reconnect-${id}`);
  useKeys({ F5: { label: 'key.fetch', run: fetchAgain } });
  const state = device === undefined ? undefined : deviceWords(device, nowMs);
  useNextStep(device === undefined ? t('device.next-list') : nextStep(device, { t, language }));
  if (device === undefined || state === undefined) {
    return <ScreenHead code="7000" title={t('device.unknown', { id })} />;
  }
  const manifest = manifestOf(detail?.manifest);
  const reconnect = (): void => void reconnecting.run((commandId) => post(`/devices/${segment(id)}/reconnect`, { commandId }));
  return (
    <>
      <ScreenHead code="7000" title={nameOf(device)}>
        <StateMark name={state.glyph} testId="device-page-state">
          {say(state.words)}
        </StateMark>
        <span className="soft">{t('state.since', { time: clockTime(device.phaseAt) })}</span>
        <Button
          size="small"
          disabled={!isLive}
          title={isLive ? undefined : t('key.offline')}
          onClick={reconnect}
          loading={reconnecting.phase === 'busy'}
          data-testid="device-reconnect"
        >
          {t('device.reconnect')}
        </Button>
      </ScreenHead>
      <ProblemNote refusal={refusal ?? reconnecting.refusal} />
      <div className="device-columns">
        <Panel title={t('device.what')} testId="device-facts">
          <dl className="facts">
            <Fact name={t('device.family')} value={t(`family.${device.family}`)} />
            <Fact name={t('device.model')} value={device.modelName} />
            <Fact
              name={t('device.identity')}
              value={[device.identity?.maker, device.identity?.model, device.identity?.firmware, device.identity?.serial]
                .filter((part) => part !== undefined)
                .join(' ')}
            />
            <Fact name={t('device.address')} value={detail?.address ?? ''} />
            <Fact
              name={t('journal.position')}
              value={device.position === undefined ? t('device.branch-wide') : names.position(device.position)}
            />
            <Fact name={t('device.claim')} value={claim === undefined ? (device.claimedBy ?? t('app.none')) : t(`flow.${claim}`)} />
            <Fact name={t('device.protocol')} value={manifest.protocol} />
            <Fact name={t('device.because')} value={device.because === undefined ? '' : codeText(device.because, language)} />
          </dl>
          <StateMark name={device.evidence === 'unverified' ? 'unknown' : 'done'} testId="device-evidence">
            {t('device.evidence')}: {t(`evidence.${device.evidence}`)}
          </StateMark>
          {manifest.unverified.length > 0 && (
            <details className="unverified" data-testid="device-unverified">
              <summary>{t('device.unverified', { count: manifest.unverified.length })}</summary>
              <ul className="rules" lang="en">
                {manifest.unverified.map((fact) => (
                  <li key={fact}>{fact}</li>
                ))}
              </ul>
            </details>
          )}
        </Panel>
        <Panel title={t('device.status')} testId="device-status">
          <StatusFacts device={device} />
        </Panel>
        <Panel title={t('device.health')} testId="device-health">
          {detail !== undefined && <HealthChecks device={device} commands={detail.commands} />}
        </Panel>
      </div>
      <FrameInspector deviceId={id} />
      <Panel title={t('device.statistics')} testId="device-statistics">
        <Statistics figures={detail?.statistics ?? {}} />
      </Panel>
    </>
  );
}

function Statistics({ figures }: { readonly figures: Readonly<Record<string, number>> }): ReactNode {
  const { t } = useText();
  const rows = Object.entries(figures);
  if (rows.length === 0) return <p className="soft">{t('device.no-statistics')}</p>;
  return (
    <dl className="figures small">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt lang="en">{name.startsWith('CD_') ? <span className="mono">{name}</span> : name.replace(/([A-Z])/g, ' $1').toLowerCase()}</dt>
          <dd>{Number.isInteger(value) ? value : value.toFixed(1)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  if (value === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd className="breakable">{value}</dd>
    </div>
  );
}

const REFRESH_MS = 5000;

function useDetail(id: string): {
  readonly detail: DeviceDetail | undefined;
  readonly refusal: RequestRefused | undefined;
  readonly fetchAgain: () => void;
} {
  const [detail, setDetail] = useState<DeviceDetail>();
  const [refusal, setRefusal] = useState<RequestRefused>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isHere = true;
    const ask = (): void => {
      get<DeviceDetail>(`/devices/${segment(id)}`).then(
        (answer) => {
          if (!isHere) return;
          setDetail(answer);
          setRefusal(undefined);
        },
        (error: unknown) => isHere && setRefusal(toRefusal(error)),
      );
    };
    ask();
    const timer = window.setInterval(ask, REFRESH_MS);
    return () => {
      isHere = false;
      window.clearInterval(timer);
    };
  }, [id, round]);
  return { detail, refusal, fetchAgain: () => setRound(round + 1) };
}
