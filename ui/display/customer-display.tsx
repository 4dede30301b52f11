import { useEffect, useState, type ReactNode } from 'react';
import type { DisplayView } from '../../daemon/contract/socket.ts';
import { formatDenomination, formatHeading, formatMinor } from '../widgets/money.ts';
import { displayToken, followDisplay, isSimulatedBranch, pair, type Shown } from './display-link.ts';
import { both, displayTexts, displayWords } from './display-texts.ts';

/** W5: what the customer sees. It knows no more than the view it is sent, and forgets it when told or cut off. */
export function CustomerDisplay(): ReactNode {
  const [token, setToken] = useState(displayToken.read());
  const [shown, setShown] = useState<Shown>(token === '' ? { kind: 'unpaired' } : { kind: 'wait' });
  const [isSimulated, setSimulated] = useState(false);
  useEffect(() => {
    isSimulatedBranch().then(setSimulated, () => undefined); // Without an answer the mark stays off until the next load.
  }, []);
  useEffect(() => (token === '' ? undefined : followDisplay(token, setShown)), [token]);
  return (
    <div className="display" data-testid="display" data-shown={shown.kind === 'view' ? shown.view.mode : shown.kind}>
      {isSimulated && (
        <aside className="simulated-mark" aria-label={displayWords.simulated.join(' ')} data-testid="simulated">
          {displayWords.simulated.join(' ')}
        </aside>
      )}
      {shown.kind === 'unpaired' ? (
        <Pairing onPaired={() => setToken(displayToken.read())} />
      ) : shown.kind === 'wait' ? (
        <Message mode="wait" />
      ) : (
        <View view={shown.view} />
      )}
    </div>
  );
}

function View({ view }: { readonly view: DisplayView }): ReactNode {
  const hasFigures = (view.mode === 'counting' || view.mode === 'counted') && view.currency !== undefined;
  return (
    <>
      <header>
        <span data-testid="display-position">{view.positionName}</span>
        {view.tellerNumber !== undefined && (
          <span>
            {displayWords.teller.join(' ')} {view.tellerNumber}
          </span>
        )}
      </header>
      <Message mode={view.mode} />
      {hasFigures && <Figures view={view} currency={view.currency} />}
    </>
  );
}

function Message({ mode }: { readonly mode: DisplayView['mode'] }): ReactNode {
  const [zh, en] = both(displayTexts[mode]);
  return (
    <main className={`message message-${mode}`}>
      <h1 data-testid="display-message">{zh}</h1>
      <p lang="en">{en}</p>
    </main>
  );
}

function Figures({ view, currency }: { readonly view: DisplayView; readonly currency: string }): ReactNode {
  return (
    <section className="figures" aria-label={displayTexts.counting[0]}>
      <table>
        <tbody>
          {view.lines.map((line) => (
            <tr key={line.denominationMinor}>
              <th scope="row">{formatDenomination(line.denominationMinor)}</th>
              <td>× {line.noteCount}</td>
              <td>{formatMinor(line.amountMinor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="total">
        <span data-testid="display-count">{both(displayWords.notes, view.noteCount).join(' / ')}</span>
        <strong data-testid="display-total">{formatHeading(view.totalMinor, currency, 'zh-CN')}</strong>
      </p>
      <p className="remind">
        <span>
          {view.reviewCount > 0 ? both(displayWords.review, view.reviewCount).join(' / ') : `✓ ${displayWords.checked.join(' / ')}`}
        </span>
        <span>{displayWords.remind.join(' / ')}</span>
      </p>
    </section>
  );
}

function Pairing({ onPaired }: { readonly onPaired: () => void }): ReactNode {
  const [code, setCode] = useState('');
  const [isWrong, setWrong] = useState(false);
  const submit = (): void => {
    pair(code).then(
      (isPaired) => (isPaired ? onPaired() : setWrong(true)),
      () => setWrong(true),
    );
  };
  return (
    <main className="pairing">
      <h1>{displayWords.pairTitle.join(' ')}</h1>
      <p>{displayWords.pairHow.join(' / ')}</p>
      <label htmlFor="code">{displayWords.pairCode.join(' ')}</label>
      <input
        id="code"
        autoFocus
        autoComplete="off"
        data-testid="display-code"
        value={code}
        onChange={(event) => setCode(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && !event.repeat && submit()}
      />
      <button type="button" onClick={submit} data-testid="display-pair">
        {displayWords.pair.join(' ')}
      </button>
      {isWrong && <p role="alert">{displayWords.pairWrong.join(' / ')}</p>}
    </main>
  );
}
