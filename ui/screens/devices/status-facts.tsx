import type { ReactNode } from 'react';
import type { DeviceView } from '../../../daemon/contract/state.ts';
import { feed } from '../../feed/store.ts';
import { useText } from '../../i18n/i18n.ts';
import { texts, type TextKey } from '../../i18n/texts.ts';
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
            <dt>{t(memberKey(name))}</dt>
            <dd>{typeof value === 'boolean' ? t(value ? 'word.yes' : 'word.no') : isWord(value) ? t(`status-word.${value}`) : value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

type StatusWord = Extract<TextKey, `status-word.${string}`> extends `status-word.${infer W}` ? W : never;

/** Of a word that is one of ours; names and numbers are shown as they are. */
function isWord(value: string | number): value is StatusWord {
  return `status-word.${String(value)}` in texts;
}

/** Every member has its text: the table does not compile without. */
function memberKey(name: string): TextKey {
  return `status.${name}` as TextKey;
}
