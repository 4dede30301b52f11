import { Button, Input } from 'antd';
import { useEffect, useId, useState, type ReactNode } from 'react';
import { post, segment } from '../../api/client.ts';
import { useIntent } from '../../api/intent.ts';
import { login } from '../../api/login-store.ts';
import { tellOutcome } from '../../app/announcer.tsx';
import { useKeys } from '../../app/keys.ts';
import { useDaemonClock } from '../../feed/clock.ts';
import { statusOf } from '../../feed/device-status.ts';
import { feed } from '../../feed/store.ts';
import { useNames } from '../../feed/use-wording.ts';
import { codeText } from '../../i18n/error-text.ts';
import { useText } from '../../i18n/i18n.ts';
import { Dialog } from '../../widgets/dialog.tsx';
import { FieldFlow } from '../../widgets/field-flow.tsx';
import { StateMark } from '../../widgets/glyph.tsx';
import { ProblemNote } from '../../widgets/problem-note.tsx';
import { clockTime, countdown } from '../../widgets/time.ts';
import type { ApprovalView } from '../../../daemon/contract/state.ts';
import type { PanelStatus } from './panel-types.ts';
import { approvalGlyphs, isPending } from './approval-words.ts';
import { zoneNames } from './zone-words.ts';

/** P-5: the whole content first, the credential last, bound to exactly what is shown. */
export function ApprovalDialog({ approvalId, onClose }: { readonly approvalId: string; readonly onClose: () => void }): ReactNode {
  const { t, language } = useText();
  const names = useNames();
  const nowMs = useDaemonClock();
  const id = useId();
  const me = login((state) => state.person);
  const approval = feed((state) => state.branch.approvals[approvalId]);
  const device = feed((state) => (approval === undefined ? undefined : state.branch.devices[approval.content.device]));
  const [password, setPassword] = useState('');
  const [reason, setReason] = useState('');
  const opening = useIntent(`open-${approvalId}`);
  const granting = useIntent(`grant-${approvalId}`);
  const refusing = useIntent(`refuse-${approvalId}`);
  const withdrawing = useIntent(`withdraw-${approvalId}`);
  const isOwn = approval?.askedBy === me?.id;
  const isOpen = approval !== undefined && isPending(approval);
  const isDecider = isOpen && !isOwn;

  const open = opening.run;
  useEffect(() => {
    if (isDecider) void open((commandId) => post(`/approvals/${segment(approvalId)}/open`, { commandId }));
  }, [approvalId, isDecider, open]);

  const grant = (): void => {
    if (approval === undefined || password === '') return;
    void granting
      .run((commandId) => post(`/approvals/${segment(approvalId)}/grant`, { commandId, contentHash: approval.contentHash, password }))
      .then((ok) => {
        setPassword('');
        if (ok) tellOutcome(t('approval.granted'));
      });
  };
  const refuse = (): void => {
    if (reason.trim() !== '')
      void refusing
        .run((commandId) => post(`/approvals/${segment(approvalId)}/refuse`, { commandId, reason: reason.trim() }))
        .then((ok) => ok && onClose());
  };
  const withdraw = (): void => {
    void withdrawing.run((commandId) => post(`/approvals/${segment(approvalId)}/withdraw`, { commandId })).then((ok) => ok && onClose());
  };
  useKeys(
    {
      Escape: { label: 'key.close', run: onClose },
      F9: { label: 'approval.grant', blocked: isDecider && password !== '' ? undefined : t('approval.needs-password'), run: grant },
    },
    'dialog',
  );
  if (approval === undefined) return null;
  const { content } = approval;
  const status = statusOf(device, 'alarm-panel');
  return (
    <Dialog
      title={`${t('approval.title')} · ${t(`word.${content.action}`)}`}
      testId="approval-dialog"
      width={720}
      onClose={onClose}
      footer={<Button onClick={onClose}>{t('approval.later')} Esc</Button>}
    >
      <ContentFacts approval={approval} status={status} />
      <div className="row-between">
        <StateMark name={approvalGlyphs[approval.stage]} testId="approval-stage">
          {t(`approval.stage-${approval.stage}`)}{' '}
          {approval.openedBy === undefined ? '' : names.person(approval.decidedBy ?? approval.openedBy)}
        </StateMark>
        {isOpen && <strong data-testid="approval-left">{t('approval.left-time', { time: countdown(approval.expiresAt, nowMs) })}</strong>}
        {approval.outcome !== undefined && <span data-testid="approval-outcome">{t(`outcome.${approval.outcome}`)}</span>}
        {approval.code !== undefined && <strong>{codeText(approval.code, language)}</strong>}
      </div>
      {isOwn && isOpen && (
        <>
          <p>{codeText('CD_AUTH_SELF', language)}</p>
          <Button onClick={withdraw} loading={withdrawing.phase === 'busy'} data-testid="approval-withdraw">
            {t('approval.withdraw')}
          </Button>
        </>
      )}
      {isDecider && (
        <div className="two-boxes">
          <FieldFlow label={t('approval.grant')}>
            <div className="field">
              <label htmlFor={`${id}-password`}>{t('approval.password', { name: me?.name ?? '' })}</label>
              <Input.Password
                id={`${id}-password`}
                autoComplete="off"
                visibilityToggle={false}
                value={password}
                onChange={(event) => setPassword(event.target.value)}
                data-testid="approval-password"
              />
            </div>
            <Button
              type="primary"
              data-review
              disabled={password === ''}
              title={password === '' ? t('approval.needs-password') : undefined}
              onClick={grant}
              loading={granting.phase === 'busy'}
              data-testid="approval-grant"
            >
              {t('approval.grant')} F9
            </Button>
          </FieldFlow>
          <FieldFlow label={t('approval.refuse')}>
            <div className="field">
              <label htmlFor={`${id}-reason`}>{t('approval.reason')}</label>
              <Input
                id={`${id}-reason`}
                maxLength={200}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
                data-testid="approval-reason"
              />
            </div>
            <Button
              data-review
              disabled={reason.trim() === ''}
              title={reason.trim() === '' ? t('approval.needs-reason') : undefined}
              onClick={refuse}
              loading={refusing.phase === 'busy'}
              data-testid="approval-refuse"
            >
              {t('approval.refuse')}
            </Button>
          </FieldFlow>
        </div>
      )}
      <ProblemNote refusal={granting.refusal ?? refusing.refusal ?? withdrawing.refusal ?? opening.refusal} />
    </Dialog>
  );
}

