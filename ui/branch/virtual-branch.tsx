import { useEffect, type ReactNode } from 'react';
import type { BranchFacts } from './branch-types.ts';
import { branchStore, followBranch, setClock, switchBranchLanguage } from './control.ts';
import { DevicePanel } from './device-panel.tsx';
import { useBranchText } from './use-branch.ts';

/** W12: the physical world. Gestures and faults go to the simulators alone; the daemon learns of them over its wires. */
export function VirtualBranch(): ReactNode {
  const { t } = useBranchText();
  const facts = branchStore((state) => state.facts);
  const isLinked = branchStore((state) => state.isLinked);
  useEffect(() => followBranch(), []);
  return (
    <div className="branch">
      <header>
        <h1>{t('title')}</h1>
        <span className="simulated-mark" data-testid="simulated">
          {t('simulated')}
        </span>
        {facts !== undefined && <BranchLine facts={facts} />}
        <button type="button" onClick={switchBranchLanguage} data-testid="language">
          {t('language')}
        </button>
      </header>
      {facts !== undefined && !isLinked && (
        <p className="lost" role="alert" data-testid="branch-lost">
          {t('lost')}
        </p>
      )}
      <main>
        {facts === undefined ? (
          <p role="status">{t('connecting')}</p>
        ) : (
          facts.devices.map((device) => <DevicePanel key={device.id} device={device} />)
        )}
      </main>
    </div>
  );
}

const speeds = [0, 1, 10] as const;

function BranchLine({ facts }: { readonly facts: BranchFacts }): ReactNode {
  const { t } = useBranchText();
  return (
    <>
      <span>
        {t('scenario')} {facts.scenario}
      </span>
      <span>
        {t('seed')} <span className="mono">{facts.seed}</span>
      </span>
      <span className="fill" />
      <span role="group" aria-label={t('speed')} className="buttons">
        {speeds.map((speed) => (
          <button
            key={speed}
            type="button"
            aria-pressed={facts.clock.speed === speed}
            onClick={() => void setClock({ speed })}
            data-testid={`speed-${String(speed)}`}
          >
            {speed === 0 ? t('stop') : `×${String(speed)}`}
          </button>
        ))}
        <button type="button" onClick={() => void setClock({ stepMs: 1000 })} data-testid="clock-step">
          {t('step')}
        </button>
      </span>
    </>
  );
}
