import type { ReactNode } from 'react';
import type { CashCountView, CountedNote } from '../../../daemon/contract/state.ts';
import { useText } from '../../i18n/i18n.ts';
import { Glyph } from '../../widgets/glyph.tsx';
import { formatDenomination } from '../../widgets/money.ts';
import { RecordGrid, type GridColumn } from '../../widgets/record-grid.tsx';
import { Panel } from '../screen-head.tsx';

/** Notes one by one, the newest on top. */
export function NoteList({ running }: { readonly running: CashCountView['running'] }): ReactNode {
  const { t } = useText();
  const rows = [...running.notes].reverse();
  const columns: readonly GridColumn<CountedNote>[] = [
    { key: 'number', title: t('cash.note-number'), width: '44px', isNumber: true, render: (note) => note.number },
    {
      key: 'value',
      title: t('cash.denomination'),
      width: '104px',
      isNumber: true,
      render: (note) => (note.isRejected ? '' : formatDenomination(note.denominationMinor)),
    },
    { key: 'serial', title: t('cash.serial'), width: 'minmax(92px, 1fr)', render: (note) => <span className="mono">{note.serial}</span> },
    {
      key: 'verdict',
      title: t('cash.verdict'),
      width: '84px',
      render: (note) => (
        <>
          <Glyph name={note.isRejected ? 'suspect' : 'done'} />{' '}
          {note.isRejected ? t('cash.rejected', { code: note.errorCode ?? 0 }) : t('cash.accepted')}
        </>
      ),
    },
  ];
  return (
    <Panel
      title={t('cash.notes')}
      testId="cash-notes"
      extra={<span data-testid="note-sums">{t('cash.note-sums', { count: running.noteCount, rejected: running.rejectCount })}</span>}
    >
      <RecordGrid
        label={t('cash.notes')}
        testId="note-grid"
        columns={columns}
        rows={rows}
        rowKey={(note) => `${note.isRejected ? 'r' : 'a'}${String(note.number)}`}
        rowState={(note) => (note.isRejected ? 'suspect' : undefined)}
        empty={t('cash.notes-empty')}
      />
    </Panel>
  );
}
