import { Button, Input, Select } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import type { Entry } from '../../../daemon/contract/entry.ts';
import { useKeys } from '../../app/keys.ts';
import { useNextStep } from '../../app/next-step.tsx';
import { replaceQuery, type Route } from '../../app/route.ts';
import { entryGlyph } from '../../feed/entry-glyph.ts';
import { entryText } from '../../feed/entry-text.ts';
import { feed } from '../../feed/store.ts';
import { useWording } from '../../feed/use-wording.ts';
import { useText } from '../../i18n/i18n.ts';
import { Glyph } from '../../widgets/glyph.tsx';
import { ProblemNote } from '../../widgets/problem-note.tsx';
import { RecordGrid, type GridColumn } from '../../widgets/record-grid.tsx';
import { calendarDate, clockTime } from '../../widgets/time.ts';
import { ScreenHead } from '../screen-head.tsx';
import { EvidenceDialog } from './evidence-dialog.tsx';
import { accepts, filterOf } from './journal-filter.ts';
import { useOlderEntries } from './older-entries.ts';

const areas = [
  'branch.',
  'person.',
  'login.',
  'position.',
  'device.',
  'approval.',
  'passbook-update.',
  'cash-count.',
  'slip-scan.',
  'passbook-printer.',
  'cash-counter.',
  'seal-scanner.',
  'alarm-panel.',
  'journal.',
] as const;

/** 6000: the journal, newest first. One predicate for history and live tail; the filter lives in the address. */
export function Journal({ route }: { readonly route: Route }): ReactNode {
  const { t, nameOf } = useText();
  const wording = useWording();
  const live = feed((state) => state.entries);
  const devices = feed((state) => state.branch.devices);
  const people = feed((state) => state.branch.people);
  const [isPaused, setPaused] = useState(false);
  const [heldSeq, setHeldSeq] = useState(0);
  const filter = filterOf(route.query);
  const older = useOlderEntries(filter, live[0]?.seq);
  const rows = useMemo(() => {
    const upTo = isPaused ? heldSeq : Number.POSITIVE_INFINITY;
    return [...older.entries, ...live].filter((entry) => entry.seq <= upTo && accepts(filter, entry)).reverse();
  }, [older.entries, live, isPaused, heldSeq, filter]);
  const newCount = isPaused ? live.filter((entry) => entry.seq > heldSeq && accepts(filter, entry)).length : 0;
  const chosenSeq = Number(route.query.get('seq') ?? '0');
  const set = (changes: Readonly<Record<string, string>>): void => replaceQuery(route, changes);
  const pause = (): void => {
    setPaused(!isPaused);
    setHeldSeq(live.at(-1)?.seq ?? 0);
  };
  useKeys({
    F7: { label: isPaused ? 'journal.resume' : 'journal.pause', run: pause },
    F5: { label: 'journal.older', run: () => void older.more() },
  });
  useNextStep(isPaused ? t('journal.next-paused', { count: newCount }) : t('journal.next'));
  const columns: readonly GridColumn<Entry>[] = [
    { key: 'seq', title: t('journal.seq'), width: '76px', isNumber: true, render: (entry) => entry.seq },
    { key: 'at', title: t('journal.at'), width: '150px', render: (entry) => `${calendarDate(entry.at)} ${clockTime(entry.at)}` },
    {
      key: 'text',
      title: t('journal.what'),
      width: 'minmax(0, 2.4fr)',
      render: (entry) => (
        <>
          <Glyph name={entryGlyph(entry)} /> {entryText(entry, wording)}
        </>
      ),
    },
    { key: 'actor', title: t('journal.who'), width: 'minmax(0, 0.7fr)', render: (entry) => wording.names.person(entry.actor) },
    {
      key: 'type',
      title: t('journal.type'),
      width: 'minmax(0, 1.2fr)',
      render: (entry) => <span className="mono soft">{entry.type}</span>,
    },
  ];
  return (
    <>
      <ScreenHead code="6000" title={t('fn.6000')} />
      <div className="filter-line" role="search" aria-label={t('journal.filter')}>
        <Select
          aria-label={t('journal.type')}
          data-testid="filter-type"
          value={filter.type}
          onChange={(type) => set({ type })}
          options={[{ value: '', label: t('journal.all-types') }, ...areas.map((area) => ({ value: area, label: t(`area.${area}`) }))]}
        />
        <Select
          aria-label={t('journal.device')}
          data-testid="filter-device"
          value={filter.device}
          onChange={(device) => set({ device })}
          options={[
            { value: '', label: t('journal.all-devices') },
            ...Object.values(devices).map((device) => ({ value: device.id, label: nameOf(device) })),
          ]}
        />
        <Select
          aria-label={t('journal.who')}
          data-testid="filter-actor"
          value={filter.actor}
          onChange={(actor) => set({ actor })}
          options={[
            { value: '', label: t('journal.all-people') },
            ...Object.values(people).map(({ id, name }) => ({ value: id, label: `${id} ${name}` })),
          ]}
        />
        <Input
          aria-label={t('journal.text')}
          placeholder={t('journal.text')}
          data-testid="filter-text"
          defaultValue={filter.text}
          onChange={(event) => set({ text: event.target.value })}
        />
        <Button onClick={pause} aria-pressed={isPaused} data-testid="journal-pause">
          {isPaused ? `${t('journal.resume')} +${String(newCount)}` : t('journal.pause')} F7
        </Button>
        <span className="soft" data-testid="journal-count">
          {t('journal.count', { count: rows.length })}
        </span>
      </div>
      <RecordGrid
        label={t('fn.6000')}
        testId="journal-grid"
        columns={columns}
        rows={rows}
        rowKey={(entry) => entry.seq}
        rowState={entryGlyph}
        empty={t('journal.empty')}
        onOpen={(entry) => set({ seq: String(entry.seq) })}
      />
      <div className="buttons">
        <Button
          onClick={() => void older.more()}
          loading={older.isBusy}
          disabled={older.isComplete}
          title={older.isComplete ? t('journal.complete') : undefined}
          data-testid="journal-older"
        >
          {t('journal.older')} F5
        </Button>
        {older.isComplete && <span className="soft">{t('journal.complete')}</span>}
        <ProblemNote refusal={older.refusal} />
      </div>
      {chosenSeq > 0 && <EvidenceDialog seq={chosenSeq} onClose={() => set({ seq: '' })} />}
    </>
  );
}
