import type { ReactNode } from 'react';
import type { DeviceView } from '../../../daemon/contract/state.ts';
import { useNextStep } from '../../app/next-step.tsx';
import { go } from '../../app/route.ts';
import { useDaemonClock } from '../../feed/clock.ts';
import { deviceWords } from '../../feed/device-words.ts';
import { feed } from '../../feed/store.ts';
import { useNames } from '../../feed/use-wording.ts';
import { codeText } from '../../i18n/error-text.ts';
import { useText } from '../../i18n/i18n.ts';
import { StateMark } from '../../widgets/glyph.tsx';
import { RecordGrid, type GridColumn } from '../../widgets/record-grid.tsx';
import { clockTime } from '../../widgets/time.ts';
import { ScreenHead } from '../screen-head.tsx';

/** 7000: every device of the branch, what it is and how it stands. */
export function Devices(): ReactNode {
  const { t, say, language, nameOf } = useText();
  const names = useNames();
  const nowMs = useDaemonClock();
  const devices = Object.values(feed((state) => state.branch.devices));
  useNextStep(t('device.next-list'));
  const columns: readonly GridColumn<DeviceView>[] = [
    { key: 'name', title: t('device.name'), width: 'minmax(96px, 1fr)', render: (device) => <strong>{nameOf(device)}</strong> },
    { key: 'family', title: t('device.family'), width: '130px', render: (device) => t(`family.${device.family}`) },
    { key: 'model', title: t('device.model'), width: 'minmax(96px, 1.3fr)', render: (device) => device.modelName },
    {
      key: 'position',
      title: t('journal.position'),
      width: 'minmax(72px, 0.8fr)',
      render: (device) => (device.position === undefined ? t('device.branch-wide') : names.position(device.position)),
    },
    {
      key: 'state',
      title: t('device.state'),
      width: '170px',
      render: (device) => {
        const { glyph, words } = deviceWords(device, nowMs);
        return (
          <StateMark name={glyph} testId={`device-state-${device.id}`}>
            {say(words)}
          </StateMark>
        );
      },
    },
    { key: 'since', title: t('device.since'), width: '80px', render: (device) => clockTime(device.phaseAt) },
    {
      key: 'because',
      title: t('device.because'),
      width: 'minmax(72px, 1.4fr)',
      render: (device) => (device.because === undefined ? '' : codeText(device.because, language)),
    },
    { key: 'evidence', title: t('device.evidence'), width: '110px', render: (device) => t(`evidence.${device.evidence}`) },
  ];
  return (
    <>
      <ScreenHead code="7000" title={t('fn.7000')} />
      <RecordGrid
        label={t('fn.7000')}
        testId="device-grid"
        columns={columns}
        rows={devices}
        rowKey={(device) => device.id}
        rowHeight={40}
        empty={t('device.none')}
        onOpen={(device) => go(`/devices/${encodeURIComponent(device.id)}`)}
      />
    </>
  );
}
