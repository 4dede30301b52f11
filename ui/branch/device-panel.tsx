import type { ReactNode } from 'react';
import type { SimulatedDevice } from './branch-types.ts';
import { branchStore, clearFault, perform, setFault } from './control.ts';
import { ArgsForm } from './args-form.tsx';
import { AlarmMechanism } from './mechanisms/alarm-mechanism.tsx';
import { CashCounterMechanism } from './mechanisms/cash-counter-mechanism.tsx';
import { PrinterMechanism } from './mechanisms/printer-mechanism.tsx';
import { ScannerMechanism } from './mechanisms/scanner-mechanism.tsx';
import { useBranchText } from './use-branch.ts';

/** One device as a thing to stand at: its mechanism, every gesture as text, its faults, and what really happened. */
export function DevicePanel({ device }: { readonly device: SimulatedDevice }): ReactNode {
  const { t, word } = useBranchText();
  const refusal = branchStore((state) => state.refusals[device.id] ?? '');
  return (
    <section className={`device device-${device.family}`} aria-label={word(device.name)} data-testid={`sim-${device.id}`}>
      <div className="device-head">
        <h2>{word(device.name)}</h2>
        <span className="mono soft">{device.model}</span>
        <span className="mono soft">{device.address}</span>
      </div>
      {refusal !== '' && (
        <p className="refusal" role="alert" data-testid={`refusal-${device.id}`}>
          {t('refused')}: {refusal}
        </p>
      )}
      <Mechanism device={device} />
      <Faults device={device} />
      <details className="gestures">
        <summary>{t('gestures')}</summary>
        <ul>
          {device.gestures.map((gesture) => (
            <li key={gesture.name}>
              <ArgsForm
                name={word(gesture.doc)}
                schema={gesture.args}
                action={t('do')}
                testId={`gesture-${device.id}-${gesture.name}`}
                onSubmit={(args) => void perform(device.id, gesture.name, args)}
              />
            </li>
          ))}
        </ul>
      </details>
      <Truths device={device} />
    </section>
  );
}

function Mechanism({ device }: { readonly device: SimulatedDevice }): ReactNode {
  switch (device.family) {
    case 'passbook-printer':
      return <PrinterMechanism device={device} />;
    case 'cash-counter':
      return <CashCounterMechanism device={device} />;
    case 'seal-scanner':
      return <ScannerMechanism device={device} />;
    case 'alarm-panel':
      return <AlarmMechanism device={device} />;
    default:
      return <pre className="mono">{JSON.stringify(device.view, null, 1)}</pre>;
  }
}

function Faults({ device }: { readonly device: SimulatedDevice }): ReactNode {
  const { t, word } = useBranchText();
  const active = new Set(device.activeFaults.map(({ kind }) => kind));
  const activeWords = device.faults.filter(({ kind }) => active.has(kind)).map(({ doc }) => word(doc));
  return (
    <details className="faults" open={active.size > 0 ? true : undefined}>
      <summary>
        {t('faults')} {active.size > 0 ? `(${activeWords.join(', ')})` : ''}
      </summary>
      <ul>
        {device.faults.map(({ kind, doc, args }) => (
          <li key={kind}>
            {active.has(kind) ? (
              <button
                type="button"
                aria-pressed
                className="active"
                onClick={() => void clearFault(device.id, kind)}
                data-testid={`fault-${device.id}-${kind}`}
              >
                ✕ {word(doc)}
              </button>
            ) : (
              <ArgsForm
                name={word(doc)}
                schema={args}
                action={t('set-fault')}
                testId={`fault-${device.id}-${kind}`}
                onSubmit={(values) => void setFault(device.id, kind, values)}
              />
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Truths({ device }: { readonly device: SimulatedDevice }): ReactNode {
  const { t } = useBranchText();
  const shown = device.truths.slice(-12).reverse();
  return (
    <div className="truths">
      <h3>{t('truths')}</h3>
      <div role="log" aria-live="off" aria-label={t('truths')} tabIndex={0} data-testid={`truths-${device.id}`}>
        {shown.length === 0 && <p className="soft">{t('truths-none')}</p>}
        <ul>
          {shown.map((truth, index) => (
            <li key={device.truths.length - index} className="mono">
              {truthText(truth)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** Truths are the simulator’s own words; they are shown as they are. */
function truthText(truth: Readonly<Record<string, unknown>>): string {
  const inner =
    typeof truth['truth'] === 'object' && truth['truth'] !== null ? (truth['truth'] as Readonly<Record<string, unknown>>) : truth;
  const facts = inner['data'];
  const type = typeof inner['type'] === 'string' ? inner['type'] : '';
  return `${type} ${JSON.stringify(facts ?? {})}`.slice(0, 200);
}
