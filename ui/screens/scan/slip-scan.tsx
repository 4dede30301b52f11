import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { SlipScanView } from '../../../daemon/contract/state.ts';
import { login } from '../../api/login-store.ts';
import { useKeys } from '../../app/keys.ts';
import { useNextStep } from '../../app/next-step.tsx';
import { deviceFor } from '../../feed/device-status.ts';
import { deviceWords } from '../../feed/device-words.ts';
import { useDaemonClock } from '../../feed/clock.ts';
import { flowAt, openFlowAt } from '../../feed/flow-select.ts';
import { feed } from '../../feed/store.ts';
import { codeText } from '../../i18n/error-text.ts';
import { useText } from '../../i18n/i18n.ts';
import type { TextKey } from '../../i18n/texts.ts';
import { StateMark } from '../../widgets/glyph.tsx';
import { ProblemNote } from '../../widgets/problem-note.tsx';
import { NeedsPosition, OtherFlowOpen } from '../flow-gate.tsx';
import { useFlowAction, useFlowStart } from '../flow-actions.ts';
import { Panel, ScreenHead } from '../screen-head.tsx';
import { PageGallery } from './page-gallery.tsx';
import { scanSettings, SettingsFields } from './scan-settings.tsx';

/** 5300: reply slips and documents as pictures. What a picture means is another function’s. */
export function SlipScan(): ReactNode {
  const { t } = useText();
  const positionId = login((state) => state.positionId);
  const flow = feed((state) => flowAt(state.branch, 'slip-scan', positionId));
  const other = feed((state) => openFlowAt(state.branch, positionId));
  return (
    <>
      <ScreenHead code="5300" title={t('fn.5300')} />
      {positionId === undefined ? (
        <NeedsPosition />
      ) : flow?.isOpen === true ? (
        <OpenScan key={flow.id} flow={flow} />
      ) : other !== undefined ? (
        <OtherFlowOpen flow={other} />
      ) : (
        <ScanForm positionId={positionId} last={flow} />
      )}
    </>
  );
}

function ScanForm({ positionId, last }: { readonly positionId: string; readonly last: SlipScanView | undefined }): ReactNode {
  const { t, say, nameOf } = useText();
  const nowMs = useDaemonClock();
  const isLive = feed((state) => state.link === 'live');
  const device = feed((state) => deviceFor(state.branch.devices, 'seal-scanner', positionId));
  const settings = scanSettings();
  const starting = useFlowStart('slip-scan');
  const blocked = !isLive
    ? t('key.offline')
    : device === undefined
      ? t('scan.no-scanner')
      : device.phase === 'online'
        ? undefined
        : t('scan.not-online');
  const start = (): void => void starting.start({ kind: 'slip-scan', ...settings });
  useKeys({ F9: { label: 'scan.start', blocked, run: start } });
  useNextStep(blocked ?? t('scan.next-start'));
  const state = device === undefined ? undefined : deviceWords(device, nowMs);
  return (
    <div className="columns">
      <Panel
        title={t('scan.settings')}
        testId="scan-form"
        extra={state !== undefined && <StateMark name={state.glyph}>{`${nameOf(device)} ${say(state.words)}`}</StateMark>}
      >
        <SettingsFields />
        <p className="soft">{t('scan.seal-note')}</p>
        <Button
          type="primary"
          data-review
          disabled={blocked !== undefined}
          title={blocked}
          onClick={start}
          loading={starting.phase === 'busy'}
          data-testid="scan-start"
        >
          {t('scan.start')} F9
        </Button>
        <ProblemNote refusal={starting.refusal} />
      </Panel>
      {last !== undefined && (
        <Panel title={t('scan.last')} testId="scan-last">
          <PageGallery pages={last.pages} />
        </Panel>
      )}
    </div>
  );
}

/** A scan that did not end well moves nothing but paper: the slips say what is missing. */
function nextStep(flow: SlipScanView, isOnline: boolean): TextKey {
  if (flow.step === 'scanning') return isOnline ? 'scan.next-scanning' : 'scan.next-unplugged';
  if (flow.outcome === 'done') return 'scan.next-done';
  return isOnline ? 'scan.next-retry' : 'scan.next-unplugged';
}

const outcomeGlyphs = { done: 'done', refused: 'refused', failed: 'failed', 'in-doubt': 'doubt' } as const;

function OpenScan({ flow }: { readonly flow: SlipScanView }): ReactNode {
  const { t, language } = useText();
  const isLive = feed((state) => state.link === 'live');
  const acting = useFlowAction(flow.id, `${flow.step}-${String(flow.pages.length)}`);
  const settings = scanSettings();
  const isOnline = feed((state) => state.branch.devices[flow.deviceId]?.phase === 'online');
  const isScanning = flow.step === 'scanning';
  const blocked = !isLive ? t('key.offline') : isScanning ? t('scan.blocked-scanning') : undefined;
  const cannotScan = blocked ?? (isOnline ? undefined : t('scan.not-online'));
  const finish = (): void => void acting.act({ name: 'finish' });
  const scanAgain = (): void => void acting.act({ name: 'scan-again', ...settings });
  useKeys({
    F7: { label: 'scan.again', blocked: cannotScan, run: scanAgain },
    F9: { label: 'scan.finish', blocked, run: finish },
  });
  useNextStep(t(nextStep(flow, isOnline)));
  return (
    <Panel
      title={t('scan.pages', { count: flow.pages.length })}
      testId="scan-open"
      extra={
        <StateMark name={flow.outcome === undefined ? 'running' : outcomeGlyphs[flow.outcome]} testId="scan-outcome">
          {flow.outcome === undefined ? t('scan.scanning') : t(`outcome.${flow.outcome}`)}
        </StateMark>
      }
    >
      {flow.code !== undefined && (
        <p className="reason" role="alert" data-code={flow.code}>
          {codeText(flow.code, language)} <span className="mono">{flow.code}</span>
        </p>
      )}
      <PageGallery pages={flow.pages} />
      {!isScanning && <SettingsFields />}
      <div className="buttons">
        <Button
          type="primary"
          data-review
          disabled={blocked !== undefined}
          title={blocked}
          onClick={finish}
          loading={acting.phase === 'busy'}
          data-testid="scan-finish"
        >
          {t('scan.finish')} F9
        </Button>
        <Button disabled={cannotScan !== undefined} title={cannotScan} onClick={scanAgain} data-testid="scan-again">
          {t('scan.again')} F7
        </Button>
        {isScanning && (
          <Button disabled={!isLive} onClick={() => void acting.act({ name: 'stop' })} data-testid="scan-stop">
            {t('scan.stop')}
          </Button>
        )}
      </div>
      <ProblemNote refusal={acting.refusal} />
    </Panel>
  );
}
