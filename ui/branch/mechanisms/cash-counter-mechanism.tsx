import { useState, type ReactNode } from 'react';
import type { SimulatedDevice } from '../branch-types.ts';
import { perform } from '../control.ts';
import { useBranchText } from '../use-branch.ts';
import { Key, Lamp } from './parts.tsx';

interface Tray {
  readonly noteCount: number;
  readonly byFace: Readonly<Record<string, number>>;
}

interface CashCounterView {
  readonly display: { readonly count: number; readonly amount: number | string; readonly rejects: number; readonly message: string };
  readonly lamps: { readonly power: boolean; readonly running: boolean; readonly alert: boolean };
  readonly hopper: Tray;
  readonly path: Tray;
  readonly stacker: Tray & { readonly capacity: number };
  readonly rejects: Tray;
  readonly isCoverOpen: boolean;
}

/** A note counting machine: hopper on top, stacker below, reject pocket beside, and a display. */
export function CashCounterMechanism({ device }: { readonly device: SimulatedDevice }): ReactNode {
  const { t } = useBranchText();
  const view = device.view as unknown as CashCounterView;
  const [preset, setPreset] = useState('20×100+6×50');
  const [suspects, setSuspects] = useState('0');
  const to = (gesture: string) => () => void perform(device.id, gesture);
  const put = (): void => void perform(device.id, 'put-notes', { preset, ...(Number(suspects) > 0 ? { suspects: Number(suspects) } : {}) });
  return (
    <div className="mechanism">
      <div className="lamps">
        <Lamp isOn={view.lamps.power} name={t('power')} />
        <Lamp isOn={view.lamps.running} name={t('start')} />
        <Lamp isOn={view.lamps.alert} name={t('error')} tone="bad" />
      </div>
      <div className="machine">
        <TrayBox name={t('hopper')} tray={view.hopper} testId={`hopper-${device.id}`} />
        <div className="lcd" data-testid={`lcd-${device.id}`}>
          <span>{view.display.count}</span>
          <span>{view.display.amount}</span>
          <span>
            {t('rejects')} {view.display.rejects}
          </span>
          <span>{view.display.message}</span>
        </div>
        <TrayBox name={t('stacker')} tray={view.stacker} capacity={view.stacker.capacity} testId={`stacker-${device.id}`} />
        <TrayBox name={t('rejects')} tray={view.rejects} testId={`rejects-${device.id}`} />
      </div>
      <div className="keys-row">
        <label>
          {t('preset')}{' '}
          <input value={preset} onChange={(event) => setPreset(event.target.value)} size={18} data-testid={`preset-${device.id}`} />
        </label>
        <label>
          {t('suspects')}{' '}
          <input
            value={suspects}
            onChange={(event) => setSuspects(event.target.value)}
            size={3}
            inputMode="numeric"
            data-testid={`suspects-${device.id}`}
          />
        </label>
        <Key name={t('put')} testId={`key-${device.id}-put-notes`} onPress={put} />
      </div>
      <div className="keys-row">
        <Key name={t('start')} testId={`key-${device.id}-press-start`} onPress={to('press-start')} />
        <Key name={t('clear')} testId={`key-${device.id}-press-clear`} onPress={to('press-clear')} />
        <Key name={`${t('take')} ${t('stacker')}`} testId={`key-${device.id}-take-stacker`} onPress={to('take-stacker')} />
        <Key name={`${t('take')} ${t('rejects')}`} testId={`key-${device.id}-take-rejects`} onPress={to('take-rejects')} />
        <Key name={t('jam')} testId={`key-${device.id}-jam`} onPress={to('jam')} />
        <Key name={t('clear-jam')} testId={`key-${device.id}-clear-jam`} onPress={to('clear-jam')} />
        <Key
          name={t(view.isCoverOpen ? 'close-cover' : 'open-cover')}
          testId={`key-${device.id}-cover`}
          onPress={to(view.isCoverOpen ? 'close-cover' : 'open-cover')}
        />
      </div>
    </div>
  );
}

interface TrayProps {
  readonly name: string;
  readonly tray: Tray;
  readonly capacity?: number;
  readonly testId: string;
}

/** Notes lie as a stack: its height is how many there are. */
function TrayBox({ name, tray, capacity = 200, testId }: TrayProps): ReactNode {
  const { t } = useBranchText();
  const faces = Object.entries(tray.byFace).map(([face, count]) => `${face} × ${String(count)}`);
  return (
    <div className="tray" data-testid={testId} data-notes={tray.noteCount}>
      <strong>{name}</strong>
      <svg viewBox="0 0 120 60" aria-hidden="true">
        <rect x="2" y="2" width="116" height="56" className="tray-box" />
        {tray.noteCount > 0 && (
          <rect
            x="10"
            y={56 - Math.max(3, Math.min(50, (tray.noteCount / capacity) * 50))}
            width="100"
            height={Math.max(3, Math.min(50, (tray.noteCount / capacity) * 50))}
            className="tray-notes"
          />
        )}
      </svg>
      <span>{t('notes', tray.noteCount)}</span>
      <span className="soft">{faces.join(', ')}</span>
    </div>
  );
}
