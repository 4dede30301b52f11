import type { ReactNode } from 'react';
import type { SimulatedDevice, Words } from '../branch-types.ts';
import { perform } from '../control.ts';
import { useBranchText } from '../use-branch.ts';
import { Key, Lamp } from './parts.tsx';

interface ScannerView {
  readonly display: Words;
  readonly lamp: string;
  readonly progressPercent: number | null;
  readonly platen: unknown;
  readonly feeder: readonly unknown[];
  readonly output: readonly unknown[];
  readonly isJammed: boolean;
  readonly isCoverOpen: boolean;
}

const slips = ['reply-slip', 'reply-slip:forged', 'reply-slip:missing', 'voucher', 'seal-card', 'blank'] as const;

/** A flat-bed with a feeder: what lies on the glass, what waits in the feeder, what came out. */
export function ScannerMechanism({ device }: { readonly device: SimulatedDevice }): ReactNode {
  const { t, word } = useBranchText();
  const view = device.view as unknown as ScannerView;
  const to = (gesture: string) => () => void perform(device.id, gesture);
  return (
    <div className="mechanism">
      <div className="lamps">
        <Lamp isOn={view.lamp !== 'off'} name={word(view.display)} />
        {view.progressPercent !== null && <progress max={100} value={view.progressPercent} aria-label={word(view.display)} />}
      </div>
      <div className="scanner">
        <Place
          deviceId={device.id}
          name={t('platen')}
          picture="platen"
          isFilled={view.platen !== null}
          version={JSON.stringify(view.platen)}
        />
        <Place
          deviceId={device.id}
          name={`${t('feeder')} ${String(view.feeder.length)}`}
          picture="feeder"
          isFilled={view.feeder.length > 0}
          version={String(view.feeder.length)}
        />
        <Place
          deviceId={device.id}
          name={`${t('output')} ${String(view.output.length)}`}
          picture="output"
          isFilled={view.output.length > 0}
          version={String(view.output.length)}
        />
      </div>
      <div className="keys-row">
        {slips.map((slip) => (
          <Key
            key={slip}
            name={`${t('lay-on')} ${t(`slip-${slip}`)}`}
            testId={`key-${device.id}-platen-${slip}`}
            onPress={() => void perform(device.id, 'put-on-platen', { slip })}
          />
        ))}
        <Key name={`${t('take')} ${t('platen')}`} testId={`key-${device.id}-take-platen`} onPress={to('take-from-platen')} />
        <Key
          name={t('load')}
          testId={`key-${device.id}-load-feeder`}
          onPress={() => void perform(device.id, 'load-feeder', { slips: ['reply-slip', 'reply-slip', 'reply-slip'] })}
        />
        <Key name={`${t('take')} ${t('output')}`} testId={`key-${device.id}-take-pages`} onPress={to('take-pages')} />
        <Key
          name={t(view.isJammed ? 'clear-jam' : 'jam')}
          testId={`key-${device.id}-jam`}
          onPress={to(view.isJammed ? 'clear-jam' : 'jam')}
        />
        <Key
          name={t(view.isCoverOpen ? 'close-cover' : 'open-cover')}
          testId={`key-${device.id}-cover`}
          onPress={to(view.isCoverOpen ? 'close-cover' : 'open-cover')}
        />
      </div>
    </div>
  );
}

interface PlaceProps {
  readonly deviceId: string;
  readonly name: string;
  readonly picture: string;
  readonly isFilled: boolean;
  readonly version: string;
}

function Place({ deviceId, name, picture, isFilled, version }: PlaceProps): ReactNode {
  const { t } = useBranchText();
  return (
    <div className="place" data-testid={`place-${deviceId}-${picture}`} data-filled={isFilled}>
      <strong>{name}</strong>
      {isFilled ? (
        <img
          alt={name}
          src={`/api/devices/${encodeURIComponent(deviceId)}/pictures/${picture}.png?v=${encodeURIComponent(version.slice(0, 60))}`}
        />
      ) : (
        <span className="soft">{t('empty')}</span>
      )}
    </div>
  );
}
