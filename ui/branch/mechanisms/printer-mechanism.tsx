import { useState, type ReactNode } from 'react';
import type { SimulatedDevice } from '../branch-types.ts';
import { perform } from '../control.ts';
import { useBranchText } from '../use-branch.ts';
import { Key, Lamp } from './parts.tsx';

interface PrinterView {
  readonly power: 'on' | 'off';
  readonly lamps: { readonly online: boolean; readonly paper: boolean; readonly error: boolean };
  readonly cover: 'open' | 'closed';
  readonly isJammed: boolean;
  readonly isPrinting: boolean;
  readonly ribbon: 'full' | 'low' | 'out';
  readonly mouth: {
    readonly medium: 'none' | 'sheet' | 'book';
    readonly book?: string;
    readonly owner?: string;
    readonly page?: number;
    readonly isCrooked?: boolean;
    readonly lines?: readonly unknown[];
  };
  readonly books: readonly {
    readonly id: string;
    readonly owner: string;
    readonly account: string;
    readonly pageCount: number;
    readonly openAt: number;
  }[];
}

/** A flat-bed printer: the mouth with the book in it, its paper with the ink that stays, and the books beside. */
export function PrinterMechanism({ device }: { readonly device: SimulatedDevice }): ReactNode {
  const { t } = useBranchText();
  const view = device.view as unknown as PrinterView;
  const { mouth } = view;
  const to = (gesture: string) => () => void perform(device.id, gesture);
  const pictureKey = JSON.stringify([mouth.book, mouth.page, mouth.lines]);
  return (
    <div className="mechanism">
      <div className="lamps">
        <Lamp isOn={view.power === 'on'} name={t('power')} />
        <Lamp isOn={view.lamps.online} name={t('online')} />
        <Lamp isOn={view.lamps.paper} name={t('paper')} tone="warn" />
        <Lamp isOn={view.lamps.error} name={t('error')} tone="bad" />
        <span>
          {t('ribbon')} {t(`ribbon-${view.ribbon}`)}
        </span>
      </div>
      <div className={`mouth ${view.cover === 'open' ? 'mouth-open' : ''}`} data-testid={`mouth-${device.id}`} data-medium={mouth.medium}>
        <strong>
          {t('mouth')}:{' '}
          {mouth.medium === 'none'
            ? t('mouth-none')
            : `${mouth.owner ?? ''} ${mouth.book ?? ''} ${mouth.page === undefined ? '' : t('page', mouth.page)}`}
          {mouth.isCrooked === true ? ` (${t('crooked')})` : ''}
        </strong>
        {mouth.medium !== 'none' && <Paper deviceId={device.id} version={pictureKey} />}
      </div>
      <div className="keys-row">
        {mouth.medium !== 'none' && (
          <>
            <Key name={t('remove')} testId={`key-${device.id}-remove-book`} onPress={to('remove-book')} />
            {mouth.medium === 'book' && <Key name={t('turn')} testId={`key-${device.id}-turn-page`} onPress={to('turn-page')} />}
            <Key name={t('skew')} testId={`key-${device.id}-skew`} onPress={() => void perform(device.id, 'skew', { degrees: 2 })} />
          </>
        )}
        <Key
          name={t(view.isJammed ? 'clear-jam' : 'jam')}
          testId={`key-${device.id}-jam`}
          onPress={to(view.isJammed ? 'clear-jam' : 'jam')}
        />
        <Key
          name={t(view.cover === 'open' ? 'close-cover' : 'open-cover')}
          testId={`key-${device.id}-cover`}
          onPress={to(view.cover === 'open' ? 'close-cover' : 'open-cover')}
        />
      </div>
      <h3>{t('rack')}</h3>
      <ul className="rack">
        {view.books.map((book) => (
          <BookInRack key={book.id} deviceId={device.id} book={book} isIn={mouth.book === book.id} />
        ))}
      </ul>
    </div>
  );
}

function BookInRack({
  deviceId,
  book,
  isIn,
}: {
  readonly deviceId: string;
  readonly book: PrinterView['books'][number];
  readonly isIn: boolean;
}): ReactNode {
  const { t } = useBranchText();
  const [page, setPage] = useState(String(book.openAt));
  return (
    <li className={isIn ? 'book book-out' : 'book'}>
      <span className="book-cover" aria-hidden="true" />
      <span>
        <strong>{book.owner}</strong> <span className="mono">{book.id}</span>
        <br />
        <span className="mono soft">{book.account}</span>
      </span>
      <select
        aria-label={`${book.owner} ${t('page', Number(page))}`}
        value={page}
        onChange={(event) => setPage(event.target.value)}
        disabled={isIn}
      >
        {Array.from({ length: book.pageCount }, (_, index) => (
          <option key={index} value={index + 1}>
            {t('page', index + 1)}
          </option>
        ))}
      </select>
      <Key
        name={`${t('insert')} ${book.owner}`}
        shown={t('insert')}
        isOff={isIn}
        testId={`insert-${book.id}`}
        onPress={() => void perform(deviceId, 'insert-book', { book: book.id, page: Number(page) })}
      />
    </li>
  );
}

function Paper({ deviceId, version }: { readonly deviceId: string; readonly version: string }): ReactNode {
  const { t } = useBranchText();
  return (
    <img
      className="paper"
      alt={t('picture')}
      data-testid={`paper-${deviceId}`}
      src={`/api/devices/${encodeURIComponent(deviceId)}/pictures/page.png?v=${String(hashOf(version))}`}
    />
  );
}

/** Makes the browser ask again when the paper changed. */
function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = (hash * 31 + text.charCodeAt(at)) | 0;
  return hash;
}
