import { useState, type ReactNode } from 'react';
import { login } from '../api/login-store.ts';
import { useNextStep } from '../app/next-step.tsx';
import { useDaemonClock } from '../feed/clock.ts';
import { feed } from '../feed/store.ts';
import { useNames } from '../feed/use-wording.ts';
import { useText } from '../i18n/i18n.ts';
import { StateMark } from '../widgets/glyph.tsx';
import { RecordGrid, type GridColumn } from '../widgets/record-grid.tsx';
import { clockTime, countdown } from '../widgets/time.ts';
import type { ApprovalView } from '../../daemon/contract/state.ts';
import { ApprovalDialog } from './security/approval-dialog.tsx';
import { approvalGlyphs, isPending } from './security/approval-words.ts';
import { ScreenHead } from './screen-head.tsx';

/** 8000: requests that wait for a second person, and what became of the others. */
export function Approvals(): ReactNode {
  const { t } = useText();
  const names = useNames();
  const nowMs = useDaemonClock();
  const personId = login((state) => state.person?.id);
  const approvals = feed((state) => state.branch.approvals);
  const [openId, setOpenId] = useState<string>();
  const rows = Object.values(approvals).sort((a, b) => Number(isPending(b)) - Number(isPending(a)) || b.askedAt.localeCompare(a.askedAt));
  const waiting = rows.filter((row) => isPending(row) && row.askedBy !== personId).length;
  useNextStep(waiting > 0 ? t('approval.next-some', { count: waiting }) : t('approval.next-none'));
  const columns: readonly GridColumn<ApprovalView>[] = [
    { key: 'at', title: t('approval.asked-at'), width: '90px', render: (row) => clockTime(row.askedAt) },
    {
      key: 'what',
      title: t('approval.what'),
      width: '1.4fr',
      render: (row) =>
        `${t(`word.${row.content.action}`)} ${names.device(row.content.device)} ${t('security.partition', { number: row.content.partition })}`,
    },
    { key: 'who', title: t('approval.asked-by'), width: '1fr', render: (row) => names.person(row.askedBy) },
    {
      key: 'state',
      title: t('approval.state'),
      width: '1.4fr',
      render: (row) => <StateMark name={approvalGlyphs[row.stage]}>{t(`approval.stage-${row.stage}`)}</StateMark>,
    },
    { key: 'by', title: t('approval.decided-by'), width: '1fr', render: (row) => names.person(row.decidedBy ?? row.openedBy) },
    {
      key: 'left',
      title: t('approval.left'),
      width: '80px',
      isNumber: true,
      render: (row) => (isPending(row) ? countdown(row.expiresAt, nowMs) : ''),
    },
  ];
  return (
    <>
      <ScreenHead code="8000" title={t('fn.8000')} />
      <RecordGrid
        label={t('fn.8000')}
        testId="approvals-grid"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowHeight={36}
        empty={t('approval.empty')}
        onOpen={(row) => setOpenId(row.id)}
      />
      {openId !== undefined && <ApprovalDialog approvalId={openId} onClose={() => setOpenId(undefined)} />}
    </>
  );
}
