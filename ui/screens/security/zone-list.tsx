import type { ReactNode } from 'react';
import { useText } from '../../i18n/i18n.ts';
import { StateMark } from '../../widgets/glyph.tsx';
import { RecordGrid, type GridColumn } from '../../widgets/record-grid.tsx';
import type { ZoneView } from './panel-types.ts';
import { zoneState } from './zone-words.ts';

export function ZoneList({ zones }: { readonly zones: readonly ZoneView[] }): ReactNode {
  const { t } = useText();
  const columns: readonly GridColumn<ZoneView>[] = [
    { key: 'zone', title: t('zone.number'), width: '56px', isNumber: true, render: (zone) => zone.zone },
    { key: 'label', title: t('zone.label'), width: '1fr', render: (zone) => zone.label ?? t('zone.unnamed') },
    { key: 'kind', title: t('zone.kind'), width: '96px', render: (zone) => t(`zone.kind-${zone.kind ?? 'other'}`) },
    {
      key: 'state',
      title: t('zone.state'),
      width: '128px',
      render: (zone) => {
        const { glyph, key } = zoneState(zone);
        return (
          <StateMark name={glyph} testId={`zone-${String(zone.zone)}`}>
            {t(key)}
          </StateMark>
        );
      },
    },
  ];
  return (
    <RecordGrid
      label={t('security.zones')}
      testId="zone-grid"
      columns={columns}
      rows={zones}
      rowKey={(zone) => zone.zone}
      rowHeight={34}
      rowState={(zone) => zoneState(zone).glyph}
      empty={t('zone.none')}
    />
  );
}
