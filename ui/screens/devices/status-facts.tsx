import type { ReactNode } from 'react';
import type { DeviceView } from '../../../daemon/contract/state.ts';
import { feed } from '../../feed/store.ts';
import { useText } from '../../i18n/i18n.ts';
import { StateMark } from '../../widgets/glyph.tsx';
import { clockTime } from '../../widgets/time.ts';

/** The status as the device said it last, member by member; old words are marked as old. */
export function StatusFacts({ device }: { readonly device: DeviceView }): ReactNode {
  const { t } = useText();
  const link = feed((state) => state.link);
  if (device.status === undefined) return <p className="soft">{t('device.no-status')}</p>;
  const isOld = link === 'lost' || device.phase !== 'online';
  const members = Object.entries(device.status as Readonly<Record<string, unknown>>).filter(
    (member): member is [string, string | number | boolean] => ['string', 'number', 'boolean'].includes(typeof member[1]),
  );
  return (
    <>
      {isOld && <StateMark name="stale">{t('state.stale', { time: clockTime(device.statusAt ?? device.phaseAt) })}</StateMark>}
      <dl className={isOld ? 'facts stale' : 'facts'}>
        {members.map(([name, value]) => (
          <div key={name}>
            <dt lang="en">{name.replace(/([A-Z])/g, ' $1').toLowerCase()}</dt>
            <dd>{typeof value === 'boolean' ? t(value ? 'word.yes' : 'word.no') : <span lang="en">{value}</span>}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
