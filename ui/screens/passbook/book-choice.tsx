import { Button, Input } from 'antd';
import { useEffect, useId, useState, type ReactNode } from 'react';
import type { PassbookView } from '../../../daemon/contract/http.ts';
import type { PassbookUpdateView } from '../../../daemon/contract/state.ts';
import { get } from '../../api/client.ts';
import { toRefusal, type RequestRefused } from '../../api/problem.ts';
import { useKeys } from '../../app/keys.ts';
import { useNextStep } from '../../app/next-step.tsx';
import { useText } from '../../i18n/i18n.ts';
import { FieldFlow } from '../../widgets/field-flow.tsx';
import { StateMark } from '../../widgets/glyph.tsx';
import { formatMinor, toHalfWidth } from '../../widgets/money.ts';
import { ProblemNote } from '../../widgets/problem-note.tsx';
import { useFlowStart } from '../flow-actions.ts';
import { Panel } from '../screen-head.tsx';
import { LineList } from './line-list.tsx';

/** Finds the book by account or book number, and shows what is unprinted before anything starts. */
export function BookChoice({ last }: { readonly last: PassbookUpdateView | undefined }): ReactNode {
  const { t } = useText();
  const id = useId();
  const [account, setAccount] = useState('');
  const [sought, setSought] = useState('');
  const { books, refusal } = useBooks(sought);
  const starting = useFlowStart('passbook-update');
  const start = (passbookId: string): void => void starting.start({ kind: 'passbook-update', passbookId });
  const only = books?.length === 1 ? books[0] : undefined;
  const isReady = only !== undefined && only.unprintedCount > 0;
  useKeys({
    F5: { label: 'key.fetch', run: () => setSought(toHalfWidth(account).trim()) },
    F9: {
      label: 'key.start',
      blocked: isReady ? undefined : t('book.needs-book'),
      run: () => only !== undefined && start(only.passbookId),
    },
  });
  useNextStep(
    books === undefined
      ? t('book.next-find')
      : books.length === 0
        ? t('book.none-found')
        : books.every(({ unprintedCount }) => unprintedCount === 0)
          ? t('book.next-nothing')
          : t('book.next-start'),
  );
  return (
    <div className="book-columns">
      <Panel title={t('book.find')} testId="book-find">
        <FieldFlow label={t('book.find')}>
          <div className="field">
            <label htmlFor={id}>{t('book.account')}</label>
            <Input
              id={id}
              autoFocus
              inputMode="numeric"
              autoComplete="off"
              value={account}
              onChange={(event) => setAccount(event.target.value)}
              data-testid="book-account"
            />
          </div>
          <Button data-review onClick={() => setSought(toHalfWidth(account).trim())} data-testid="book-search">
            {t('book.search')} F5
          </Button>
        </FieldFlow>
        <ul className="books">
          {books?.map((book) => (
            <BookRow key={book.passbookId} book={book} isBusy={starting.phase === 'busy'} onStart={start} />
          ))}
        </ul>
        {books?.length === 0 && <p className="soft">{t('book.none-found')}</p>}
        <ProblemNote refusal={refusal ?? starting.refusal} />
      </Panel>
      {last !== undefined && (
        <Panel title={t('book.last')} testId="book-last">
          <StateMark name={last.step === 'finished' ? 'done' : 'refused'}>
            {t(last.step === 'finished' ? 'book.finished' : 'book.cancelled')}
          </StateMark>
          <p>
            {last.accountMasked} {last.holderMasked}
          </p>
          <LineList lines={last.lines} />
        </Panel>
      )}
    </div>
  );
}

interface RowProps {
  readonly book: PassbookView;
  readonly isBusy: boolean;
  readonly onStart: (passbookId: string) => void;
}

function BookRow({ book, isBusy, onStart }: RowProps): ReactNode {
  const { t } = useText();
  const blocked = book.unprintedCount === 0 ? t('book.nothing') : undefined;
  return (
    <li className="book-row" data-testid={`book-${book.passbookId}`}>
      <div>
        <strong>{book.accountMasked}</strong> {book.holderMasked} <span className="soft">{t('book.number', { id: book.passbookId })}</span>
        <div className="soft">
          {t('book.printed-to', { page: book.lastPrintedPage, line: book.lastPrintedLine })} · {t('book.balance')}{' '}
          {formatMinor(book.balanceMinor)}
        </div>
      </div>
      <StateMark name={book.unprintedCount === 0 ? 'done' : 'waiting'}>{t('book.unprinted', { count: book.unprintedCount })}</StateMark>
      <Button
        type="primary"
        disabled={blocked !== undefined}
        title={blocked}
        loading={isBusy}
        onClick={() => onStart(book.passbookId)}
        data-testid={`book-start-${book.passbookId}`}
      >
        {t('book.start')} F9
      </Button>
    </li>
  );
}

function useBooks(sought: string): { readonly books: readonly PassbookView[] | undefined; readonly refusal: RequestRefused | undefined } {
  const [found, setFound] = useState<{
    readonly sought: string;
    readonly books?: readonly PassbookView[];
    readonly refusal?: RequestRefused;
  }>({ sought: '' });
  useEffect(() => {
    if (sought === '') return;
    let isHere = true;
    get<readonly PassbookView[]>(`/passbooks?account=${encodeURIComponent(sought)}`).then(
      (answer) => isHere && setFound({ sought, books: answer }),
      (error: unknown) => isHere && setFound({ sought, refusal: toRefusal(error) }),
    );
    return () => {
      isHere = false;
    };
  }, [sought]);
  const isCurrent = sought !== '' && found.sought === sought;
  return { books: isCurrent ? found.books : undefined, refusal: isCurrent ? found.refusal : undefined };
}
