import { Button, Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import type { ApprovalView, DeviceView } from '../../../daemon/contract/state.ts';
import { login } from '../../api/login-store.ts';
import { useKeys } from '../../app/keys.ts';
import { useNextStep } from '../../app/next-step.tsx';
import { byFamily, statusOf } from '../../feed/device-status.ts';
import { feed } from '../../feed/store.ts';
import { useText, type Say } from '../../i18n/i18n.ts';
import { StateMark, type GlyphName } from '../../widgets/glyph.tsx';
import { clockTime } from '../../widgets/time.ts';
import { Panel, ScreenHead } from '../screen-head.tsx';
import { ApprovalDialog } from './approval-dialog.tsx';
import { isPending } from './approval-words.ts';
import { BranchPlan } from './branch-plan.tsx';
import type { PanelStatus, PartitionView } from './panel-types.ts';
import { RequestBox } from './request-box.tsx';
import { Timeline } from './timeline.tsx';
import { ZoneList } from './zone-list.tsx';
import { zoneNames } from './zone-words.ts';

const partitionGlyphs: Readonly<Record<PartitionView['state'], GlyphName>> = {
  unknown: 'unknown',
  disarmed: 'disarmed',
  exitDelay: 'running',
  armed: 'armed',
  entryDelay: 'needs-hands',
  alarm: 'alarm',
};

/** W9: zones as a list and as a plan of the same facts; arming and disarming are asked for here and granted by another person. */
export function Security(): ReactNode {
  const { t } = useText();
  const devices = feed((state) => state.branch.devices);
  const panels = byFamily(devices, 'alarm-panel');
  const [chosen, setChosen] = useState<string>();
  const device = panels.find(({ id }) => id === chosen) ?? panels[0];
  if (device === undefined) {
    return (
      <>
        <ScreenHead code="4000" title={t('fn.4000')} />
        <p>{t('security.no-panel')}</p>
      </>
    );
  }
  return (
    <>
      <ScreenHead code="4000" title={t('fn.4000')}>
        {panels.length > 1 && (
          <Segmented options={panels.map(({ id, name }) => ({ label: name, value: id }))} value={device.id} onChange={setChosen} />
        )}
      </ScreenHead>
      <PanelScreen key={device.id} device={device} />
    </>
  );
}

function PanelScreen({ device }: { readonly device: DeviceView }): ReactNode {
  const { t } = useText();
  const status = statusOf(device, 'alarm-panel');
  const approvals = feed((state) => state.branch.approvals);
  const personId = login((state) => state.person?.id);
  const facesPublic = feed((state) =>
    Object.values(state.branch.positions).some(({ id, facesPublic: faces }) => faces && id === login.getState().positionId),
  );
  const [view, setView] = useState<'list' | 'plan'>('list');
  const [partitionNumber, setPartitionNumber] = useState(1);
  const [openApproval, setOpenApproval] = useState<string>();
  const pending = Object.values(approvals).find((approval) => isPending(approval) && approval.content.device === device.id);
  const partition = status?.partitions.find((each) => each.partition === partitionNumber) ?? status?.partitions[0];
  useKeys({
    F7: { label: 'key.view', run: () => setView(view === 'list' ? 'plan' : 'list') },
    F8: {
      label: 'key.approve',
      blocked: pending === undefined ? t('security.no-pending') : undefined,
      run: () => setOpenApproval(pending?.id),
    },
  });
  const openZones = status?.zones.filter((zone) => zone.state === 'open' && !zone.isBypassed) ?? [];
  useNextStep(nextStep({ pending, partition, openZones, isVerified: status?.verified === true, personId, t }));
  if (status === undefined || partition === undefined) return <StateMark name="unknown">{t('security.no-status')}</StateMark>;
  const zones = status.zones.filter((zone) => isUsed(zone, status) && !(facesPublic && zone.kind === 'holdUp'));
  return (
    <>
      <div className="partition-line">
        {status.partitions.length > 1 && (
          <Segmented
            options={status.partitions.map((each) => ({
              label: each.label ?? t('security.partition', { number: each.partition }),
              value: each.partition,
            }))}
            value={partition.partition}
            onChange={setPartitionNumber}
          />
        )}
        <StateMark name={partitionGlyphs[partition.state]} testId="partition-state">
          {partition.label ?? t('security.partition', { number: partition.partition })}: {t(`state.${partition.state}`)}
          {partition.mode !== undefined && partition.state === 'armed'
            ? ` (${t(partition.mode.startsWith('stay') ? 'word.stay' : 'word.away')})`
            : ''}
        </StateMark>
        {partition.state === 'disarmed' && (
          <StateMark name={partition.isReady ? 'done' : 'open'}>{t(partition.isReady ? 'security.ready' : 'security.not-ready')}</StateMark>
        )}
        {status.zones.some(({ isBypassed }) => isBypassed) && (
          <StateMark name="bypassed" testId="bypassed-zones">
            {t('security.bypassed', {
              zones: zoneNames(
                zones.filter(({ isBypassed }) => isBypassed),
                t,
              ),
            })}
          </StateMark>
        )}
        {!status.verified && <StateMark name="unknown">{t('security.unverified')}</StateMark>}
        {status.trouble && <StateMark name="failed">{t('security.trouble')}</StateMark>}
        <span className="soft">{t('state.since', { time: clockTime(device.statusAt ?? device.phaseAt) })}</span>
      </div>
      <div className="security-columns">
        <Panel
          title={t('security.zones')}
          testId="zones"
          extra={
            <Segmented
              options={[
                { label: t('security.list'), value: 'list' },
                { label: t('security.plan'), value: 'plan' },
              ]}
              value={view}
              onChange={setView}
            />
          }
        >
          {view === 'list' ? <ZoneList zones={zones} /> : <BranchPlan zones={zones} />}
        </Panel>
        <div className="stack">
          <RequestBox device={device} partition={partition} zones={status.zones} pending={pending} onOpen={setOpenApproval} />
          <Timeline deviceId={device.id} />
        </div>
      </div>
      {pending !== undefined && pending.askedBy !== personId && openApproval === undefined && (
        <div className="float-note" role="status">
          {t('security.someone-asks')}{' '}
          <Button size="small" type="primary" onClick={() => setOpenApproval(pending.id)} data-testid="open-approval">
            {t('approval.open')} F8
          </Button>
        </div>
      )}
      {openApproval !== undefined && <ApprovalDialog approvalId={openApproval} onClose={() => setOpenApproval(undefined)} />}
    </>
  );
}

/** A panel tells of every zone it could have. Once it has told names, nameless ones at rest are not wired. */
function isUsed(zone: PanelStatus['zones'][number], { labels }: PanelStatus): boolean {
  const hasNames = labels.some(({ kind }) => kind === 'zone');
  return (
    !hasNames ||
    zone.label !== undefined ||
    zone.kind !== undefined ||
    zone.state === 'open' ||
    zone.isFaulty ||
    zone.isTampered ||
    zone.isInAlarm
  );
}

interface Situation {
  readonly pending: ApprovalView | undefined;
  readonly partition: PartitionView | undefined;
  readonly openZones: PanelStatus['zones'];
  /** What the panel was last heard to say still holds. */
  readonly isVerified: boolean;
  readonly personId: string | undefined;
  readonly t: Say;
}

function nextStep({ pending, partition, openZones, isVerified, personId, t }: Situation): string {
  if (pending !== undefined) return t(pending.askedBy === personId ? 'security.next-wait' : 'security.next-decide');
  if (partition?.state === 'alarm') return t('security.next-alarm');
  if (partition?.state === 'exitDelay') return t('security.next-exit');
  if (partition?.state === 'entryDelay') return t('security.next-entry');
  if (partition?.state === 'armed') return t('security.next-armed');
  if (openZones.length > 0) return t('security.next-open', { zones: zoneNames(openZones, t) });
  return t(isVerified ? 'security.next-quiet' : 'security.next-unverified');
}
