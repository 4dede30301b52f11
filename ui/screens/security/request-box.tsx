import { Button, Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import type { ApprovalView, DeviceView } from '../../../daemon/contract/state.ts';
import { post } from '../../api/client.ts';
import { useIntent } from '../../api/intent.ts';
import { login } from '../../api/login-store.ts';
import { useKeys } from '../../app/keys.ts';
import { useDaemonClock } from '../../feed/clock.ts';
import { feed } from '../../feed/store.ts';
import { useNames } from '../../feed/use-wording.ts';
import { codeText } from '../../i18n/error-text.ts';
import { useText, type Say } from '../../i18n/i18n.ts';
import { StateMark } from '../../widgets/glyph.tsx';
import { ProblemNote } from '../../widgets/problem-note.tsx';
import { countdown } from '../../widgets/time.ts';
import { Panel } from '../screen-head.tsx';
import { BypassBox } from './bypass-box.tsx';
import { approvalGlyphs, isPending } from './approval-words.ts';
import type { PartitionView, ZoneView } from './panel-types.ts';
import { zoneNames } from './zone-words.ts';

interface RequestProps {
  readonly device: DeviceView;
  readonly partition: PartitionView;
  readonly zones: readonly ZoneView[];
  readonly pending: ApprovalView | undefined;
  readonly onOpen: (approvalId: string) => void;
}

/** Asks for arming or disarming. A second person decides with a login of their own; open zones are named before. */
export function RequestBox({ device, partition, zones, pending, onOpen }: RequestProps): ReactNode {
  const { t } = useText();
  const isLive = feed((state) => state.link === 'live');
  const mayAsk = login((state) => state.person?.roles.some((role) => role === 'security-officer' || role === 'supervisor') ?? false);
  const [mode, setMode] = useState<'away' | 'stay'>('away');
  const asking = useIntent(`ask-${device.id}`);
  const isArming = partition.state === 'disarmed';
  const openZones = zones.filter(
    (zone) => zone.state === 'open' && !zone.isBypassed && (zone.partition ?? partition.partition) === partition.partition,
  );
  const blocked = blockedBy({ device, partition, openZones, pending, isLive, mayAsk, t });
  const ask = (): void => {
    const content = {
      action: isArming ? ('arm' as const) : ('disarm' as const),
      device: device.id,
      partition: partition.partition,
      ...(isArming ? { mode } : {}),
    };
    void asking.run((approvalId) => post('/approvals', { approvalId, content }));
  };
  useKeys({ F9: { label: isArming ? 'security.ask-arm' : 'security.ask-disarm', blocked, run: ask } });
  return (
    <Panel title={t('security.request')} testId="request-box">
      {pending !== undefined ? (
        <PendingRequest approval={pending} onOpen={onOpen} />
      ) : (
        <>
          {isArming && (
            <Radio.Group
              aria-label={t('approval.mode')}
              value={mode}
              onChange={(event) => setMode(event.target.value as 'away' | 'stay')}
              options={[
                { label: t('word.away'), value: 'away' },
                { label: t('word.stay'), value: 'stay' },
              ]}
            />
          )}
          {blocked !== undefined && (
            <p className="blocked" data-testid="request-blocked">
              {blocked}
            </p>
          )}
          <Button
            type="primary"
            block
            disabled={blocked !== undefined}
            title={blocked}
            onClick={ask}
            loading={asking.phase === 'busy'}
            data-testid="request-submit"
          >
            {t(isArming ? 'security.ask-arm' : 'security.ask-disarm')} F9
          </Button>
          {isArming && mayAsk && isLive && openZones.length > 0 && (
            <BypassBox device={device} partition={partition} openZones={openZones} />
          )}
        </>
      )}
      <LastDecision deviceId={device.id} />
      <ProblemNote refusal={asking.refusal} />
    </Panel>
  );
}

function PendingRequest({ approval, onOpen }: { readonly approval: ApprovalView; readonly onOpen: (id: string) => void }): ReactNode {
  const { t } = useText();
  const names = useNames();
  const nowMs = useDaemonClock();
  const who = names.person(approval.askedBy);
  return (
    <>
      <StateMark name={approvalGlyphs[approval.stage]} testId="pending-stage">
        {t(`word.${approval.content.action}`)} · {t(`approval.stage-${approval.stage}`)} · {countdown(approval.expiresAt, nowMs)}
      </StateMark>
      <p>
        {approval.openedBy === undefined
          ? t('security.waiting-for', { name: who })
          : t('security.opened-by', { name: names.person(approval.openedBy) })}
      </p>
      <Button onClick={() => onOpen(approval.id)} data-testid="pending-open">
        {t('approval.open')} F8
      </Button>
    </>
  );
}

/** What became of the last request: the applicant sees the refusal in full. */
function LastDecision({ deviceId }: { readonly deviceId: string }): ReactNode {
  const { t, language } = useText();
  const names = useNames();
  const last = feed((state) =>
    Object.values(state.branch.approvals).findLast((approval) => approval.content.device === deviceId && !isPending(approval)),
  );
  if (last === undefined) return null;
  return (
    <p className="soft" data-testid="last-decision">
      {t('security.last', {
        action: t(`word.${last.content.action}`),
        stage: t(`approval.stage-${last.stage}`),
        name: names.person(last.decidedBy),
      })}
      {last.reason === undefined ? '' : ` “${last.reason}”`} {last.outcome === undefined ? '' : t(`outcome.${last.outcome}`)}
      {last.code === undefined ? '' : ` ${codeText(last.code, language)}`}
    </p>
  );
}

interface Facts {
  readonly device: DeviceView;
  readonly partition: PartitionView;
  readonly openZones: readonly ZoneView[];
  readonly pending: ApprovalView | undefined;
  readonly isLive: boolean;
  readonly mayAsk: boolean;
  readonly t: Say;
}

function blockedBy({ device, partition, openZones, pending, isLive, mayAsk, t }: Facts): string | undefined {
  if (!isLive) return t('key.offline');
  if (!mayAsk) return t('security.blocked-role');
  if (pending !== undefined) return t('security.blocked-pending');
  if (device.phase !== 'online') return t('security.blocked-offline');
  if (partition.state === 'disarmed' && openZones.length > 0) {
    return t('security.blocked-open', {
      zones: zoneNames(openZones, t),
    });
  }
  return partition.state === 'unknown' ? t('security.blocked-unknown') : undefined;
}
