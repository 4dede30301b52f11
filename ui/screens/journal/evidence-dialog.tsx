import { Button } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import type { Entry } from '../../../daemon/contract/entry.ts';
import { get } from '../../api/client.ts';
import { useKeys } from '../../app/keys.ts';
import { entryText } from '../../feed/entry-text.ts';
import { feed } from '../../feed/store.ts';
import { useWording } from '../../feed/use-wording.ts';
import { useText } from '../../i18n/i18n.ts';
import { Dialog } from '../../widgets/dialog.tsx';
import { calendarDate, exactTime } from '../../widgets/time.ts';

/** One entry whole: every fact, its picture, and its place in the chain. */
export function EvidenceDialog({ seq, onClose }: { readonly seq: number; readonly onClose: () => void }): ReactNode {
  const { t } = useText();
  const wording = useWording();
  const entry = useEntry(seq);
  useKeys({ Escape: { label: 'key.close', run: onClose }, F3: { label: 'key.back', run: onClose } }, 'dialog');
  return (
    <Dialog
      title={t('frame.evidence', { seq })}
      testId="evidence"
      width={760}
      onClose={onClose}
      footer={
        <Button onClick={onClose} data-testid="evidence-close">
          {t('help.close')} Esc
        </Button>
      }
    >
      {entry === undefined ? (
        <p className="soft" tabIndex={0} data-first>
          {t('journal.not-here')}
        </p>
      ) : (
        <>
          <p className="evidence-text" tabIndex={0} data-first>
            {entryText(entry, wording)}
          </p>
          <dl className="facts">
            <Fact name={t('journal.at')} value={`${calendarDate(entry.at)} ${exactTime(entry.at)}`} />
            <Fact name={t('journal.type')} value={entry.type} />
            <Fact name={t('journal.who')} value={wording.names.person(entry.actor)} />
            <Fact name={t('journal.device')} value={wording.names.device(entry.device)} />
            <Fact name={t('journal.position')} value={wording.names.position(entry.position)} />
            <Fact name={t('journal.flow')} value={entry.flow ?? ''} />
            <Fact name={t('journal.cause')} value={entry.cause ?? ''} />
            <Fact name={t('journal.prev')} value={entry.prev} />
            <Fact name={t('journal.hash')} value={entry.hash} />
          </dl>
          {entry.attachment !== undefined && entry.attachment.mediaType.startsWith('image/') && (
            <img className="evidence-picture" src={`/api/v1/images/${entry.attachment.sha256}`} alt={t('journal.picture')} />
          )}
          <pre className="raw" tabIndex={0} aria-label={t('journal.facts')}>
            {JSON.stringify(entry.data, null, 2)}
          </pre>
        </>
      )}
    </Dialog>
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

/** From what this page holds, else asked for. */
function useEntry(seq: number): Entry | undefined {
  const held = feed((state) => state.entries.find((entry) => entry.seq === seq));
  const [fetched, setFetched] = useState<Entry>();
  const isMissing = held === undefined;
  useEffect(() => {
    if (!isMissing) return;
    let isHere = true;
    get<{ readonly entries: readonly Entry[] }>(`/entries?afterSeq=${String(seq - 1)}&limit=1`).then(
      ({ entries }) => isHere && setFetched(entries[0]),
      () => undefined, // The dialog says that the entry is not here.
    );
    return () => {
      isHere = false;
    };
  }, [seq, isMissing]);
  return held ?? (fetched?.seq === seq ? fetched : undefined);
}
