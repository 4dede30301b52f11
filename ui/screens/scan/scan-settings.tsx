import { Radio, Segmented } from 'antd';
import type { ReactNode } from 'react';
import { create } from 'zustand';
import { useText } from '../../i18n/i18n.ts';

interface ScanSettings {
  readonly source: 'platen' | 'feeder';
  readonly dpi: number;
  readonly colorMode: 'color' | 'gray' | 'bw';
}

/** Kept from scan to scan: a batch is scanned the same way throughout. */
export const scanSettings = create<ScanSettings>(() => ({ source: 'platen', dpi: 300, colorMode: 'color' }));

export function SettingsFields(): ReactNode {
  const { t } = useText();
  const { source, dpi, colorMode } = scanSettings();
  return (
    <div className="settings">
      <div className="field">
        <span id="scan-source">{t('scan.source')}</span>
        <Radio.Group
          aria-labelledby="scan-source"
          value={source}
          onChange={(event) => scanSettings.setState({ source: event.target.value as ScanSettings['source'] })}
          options={[
            { value: 'platen', label: <span data-testid="scan-platen">{t('word.platen')}</span> },
            { value: 'feeder', label: <span data-testid="scan-feeder">{t('word.feeder')}</span> },
          ]}
        />
      </div>
      <div className="field">
        <span id="scan-dpi">{t('scan.dpi')}</span>
        <Segmented
          aria-labelledby="scan-dpi"
          options={[150, 200, 300, 600]}
          value={dpi}
          onChange={(value) => scanSettings.setState({ dpi: value })}
        />
      </div>
      <div className="field">
        <span id="scan-color">{t('scan.color')}</span>
        <Segmented
          aria-labelledby="scan-color"
          value={colorMode}
          onChange={(value) => scanSettings.setState({ colorMode: value })}
          options={(['color', 'gray', 'bw'] as const).map((value) => ({ value, label: t(`scan.mode-${value}`) }))}
        />
      </div>
    </div>
  );
}