/** The whole content, before anybody is asked to decide (P-5). */
function ContentFacts({ approval, status }: { readonly approval: ApprovalView; readonly status: PanelStatus | undefined }): ReactNode {
  const { t } = useText();
  const names = useNames();
  const { content } = approval;
  const openZones =
    status?.zones.filter(
      (zone) => zone.state === 'open' && !zone.isBypassed && (zone.partition ?? content.partition) === content.partition,
    ) ?? [];

  return (
    <dl className="facts" tabIndex={0} data-first>
      <Fact name={t('approval.what')} value={t(`word.${content.action}`)} />
      <Fact name={t('approval.device')} value={names.device(content.device)} />
      <Fact name={t('approval.partition')} value={String(content.partition)} />
      {content.mode !== undefined && <Fact name={t('approval.mode')} value={t(`word.${content.mode}`)} />}
      <Fact name={t('approval.asked-by')} value={`${names.person(approval.askedBy)} ${clockTime(approval.askedAt)}`} />
      {content.zones !== undefined && (
        <Fact
          name={t('approval.zones')}
          value={zoneNames(
            content.zones.map((number) => status?.zones.find(({ zone }) => zone === number) ?? { zone: number }),
            t,
          )}
        />
      )}
      {content.reason !== undefined && <Fact name={t('approval.why')} value={content.reason} />}
      {status?.verified === false && <Fact name={t('approval.device')} value={t('security.unverified')} />}
      <Fact name={t('approval.zones-open')} value={openZones.length === 0 ? t('app.none') : zoneNames(openZones, t)} />
      <Fact name={t('approval.content')} value={`${approval.contentHash.slice(0, 4)}·${approval.contentHash.slice(4, 8)}`.toUpperCase()} />
    </dl>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
